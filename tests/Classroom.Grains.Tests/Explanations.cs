using Classroom.Tutor;

namespace Classroom.Grains.Tests;

/// <summary>However an explanation ends, its end is a fact of the lesson, stored once, with everything that was said.</summary>
public sealed class Explanations(StageFixture fixture) : GrainTest(fixture)
{
    [Fact]
    public async Task A_finished_explanation_is_a_fact_and_the_pieces_by_offset_are_its_text()
    {
        var (lesson, id, script, observer) = await BeginAsync();
        foreach (var word in new[] { "Жапырақ ", "күнге ", "бұрылады. " })
        {
            script.Say(word);
            await script.TakenAsync();
            Stage.Time.Advance(TimeSpan.FromMilliseconds(40));
        }

        script.Say("Неге?", sentence: true);
        script.End();

        await lesson.UntilFactAsync<ExplanationFinished>();
        var finished = (await lesson.FactsAsync()).OfType<ExplanationFinished>().ShouldHaveSingleItem();
        finished.Text.ShouldBe("Жапырақ күнге бұрылады. Неге?");
        finished.Provenance.ShouldBe(StageTutor.Source);
        await Stage.Signal.UntilAsync(() => observer.TextOf(id) == finished.Text);
        observer.Texts(id).SelectMany(t => t.SentenceEnds).ShouldBe(finished.SentenceEnds);
        observer.Texts(id).ShouldAllBe(t => t.OnBoard);
        var read = await Grains.GetGrain<IExplanationGrain>(lesson.Id, id.ToString()).Read("kk-standard", 8);
        var stored = await lesson.Grain.ReadText(TestLesson.Board, id, "kk-standard", 8);
        (read.Number, read.Epoch, read.Offset, read.Text).ShouldBe((1, 1, 8, finished.Text[8..]));
        (stored.Number, stored.Epoch, stored.Offset, stored.Text).ShouldBe((1, 1, read.Offset, read.Text));
    }

    [Fact]
    public async Task A_tutor_that_breaks_off_leaves_what_it_said()
    {
        var (lesson, _, script, _) = await BeginAsync();
        script.Say("Жапырақ күнге");
        await script.TakenAsync();
        script.Break(new TutorException("tutor-timeout"));

        var failed = await FailedAsync(lesson);
        failed.Code.ShouldBe("tutor-timeout");
        failed.Text.ShouldBe("Жапырақ күнге");
        failed.SentenceEnds.ShouldBe([13]);
    }

    [Fact]
    public async Task A_line_that_is_cut_midway_is_told_from_one_that_never_stood()
    {
        var (lesson, _, script, _) = await BeginAsync();
        script.Say("Жапырақ");
        await script.TakenAsync();
        script.Break(new IOException("Connection reset."));
        (await FailedAsync(lesson)).Code.ShouldBe("tutor-cut");

        (lesson, _, script, _) = await BeginAsync();
        script.Break(new HttpRequestException("Connection refused."));
        (await FailedAsync(lesson)).Code.ShouldBe("tutor-unavailable");
    }

    [Fact]
    public async Task A_failure_nobody_foresaw_ends_the_explanation_too()
    {
        var (lesson, _, script, _) = await BeginAsync();
        script.Say("Жапырақ");
        await script.TakenAsync();
        script.Break(new FormatException("The model answered nonsense."));

        var failed = await FailedAsync(lesson);
        failed.Code.ShouldBe("tutor-cut");
        failed.Text.ShouldBe("Жапырақ");
    }

    [Fact]
    public async Task A_tutor_that_ends_without_a_word_has_failed()
    {
        var (lesson, _, script, _) = await BeginAsync();
        script.End();
        (await FailedAsync(lesson)).Code.ShouldBe("tutor-empty");
    }

    [Fact]
    public async Task A_stopped_explanation_keeps_what_was_said()
    {
        var (lesson, id, script, observer) = await BeginAsync();
        script.Say("Жапырақ ");
        script.Say("күнге");
        await script.TakenAsync();
        await lesson.DoneAsync(lesson.Teacher, new StopExplanation(id));

        await script.StoppedAsync();
        var failed = await FailedAsync(lesson);
        (failed.Code, failed.Text).ShouldBe(("tutor-stopped", "Жапырақ күнге"));
        await Stage.Signal.UntilAsync(() => observer.TextOf(id) == failed.Text);
    }

    [Fact]
    public async Task The_end_of_the_lesson_cancels_what_is_being_told_and_keeps_what_was_said()
    {
        var (lesson, _, script, _) = await BeginAsync();
        script.Say("Жапырақ");
        await script.TakenAsync();
        await lesson.DoneAsync(lesson.Teacher, new EndLesson());

        await script.StoppedAsync();
        (await FailedAsync(lesson)).Text.ShouldBe("Жапырақ");
    }

    [Fact]
    public async Task Every_variant_in_the_room_is_told_and_ends_on_its_own()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        await lesson.JoinAsync("Мария", Language.Ru, Level.Simple);
        var id = await lesson.ExplainAsync();
        var (kazakh, russian) = (Stage.Tutor.Of(id), Stage.Tutor.Of(id, "ru-simple"));
        kazakh.Break(new TutorException("tutor-busy"));
        await lesson.UntilFactAsync<ExplanationFailed>(f => f.Variant == "kk-standard");
        (await lesson.FoldAsync()).Explanations[id].IsRunning.ShouldBeTrue();
        russian.Say("Лист.", sentence: true);
        russian.End();

        await lesson.UntilFactAsync<ExplanationFinished>(f => f.Variant == "ru-simple" && f.Text == "Лист.");

        (await lesson.FoldAsync()).Explanations[id].IsRunning.ShouldBeFalse();
    }

    [Fact]
    public async Task An_end_that_could_not_be_stored_is_reported_until_it_is_and_stored_once()
    {
        var (lesson, _, script, _) = await BeginAsync();
        Stage.Log.Next(lesson.Stream, Faults.Away, Faults.Unheard, Faults.Away);
        script.Say("Жапырақ.", sentence: true);
        script.End();

        await Signal.UntilAsync(
            async () => (await lesson.FactsAsync()).OfType<ExplanationFinished>().Any(), () => Stage.Time.Advance(TimeSpan.FromSeconds(1)));

        (await lesson.FactsAsync()).OfType<ExplanationFinished>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_end_that_finds_its_lesson_unreadable_is_reported_until_the_lesson_is_there()
    {
        var (lesson, _, script, _) = await BeginAsync();
        Stage.Log.Unreadable(lesson.Stream, true);
        await Signal.UntilAsync(async () =>
        {
            await Stage.Silo.CollectIdleAsync();
            return await Record.ExceptionAsync(() => lesson.SyncAsync(Audience.Teacher)) is not null;
        });
        var loads = lesson.Activations;
        script.Say("Жапырақ.", sentence: true);
        script.End();
        await Stage.Signal.UntilAsync(() => lesson.Activations > loads);
        Stage.Log.Unreadable(lesson.Stream, false);

        await Signal.UntilAsync(
            async () => (await lesson.FactsAsync()).OfType<ExplanationFinished>().Any(), () => Stage.Time.Advance(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_lesson_that_is_activated_anew_does_not_begin_again_what_is_being_told()
    {
        var (lesson, id, script, _) = await BeginAsync();
        script.Say("Жапырақ ");
        await script.TakenAsync();
        await lesson.ReactivateAsync();
        var observer = Stage.Observe();
        await lesson.Grain.Subscribe(Stage.Refer(observer));
        script.Say("күнге.", sentence: true);
        script.End();

        await lesson.UntilFactAsync<ExplanationFinished>(f => f.Text == "Жапырақ күнге.");

        await Stage.Signal.UntilAsync(() => observer.TextOf(id, before: "Жапырақ ") == "Жапырақ күнге.");
        script.Streams.ShouldBe(1);
    }

    [Fact]
    public async Task A_text_that_was_called_bad_is_called_so_again_by_the_next_activation()
    {
        var (lesson, id, script, _) = await BeginAsync();
        var bad = $"Жапырақ көк {id}.";
        script.Say(bad, sentence: true);
        script.End();
        await lesson.UntilFactAsync<ExplanationFinished>();
        Stage.Tutor.Again(id);
        await lesson.DoneAsync(lesson.Teacher, new RetryExplanation(id, "kk-standard", Continue: false, Discard: true));
        // The silo may have died before the cache knew of it.
        Stage.Tutor.Discarded.ShouldNotContain(bad);
        await lesson.ReactivateAsync();
        await Stage.Signal.UntilAsync(() => Stage.Tutor.Discarded.Contains(bad));
    }

    [Fact]
    public async Task Who_comes_when_all_is_told_is_told_in_a_variant_of_its_own_and_what_was_told_stays()
    {
        var (lesson, id, script, observer) = await BeginAsync();
        script.Say("Жапырақ күнге бұрылады.", sentence: true);
        script.End();
        await lesson.UntilFactAsync<ExplanationFinished>();

        await lesson.JoinAsync("Tom", Language.En, Level.Advanced);
        var late = Stage.Tutor.Of(id, "en-advanced");
        await late.BegunAsync();
        late.Say("A leaf turns to the sun.", sentence: true);
        (await lesson.Grain.ReadText(lesson.Self, id, "kk-standard", 0)).Text.ShouldBe("Жапырақ күнге бұрылады.");
        late.End();

        await lesson.UntilFactAsync<ExplanationFinished>(f => f.Variant == "en-advanced");
        (await lesson.Grain.ReadText(lesson.Self, id, "en-advanced", 0)).Text.ShouldBe("A leaf turns to the sun.");
        (script.Streams, late.Streams).ShouldBe((1, 1));
        await Stage.Signal.UntilAsync(() => observer.TextOf(id, "en-advanced") == "A leaf turns to the sun.");
    }

    private static async Task<ExplanationFailed> FailedAsync(TestLesson lesson)
    {
        await lesson.UntilFactAsync<ExplanationFailed>();
        return (await lesson.FactsAsync()).OfType<ExplanationFailed>().ShouldHaveSingleItem();
    }

    private async Task<(TestLesson TestLesson, Guid Id, Script Script, RecordingObserver RecordingObserver)> BeginAsync()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var observer = Stage.Observe();
        await lesson.Grain.Subscribe(Stage.Refer(observer));
        var id = await lesson.ExplainAsync();
        await Stage.Tutor.Of(id).BegunAsync();
        return (lesson, id, Stage.Tutor.Of(id), observer);
    }
}
