using Classroom.Lessons.Tests;

namespace Classroom.Grains.Tests;

/// <summary>A connection that was away says what it has and gets exactly what it missed, or a fresh snapshot.</summary>
public sealed class Resuming(StageFixture fixture) : GrainTest(fixture)
{
    private const int Remembered = 256;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public async Task From_a_version_in_the_ring_a_screen_gets_exactly_what_it_missed(int seed)
    {
        var id = Guid.CreateVersion7();
        var grain = Grains.GetGrain<IClassroomGrain>(id);
        var observer = Stage.Observe();
        await grain.Subscribe(Stage.Refer(observer));
        // What hushes an explanation is left out: its end would come in from beside, while the test compares.
        foreach (var envelope in new RandomLesson(seed).Commands(600).Where(e => e.Command is not (EndLesson or StopExplanation)))
        {
            await grain.Execute(envelope, CancellationToken.None).Soon();
        }

        var stored = await Stage.Log.FactsAsync($"classroom/{id}");
        await Stage.Signal.UntilAsync(() => observer.LastSeq == stored.Count);
        var received = observer.Received;
        received.Length.ShouldBeGreaterThan(60);
        var states = History.States(stored);
        var now = states[^1];
        foreach (var at in received.Select(f => f.Seq).Where((_, i) => i % 4 == 0))
        {
            var then = states[(int)at];
            foreach (var audience in then.Seats.Keys.Where(now.Seats.ContainsKey).Select(Audience.Student).Append(Audience.Teacher).Append(Audience.Board))
            {
                var welcome = await SyncAsync(grain, now, audience, at);

                welcome.Snapshot.ShouldBeNull();
                welcome.Missed.Select(f => f.Seq).ShouldBe(received.Where(f => f.Seq > at).Select(f => For(f, audience)).OfType<LessonPatch>().Select(f => f.Seq));
                FoldedView.Of(then, audience).Fold(welcome.Missed).Text.ShouldBe(FoldedView.Of(now, audience).Text);
            }
        }
    }

    [Fact]
    public async Task Beyond_the_ring_a_screen_gets_a_fresh_snapshot()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        for (var i = 0; i < Remembered; i += 2)
        {
            await lesson.DoneAsync(lesson.Teacher, new LockLobby());
            await lesson.DoneAsync(lesson.Teacher, new UnlockLobby());
        }

        var last = (await lesson.StoredAsync())[^1].Version;
        var oldest = await lesson.SyncAsync(Audience.Teacher, last - Remembered);
        oldest.Missed.Length.ShouldBe(Remembered);
        oldest.Snapshot.ShouldBeNull();
        var before = await lesson.SyncAsync(Audience.Teacher, last - Remembered - 1);
        before.Missed.ShouldBeEmpty();
        FoldedView.Of(before).Text.ShouldBe(FoldedView.Of(await lesson.FoldAsync(), Audience.Teacher).Text);
    }

    [Fact]
    public async Task What_an_activation_does_not_remember_is_a_fresh_snapshot_and_what_is_current_misses_nothing()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var last = await lesson.DoneAsync(lesson.Teacher, new LockLobby());
        await lesson.ReactivateAsync();

        (await lesson.SyncAsync(Audience.Teacher, last - 1)).Snapshot.ShouldNotBeNull();
        (await lesson.SyncAsync(Audience.Teacher, last + 1)).Snapshot.ShouldNotBeNull("a version that is not there yet was never announced");
        var current = await lesson.SyncAsync(Audience.Teacher, last);
        (current.Snapshot, current.Missed.Length, current.Seq).ShouldBe((null, 0, last));
        await lesson.DoneAsync(lesson.Teacher, new UnlockLobby());
        (await lesson.SyncAsync(Audience.Teacher, last)).Missed.ShouldHaveSingleItem().From.ShouldBe(last);
    }

    private static Task<SyncResponse> SyncAsync(IClassroomGrain grain, LessonState state, Audience audience, long seq) => grain.Sync(audience.Kind switch
    {
        AudienceKind.Teacher => new SyncRequest(audience, new Actor(Role.Teacher, state.TeacherId), Guid.Empty, seq),
        AudienceKind.Board => new SyncRequest(audience, new Actor(Role.Board, Guid.Empty), Guid.Empty, seq),
        _ => new SyncRequest(audience, new Actor(Role.Student, audience.StudentId), state.Seats[audience.StudentId].DeviceId, seq),
    }).Soon();

    // What a process passes on to a connection, as ClassroomAudience does it.
    private static LessonPatch? For(PatchBatch batch, Audience audience) => audience.Kind switch
    {
        AudienceKind.Teacher => batch.Teacher,
        AudienceKind.Board => batch.Board,
        _ => batch.Personal.FirstOrDefault(p => p.StudentId == audience.StudentId)?.Patch ?? batch.Students,
    };
}
