using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>Keep a draft. Lengths: text 8,000, own contribution 1,000, reflection 1,000, sources 10 of 300 characters.</summary>
/// <param name="OwnContribution">What is the student's own in it.</param>
[Command(Roles.Student, Phases.SinceStart, Together = true)]
[GenerateSerializer, Immutable]
public sealed record SaveDraft(
    [property: Id(0)] string StepId,
    [property: Id(1)] string Text,
    [property: Id(2)] string OwnContribution,
    [property: Id(3)] string Reflection,
    [property: Id(4)] ImmutableArray<string> Sources) : Command;

[Command(Roles.Student, Phases.SinceStart, Together = true)]
[GenerateSerializer, Immutable]
public sealed record HandIn([property: Id(0)] string StepId) : Command;

/// <summary>Open the work again after released feedback: the second draft.</summary>
[Command(Roles.Student, Phases.SinceStart, Together = true)]
[GenerateSerializer, Immutable]
public sealed record ReviseWork([property: Id(0)] string StepId) : Command;

/// <summary>Give a handed-in work back to be worked on, with one sentence on what to look at: at most 300 characters. Who made it together gets it back together.</summary>
[Command(Roles.Teacher, Phases.SinceStart)]
[GenerateSerializer, Immutable]
public sealed record ReturnWork([property: Id(0)] Guid StudentId, [property: Id(1)] string StepId, [property: Id(2)] string Text) : Command;

/// <summary>JSON of this topic's commands, facts and entities: each one of them is named here.</summary>
[JsonSerializable(typeof(SaveDraft))]
[JsonSerializable(typeof(HandIn))]
[JsonSerializable(typeof(ReviseWork))]
[JsonSerializable(typeof(DraftSaved))]
[JsonSerializable(typeof(WorkHandedIn))]
[JsonSerializable(typeof(RevisionOpened))]
[JsonSerializable(typeof(ReturnWork))]
[JsonSerializable(typeof(WorkReturned))]
[JsonSerializable(typeof(WorkEntity))]
internal sealed partial class WorkJson : JsonSerializerContext;
