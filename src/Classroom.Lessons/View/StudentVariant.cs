namespace Classroom.Lessons;

/// <summary>The device a seat belongs to from now on; others of the same seat are closed.</summary>
[GenerateSerializer, Immutable]
public sealed record StudentDevice([property: Id(0)] Guid StudentId, [property: Id(1)] Guid DeviceId);

/// <summary>The variant a student reads from now on.</summary>
[GenerateSerializer, Immutable]
public sealed record StudentVariant([property: Id(0)] Guid StudentId, [property: Id(1)] string Variant);
