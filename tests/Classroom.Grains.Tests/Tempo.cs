namespace Classroom.Grains.Tests;

/// <summary>The faces that say how the pace feels count for sixty seconds, whatever else happens.</summary>
public sealed class Tempo(StageFixture fixture) : GrainTest(fixture)
{
    [Fact]
    public async Task A_face_is_dropped_after_its_sixty_seconds_though_others_press_theirs_later()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var (aruzhan, dias) = (await lesson.JoinAsync("Аружан"), await lesson.JoinAsync("Диас"));
        await lesson.DoneAsync(aruzhan, new SetTempo(4));
        Stage.Time.Advance(TimeSpan.FromSeconds(40));
        await lesson.DoneAsync(dias, new SetTempo(2));

        Stage.Time.Advance(TimeSpan.FromSeconds(20));
        await lesson.UntilFactAsync<TempoExpired>(f => f.Students.SequenceEqual([aruzhan.Id]));
        (await lesson.FoldAsync()).Seats[dias.Id].Tempo.ShouldBe(2);

        await Signal.UntilAsync(
            async () => (await lesson.FactsAsync()).OfType<TempoExpired>().Any(f => f.Students.SequenceEqual([dias.Id])), Second);
    }

    [Fact]
    public async Task A_face_is_dropped_by_the_next_activation_too()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var student = await lesson.JoinAsync("Аружан");
        await lesson.DoneAsync(student, new SetTempo(4));
        await lesson.ReactivateAsync();

        Stage.Time.Advance(TimeSpan.FromSeconds(60));

        await lesson.UntilFactAsync<TempoExpired>();
    }

    [Fact]
    public async Task With_the_database_away_the_timer_tries_again_later_not_at_once()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var student = await lesson.JoinAsync("Аружан");
        await lesson.DoneAsync(student, new SetTempo(4));
        var appends = Stage.Log.Appends(lesson.Stream);
        Stage.Log.Next(lesson.Stream, [.. Enumerable.Repeat(Faults.Away, 5)]);
        Stage.Time.Advance(TimeSpan.FromSeconds(60));
        await Stage.Signal.UntilAsync(() => Stage.Log.Appends(lesson.Stream) > appends);
        for (var i = 0; i < 20; i++)
        {
            await lesson.SyncAsync(Audience.Teacher);
            Stage.Time.Advance(TimeSpan.Zero);
        }

        Stage.Log.Appends(lesson.Stream).ShouldBe(appends + 1);
        await Signal.UntilAsync(async () => (await lesson.FactsAsync()).OfType<TempoExpired>().Any(), Second);
    }

    private void Second() => Stage.Time.Advance(TimeSpan.FromSeconds(1));
}
