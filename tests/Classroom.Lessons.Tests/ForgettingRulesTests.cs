using System.Text;
using System.Text.Json.Nodes;

namespace Classroom.Lessons.Tests;

/// <summary>A student is forgotten: in whatever lesson, whether what the child wrote can still be read or not.</summary>
public sealed class ForgettingRulesTests
{
    private static readonly Actor Teacher = new(Role.Teacher, RandomLesson.TeacherId, "Айгүл");

    // Each lesson loses the students who did most.
    private static IEnumerable<(int Seed, Run Run, Guid Student)> Lessons() =>
        from seed in Enumerable.Range(0, 30)
        let run = Run.After(seed, 500)
        from student in run.History.Where(h => h.Meta.By.Role == Role.Student && Knows(run.State, h.Meta.By.Id)).CountBy(h => h.Meta.By.Id).OrderByDescending(c => c.Value).Take(2).Select(c => c.Key)
        select (seed, Run.After(seed, 500), student);

    private static bool Knows(LessonState s, Guid id) => s.Seats.ContainsKey(id) || s.Removed.ContainsKey(id);

    [Fact]
    public void A_lesson_is_the_same_whether_the_forgotten_could_be_read_or_not()
    {
        var lessons = 0;
        foreach (var (seed, run, student) in Lessons())
        {
            Forget(run, student).Refusal.ShouldBeNull();
            var replayed = run.History.Aggregate(LessonState.Empty, (s, h) => Lesson.Apply(s, Unreadable(h, s, student)));
            new Structure().Differences(run.State, replayed).ShouldBeEmpty($"seed {seed}, {student}");
            lessons++;
        }

        lessons.ShouldBeGreaterThan(30);
    }

    [Fact]
    public void Nothing_of_the_forgotten_is_left_in_any_view_or_snapshot()
    {
        foreach (var (seed, run, student) in Lessons())
        {
            var names = run.History.SelectMany(h => h.Fact switch
            {
                SeatTaken t when h.Meta.By.Id == student => [t.Nickname],
                StudentRenamed r when r.StudentId == student => [r.Nickname],
                _ => Array.Empty<string>(),
            }).Except(run.State.Seats.Values.Where(s => s.StudentId != student).Select(s => s.Nickname).Concat(run.State.Removed.Where(r => r.Key != student).Select(r => r.Value)), StringComparer.Ordinal).ToList();
            Forget(run, student);
            var kept = Encoding.UTF8.GetString(LessonSnapshot.Encode(run.State)) + Everything(run.State);
            foreach (var name in names)
            {
                kept.ShouldNotContain($"\"{name}\"", Case.Sensitive, $"seed {seed}");
            }

            var left = JsonNode.Parse(LessonSnapshot.Encode(run.State))!.AsObject();
            left.Remove("forgotten");
            left.ToJsonString().ShouldNotContain(student.ToString(), Case.Sensitive, $"seed {seed}");
        }
    }

    [Fact]
    public void A_lesson_loads_when_a_key_is_gone_and_no_fact_says_so()
    {
        foreach (var (seed, run, student) in Lessons())
        {
            var loaded = ForgettingRules.WithoutUnreadable(run.History.Aggregate(LessonState.Empty, (s, h) => Lesson.Apply(s, Unreadable(h, s, student))), student);
            Everything(loaded).ShouldNotContain($"\"studentId\":\"{student}\"", Case.Sensitive, $"seed {seed}");
            var decision = Lesson.Decide(loaded, new Envelope(Guid.CreateVersion7(), Actor.System, new ForgetStudent(student, ForgetReason.KeyGone)), run.Now);
            decision.Facts.ShouldHaveSingleItem().ShouldBe(new StudentForgotten(student, ForgetReason.KeyGone));
            var told = Lesson.Apply(loaded, new RecordedFact(new FactMeta(loaded.Seq + 1, Guid.CreateVersion7(), Actor.System, run.Now), decision.Facts[0]));
            told.Forgotten[student].Reason.ShouldBe(ForgetReason.KeyGone);
            told.Removed.ShouldNotContainKey(student);
        }
    }

    [Fact]
    public void A_word_that_was_taken_off_the_cloud_stays_off_when_its_first_author_is_forgotten()
    {
        var (run, first, second) = Cloud();
        run.Do(By(Teacher, new HideWord("q4", "сөз", true)));
        Words(run.State).ShouldBeEmpty();

        Forget(run, first).Refusal.ShouldBeNull();

        Words(run.State).ShouldBeEmpty();
        Words(run.History.Aggregate(LessonState.Empty, (s, h) => Lesson.Apply(s, Unreadable(h, s, first)))).ShouldBeEmpty();
        run.State.Questions["q4"].Answers.Keys.Select(k => k.StudentId).ShouldBe([second]);
    }

    [Fact]
    public void A_hidden_word_that_nobody_can_read_any_more_keeps_the_undecided_ones_off_the_wall()
    {
        var (run, first, _) = Cloud();
        run.Do(By(Teacher, new HideWord("q4", "сөз", true)));

        // The key is gone, as after an older backup was restored: nobody could carry the decision over.
        var loaded = ForgettingRules.WithoutUnreadable(run.History.Aggregate(LessonState.Empty, (s, h) => Lesson.Apply(s, Unreadable(h, s, first))), first);

        Words(loaded).ShouldBeEmpty();
        var shown = Lesson.Decide(loaded, By(Teacher, new HideWord("q4", "сөз", false)), run.Now);
        Words(Lesson.Stamp(loaded, By(Teacher, new HideWord("q4", "сөз", false)), shown, run.Now).Aggregate(loaded, Lesson.Apply)).ShouldBe(["сөз"]);
    }

    [Fact]
    public void A_lesson_with_a_list_of_the_class_is_the_same_whether_the_list_that_a_child_stood_in_could_be_read_or_not()
    {
        var (run, first, _) = Cloud();
        var list = Guid.CreateVersion7();
        run.Do(By(Teacher, new SetRoster(list, [run.State.Seats[first].Nickname + " Серікқызы", "Арман Қуатұлы"])));
        Forget(run, first).Facts.OfType<StudentForgotten>().Select(f => (f.StudentId, f.IsList)).ShouldBe([(first, null), (list, true)]);
        run.State.Roster!.Names.ShouldBe(["Арман Қуатұлы"]);
        var replayed = run.History.Aggregate(LessonState.Empty, (s, h) => Lesson.Apply(s, Unreadable(Unreadable(h, s, first), s, list)));
        new Structure().Differences(run.State, replayed).ShouldBeEmpty();
        Encoding.UTF8.GetString(LessonSnapshot.Encode(run.State)).ShouldNotContain("Серікқызы");
    }

    [Fact]
    public void It_is_the_teachers_or_an_admins_act_and_twice_is_once()
    {
        var (run, first, _) = Cloud();
        var admin = new Actor(Role.Admin, Guid.CreateVersion7(), "Ерлан");
        Refusal(new(Role.Student, first), first, ForgetReason.Family).ShouldBe("wrong-role");
        Refusal(new(Role.Mentor, Guid.CreateVersion7()), first, ForgetReason.Family).ShouldBe("wrong-role");
        Refusal(Teacher with { Id = Guid.CreateVersion7() }, first, ForgetReason.Family).ShouldBe("foreign-classroom");
        Refusal(Teacher, Guid.CreateVersion7(), ForgetReason.Family).ShouldBe("no-such-student");
        Refusal(Teacher, Guid.Empty, ForgetReason.Family).ShouldBe("no-such-student");
        Refusal(Teacher, first, (ForgetReason)77).ShouldBe("bad-value");
        Refusal(Teacher, first, ForgetReason.Retention).ShouldBe("bad-value");
        Refusal(admin, first, ForgetReason.KeyGone).ShouldBe("bad-value");

        run.Do(By(Teacher, new EndLesson()));
        run.Do(By(admin, new ForgetStudent(first, ForgetReason.Mistake))).Decision.Facts.ShouldHaveSingleItem();
        run.State.Forgotten[first].ShouldBe(new Forgotten(ForgetReason.Mistake, "Ерлан", run.Now));
        var again = run.Do(By(Teacher, new ForgetStudent(first, ForgetReason.Family))).Decision;
        again.Facts.ShouldBeEmpty();
        // The process may have died before the key was destroyed.
        again.Effects.ShouldBe([new DestroyKey(first)]);

        string? Refusal(Actor by, Guid student, ForgetReason reason) => Lesson.Decide(run.State, By(by, new ForgetStudent(student, reason)), run.Now).Refusal?.Code;
    }

    [Fact]
    public void Who_was_removed_before_can_be_forgotten_too()
    {
        var (run, first, _) = Cloud();
        run.Do(By(Teacher, new RemoveStudent(first, false)));
        Shown(Audience.Teacher).ShouldBe("Дана");
        Shown(Audience.Board).ShouldBeNull();
        Shown(Audience.Students).ShouldBeNull();
        run.Do(By(Teacher, new EndLesson()));
        Shown(Audience.Teacher).ShouldBe("Дана");
        Forget(run, first).Facts.OfType<StudentForgotten>().ShouldHaveSingleItem();
        run.State.Questions["q4"].Answers.Keys.ShouldAllBe(k => k.StudentId != first);
        Shown(Audience.Teacher).ShouldBeNull();
        Everything(run.State).ShouldNotContain("Дана");

        string? Shown(Audience audience) => View.Of(run.State, audience).Select(c => c.Value).OfType<RemovedEntity>().SingleOrDefault()?.Nickname;
    }

    private static (Run Run, Guid First, Guid Second) Cloud()
    {
        var (run, first, second) = (new Run(), Guid.CreateVersion7(), Guid.CreateVersion7());
        run.Do(RandomLesson.Opening(Guid.CreateVersion7()));
        run.Do(By(new(Role.Student, first), new TakeSeat("Дана", Language.Kk, Level.Simple, Guid.CreateVersion7(), false)));
        run.Do(By(new(Role.Student, second), new TakeSeat("Арман", Language.Kk, Level.Simple, Guid.CreateVersion7(), false)));
        run.Do(By(Teacher, new StartLesson()));
        run.Do(By(Teacher, new GoToStep(run.State.Plan.Steps.First(s => s.Questions.Any(q => q.Id == "q4")).Id)));
        run.Do(By(Teacher, new AskQuestion("q4")));
        run.Do(By(new(Role.Student, first), new GiveAnswer("q4", [], null, "Сөз")));
        run.Do(By(new(Role.Student, second), new GiveAnswer("q4", [], null, "сөз!")));
        run.Do(By(Teacher, new RevealResults("q4")));
        run.State.Questions["q4"].Answers.Count.ShouldBe(2);
        return (run, first, second);
    }

    private static string[] Words(LessonState s) => [.. View.Of(s, Audience.Board).Select(c => c.Value).OfType<TallyEntity>().SelectMany(t => t.Rounds ?? []).SelectMany(r => r.Counts).Select(c => c.Key)];

    private static Decision Forget(Run run, Guid student) => run.Do(By(Teacher, new ForgetStudent(student, ForgetReason.Family))).Decision;

    private static Envelope By(Actor by, Command command) => new(Guid.CreateVersion7(), by, command);

    private static string Everything(LessonState s) => string.Join('\n', new[] { Audience.Teacher, Audience.Board, Audience.Students }
        .Concat(s.Seats.Keys.Select(Audience.Student)).Select(a => Run.Text(View.Of(s, a))));

    // As it is read once the child's key is destroyed.
    private static RecordedFact Unreadable(RecordedFact recorded, LessonState before, Guid student)
    {
        var name = FactCatalogue.NameOf(recorded.Fact.GetType());
        if (recorded.Fact.ChildIn(before, recorded.Meta.By) != student || !PersonalProperties.Placeholders.TryGetValue(name, out var fields))
        {
            return recorded;
        }

        var body = JsonNode.Parse(FactCatalogue.Encode(recorded.Fact))!.AsObject();
        foreach (var (field, json) in fields)
        {
            body[field] = JsonNode.Parse(json);
        }

        return recorded with { Fact = FactCatalogue.Decode(name, Encoding.UTF8.GetBytes(body.ToJsonString())) };
    }
}
