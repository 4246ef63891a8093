using Classroom.Tutor;
using Orleans.Core.Internal;
using Orleans.Runtime;

namespace Classroom.Grains.Tests;

/// <summary>What a classroom sets going after a command: each on its own, and the start of an explanation until it has begun.</summary>
public sealed class Effects(StageFixture fixture) : GrainTest(fixture)
{
    [Fact]
    public async Task An_effect_that_fails_stops_no_other()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var teacher = Grains.GetGrain<ITeacherGrain>(lesson.Teacher.Id);
        await teacher.Opened(new ClassroomCard(lesson.Id, lesson.Plan.Title, "7Б", Stage.Time.GetUtcNow(), null));
        var explanation = await lesson.ExplainAsync();
        await Stage.Tutor.Of(explanation).BegunAsync();
        var failed = Stage.Calls.Failed;
        Stage.Calls.Next(typeof(IExplanationGrain), nameof(IExplanationGrain.Stop), 1);

        await lesson.DoneAsync(lesson.Teacher, new EndLesson());

        await Signal.UntilAsync(async () => await new CodeOfTest(Grains, lesson.Code).Resolve() is null);
        await Signal.UntilAsync(async () => (await teacher.Classrooms())[0].EndedAt is not null);
        Stage.Calls.Failed.ShouldBe(failed + 1, "the first of the effects did fail");
    }

    [Fact]
    public async Task An_explanation_that_does_not_start_is_started_again_until_it_does()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var failed = Stage.Calls.Failed;
        Stage.Calls.Next(typeof(IExplanationGrain), nameof(IExplanationGrain.Start), 3);

        var explanation = await lesson.ExplainAsync();

        var begun = Stage.Tutor.Of(explanation).BegunAsync();
        await Signal.UntilAsync(() => Task.FromResult(begun.IsCompleted), () => Stage.Time.Advance(TimeSpan.FromSeconds(2)));
        await begun;
        Stage.Calls.Failed.ShouldBe(failed + 3);
        Stage.Tutor.Of(explanation).Streams.ShouldBe(1);
    }

    [Fact]
    public async Task An_explanation_whose_activation_is_lost_is_begun_again_and_ends_once()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var observer = Stage.Observe();
        await lesson.Grain.Subscribe(Stage.Refer(observer));
        var explanation = await lesson.ExplainAsync();
        var script = Stage.Tutor.Of(explanation);
        script.Say("Жапырақ ");
        await Stage.Signal.UntilAsync(() => observer.TextOf(explanation) == "Жапырақ ");
        var again = Stage.Tutor.Again(explanation);

        await Grains.GetGrain<IExplanationGrain>(lesson.Id, explanation.ToString()).AsReference<IGrainManagementExtension>().DeactivateOnIdle();

        var begun = again.BegunAsync();
        await Signal.UntilAsync(() => Task.FromResult(begun.IsCompleted), () => Stage.Time.Advance(TimeSpan.FromSeconds(2)));
        again.Say("Жапырақ күнге бұрылады.", sentence: true);
        again.End();
        await lesson.UntilFactAsync<ExplanationFinished>();
        await Stage.Signal.UntilAsync(() => observer.TextOf(explanation) == "Жапырақ күнге бұрылады.");
        (await lesson.FactsAsync()).OfType<ExplanationFailed>().ShouldBeEmpty("nobody stopped it");
        (await lesson.FactsAsync()).OfType<ExplanationRetried>().ShouldHaveSingleItem("another text is another epoch");
        again.Streams.ShouldBe(1);
    }

    [Fact]
    public async Task A_stop_that_does_not_arrive_is_repeated()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var explanation = await lesson.ExplainAsync();
        await Stage.Tutor.Of(explanation).BegunAsync();
        var failed = Stage.Calls.Failed;
        Stage.Calls.Next(typeof(IExplanationGrain), nameof(IExplanationGrain.Stop), 3);

        await lesson.DoneAsync(lesson.Teacher, new StopExplanation(explanation));

        var stopped = lesson.UntilFactAsync<ExplanationFailed>(f => f.Code == "tutor-stopped");
        await Signal.UntilAsync(() => Task.FromResult(stopped.IsCompleted), () => Stage.Time.Advance(TimeSpan.FromSeconds(1)));
        await stopped;
        Stage.Calls.Failed.ShouldBe(failed + 3);
    }

    [Fact]
    public async Task One_explanation_id_in_two_lessons_is_two_explanations()
    {
        var (one, other) = (await TestLesson.OpenAsync(Stage), await TestLesson.OpenAsync(Stage));
        var id = await one.ExplainAsync();
        await other.DoneAsync(other.Teacher, new RequestExplanation(id, "s2", "t1", null, ExplainMode.Plain, null, null, []));
        var script = Stage.Tutor.Of(id);
        await Stage.Signal.UntilAsync(() => script.Streams == 2);

        await one.DoneAsync(one.Teacher, new StopExplanation(id));

        await one.UntilFactAsync<ExplanationFailed>(f => f.Code == "tutor-stopped");
        script.Break(new TutorException("tutor-busy"));
        await other.UntilFactAsync<ExplanationFailed>(f => f.Code == "tutor-busy");
    }
}
