namespace Classroom.Lessons.Tests;

/// <summary>A lesson with a scripted class: begun at once, marked for everybody, without AI, never reopened.</summary>
public sealed class RehearsalRules
{
    private static readonly Actor Teacher = new(Role.Teacher, RandomLesson.TeacherId, "Айгүл");
    private readonly Run _run = new();

    [Fact]
    public void It_is_marked_from_its_first_fact_and_begins_where_something_is_explained()
    {
        var opened = Open(true);

        opened.Facts.Length.ShouldBe(3);
        opened.Facts[0].ShouldBeOfType<LessonOpened>().Opening.Rehearsal.ShouldBe(true);
        opened.Facts[1].ShouldBe(new LessonStarted("s2", true));
        opened.Facts[2].ShouldBe(new RoomAdded(LifecycleRules.RehearsalRoom, "204"));
        opened.Effects.ShouldBe([new PlayRehearsal()]);
        (_run.State.IsRehearsal, _run.State.IsLive, _run.State.StepId).ShouldBe((true, true, "s2"));
    }

    [Fact]
    public void A_plan_that_explains_nothing_begins_at_its_first_step()
    {
        var plan = RandomLesson.Plan with { Steps = [.. RandomLesson.Plan.Steps.Select(s => s with { Topics = [] })] };

        Open(true, plan).Facts[1].ShouldBe(new LessonStarted(plan.Steps[0].Id, true));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(false)]
    public void A_lesson_of_before_is_none(bool? mark)
    {
        Open(mark).Facts.ShouldHaveSingleItem();

        (_run.State.IsRehearsal, _run.State.Phase, _run.State.AiOn).ShouldBe((false, LessonPhase.Lobby, true));
    }

    [Fact]
    public void Every_audience_sees_the_mark()
    {
        Open(true);
        var student = Guid.CreateVersion7();
        Do(new(Role.Student, student), new TakeSeat("Дана", Language.Kk, Level.Simple, Guid.CreateVersion7(), false, Room: RoomsRules.Hub));

        foreach (var audience in new[] { Audience.Teacher, Audience.Board, Audience.Student(student) })
        {
            View.Of(_run.State, audience).Select(c => c.Value).OfType<PlanEntity>().Single().Rehearsal.ShouldBe(true, $"{audience.Kind}");
        }

        Tiles.Of(_run.State, Guid.Empty, DateTimeOffset.UnixEpoch).Rehearsal.ShouldBe(true);
    }

    [Fact]
    public void No_model_is_asked_whatever_the_teacher_does()
    {
        Open(true);

        _run.State.AiOn.ShouldBeFalse();
        Do(Teacher, new SwitchAi(true)).Refusal!.Code.ShouldBe("no-ai");
        Do(Teacher, new SwitchAi(false)).ShouldBe(Decision.Nothing);
        Do(Teacher, new RequestExplanation(Guid.CreateVersion7(), "s2", "t1", null, ExplainMode.Plain, null, null, []))
            .Effects.OfType<StreamExplanation>().Single().Order.AiOn.ShouldBeFalse();
    }

    [Fact]
    public void The_server_may_end_it_and_nobody_opens_it_again()
    {
        Open(true);

        Do(Actor.System, new EndLesson()).Facts.ShouldHaveSingleItem().ShouldBe(new LessonEnded(true), "who counts ends looks at nothing else");
        Do(Teacher, new ReopenLesson("K7PM4X")).Refusal!.Code.ShouldBe("rehearsal-over");
        _run.State.Phase.ShouldBe(LessonPhase.Ended);
    }

    [Fact]
    public void The_server_ends_no_real_lesson()
    {
        Open(null);
        Do(Teacher, new StartLesson());

        Do(Actor.System, new EndLesson()).Refusal!.Code.ShouldBe("wrong-role");
        _run.State.IsLive.ShouldBeTrue();
        Do(Teacher, new EndLesson()).Facts.ShouldHaveSingleItem().ShouldBe(new LessonEnded());
    }

    [Fact]
    public void Without_a_seed_its_students_could_be_guessed_so_there_is_none()
    {
        Open(true, seeded: false).Refusal!.Code.ShouldBe("bad-plan");

        _run.State.IsOpen.ShouldBeFalse();
    }

    private Decision Open(bool? rehearsal, LessonPlan? plan = null, bool seeded = true) => Do(Teacher, new OpenLesson(
        plan ?? RandomLesson.Plan, "7Б", "Айгүл Маратқызы", "K7PM4X", null, Language.Kk, RandomLesson.Scale, Rehearsal: rehearsal, Seed: seeded ? Guid.CreateVersion7() : null));

    private Decision Do(Actor by, Command command) => _run.Do(new(Guid.CreateVersion7(), by, command)).Decision;
}
