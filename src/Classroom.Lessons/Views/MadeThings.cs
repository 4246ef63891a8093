namespace Classroom.Lessons;

internal static partial class Things
{
    public static Thing Explanation(LessonState s, Guid id) => new(Key.Explanation(id), a =>
    {
        var e = s.Explanations[id];
        if (e.InPreview && a.Kind != AudienceKind.Teacher)
        {
            return null;
        }

        var status = e.Stopped ? ExplanationStatus.Stopped
            : e.IsRunning ? ExplanationStatus.Running
            : e.Told.Values.All(t => t.Failure is not null) ? ExplanationStatus.Failed : ExplanationStatus.Finished;
        return new ExplanationEntity(
            e.Order.StepId, e.Order.Topic, e.Order.Mode, e.Of, e.OfVariant, e.Sentences, status, e.StartedAt, e.Order.BoardVariant.ToString(),
            [.. e.Order.Variants.Select(v => !e.Told.TryGetValue(v.ToString(), out var told)
                ? new VariantEntity(v.ToString(), e.Stopped ? ExplanationStatus.Stopped : ExplanationStatus.Running, 0, null, null)
                : new VariantEntity(v.ToString(), told.Failure is null ? ExplanationStatus.Finished : ExplanationStatus.Failed,
                    told.Text.Length, told.Failure, told.Provenance))],
            e.InPreview ? true : null);
    }, null);

    public static Thing Heat(LessonState s, Guid id) => new(Key.Heat(id), a =>
        !IsStaff(a) || s.Explanations[id].Presses.IsEmpty ? null : new HeatEntity(
            [.. s.Explanations[id].Presses.GroupBy(p => (p.Variant, p.Sentence)).OrderBy(g => g.Key.Variant, StringComparer.Ordinal).ThenBy(g => g.Key.Sentence)
                .Select(g => new HeatSpot(g.Key.Variant, g.Key.Sentence, g.Count(),
                    a.Kind == AudienceKind.Teacher ? [.. g.Select(p => p.StudentId).Order()] : null))]), Thing.Nobody);

    public static Thing Pressed(LessonState s, Guid id, Guid student) => new(Key.Pressed(id), a =>
    {
        var own = s.Explanations[id].Presses.Where(p => p.StudentId == student).ToList();
        return a != Audience.Student(student) || own.Count == 0 ? null : new PressedEntity(
            [.. own.OrderBy(p => p.Variant, StringComparer.Ordinal).ThenBy(p => p.Sentence).Select(p => new PressedSpot(p.Variant, p.Sentence))]);
    }, [student]);

    public static Thing Question(LessonState s, string id) => new(Key.Question(id), a =>
    {
        var q = s.Questions[id];
        var open = a.Kind == AudienceKind.Teacher || q.Status == QuestionStatus.Revealed;
        var picked = q.Answers.Where(x => x.Key.Round == q.Round && x.Value.Picked).OrderBy(x => x.Value.At).ThenBy(x => x.Key.StudentId)
            .Select(x => x.Value.Text!).ToImmutableArray();
        return new QuestionEntity(
            q.StepId, q.Plan.Kind, q.Plan.Text,
            [.. q.Plan.Options.Select(o => new OptionEntity(o.Id, o.Text, open ? o.Correct : null, open ? o.Why : null))],
            q.Plan.Min, q.Plan.Max, q.Plan.MinLabel, q.Plan.MaxLabel, open ? q.Plan.Why : null, q.Round, q.Status, q.AskedAt,
            picked.IsEmpty ? null : picked);
    }, null);

    public static Thing Tally(LessonState s, string id) => new(Key.Tally(id), a =>
    {
        var q = s.Questions[id];
        var open = a.Kind == AudienceKind.Teacher || q.Status == QuestionStatus.Revealed;
        return open || IsStaff(a)
            ? new TallyEntity(
                IsStaff(a) ? q.Answers.Count(x => x.Key.Round == q.Round) : null,
                open ? Rounds(q) : null)
            : null;
    }, null);

    public static Thing Answer(LessonState s, string id, int round, Guid student) => new(Key.Answer(id, round, student), a =>
    {
        var answer = s.Questions[id].Answers[new(round, student)];
        return IsOwnOrTeacher(a, student) ? new AnswerEntity(
            id, round, student, answer.Options, answer.Scale, answer.Text, answer.At,
            a.Kind == AudienceKind.Teacher ? answer.Picked : null) : null;
    }, [student]);

    public static Thing Prompts(LessonState s, string step) => new(Key.Prompts(step), a =>
        a.Kind == AudienceKind.Teacher && Discussing.Of(s, step) is { Status: { } status } d
            ? new PromptsEntity(status, d.Failure, d.Candidates, d.Provenance) : null, Thing.Nobody);

    public static Thing Prompt(LessonState s, string step) => new(Key.Prompt(step), _ =>
        Discussing.Of(s, step) is { Picked: { } picked } d
            ? new PromptEntity(picked, d.Edited, d.PickedFrom!, d.PickedAt, d.Shared, d.EditedBy) : null, null);

    public static Thing Team(LessonState s, int number)
    {
        var members = s.Seats.Values.Where(x => x.Team == number).OrderBy(x => x.JoinedAt).ThenBy(x => x.StudentId).ToImmutableArray();
        ImmutableArray<Guid> ids = [.. members.Select(m => m.StudentId)];
        return new(Key.Team(number), a => number > s.Teams ? null : a.Kind switch
        {
            AudienceKind.Teacher => new TeamEntity(ids.Length, ids, null),
            AudienceKind.Board => new TeamEntity(ids.Length, null, null),
            AudienceKind.Student when ids.Contains(a.StudentId) => new TeamEntity(ids.Length, null, [.. members.Select(m => m.Nickname)]),
            _ => null,
        }, ids);
    }

    public static Thing Contribution(LessonState s, Guid id)
    {
        var c = s.Contributions[id];
        var shared = Discussing.Of(s, c.StepId).Shared;
        var seen = new ContributionEntity(c.StepId, c.Team, c.Text, c.Votes.Count, c.Hidden, null, c.At);
        return new(Key.Contribution(id), a => a.Kind switch
        {
            AudienceKind.Teacher => seen with { StudentId = c.StudentId },
            AudienceKind.Student => s.Seats.TryGetValue(a.StudentId, out var seat) && Discussing.MaySee(s, c, seat) ? seen : null,
            _ => shared && !c.Hidden ? seen : null,
        }, shared ? null : [.. s.Seats.Values.Where(x => x.Team == c.Team).Select(x => x.StudentId)]);
    }

    public static Thing Vote(LessonState s, Guid id, Guid student) => new(Key.Vote(id), a =>
        a == Audience.Student(student) && s.Contributions[id].Votes.Contains(student) ? new VoteEntity(true) : null, [student]);

    public static Thing Work(LessonState s, WorkKey key) => new(Key.Work(key), a =>
    {
        var w = s.Works[key];
        if (!IsOwnOrTeacher(a, key.StudentId))
        {
            return null;
        }

        // A draft is the student's own until it is handed in; the teacher sees that it grows.
        var own = a.Kind != AudienceKind.Teacher || w.Status == WorkStatus.HandedIn;
        return new WorkEntity(
            key.StudentId, key.StepId, w.Status, w.Version, Making.Words(w.Text), own ? w.Text : null, own ? w.OwnContribution : null,
            own ? w.Reflection : null, own ? w.Sources : null, w.SavedAt, w.HandedInAt, w.Handed, w.Before);
    }, [key.StudentId]);

    public static Thing Feedback(LessonState s, Guid id) => new(Key.Feedback(id), a =>
    {
        var f = s.Feedbacks[id];
        return a.Kind == AudienceKind.Teacher || (a == Audience.Student(f.Work.StudentId) && f.Status == FeedbackStatus.Released)
            ? new FeedbackEntity(f.Work.StudentId, f.Work.StepId, f.WorkVersion, f.Status, f.Failure, f.Items, f.Note, f.Provenance, f.Edited,
                a.Kind == AudienceKind.Teacher ? f.DroppedQuotes : 0, f.Reply, f.ReleasedAt, f.EditedBy)
            : null;
    }, [s.Feedbacks[id].Work.StudentId]);

    public static Thing Mark(LessonState s, WorkKey key) => new(Key.Mark(key), a =>
        IsOwnOrTeacher(a, key.StudentId) && s.Marks.TryGetValue(key, out var m)
            ? new MarkEntity(key.StudentId, key.StepId, m.Value, m.At) : null, [key.StudentId]);

    // Once over the answers: this is done with every one of them that comes in.
    private static ImmutableArray<RoundEntity> Rounds(Question q)
    {
        var answered = new int[q.Round];
        var counts = new Dictionary<string, int>?[q.Round];
        foreach (var (key, answer) in q.Answers)
        {
            answered[key.Round - 1]++;
            var counted = counts[key.Round - 1] ??= new(StringComparer.Ordinal);
            foreach (var word in Counted(q.Plan.Kind, answer))
            {
                counted[word] = counted.GetValueOrDefault(word) + 1;
            }
        }

        return [.. answered.Select((n, i) => new RoundEntity(i + 1, n,
            [.. (counts[i] ?? []).Select(c => new CountEntity(c.Key, c.Value)).OrderByDescending(c => c.Count).ThenBy(c => c.Key, StringComparer.Ordinal)]))];
    }

    private static ImmutableArray<string> Counted(QuestionKind kind, Answer answer) => kind switch
    {
        QuestionKind.Single or QuestionKind.Multiple => answer.Options,
        QuestionKind.Scale => [answer.Scale!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)],
        QuestionKind.WordCloud => [answer.Text!.ToLowerInvariant()],
        _ => [],
    };
}
