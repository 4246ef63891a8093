namespace Classroom.Grains.Tests;

/// <summary>Observing processes: none of them holds up the lesson or another one, and none receives anything after its lease.</summary>
public sealed class Observers(StageFixture fixture) : GrainTest(fixture)
{
    [Fact]
    public async Task A_failing_observer_keeps_neither_the_command_nor_the_others_waiting()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var (failing, other) = (Stage.Observe(), Stage.Observe());
        failing.Fails = true;
        await lesson.Grain.Subscribe(Stage.Refer(failing));
        await lesson.Grain.Subscribe(Stage.Refer(other));

        await lesson.DoneAsync(lesson.Teacher, new LockLobby());
        var seq = await lesson.DoneAsync(lesson.Teacher, new UnlockLobby());

        await Stage.Signal.UntilAsync(() => other.LastSeq == seq);
        other.Received.Length.ShouldBe(2);
        other.Received[1].Previous.ShouldBe(other.Received[0].Seq);
        GC.KeepAlive(failing);
    }

    [Fact]
    public async Task An_observer_that_does_not_renew_is_told_nothing_after_ninety_seconds()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var (silent, renewing) = (Stage.Observe(), Stage.Observe());
        var reference = Stage.Refer(renewing);
        await lesson.Grain.Subscribe(Stage.Refer(silent));
        await lesson.Grain.Subscribe(reference);
        Stage.Time.Advance(TimeSpan.FromSeconds(60));
        (await lesson.Grain.Subscribe(reference)).ShouldBe((await lesson.StoredAsync())[^1].Version);
        await lesson.DoneAsync(lesson.Teacher, new LockLobby());
        await Stage.Signal.UntilAsync(() => (silent.Received.Length, renewing.Received.Length) == (1, 1));

        Stage.Time.Advance(TimeSpan.FromSeconds(31));
        await lesson.DoneAsync(lesson.Teacher, new UnlockLobby());
        await lesson.DoneAsync(lesson.Teacher, new LockLobby());

        await Stage.Signal.UntilAsync(() => renewing.Received.Length == 3);
        silent.Received.Length.ShouldBe(1);
    }

    [Fact]
    public async Task An_observer_that_takes_its_leave_is_told_nothing_more()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var (leaving, staying) = (Stage.Observe(), Stage.Observe());
        var reference = Stage.Refer(leaving);
        await lesson.Grain.Subscribe(reference);
        await lesson.Grain.Subscribe(reference);
        await lesson.Grain.Unsubscribe(reference);
        await lesson.Grain.Subscribe(Stage.Refer(staying));

        await lesson.DoneAsync(lesson.Teacher, new LockLobby());

        await Stage.Signal.UntilAsync(() => staying.Received.Length == 1);
        leaving.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task Presence_is_the_sum_of_the_processes_told_when_it_changes_and_forgotten_with_a_process_that_fell_silent()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var observer = Stage.Observe();
        var reference = Stage.Refer(observer);
        await lesson.Grain.Subscribe(reference);
        Guid[] students = [.. Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7()).Order()];

        await lesson.Grain.Present("a", [students[0], students[1]]);
        await lesson.Grain.Present("a", [students[1], students[0]]);
        await lesson.Grain.Present("b", [students[1], students[2]]);
        await Stage.Signal.UntilAsync(() => observer.Present.Length == 2);
        observer.Present[0].ShouldBe([students[0], students[1]]);
        observer.Present[1].ShouldBe(students);

        Stage.Time.Advance(TimeSpan.FromSeconds(91));
        await lesson.Grain.Subscribe(reference);
        await lesson.Grain.Present("b", [students[1], students[2]]);

        await Stage.Signal.UntilAsync(() => observer.Present.Length == 3);
        observer.Present[2].ShouldBe([students[1], students[2]]);
    }
}
