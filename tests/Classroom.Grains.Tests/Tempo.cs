namespace Classroom.Grains.Tests;

/// <summary>The faces that say how the pace feels count for sixty seconds, whatever else happens.</summary>
public sealed class Tempo(StageFixture fixture) : GrainTest(fixture)
{
    [Fact]
    public async Task A_face_is_dropped_after_its_sixty_seconds_though_others_press_theirs_later()
    {
        var room = await Room.OpenAsync(Stage);
        var (aruzhan, dias) = (await room.JoinAsync("Аружан"), await room.JoinAsync("Диас"));
        await room.DoneAsync(aruzhan, new SetTempo(4));
        Stage.Time.Advance(TimeSpan.FromSeconds(40));
        await room.DoneAsync(dias, new SetTempo(2));

        Stage.Time.Advance(TimeSpan.FromSeconds(20));
        await room.UntilFactAsync<TempoExpired>(f => f.Students.SequenceEqual([aruzhan.Id]));
        (await room.FoldAsync()).Seats[dias.Id].Tempo.ShouldBe(2);

        await Signal.UntilAsync(
            async () => (await room.FactsAsync()).OfType<TempoExpired>().Any(f => f.Students.SequenceEqual([dias.Id])), Second);
    }

    [Fact]
    public async Task A_face_is_dropped_by_the_next_activation_too()
    {
        var room = await Room.OpenAsync(Stage);
        var student = await room.JoinAsync("Аружан");
        await room.DoneAsync(student, new SetTempo(4));
        await room.ReactivateAsync();

        Stage.Time.Advance(TimeSpan.FromSeconds(60));

        await room.UntilFactAsync<TempoExpired>();
    }

    [Fact]
    public async Task With_the_database_away_the_timer_tries_again_later_not_at_once()
    {
        var room = await Room.OpenAsync(Stage);
        var student = await room.JoinAsync("Аружан");
        await room.DoneAsync(student, new SetTempo(4));
        var appends = Stage.Log.Appends(room.Stream);
        Stage.Log.Next(room.Stream, [.. Enumerable.Repeat(Faults.Away, 5)]);
        Stage.Time.Advance(TimeSpan.FromSeconds(60));
        await Stage.Signal.UntilAsync(() => Stage.Log.Appends(room.Stream) > appends);
        for (var i = 0; i < 20; i++)
        {
            await room.SyncAsync(Audience.Teacher);
            Stage.Time.Advance(TimeSpan.Zero);
        }

        Stage.Log.Appends(room.Stream).ShouldBe(appends + 1);
        await Signal.UntilAsync(async () => (await room.FactsAsync()).OfType<TempoExpired>().Any(), Second);
    }

    private void Second() => Stage.Time.Advance(TimeSpan.FromSeconds(1));
}
