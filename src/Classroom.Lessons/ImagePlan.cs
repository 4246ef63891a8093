namespace Classroom.Lessons;

/// <summary>A picture of a kit, as a plan names it. Its bytes are served by their hash, which no edition of the kit changes.</summary>
/// <param name="Hash">SHA-256 of the bytes, lower-case hex.</param>
/// <param name="Width">Pixels, or units of a drawing: the place that is kept for it until it has come.</param>
/// <param name="Height">As the width.</param>
/// <param name="Alt">What is to be seen, for who does not see it.</param>
/// <param name="Credit">Who made it, and the licence.</param>
[GenerateSerializer, Immutable]
public sealed record ImagePlan(
    [property: Id(0)] string Hash,
    [property: Id(1)] int Width,
    [property: Id(2)] int Height,
    [property: Id(3)] Trilingual Alt,
    [property: Id(4)] Trilingual? Caption,
    [property: Id(5)] string Credit);

/// <summary>What a teacher gets ready before the lesson. The class does not see it.</summary>
/// <param name="Prerequisite">What the class should know already.</param>
[GenerateSerializer, Immutable]
public sealed record Preparation(
    [property: Id(0)] Trilingual? Prerequisite, [property: Id(1)] ImmutableArray<Trilingual> Goals, [property: Id(2)] ImmutableArray<MaterialPlan> Materials);

/// <param name="HourBefore">Made ready an hour before the lesson; absent otherwise.</param>
[GenerateSerializer, Immutable]
public sealed record MaterialPlan([property: Id(0)] Trilingual Text, [property: Id(1)] bool? HourBefore = null);
