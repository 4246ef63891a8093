using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>Put a planned question of a step to the class; asking it again opens the second round.</summary>
/// <param name="StemFirst">A choice: the class thinks over the question before it has the options, until <see cref="ShowOptions"/>.</param>
[Command(Roles.Teacher, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record AskQuestion([property: Id(0)] string QuestionId, [property: Id(1)] bool? StemFirst = null) : Command;

/// <summary>The options of a question that was asked without them. From the console, or from a board that may draw.</summary>
[Command(Roles.Teacher | Roles.Board, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record ShowOptions([property: Id(0)] string QuestionId) : Command;

/// <summary>
/// An open question gets a time of its own; again: so much more, of what is left or from now if it was over. From the console, or from a board that may draw.
/// </summary>
[Command(Roles.Teacher | Roles.Board, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record TimeQuestion([property: Id(0)] string QuestionId, [property: Id(1)] int Seconds) : Command;

/// <summary>Put a question that the teacher has just made up. Its texts may be in one language.</summary>
[Command(Roles.Teacher, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record AskOwnQuestion([property: Id(0)] QuestionPlan Question) : Command;

[Command(Roles.Teacher, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record CloseQuestion([property: Id(0)] string QuestionId) : Command;

/// <summary>Take answers again, in the same round: it was closed too early. Not once its counts were shown.</summary>
[Command(Roles.Teacher, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record ReopenQuestion([property: Id(0)] string QuestionId) : Command;

/// <summary>The first act: what the class answered, and nothing yet of what is right.</summary>
/// <param name="Seen">As of <see cref="RevealResults"/>.</param>
[Command(Roles.Teacher, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record ShowCounts([property: Id(0)] string QuestionId, [property: Id(1)] long? Seen = null) : Command;

/// <summary>The second act: the key, why, and the solution if there is one; with the counts, if they were not shown before.</summary>
/// <param name="Seen">The version that the teacher looked at: words that came after it wait hidden. Absent: all that there is was seen.</param>
[Command(Roles.Teacher, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record RevealResults([property: Id(0)] string QuestionId, [property: Id(1)] long? Seen = null) : Command;

/// <summary>The same question a second time, after a discussion. The first round's answers are kept.</summary>
[Command(Roles.Teacher, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record AskAgain([property: Id(0)] string QuestionId) : Command;

/// <summary>One student's answer; a later one replaces it while the question is open.</summary>
/// <param name="Options">Chosen option ids (single, multiple).</param>
/// <param name="Scale">The chosen value (scale).</param>
/// <param name="Text">Words (open: at most 1,000 characters; word cloud: at most 40).</param>
[Command(Roles.Student, Phases.Live, Together = true)]
[GenerateSerializer, Immutable]
public sealed record GiveAnswer(
    [property: Id(0)] string QuestionId,
    [property: Id(1)] ImmutableArray<string> Options,
    [property: Id(2)] int? Scale,
    [property: Id(3)] string? Text) : Command;

/// <summary>Whether children who share a phone answer one by one; else they choose themselves.</summary>
[Command(Roles.Teacher, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record AskEachChild([property: Id(0)] bool On) : Command;

/// <summary>Pick an open answer to talk about: it stands on the board without a name.</summary>
[Command(Roles.Teacher, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record PickAnswer(
    [property: Id(0)] string QuestionId, [property: Id(1)] Guid StudentId, [property: Id(2)] bool Picked) : Command;

/// <summary>Take a word off a cloud, or show one that the rules of words doubt. All spellings of it go together.</summary>
/// <param name="Word">As the tally says it.</param>
[Command(Roles.Teacher, Phases.SinceStart)]
[GenerateSerializer, Immutable]
public sealed record HideWord([property: Id(0)] string QuestionId, [property: Id(1)] string Word, [property: Id(2)] bool Hidden) : Command;

/// <summary>JSON of this topic's commands, facts and entities: each one of them is named here.</summary>
[JsonSerializable(typeof(AskQuestion))]
[JsonSerializable(typeof(ShowOptions))]
[JsonSerializable(typeof(TimeQuestion))]
[JsonSerializable(typeof(AskOwnQuestion))]
[JsonSerializable(typeof(CloseQuestion))]
[JsonSerializable(typeof(ReopenQuestion))]
[JsonSerializable(typeof(QuestionReopened))]
[JsonSerializable(typeof(ShowCounts))]
[JsonSerializable(typeof(RevealResults))]
[JsonSerializable(typeof(AskAgain))]
[JsonSerializable(typeof(GiveAnswer))]
[JsonSerializable(typeof(AskEachChild))]
[JsonSerializable(typeof(PickAnswer))]
[JsonSerializable(typeof(HideWord))]
[JsonSerializable(typeof(QuestionAsked))]
[JsonSerializable(typeof(OptionsShown))]
[JsonSerializable(typeof(QuestionTimed))]
[JsonSerializable(typeof(QuestionClosed))]
[JsonSerializable(typeof(CountsShown))]
[JsonSerializable(typeof(ResultsRevealed))]
[JsonSerializable(typeof(QuestionAskedAgain))]
[JsonSerializable(typeof(AnswerGiven))]
[JsonSerializable(typeof(EachChildAsked))]
[JsonSerializable(typeof(AnswerPicked))]
[JsonSerializable(typeof(WordHidden))]
[JsonSerializable(typeof(QuestionEntity))]
[JsonSerializable(typeof(TallyEntity))]
[JsonSerializable(typeof(AnswerEntity))]
internal sealed partial class QuestionsJson : JsonSerializerContext;
