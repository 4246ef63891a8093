namespace Classroom.Lessons;

/// <summary>Who gave answers that are alike, group by group; empty: each stands alone. What they said stays in the children's own facts.</summary>
[StoredAs("answers-grouped", 1)]
public sealed record AnswersGrouped(string QuestionId, ImmutableArray<ImmutableArray<Guid>> Groups) : Fact;

/// <param name="With">Null: it stands alone.</param>
[StoredAs("answer-moved", 1)]
public sealed record AnswerMoved(string QuestionId, Guid StudentId, Guid? With = null) : Fact;
