namespace Classroom.Grains.Tests;

/// <summary>How text reaches the screens: the first piece at once, then at most one frame per 75 ms; whoever comes late misses nothing.</summary>
public sealed class TextFrames(StageFixture fixture) : GrainTest(fixture)
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(75);

    [Fact]
    public async Task Pieces_faster_than_frames_travel_together_and_the_first_at_once()
    {
        var (_, id, script, ears) = await BeginAsync();
        script.Say("Жапырақ ");
        await Stage.Signal.UntilAsync(() => ears.Texts(id).Length == 1);
        foreach (var piece in new[] { "күн", "ге ", "бұрылады" })
        {
            script.Say(piece);
            await script.TakenAsync();
        }

        Stage.Time.Advance(Window);
        await Stage.Signal.UntilAsync(() => ears.Texts(id).Length == 2);
        script.Say(".", sentence: true);
        await script.TakenAsync();
        script.Say(" Неге?", sentence: true);
        await script.TakenAsync();
        Stage.Time.Advance(Window);

        await Stage.Signal.UntilAsync(() => ears.Texts(id).Length == 3);
        ears.Texts(id).Select(t => (t.Offset, t.Chunk)).ShouldBe([(0, "Жапырақ "), (8, "күнге бұрылады"), (22, ". Неге?")]);
        ears.Texts(id)[^1].Ends.ShouldBe([23, 29]);
    }

    [Fact]
    public async Task A_piece_after_a_silence_does_not_wait()
    {
        var (_, id, script, ears) = await BeginAsync();
        script.Say("Жапырақ");
        await script.TakenAsync();
        Stage.Time.Advance(Window);

        script.Say(" күнге");

        await Stage.Signal.UntilAsync(() => ears.TextOf(id) == "Жапырақ күнге");
        ears.Texts(id).Length.ShouldBe(2);
    }

    [Fact]
    public async Task The_end_does_not_wait_for_the_window()
    {
        var (room, id, script, ears) = await BeginAsync();
        script.Say("Жапырақ");
        await script.TakenAsync();
        script.Say(" күнге.", sentence: true);
        script.End();

        await room.UntilFactAsync<ExplanationFinished>();

        await Stage.Signal.UntilAsync(() => ears.TextOf(id) == "Жапырақ күнге.");
        Stage.Time.Advance(Window);
        await room.SeeAsync(Audience.Board);
        ears.Texts(id).Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_late_observer_reads_what_was_said_and_hears_the_rest_from_there()
    {
        var (room, id, script, _) = await BeginAsync();
        script.Say("Жапырақ ");
        await script.TakenAsync();
        script.Say("күнге ");
        await script.TakenAsync();
        var late = Stage.Listen();
        await room.Grain.Subscribe(Stage.Refer(late));

        var explanation = Grains.GetGrain<IExplanationGrain>(id);
        var read = await explanation.Read(room.Id, "kk-standard", 0, false);
        read.Text.ShouldBe("Жапырақ ");
        (await explanation.Read(room.Id, "kk-standard", 3, false)).Text.ShouldBe("ырақ ");
        Stage.Time.Advance(Window);
        script.Say("бұрылады.", sentence: true);
        script.End();

        await Stage.Signal.UntilAsync(() => late.TextOf(id, before: read.Text) == "Жапырақ күнге бұрылады.");
        late.Texts(id)[0].Offset.ShouldBe(read.Text.Length);
        (await room.Grain.StoredText(Guid.CreateVersion7(), "kk-standard", 0, false)).ShouldBeNull();
    }

    [Fact]
    public async Task Sentence_ends_of_all_frames_together_are_those_that_are_stored_each_once()
    {
        var (room, id, script, ears) = await BeginAsync();
        var late = Stage.Listen();
        TextSlice? read = null;
        // Frames with no end, one and several; a sentence over three frames; an end that becomes certain only at the next piece.
        foreach (var (piece, sentence) in new[]
        {
            ("Жапырақ ", false), ("күнге бұрылады.", true), (" Неге? ", true), ("Өйткені", false), (" оған", false), (" жарық керек.", true), (" Бітті", false),
        })
        {
            script.Say(piece, sentence);
            await script.TakenAsync();
            if (piece is " Неге? " or " оған" or " жарық керек.")
            {
                var frames = ears.Texts(id).Length;
                Stage.Time.Advance(Window);
                await Stage.Signal.UntilAsync(() => ears.Texts(id).Length > frames);
            }

            if (piece == " оған")
            {
                await room.Grain.Subscribe(Stage.Refer(late));
                read = await Grains.GetGrain<IExplanationGrain>(id).Read(room.Id, "kk-standard", 0, false);
            }
        }

        script.End();
        await room.UntilFactAsync<ExplanationFinished>();
        var stored = (await room.FactsAsync()).OfType<ExplanationFinished>().Single();
        await Stage.Signal.UntilAsync(() => ears.TextOf(id) == stored.Text && late.TextOf(id, before: read!.Text) == stored.Text);

        ears.Texts(id).Length.ShouldBeGreaterThan(3);
        ears.Texts(id).SelectMany(t => t.Ends).ShouldBe(stored.Ends);
        read!.Ends.Concat(late.Texts(id).SelectMany(t => t.Ends)).ShouldBe(stored.Ends, "what was read, and what came after it");
        stored.Ends[^1].ShouldBe(stored.Text.Length);
        (await room.Grain.StoredText(id, "kk-standard", 0, false)).ShouldNotBeNull().Ends.ShouldBe(stored.Ends);
    }

    [Fact]
    public async Task A_variant_that_is_gone_on_with_sends_the_sentence_ends_of_its_beginning_too()
    {
        var (room, id, script, ears) = await BeginAsync();
        script.Say("Жапырақ күнге бұрылады.", sentence: true);
        script.Say(" Неге?", sentence: true);
        await script.TakenAsync();
        script.Break(new Classroom.Tutor.TutorException("tutor-cut"));
        await room.UntilFactAsync<ExplanationFailed>();
        var heard = ears.Texts(id).Length;
        var again = Stage.Tutor.Again(id);

        await room.DoneAsync(room.Teacher, new RetryExplanation(id, "kk-standard", Continue: true));
        again.Say(" Жарық керек.");
        again.End();

        await room.UntilFactAsync<ExplanationFinished>();
        var stored = (await room.FactsAsync()).OfType<ExplanationFinished>().Single();
        await Stage.Signal.UntilAsync(() => ears.TextOf(id) == stored.Text);
        ears.Texts(id).Skip(heard).SelectMany(t => t.Ends).ShouldBe(stored.Ends);
        stored.Ends.Length.ShouldBe(3);
    }

    private async Task<(Room Room, Guid Id, Script Script, Ears Ears)> BeginAsync()
    {
        var room = await Room.OpenAsync(Stage);
        var ears = Stage.Listen();
        await room.Grain.Subscribe(Stage.Refer(ears));
        var id = await room.ExplainAsync();
        return (room, id, Stage.Tutor.Of(id), ears);
    }
}
