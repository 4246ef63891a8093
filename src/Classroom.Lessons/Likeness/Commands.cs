using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>Put open answers of this round that say nearly the same together, for the teacher to look at, split and join; off: each stands alone again.</summary>
[Command(Roles.Teacher, Phases.SinceStart)]
[GenerateSerializer, Immutable]
public sealed record GroupAnswers([property: Id(0)] string QuestionId, [property: Id(1)] bool On) : Command;

/// <summary>One answer belongs with another, or with none.</summary>
/// <param name="With">Who gave the other one; null: it stands alone.</param>
[Command(Roles.Teacher, Phases.SinceStart)]
[GenerateSerializer, Immutable]
public sealed record MoveAnswer([property: Id(0)] string QuestionId, [property: Id(1)] Guid StudentId, [property: Id(2)] Guid? With = null) : Command;

/// <summary>JSON of this topic's commands, facts and entities: each one of them is named here.</summary>
[JsonSerializable(typeof(GroupAnswers))]
[JsonSerializable(typeof(MoveAnswer))]
[JsonSerializable(typeof(AnswersGrouped))]
[JsonSerializable(typeof(AnswerMoved))]
[JsonSerializable(typeof(AnswerGroupsEntity))]
internal sealed partial class LikenessJson : JsonSerializerContext;
