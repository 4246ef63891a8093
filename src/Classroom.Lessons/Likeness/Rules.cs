namespace Classroom.Lessons;

/// <summary>
/// Open answers that say nearly the same stand together on the teacher's screen. The machine proposes, by words alone (<see cref="Likeness"/>), and the teacher decides: nobody else sees a
/// group. Invariant: an answer stands in one group at most, and one that is given anew in none.
/// </summary>
internal static class LikenessRules
{
    internal static void Register(RuleTable rules)
    {
        rules.Decide<GroupAnswers>(static (state, group, _) => Known(state, group.QuestionId) ?? Group(state.Questions[group.QuestionId], group.On));
        rules.Decide<MoveAnswer>(static (state, move, _) => Known(state, move.QuestionId) ?? Move(state.Questions[move.QuestionId], move));

        rules.Apply<AnswersGrouped>(static (state, g, _) => Change(state, g.QuestionId, q => q with { Groups = [.. g.Groups.Where(x => x.Length > 0)] }));
        rules.Apply<AnswerMoved>(static (state, m, _) => Change(state, m.QuestionId, q => q with { Groups = Moved(q.Groups, m.StudentId, m.With) }));
    }

    internal static ImmutableArray<ImmutableArray<Guid>> Without(ImmutableArray<ImmutableArray<Guid>> groups, Guid student) =>
        groups.Any(g => g.Contains(student)) ? [.. groups.Select(g => g.Remove(student)).Where(g => !g.IsEmpty)] : groups;

    private static Decision Group(Question q, bool on)
    {
        var answers = q.Answers.Where(a => a.Key.Round == q.Round && a.Value.Text is not null).OrderBy(a => a.Value.At).ThenBy(a => a.Key.StudentId)
            .Select(a => (a.Key.StudentId, a.Value.Text!)).ToList();
        if (on && answers.Count == 0)
        {
            return Decision.Refuse("no-such-answer");
        }

        ImmutableArray<ImmutableArray<Guid>> groups = on ? Likeness.Of(answers) : [];
        return IsSame(groups, q.Groups) ? Decision.Nothing : Decision.Of(new AnswersGrouped(q.Plan.Id, groups));
    }

    private static Decision Move(Question q, MoveAnswer move)
    {
        if (!Has(q, move.StudentId) || (move.With is { } with && (with == move.StudentId || !Has(q, with))))
        {
            return Decision.Refuse("no-such-answer");
        }

        return IsSame(Moved(q.Groups, move.StudentId, move.With), q.Groups) ? Decision.Nothing : Decision.Of(new AnswerMoved(q.Plan.Id, move.StudentId, move.With));
    }

    private static ImmutableArray<ImmutableArray<Guid>> Moved(ImmutableArray<ImmutableArray<Guid>> groups, Guid student, Guid? with)
    {
        if (groups.Any(g => g.Contains(student) && (with is { } mate ? g.Contains(mate) : g.Length == 1)))
        {
            return groups;
        }

        var left = Without(groups, student);
        var at = with is { } other ? left.ToList().FindIndex(g => g.Contains(other)) : -1;
        return at >= 0 ? left.SetItem(at, left[at].Add(student)) : left.Add(with is { } alone ? [alone, student] : [student]);
    }

    private static bool Has(Question q, Guid student) => q.Answers.GetValueOrDefault(new(q.Round, student))?.Text is not null;

    private static bool IsSame(ImmutableArray<ImmutableArray<Guid>> one, ImmutableArray<ImmutableArray<Guid>> other) =>
        one.Length == other.Length && one.Zip(other).All(x => x.First.SequenceEqual(x.Second));

    private static Decision? Known(LessonState state, string? questionId) => !state.Questions.TryGetValue(questionId ?? "", out var q) ? Decision.Refuse("no-such-question")
        : q.Plan.Kind != QuestionKind.Open ? Decision.Refuse("not-an-open-question") : null;

    private static LessonState Change(LessonState state, string id, Func<Question, Question> change) =>
        state with { Questions = state.Questions.SetItem(id, change(state.Questions[id])) };
}
