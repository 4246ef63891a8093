using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>Ask the tutor to draft feedback on a handed-in work. It goes to the teacher's queue, never to the student.</summary>
[Command(Roles.Teacher, Phases.SinceStart)]
[GenerateSerializer, Immutable]
public sealed record RequestFeedback(
    [property: Id(0)] Guid FeedbackId, [property: Id(1)] Guid StudentId, [property: Id(2)] string StepId) : Command;

/// <summary>The tutor's draft. Sent by the classroom's tutor work. <paramref name="DroppedQuotes"/>: quotes not found in the work.</summary>
[Command(Roles.System, Phases.SinceStart)]
[GenerateSerializer, Immutable]
public sealed record DraftFeedback(
    [property: Id(0)] Guid FeedbackId,
    [property: Id(1)] ImmutableArray<FeedbackItem> Items,
    [property: Id(2)] int DroppedQuotes,
    [property: Id(3)] Provenance Provenance,
    [property: Id(4)] ImmutableArray<DescriptorHint>? Hints = null) : Command;

[Command(Roles.System, Phases.SinceStart)]
[GenerateSerializer, Immutable]
public sealed record FailFeedback(
    [property: Id(0)] Guid FeedbackId, [property: Id(1)] string Code, [property: Id(2)] int Tokens = 0, [property: Id(3)] int? AgainInSeconds = null) : Command;

[Command(Roles.Teacher, Phases.SinceStart)]
[GenerateSerializer, Immutable]
public sealed record EditFeedback(
    [property: Id(0)] Guid FeedbackId, [property: Id(1)] ImmutableArray<FeedbackItem> Items, [property: Id(2)] string Note) : Command;

/// <summary>A draft was opened on the teacher's screen: from then on it can be released.</summary>
[Command(Roles.Teacher, Phases.SinceStart)]
[GenerateSerializer, Immutable]
public sealed record OpenFeedback([property: Id(0)] Guid FeedbackId) : Command;

/// <summary>Let the students see these drafts, each of which was opened. All, or none.</summary>
[Command(Roles.Teacher, Phases.SinceStart)]
[GenerateSerializer, Immutable]
public sealed record ReleaseFeedback([property: Id(0)] ImmutableArray<Guid> FeedbackIds) : Command;

/// <summary>Keep what it says of one descriptor from the student, or let it go: feedback is released descriptor by descriptor.</summary>
[Command(Roles.Teacher, Phases.SinceStart)]
[GenerateSerializer, Immutable]
public sealed record HoldDescriptor([property: Id(0)] Guid FeedbackId, [property: Id(1)] string DescriptorId, [property: Id(2)] bool Held) : Command;

/// <summary>Take a released feedback back to draft.</summary>
[Command(Roles.Teacher, Phases.SinceStart)]
[GenerateSerializer, Immutable]
public sealed record ReturnFeedback([property: Id(0)] Guid FeedbackId) : Command;

[Command(Roles.Student, Phases.SinceStart)]
[GenerateSerializer, Immutable]
public sealed record ReplyToFeedback([property: Id(0)] Guid FeedbackId, [property: Id(1)] string Text) : Command;

/// <summary>JSON of this topic's commands, facts and entities: each one of them is named here.</summary>
[JsonSerializable(typeof(RequestFeedback))]
[JsonSerializable(typeof(DraftFeedback))]
[JsonSerializable(typeof(FailFeedback))]
[JsonSerializable(typeof(EditFeedback))]
[JsonSerializable(typeof(OpenFeedback))]
[JsonSerializable(typeof(ReleaseFeedback))]
[JsonSerializable(typeof(ReturnFeedback))]
[JsonSerializable(typeof(ReplyToFeedback))]
[JsonSerializable(typeof(FeedbackRequested))]
[JsonSerializable(typeof(FeedbackDrafted))]
[JsonSerializable(typeof(FeedbackFailed))]
[JsonSerializable(typeof(FeedbackEdited))]
[JsonSerializable(typeof(FeedbackOpened))]
[JsonSerializable(typeof(FeedbackReleased))]
[JsonSerializable(typeof(FeedbackReturned))]
[JsonSerializable(typeof(FeedbackReplied))]
[JsonSerializable(typeof(HoldDescriptor))]
[JsonSerializable(typeof(DescriptorHeld))]
[JsonSerializable(typeof(FeedbackEntity))]
internal sealed partial class FeedbackJson : JsonSerializerContext;
