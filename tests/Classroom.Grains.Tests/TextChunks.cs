namespace Classroom.Grains.Tests;

/// <summary>How text reaches the connections: the first piece at once, then about one chunk per 90 ms; whoever comes late misses nothing.</summary>
public sealed class TextChunks(StageFixture fixture) : GrainTest(fixture)
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(90);

    [Fact]
    public async Task Pieces_faster_than_frames_travel_together_and_the_first_at_once()
    {
        var (_, id, script, observer) = await BeginAsync();
        script.Say("Жапырақ ");
        await Stage.Signal.UntilAsync(() => observer.Texts(id).Length == 1);
        foreach (var piece in new[] { "күн", "ге ", "бұрылады" })
        {
            script.Say(piece);
            await script.TakenAsync();
        }

        Stage.Time.Advance(Window);
        await Stage.Signal.UntilAsync(() => observer.Texts(id).Length == 2);
        script.Say(".", sentence: true);
        await script.TakenAsync();
        script.Say(" Неге?", sentence: true);
        await script.TakenAsync();
        Stage.Time.Advance(Window);

        await Stage.Signal.UntilAsync(() => observer.Texts(id).Length == 3);
        observer.Texts(id).Select(t => (t.Offset, t.Text)).ShouldBe([(0, "Жапырақ "), (8, "күнге бұрылады"), (22, ". Неге?")]);
        observer.Texts(id)[^1].SentenceEnds.ShouldBe([23, 29]);
    }

    [Fact]
    public async Task Lessons_that_begin_together_do_not_speak_in_the_same_millisecond()
    {
        var waits = new List<int>();
        foreach (var id in new[] { new Guid("0197c000-0000-7000-8000-0000000000a1"), new Guid("0197c000-0000-7000-8000-0000000000b7") })
        {
            var (lesson, observer) = (await TestLesson.OpenAsync(Stage), Stage.Observe());
            await lesson.Grain.Subscribe(Stage.Refer(observer));
            await lesson.DoneAsync(lesson.Teacher, new RequestExplanation(id, "s2", "t1", null, ExplainMode.Plain, null, null, []));
            var script = Stage.Tutor.Of(id);
            script.Say("Жапырақ ");
            await Stage.Signal.UntilAsync(() => observer.Texts(id).Length == 1);
            // From one moment of the clock, a whole number of windows.
            Stage.Time.Advance((2 * Window) - TimeSpan.FromTicks(Stage.Time.GetElapsedTime(0).Ticks % Window.Ticks));
            script.Say("күнге ");
            await Stage.Signal.UntilAsync(() => observer.Texts(id).Length == 2);
            script.Say("бұрылады");
            await script.TakenAsync();
            var waited = 0;
            await Signal.UntilAsync(() => Task.FromResult(observer.Texts(id).Length == 3), () =>
            {
                Stage.Time.Advance(TimeSpan.FromMilliseconds(1));
                waited++;
            });
            waits.Add(waited);
            script.End();
            await lesson.UntilFactAsync<ExplanationFinished>();
        }

        waits[0].ShouldNotBe(waits[1]);
        waits.ShouldAllBe(w => w <= Window.TotalMilliseconds + 1);
    }

    [Fact]
    public async Task A_piece_after_a_silence_does_not_wait()
    {
        var (_, id, script, observer) = await BeginAsync();
        script.Say("Жапырақ");
        await script.TakenAsync();
        Stage.Time.Advance(Window);

        script.Say(" күнге");

        await Stage.Signal.UntilAsync(() => observer.TextOf(id) == "Жапырақ күнге");
        observer.Texts(id).Length.ShouldBe(2);
    }

    [Fact]
    public async Task The_end_does_not_wait_for_the_window()
    {
        var (lesson, id, script, observer) = await BeginAsync();
        script.Say("Жапырақ");
        await script.TakenAsync();
        // Else both may come to it together.
        await Stage.Signal.UntilAsync(() => observer.TextOf(id) == "Жапырақ");
        script.Say(" күнге.", sentence: true);
        script.End();

        await lesson.UntilFactAsync<ExplanationFinished>();

        await Stage.Signal.UntilAsync(() => observer.TextOf(id) == "Жапырақ күнге.");
        Stage.Time.Advance(Window);
        await lesson.SeeAsync(Audience.Board);
        observer.Texts(id).Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_late_observer_reads_what_was_said_and_hears_the_rest_from_there()
    {
        var (lesson, id, script, _) = await BeginAsync();
        script.Say("Жапырақ ");
        await script.TakenAsync();
        script.Say("күнге ");
        await script.TakenAsync();
        var late = Stage.Observe();
        await lesson.Grain.Subscribe(Stage.Refer(late));

        var read = await lesson.Grain.ReadText(TestLesson.Board, id, "kk-standard", 0);
        read.Text.ShouldBe("Жапырақ ");
        (await lesson.Grain.ReadText(TestLesson.Board, id, "kk-standard", 3)).Text.ShouldBe("ырақ ");
        Stage.Time.Advance(Window);
        script.Say("бұрылады.", sentence: true);
        script.End();

        await Stage.Signal.UntilAsync(() => late.TextOf(id, before: read.Text) == "Жапырақ күнге бұрылады.");
        late.Texts(id)[0].Offset.ShouldBe(read.Text.Length);
        (await lesson.Grain.ReadText(lesson.Self, Guid.CreateVersion7(), "kk-standard", 0)).ShouldBe(TextSlice.Nothing);
    }

    [Fact]
    public async Task Sentence_ends_of_all_frames_together_are_those_that_are_stored_each_once()
    {
        var (lesson, id, script, observer) = await BeginAsync();
        var late = Stage.Observe();
        TextSlice? read = null;
        // Frames with no end, one and several; a sentence over three batch; an end that becomes certain only at the next piece.
        foreach (var (piece, sentence) in new[]
        {
            ("Жапырақ ", false), ("күнге бұрылады.", true), (" Неге? ", true), ("Өйткені", false), (" оған", false), (" жарық керек.", true), (" Бітті", false),
        })
        {
            script.Say(piece, sentence);
            await script.TakenAsync();
            if (piece is " Неге? " or " оған" or " жарық керек.")
            {
                var batch = observer.Texts(id).Length;
                Stage.Time.Advance(Window);
                await Stage.Signal.UntilAsync(() => observer.Texts(id).Length > batch);
            }

            if (piece == " оған")
            {
                await lesson.Grain.Subscribe(Stage.Refer(late));
                read = await lesson.Grain.ReadText(TestLesson.Board, id, "kk-standard", 0);
            }
        }

        script.End();
        await lesson.UntilFactAsync<ExplanationFinished>();
        var stored = (await lesson.FactsAsync()).OfType<ExplanationFinished>().Single();
        await Stage.Signal.UntilAsync(() => observer.TextOf(id) == stored.Text && late.TextOf(id, before: read!.Text) == stored.Text);

        observer.Texts(id).Length.ShouldBeGreaterThan(3);
        observer.Texts(id).SelectMany(t => t.SentenceEnds).ShouldBe(stored.SentenceEnds);
        read!.SentenceEnds.Concat(late.Texts(id).SelectMany(t => t.SentenceEnds)).ShouldBe(stored.SentenceEnds, "what was read, and what came after it");
        stored.SentenceEnds[^1].ShouldBe(stored.Text.Length);
        (await lesson.Grain.ReadText(TestLesson.Board, id, "kk-standard", 0)).SentenceEnds.ShouldBe(stored.SentenceEnds);
    }

    [Fact]
    public async Task A_variant_that_is_gone_on_with_sends_the_sentence_ends_of_its_beginning_too()
    {
        var (lesson, id, script, observer) = await BeginAsync();
        script.Say("Жапырақ күнге бұрылады.", sentence: true);
        script.Say(" Неге?", sentence: true);
        await script.TakenAsync();
        script.Break(new Classroom.Tutor.TutorException("tutor-cut"));
        await lesson.UntilFactAsync<ExplanationFailed>();
        var received = observer.Texts(id).Length;
        var again = Stage.Tutor.Again(id);

        await lesson.DoneAsync(lesson.Teacher, new RetryExplanation(id, "kk-standard", Continue: true));
        again.Say(" Жарық керек.");
        again.End();

        await lesson.UntilFactAsync<ExplanationFinished>();
        var stored = (await lesson.FactsAsync()).OfType<ExplanationFinished>().Single();
        await Stage.Signal.UntilAsync(() => observer.TextOf(id) == stored.Text);
        observer.Texts(id).Skip(received).SelectMany(t => t.SentenceEnds).ShouldBe(stored.SentenceEnds);
        stored.SentenceEnds.Length.ShouldBe(3);
        observer.Texts(id).Select(t => t.Epoch).Distinct().ShouldBe([1, 2], "what came before the retry is no beginning of what comes after it");
    }

    [Fact]
    public async Task A_retried_text_is_of_the_epoch_that_the_view_says()
    {
        var (lesson, id, script, _) = await BeginAsync();
        script.Say("Жапырақ.", sentence: true);
        await script.TakenAsync();
        script.Break(new Classroom.Tutor.TutorException("tutor-cut"));
        await lesson.UntilFactAsync<ExplanationFailed>();
        var again = Stage.Tutor.Again(id);
        await lesson.DoneAsync(lesson.Teacher, new RetryExplanation(id, "kk-standard", Continue: false));
        again.Say("Басынан.", sentence: true);
        again.End();
        await lesson.UntilFactAsync<ExplanationFinished>();

        var read = await lesson.Grain.ReadText(TestLesson.Board, id, "kk-standard", 0);

        (read.Epoch, read.Text).ShouldBe((2, "Басынан."));
        var view = View.Of(await lesson.FoldAsync(), Audience.Board).Select(c => c.Value).OfType<ExplanationEntity>().Single();
        view.Variants.Single(v => v.Variant == "kk-standard").ShouldSatisfyAllConditions(
            v => v.Epoch.ShouldBe(2), v => v.Length.ShouldBe(read.Text.Length));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_stopped_keeps_its_source_and_the_first_words_say_whether_they_are_prepared(bool prepared)
    {
        var (lesson, id, script, observer) = await BeginAsync();
        var source = prepared ? StageTutor.Source with { Provider = Provenance.PreparedProvider } : null;
        script.Say("Жапырақ күнге бұрылады.", sentence: true, from: source);
        await Stage.Signal.UntilAsync(() => observer.Texts(id).Any(t => t.Variant == "kk-standard"));
        (await lesson.Grain.ReadText(TestLesson.Board, id, "kk-standard", 5)).Prepared.ShouldBe(prepared);
        script.Say(" Неге?", sentence: true);
        await script.TakenAsync();
        await lesson.DoneAsync(lesson.Teacher, new StopExplanation(id));
        await lesson.UntilFactAsync<ExplanationFailed>(f => f.Variant == "kk-standard");

        var stored = (await lesson.FactsAsync()).OfType<ExplanationFailed>().Single(f => f.Variant == "kk-standard");
        (stored.Code, stored.Provenance.Provider).ShouldBe(("tutor-stopped", prepared ? "prepared" : ""));
        // An announcement may come after the fact that it is about.
        await Stage.Signal.UntilAsync(() => observer.Texts(id).Count(t => t.Variant == "kk-standard") >= 2);
        observer.Texts(id).Where(t => t.Variant == "kk-standard").Select(t => t.Prepared).ShouldBe([prepared, null]);
        // A fact is in the log a moment before the lesson has it.
        await Signal.UntilAsync(async () =>
            await lesson.Grain.ReadText(TestLesson.Board, id, "kk-standard", 0) is { Text.Length: > 0 } read && read.Prepared == (prepared ? true : null));
    }

    private async Task<(TestLesson TestLesson, Guid Id, Script Script, RecordingObserver RecordingObserver)> BeginAsync()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var observer = Stage.Observe();
        await lesson.Grain.Subscribe(Stage.Refer(observer));
        var id = await lesson.ExplainAsync();
        return (lesson, id, Stage.Tutor.Of(id), observer);
    }
}
