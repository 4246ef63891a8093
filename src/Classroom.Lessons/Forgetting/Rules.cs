namespace Classroom.Lessons;

/// <summary>
/// Forgetting a student. Invariant: a lesson in which a student was forgotten is the same, whether what the child wrote could still be read while its
/// facts were folded or not. So it can be folded again when the key is destroyed.
/// </summary>
public static class ForgettingRules
{
    internal static void Register(RuleTable rules)
    {
        rules.Decide<ForgetStudent>(static (state, forget, context) =>
            !Enum.IsDefined(forget.Reason) || (forget.Reason is ForgetReason.Retention or ForgetReason.KeyGone && context.By.Role != Role.System) ? Decision.Refuse("bad-value")
            // The key may still be there, when the process died between the two.
            : state.Forgotten.ContainsKey(forget.StudentId) ? Decision.Nothing.Then(new DestroyKey(forget.StudentId))
            : !Knows(state, forget.StudentId) ? Decision.Refuse("no-such-student")
            : Forget(state, forget));

        rules.Apply<StudentForgotten>(static (state, f, meta) => Without(state, f.StudentId, f.Reason == ForgetReason.KeyGone) with
        {
            Forgotten = state.Forgotten.SetItem(f.StudentId, new Forgotten(f.Reason, meta.By.Name, meta.At, f.IsList == true)),
        });
    }

    /// <summary>The lesson without a student whose facts could not be read, until it is told so by a fact.</summary>
    public static LessonState WithoutUnreadable(LessonState state, Guid student)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Forgotten.ContainsKey(student) ? state : Without(state, student, isUnreadable: true) with { Removed = state.Removed.SetItem(student, "") };
    }

    /// <summary>Whether anything of a student is in the lesson.</summary>
    public static bool Knows(LessonState state, Guid student) =>
        state.Seats.ContainsKey(student) || state.Entries.ContainsKey(student) || state.NotLetIn.Contains(student) || state.Removed.ContainsKey(student)
        || state.Roster?.Id == student;

    // What the list of the class says of the child goes too. It is sealed as a whole, so the list that it stood in is forgotten, and what is left has a new key.
    private static Decision Forget(LessonState state, ForgetStudent forget)
    {
        Fact[] facts = [.. KeptHidden(state, forget.StudentId), new StudentForgotten(forget.StudentId, forget.Reason)];
        return RosterRules.Without(state, forget.StudentId) is not { } left ? Decision.Of(facts).Then(new DestroyKey(forget.StudentId))
            : Decision.Of([.. facts, new StudentForgotten(state.Roster!.Id, forget.Reason, IsList: true), left]).Then(new DestroyKey(forget.StudentId), new DestroyKey(state.Roster.Id));
    }

    // A word that the teacher decided on is named by an answer, which may be the child's. Where others wrote it too the decision is named by theirs
    // from now on: the word must not come back to the wall.
    private static IEnumerable<WordHidden> KeptHidden(LessonState state, Guid student) =>
        from question in state.Questions.Values
        where question.Plan.Kind == QuestionKind.WordCloud && question.Answers.Keys.Any(k => k.StudentId == student)
        from word in question.Words
        let other = Spellings(question, word.Key).Where(k => k.StudentId != student).OrderBy(k => k.Round).ThenBy(k => k.StudentId).FirstOrDefault()
        where other != default
        orderby question.Plan.Id, word.Key
        select new WordHidden(question.Plan.Id, other.Round, other.StudentId, word.Value);

    private static IEnumerable<AnswerKey> Spellings(Question question, string word) =>
        question.Answers.Where(a => a.Value.Text is { } text && Spelling.Counted(text) == word).Select(a => a.Key);

    private static LessonState Without(LessonState state, Guid student, bool isUnreadable) => state with
    {
        Seats = state.Seats.Remove(student),
        Entries = state.Entries.Remove(student),
        NotLetIn = state.NotLetIn.Remove(student),
        Removed = state.Removed.Remove(student),
        RemovedSeats = state.RemovedSeats.Remove(student),
        FormerNames = state.FormerNames.Remove(student),
        Roster = state.Roster?.Id == student ? null : state.Roster,
        BarredNames = state.BarredNames.Except(state.BarredNames.Where(n => n.StudentId == student)),
        Hands = state.Hands.Remove(student),
        Explanations = Each(state.Explanations, e => e.Presses.Any(p => p.StudentId == student) ? e with { Presses = [.. e.Presses.Where(p => p.StudentId != student)] } : e),
        MoreTime = Each(state.MoreTime, asked => asked.Remove(student)),
        Questions = Each(state.Questions, q => Without(q, student, isUnreadable)),
        Contributions = Each(
            state.Contributions.RemoveRange(state.Contributions.Values.Where(c => c.StudentId == student).Select(c => c.Id)), c => c with { Votes = c.Votes.Remove(student) }),
        Works = Each(state.Works.RemoveRange(state.Works.Keys.Where(k => k.StudentId == student)), w => w.With.Contains(student) ? w with { With = w.With.Remove(student) } : w),
        Feedbacks = Each(
            state.Feedbacks.RemoveRange(state.Feedbacks.Values.Where(f => f.Work.StudentId == student).Select(f => f.Id)), f => FeedbackRules.Without(f, student)),
        Typed = state.Typed.RemoveRange(state.Typed.Keys.Where(k => k.StudentId == student)),
        Photos = state.Photos.RemoveRange(state.Photos.Values.Where(p => p.Work.StudentId == student).Select(p => p.Id)),
        Marks = state.Marks.RemoveRange(state.Marks.Keys.Where(k => k.StudentId == student)),
        Exchanges = state.Exchanges.RemoveRange(state.Exchanges.Values.Where(e => e.StudentId == student).Select(e => e.Id)),
        Seen = state.Seen.RemoveRange(state.Seen.Where(s => s.Value.Role == Role.Student && s.Value.By == student).Select(s => s.Key)),
        Openings = state.Openings.RemoveAll(o => o.StudentId == student),
        // That something was stopped stays in the register, without whose it was.
        Incidents = Each(state.Incidents, i => i.StudentId == student ? i with { StudentId = null } : i),
    };

    private static Question Without(Question question, Guid student, bool isUnreadable)
    {
        var left = question with { Groups = LikenessRules.Without(question.Groups, student), Answers = question.Answers.RemoveRange(question.Answers.Keys.Where(k => k.StudentId == student)) };
        var said = left.Answers.Values.Where(a => a.Text is not null).Select(a => Spelling.Counted(a.Text!)).ToHashSet(StringComparer.Ordinal);
        // What stands for a word that cannot be read stays only where nobody could carry the decision over (QuestionsRules.IsHidden).
        return left with { Words = left.Words.RemoveRange(left.Words.Keys.Where(w => w.Length == 0 ? !isUnreadable : !said.Contains(w))) };
    }

    private static ImmutableDictionary<TKey, T> Each<TKey, T>(ImmutableDictionary<TKey, T> all, Func<T, T> change) where TKey : notnull =>
        all.SetItems(all.Select(x => KeyValuePair.Create(x.Key, change(x.Value))));
}
