namespace Classroom.Lessons;

/// <summary>Kind <c>answerGroups</c>, id = question id, teacher only: open answers of this round that were put together. An answer that is in none came later.</summary>
[Entity("answerGroups")]
public sealed record AnswerGroupsEntity(ImmutableArray<AnswerGroup> Groups) : Entity;

public sealed record AnswerGroup(ImmutableArray<Guid> Students);

/// <summary>Groups of answers are the teacher's alone.</summary>
internal static class LikenessView
{
    internal static void Register(ViewTable view)
    {
        view.Entities(static s => s.Questions.Where(q => !q.Value.Groups.IsEmpty).Select(q => Groups(s, q.Key)));
        view.Changes<AnswersGrouped>(static c => [Groups(c.After, c.Fact.QuestionId)]);
        view.Changes<AnswerMoved>(static c => [Groups(c.After, c.Fact.QuestionId)]);
    }

    internal static VisibleEntity Groups(LessonState s, string id) => new(EntityKey.Of<AnswerGroupsEntity>(id), a =>
        !a.IsTeacher || s.Questions[id].Groups.IsEmpty ? null : new AnswerGroupsEntity([.. s.Questions[id].Groups.Select(g => new AnswerGroup(g))]), VisibleEntity.NoStudent);
}
