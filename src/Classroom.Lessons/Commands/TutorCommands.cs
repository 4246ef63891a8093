using System.Collections.Immutable;

namespace Classroom.Lessons;

/// <summary>Ask the tutor about the current step, in private. At most 600 characters; allowed by the step's AI policy.</summary>
[GenerateSerializer, Immutable]
public sealed record AskTutor([property: Id(0)] Guid ExchangeId, [property: Id(1)] string StepId, [property: Id(2)] string Text) : Command;

/// <summary>The tutor's answer to a student. Sent by the classroom's tutor work.</summary>
/// <param name="Flags">What the teacher should know of: wants-answer, distress, unsafe, personal-data, injection.</param>
[GenerateSerializer, Immutable]
public sealed record AnswerStudent(
    [property: Id(0)] Guid ExchangeId,
    [property: Id(1)] string Text,
    [property: Id(2)] ImmutableArray<string> Flags,
    [property: Id(3)] Provenance Provenance) : Command;

[GenerateSerializer, Immutable]
public sealed record FailStudent(
    [property: Id(0)] Guid ExchangeId,
    [property: Id(1)] string Code,
    [property: Id(2)] ImmutableArray<string> Flags,
    [property: Id(3)] int Tokens) : Command;

/// <summary>Open what a student and the tutor have written to each other so far. The reason (5 to 300 characters) is stored and the student sees it.</summary>
[GenerateSerializer, Immutable]
public sealed record OpenTranscript([property: Id(0)] Guid StudentId, [property: Id(1)] string Reason) : Command;

/// <summary>Something went wrong around a call to the tutor, or was stopped. Holds no text of a child. Sent by the tutor work.</summary>
/// <param name="Ability">explain, prompt, feedback or coach.</param>
/// <param name="Kind">input-withheld, output-withheld, wrong-language, quote-dropped, mark-dropped or injection.</param>
/// <param name="Category">Finer: the moderation category, or empty.</param>
[GenerateSerializer, Immutable]
public sealed record RecordIncident(
    [property: Id(0)] Guid IncidentId,
    [property: Id(1)] string Ability,
    [property: Id(2)] string Kind,
    [property: Id(3)] string Category,
    [property: Id(4)] string StepId,
    [property: Id(5)] Guid? StudentId) : Command;
