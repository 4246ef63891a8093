namespace Classroom.Kits;

/// <summary>The bytes of a picture of a kit, as browsers get them: a drawing is cleaned.</summary>
/// <param name="Hash">SHA-256 of the bytes, lower-case hex: the end of their address, and what a plan cites.</param>
/// <param name="Type">image/svg+xml, image/png or image/webp.</param>
public sealed record KitImage(string Hash, string Type, ReadOnlyMemory<byte> Bytes);
