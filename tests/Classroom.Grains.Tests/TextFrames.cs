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

    private async Task<(Room Room, Guid Id, Script Script, Ears Ears)> BeginAsync()
    {
        var room = await Room.OpenAsync(Stage);
        var ears = Stage.Listen();
        await room.Grain.Subscribe(Stage.Refer(ears));
        var id = await room.ExplainAsync();
        return (room, id, Stage.Tutor.Of(id), ears);
    }
}
