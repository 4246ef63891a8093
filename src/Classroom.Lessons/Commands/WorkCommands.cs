using System.Collections.Immutable;

namespace Classroom.Lessons;

/// <summary>Keep a draft. Lengths: text 8,000, own contribution 1,000, reflection 1,000, sources 10 of 300 characters.</summary>
/// <param name="OwnContribution">What is the student's own in it.</param>
[GenerateSerializer, Immutable]
public sealed record SaveDraft(
    [property: Id(0)] string StepId,
    [property: Id(1)] string Text,
    [property: Id(2)] string OwnContribution,
    [property: Id(3)] string Reflection,
    [property: Id(4)] ImmutableArray<string> Sources) : Command;

[GenerateSerializer, Immutable]
public sealed record HandIn([property: Id(0)] string StepId) : Command;

[GenerateSerializer, Immutable]
public sealed record SetAiPolicy([property: Id(0)] string StepId, [property: Id(1)] AiPolicy Policy) : Command;

/// <summary>Ask the tutor to draft feedback on a handed-in work. It goes to the teacher's queue, never to the student.</summary>
[GenerateSerializer, Immutable]
public sealed record RequestFeedback(
    [property: Id(0)] Guid FeedbackId, [property: Id(1)] Guid StudentId, [property: Id(2)] string StepId) : Command;

/// <summary>The tutor's draft. Sent by the classroom's tutor work. <paramref name="DroppedQuotes"/>: quotes not found in the work.</summary>
[GenerateSerializer, Immutable]
public sealed record DraftFeedback(
    [property: Id(0)] Guid FeedbackId,
    [property: Id(1)] ImmutableArray<FeedbackItem> Items,
    [property: Id(2)] int DroppedQuotes,
    [property: Id(3)] Provenance Provenance) : Command;

[GenerateSerializer, Immutable]
public sealed record FailFeedback(
    [property: Id(0)] Guid FeedbackId, [property: Id(1)] string Code, [property: Id(2)] int Tokens = 0) : Command;

[GenerateSerializer, Immutable]
public sealed record EditFeedback(
    [property: Id(0)] Guid FeedbackId, [property: Id(1)] ImmutableArray<FeedbackItem> Items, [property: Id(2)] string Note) : Command;

/// <summary>Let the students see these drafts; several at once after reading.</summary>
[GenerateSerializer, Immutable]
public sealed record ReleaseFeedback([property: Id(0)] ImmutableArray<Guid> FeedbackIds) : Command;

/// <summary>Take a released feedback back to draft.</summary>
[GenerateSerializer, Immutable]
public sealed record ReturnFeedback([property: Id(0)] Guid FeedbackId) : Command;

[GenerateSerializer, Immutable]
public sealed record ReplyToFeedback([property: Id(0)] Guid FeedbackId, [property: Id(1)] string Text) : Command;

/// <summary>Open the work again after released feedback: the second draft.</summary>
[GenerateSerializer, Immutable]
public sealed record ReviseWork([property: Id(0)] string StepId) : Command;

/// <summary>A mark on the lesson's dated scale. Teachers only; no machine gives or proposes one.</summary>
[GenerateSerializer, Immutable]
public sealed record GiveMark([property: Id(0)] Guid StudentId, [property: Id(1)] string StepId, [property: Id(2)] int Mark) : Command;

[GenerateSerializer, Immutable]
public sealed record WithdrawMark([property: Id(0)] Guid StudentId, [property: Id(1)] string StepId) : Command;
