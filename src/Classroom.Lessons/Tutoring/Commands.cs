using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>Ask the tutor about the current step, in private. At most 600 characters; allowed by the step's AI policy, in a task after the student's own draft.</summary>
[Command(Roles.Student, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record AskTutor([property: Id(0)] Guid ExchangeId, [property: Id(1)] string StepId, [property: Id(2)] string Text) : Command;

/// <summary>The tutor's answer to a student. Sent by the classroom's tutor work.</summary>
/// <param name="Flags">What the teacher should know of: wants-answer, distress, unsafe, personal-data, injection.</param>
[Command(Roles.System, Phases.SinceStart)]
[GenerateSerializer, Immutable]
public sealed record AnswerStudent(
    [property: Id(0)] Guid ExchangeId,
    [property: Id(1)] string Text,
    [property: Id(2)] ImmutableArray<string> Flags,
    [property: Id(3)] Provenance Provenance) : Command;

[Command(Roles.System, Phases.SinceStart)]
[GenerateSerializer, Immutable]
public sealed record FailStudent(
    [property: Id(0)] Guid ExchangeId,
    [property: Id(1)] string Code,
    [property: Id(2)] ImmutableArray<string> Flags,
    [property: Id(3)] int Tokens,
    [property: Id(4)] int? AgainInSeconds = null) : Command;

/// <summary>Open what a student and the tutor have written to each other so far. The reason (5 to 300 characters) is stored and the student sees it.</summary>
[Command(Roles.Teacher, Phases.SinceStart)]
[GenerateSerializer, Immutable]
public sealed record OpenTranscript([property: Id(0)] Guid StudentId, [property: Id(1)] string Reason) : Command;

[Command(Roles.Teacher, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record SetAiPolicy([property: Id(0)] string StepId, [property: Id(1)] AiPolicy Policy) : Command;

/// <summary>JSON of this topic's commands, facts and entities: each one of them is named here.</summary>
[JsonSerializable(typeof(AskTutor))]
[JsonSerializable(typeof(AnswerStudent))]
[JsonSerializable(typeof(FailStudent))]
[JsonSerializable(typeof(OpenTranscript))]
[JsonSerializable(typeof(SetAiPolicy))]
[JsonSerializable(typeof(TutorAsked))]
[JsonSerializable(typeof(StudentAnswered))]
[JsonSerializable(typeof(StudentNotAnswered))]
[JsonSerializable(typeof(TranscriptOpened))]
[JsonSerializable(typeof(AiPolicySet))]
[JsonSerializable(typeof(ExchangeEntity))]
[JsonSerializable(typeof(ThreadEntity))]
[JsonSerializable(typeof(MeterEntity))]
internal sealed partial class TutoringJson : JsonSerializerContext;
