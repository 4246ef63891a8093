using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>How many pupils the class has; null: not known. Where there are no phones, it bounds what is counted by hand.</summary>
[Command(Roles.Teacher, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record SetClassSize([property: Id(0)] int? Pupils) : Command;

/// <summary>
/// How many hands went up for each answer, counted by the teacher in a class without phones, or beside them. Takes the place of what was counted in this round;
/// until the counts are shown. From the console, from a board that may draw, or by the helper of a room. Each room is counted for itself; what is shown is the sum.
/// </summary>
/// <param name="Counts">By option id, by value of the scale, or by words that the teacher has typed (cloud, open). Empty: nothing was counted.</param>
/// <param name="Room">Whose hands these are; null: the hub's. A board counts for the room that it hangs in, a helper for hers, whatever they say.</param>
[Command(Roles.Teacher | Roles.Board | Roles.Helper, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record CountHands(
    [property: Id(0)] string QuestionId, [property: Id(1)] ImmutableArray<HandCount> Counts, [property: Id(2)] int? Room = null) : Command;

[GenerateSerializer, Immutable]
public sealed record HandCount([property: Id(0)] string Key, [property: Id(1)] int Count);

/// <summary>How many raised a hand when they were asked who is lost: at a sentence, or in the explanation as a whole. 0 takes it back.</summary>
/// <param name="Variant">With <paramref name="Sentence"/>: in which text. Null for the whole.</param>
/// <param name="Room">As in <see cref="CountHands"/>.</param>
[Command(Roles.Teacher | Roles.Board, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record CountLost(
    [property: Id(0)] Guid ExplanationId, [property: Id(1)] int Count, [property: Id(2)] string? Variant = null, [property: Id(3)] int? Sentence = null,
    [property: Id(4)] int? Room = null) : Command;

/// <summary>JSON of this topic's commands, facts and entities: each one of them is named here.</summary>
[JsonSerializable(typeof(SetClassSize))]
[JsonSerializable(typeof(CountHands))]
[JsonSerializable(typeof(CountLost))]
[JsonSerializable(typeof(ClassSizeSet))]
[JsonSerializable(typeof(HandsCounted))]
[JsonSerializable(typeof(LostCounted))]
internal sealed partial class ByHandJson : JsonSerializerContext;
