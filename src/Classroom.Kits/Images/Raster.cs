using System.Buffers.Binary;

namespace Classroom.Kits.Images;

/// <summary>What a PNG or WebP says of itself in its first bytes. Nothing is decoded: browsers do that.</summary>
internal static class Raster
{
    /// <returns>The type and the sides in pixels; null for anything else, or a file that ends before it has said its sides.</returns>
    public static (string Type, int Width, int Height)? Read(ReadOnlySpan<byte> bytes) =>
        Png(bytes) is { } png ? ("image/png", png.Width, png.Height) : WebP(bytes) is { } webp ? ("image/webp", webp.Width, webp.Height) : null;

    private static (int Width, int Height)? Png(ReadOnlySpan<byte> b) =>
        b.Length >= 33 && b[0] == 0x89 && b[1..8].SequenceEqual("PNG\r\n\u001A\n"u8) && b[12..16].SequenceEqual("IHDR"u8)
            ? Sides(BinaryPrimitives.ReadUInt32BigEndian(b[16..]), BinaryPrimitives.ReadUInt32BigEndian(b[20..])) : null;

    private static (int Width, int Height)? WebP(ReadOnlySpan<byte> b)
    {
        if (b.Length < 30 || !b[..4].SequenceEqual("RIFF"u8) || !b[8..12].SequenceEqual("WEBP"u8))
        {
            return null;
        }

        var kind = b[12..16];
        // With the parts of a lossy, a lossless, an extended file; the sides of the latter two are written less one.
        return kind.SequenceEqual("VP8 "u8) && b[23] == 0x9D && b[24] == 0x01 && b[25] == 0x2A
                ? Sides(BinaryPrimitives.ReadUInt16LittleEndian(b[26..]) & 0x3FFFu, BinaryPrimitives.ReadUInt16LittleEndian(b[28..]) & 0x3FFFu)
            : kind.SequenceEqual("VP8L"u8) && b[20] == 0x2F && BinaryPrimitives.ReadUInt32LittleEndian(b[21..]) is var bits
                ? Sides((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1)
            : kind.SequenceEqual("VP8X"u8) ? Sides(Less(b[24..]), Less(b[27..])) : null;
    }

    private static uint Less(ReadOnlySpan<byte> b) => (b[0] | (uint)b[1] << 8 | (uint)b[2] << 16) + 1;

    private static (int Width, int Height)? Sides(uint width, uint height) =>
        width is 0 or > int.MaxValue || height is 0 or > int.MaxValue ? null : ((int)width, (int)height);
}
