namespace Classroom.Grains.Tests;

/// <summary>Processes that listen: none of them holds up the lesson or another one, and none is told after its lease.</summary>
public sealed class Observers(StageFixture fixture) : GrainTest(fixture)
{
    [Fact]
    public async Task A_failing_observer_keeps_neither_the_command_nor_the_others_waiting()
    {
        var room = await Room.OpenAsync(Stage);
        var (failing, other) = (Stage.Listen(), Stage.Listen());
        failing.Fails = true;
        await room.Grain.Subscribe(Stage.Refer(failing));
        await room.Grain.Subscribe(Stage.Refer(other));

        await room.DoneAsync(room.Teacher, new LockLobby());
        var seq = await room.DoneAsync(room.Teacher, new UnlockLobby());

        await Stage.Signal.UntilAsync(() => other.LastSeq == seq);
        other.Heard.Length.ShouldBe(2);
        other.Heard[1].Previous.ShouldBe(other.Heard[0].Seq);
        GC.KeepAlive(failing);
    }

    [Fact]
    public async Task An_observer_that_does_not_renew_is_told_nothing_after_ninety_seconds()
    {
        var room = await Room.OpenAsync(Stage);
        var (silent, renewing) = (Stage.Listen(), Stage.Listen());
        var reference = Stage.Refer(renewing);
        await room.Grain.Subscribe(Stage.Refer(silent));
        await room.Grain.Subscribe(reference);
        Stage.Time.Advance(TimeSpan.FromSeconds(60));
        (await room.Grain.Subscribe(reference)).ShouldBe((await room.StoredAsync())[^1].Version);
        await room.DoneAsync(room.Teacher, new LockLobby());
        await Stage.Signal.UntilAsync(() => (silent.Heard.Length, renewing.Heard.Length) == (1, 1));

        Stage.Time.Advance(TimeSpan.FromSeconds(31));
        await room.DoneAsync(room.Teacher, new UnlockLobby());
        await room.DoneAsync(room.Teacher, new LockLobby());

        await Stage.Signal.UntilAsync(() => renewing.Heard.Length == 3);
        silent.Heard.Length.ShouldBe(1);
    }

    [Fact]
    public async Task An_observer_that_takes_its_leave_is_told_nothing_more()
    {
        var room = await Room.OpenAsync(Stage);
        var (leaving, staying) = (Stage.Listen(), Stage.Listen());
        var reference = Stage.Refer(leaving);
        await room.Grain.Subscribe(reference);
        await room.Grain.Subscribe(reference);
        await room.Grain.Unsubscribe(reference);
        await room.Grain.Subscribe(Stage.Refer(staying));

        await room.DoneAsync(room.Teacher, new LockLobby());

        await Stage.Signal.UntilAsync(() => staying.Heard.Length == 1);
        leaving.Heard.ShouldBeEmpty();
    }

    [Fact]
    public async Task Presence_is_the_sum_of_the_processes_told_when_it_changes_and_forgotten_with_a_process_that_fell_silent()
    {
        var room = await Room.OpenAsync(Stage);
        var ears = Stage.Listen();
        var reference = Stage.Refer(ears);
        await room.Grain.Subscribe(reference);
        Guid[] students = [.. Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7()).Order()];

        await room.Grain.Present("a", [students[0], students[1]]);
        await room.Grain.Present("a", [students[1], students[0]]);
        await room.Grain.Present("b", [students[1], students[2]]);
        await Stage.Signal.UntilAsync(() => ears.Present.Length == 2);
        ears.Present[0].ShouldBe([students[0], students[1]]);
        ears.Present[1].ShouldBe(students);

        Stage.Time.Advance(TimeSpan.FromSeconds(91));
        await room.Grain.Subscribe(reference);
        await room.Grain.Present("b", [students[1], students[2]]);

        await Stage.Signal.UntilAsync(() => ears.Present.Length == 3);
        ears.Present[2].ShouldBe([students[1], students[2]]);
    }
}
