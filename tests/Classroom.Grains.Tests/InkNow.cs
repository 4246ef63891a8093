namespace Classroom.Grains.Tests;

/// <summary>Ink while it is drawn goes to every process and into no log; once it is finished it is a fact like any other.</summary>
public sealed class InkNow(StageFixture fixture) : GrainTest(fixture)
{
    private static readonly Actor Board = new(Role.Board, Guid.CreateVersion7());

    [Fact]
    public async Task Points_on_the_way_are_announced_in_their_place_and_never_stored()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var observer = Stage.Observe();
        await lesson.Grain.Subscribe(Stage.Refer(observer));
        var part = new StrokePart(Guid.CreateVersion7(), "s2", InkTool.Pen, InkColour.Sky, 0, [10, 10, 31, 4, 0, 0]);
        (await lesson.Grain.Sketch(Board, part).Soon())!.Code.ShouldBe("board-read-only");
        var paired = await lesson.DoneAsync(lesson.Teacher, new PairBoard(Board.Id, true));
        var stored = (await lesson.StoredAsync()).Count;

        (await lesson.Grain.Sketch(Board, part).Soon()).ShouldBeNull();
        var drawn = await lesson.DoneAsync(Board, new DrawStroke(part.StrokeId, part.StepId, part.Tool, part.Colour, part.Points));

        await Stage.Signal.UntilAsync(() => observer.LastSeq == drawn);
        var (seen, received) = observer.Strokes.ShouldHaveSingleItem();
        seen.Points.ShouldBe(part.Points);
        received.ShouldBe(paired, "behind what led to it and before what came of it");
        (await lesson.StoredAsync()).Count.ShouldBe(stored + 1);
    }

    [Fact]
    public async Task What_is_drawn_outlives_the_activation_and_a_repeated_stroke_is_one()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        await lesson.DoneAsync(lesson.Teacher, new PairBoard(Board.Id, true));
        var (stroke, command) = (new DrawStroke(Guid.CreateVersion7(), "s2", InkTool.Highlighter, InkColour.Sun, [400, 400, 31]), Guid.CreateVersion7());
        var seq = await lesson.DoneAsync(Board, stroke, command);

        await lesson.ReactivateAsync();

        (await lesson.DoneAsync(Board, stroke, command)).ShouldBe(seq);
        (await lesson.DoneAsync(Board, stroke)).ShouldBe(seq, "nothing new");
        (await lesson.SeeAsync(Audience.Board)).Text.ShouldContain(stroke.StrokeId.ToString());
        await lesson.DoneAsync(Board, new UndoInk("s2"));
        (await lesson.SeeAsync(Audience.Board)).Text.ShouldNotContain(stroke.StrokeId.ToString());
    }

    [Fact]
    public async Task What_was_missed_is_remembered_up_to_a_number_of_bytes()
    {
        const int Long = 240;
        var lesson = await TestLesson.OpenAsync(Stage);
        await lesson.DoneAsync(lesson.Teacher, new PairBoard(Board.Id, true));
        // Over ten kilobytes for two audiences.
        ImmutableArray<int> points = [1000, 1000, 31, .. Enumerable.Range(1, InkRules.MaxPoints - 1).SelectMany(i => i % 2 == 0 ? new[] { 1000, 1000, 0 } : [-1000, -1000, 0])];
        var seqs = new List<long>();
        for (var i = 0; i < Long; i++)
        {
            seqs.Add(await lesson.DoneAsync(Board, new DrawStroke(Guid.CreateVersion7(), "s2", InkTool.Pen, InkColour.Ink, points)));
            if (i % 40 == 39)
            {
                await lesson.DoneAsync(Board, new ClearInk("s2"));
            }
        }

        var late = await SyncAsync(seqs[^3]);
        (late.Snapshot, late.Missed.Length).ShouldBe((null, 3), "two strokes and a clearing");
        var early = await SyncAsync(seqs[10]);
        early.Snapshot.ShouldNotBeNull("fewer than 256 patches, and too large");
        early.Missed.ShouldBeEmpty();

        Task<SyncResponse> SyncAsync(long seq) => lesson.Grain.Sync(new SyncRequest(Audience.Board, Board, Guid.Empty, seq)).Soon();
    }
}
