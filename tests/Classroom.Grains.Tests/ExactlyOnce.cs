namespace Classroom.Grains.Tests;

/// <summary>A repeated command returns its first outcome, and is stored once.</summary>
public sealed class ExactlyOnce(StageFixture fixture) : GrainTest(fixture)
{
    [Fact]
    public async Task A_command_given_again_has_its_first_outcome_though_the_lesson_went_on()
    {
        var room = await Room.OpenAsync(Stage);
        var student = await room.JoinAsync("Аружан");
        var command = Guid.CreateVersion7();
        var first = await room.DoneAsync(student, new RaiseHand("тамыр"), command);
        await room.DoneAsync(student, new LowerHand());

        (await room.DoneAsync(student, new RaiseHand("тамыр"), command)).ShouldBe(first);

        await OnceAsync(room, command);
        (await room.SeeAsync(Audience.Teacher)).Shows("hand", student.Id).ShouldBeFalse("the retry of an old command does nothing");
    }

    [Fact]
    public async Task A_command_given_again_while_it_is_being_stored_waits_and_has_the_same_outcome()
    {
        var room = await Room.OpenAsync(Stage);
        var student = await room.JoinAsync("Аружан");
        var (command, gate) = (Guid.CreateVersion7(), new TaskCompletionSource());
        var appends = Stage.Log.Appends(room.Stream);
        Stage.Log.Next(room.Stream, Faults.Held(gate.Task));

        var tries = Enumerable.Range(0, 5).Select(_ => room.DoneAsync(student, new RaiseHand("тамыр"), command)).ToList();
        await Stage.Signal.UntilAsync(() => Stage.Log.Appends(room.Stream) > appends);
        tries.ShouldAllBe(t => !t.IsCompleted, "nothing is acknowledged before it is durable");
        gate.SetResult();

        (await Task.WhenAll(tries)).Distinct().ShouldHaveSingleItem();
        await OnceAsync(room, command);
        Stage.Log.Appends(room.Stream).ShouldBe(appends + 1);
    }

    [Fact]
    public async Task A_command_given_again_to_the_next_activation_has_its_first_outcome()
    {
        var room = await Room.OpenAsync(Stage);
        var student = await room.JoinAsync("Аружан");
        var command = Guid.CreateVersion7();
        var first = await room.DoneAsync(student, new RaiseHand("тамыр"), command);
        await room.DoneAsync(student, new LowerHand());
        await room.ReactivateAsync();

        (await room.DoneAsync(student, new RaiseHand("тамыр"), command)).ShouldBe(first);

        await OnceAsync(room, command);
    }

    [Fact]
    public async Task A_command_from_before_the_snapshot_has_its_first_outcome_and_is_not_decided_again()
    {
        var room = await Room.OpenAsync(Stage);
        var student = await room.JoinAsync("Аружан");
        var command = Guid.CreateVersion7();
        var first = await room.DoneAsync(student, new RaiseHand("тамыр"), command);
        await room.DoneAsync(student, new LowerHand());
        while (await Stage.Log.LoadSnapshotAsync(room.Stream, default) is not { } saved || saved.Version <= first)
        {
            await room.DoneAsync(room.Teacher, new LockLobby());
            await room.DoneAsync(room.Teacher, new UnlockLobby());
        }

        await room.ReactivateAsync();
        Stage.Log.ReadAfter(room.Stream).ShouldBeGreaterThan(first, "the command is known from the snapshot alone");
        var (appends, activations) = (Stage.Log.Appends(room.Stream), room.Activations);

        (await room.DoneAsync(student, new RaiseHand("тамыр"), command)).ShouldBe(first);

        await OnceAsync(room, command);
        (Stage.Log.Appends(room.Stream), room.Activations).ShouldBe((appends, activations), "nothing was decided, so nothing met the log's own fence");
        (await room.SeeAsync(Audience.Teacher)).Shows("hand", student.Id).ShouldBeFalse();
    }

    [Fact]
    public async Task A_caller_that_gives_up_while_its_command_is_stored_finds_it_done()
    {
        var room = await Room.OpenAsync(Stage);
        var student = await room.JoinAsync("Аружан");
        var (envelope, gate) = (new Envelope(Guid.CreateVersion7(), student, new RaiseHand("тамыр")), new TaskCompletionSource());
        var appends = Stage.Log.Appends(room.Stream);
        Stage.Log.Next(room.Stream, Faults.Held(gate.Task));
        using var patience = new CancellationTokenSource();
        var call = room.Grain.Execute(envelope, patience.Token);
        await Stage.Signal.UntilAsync(() => Stage.Log.Appends(room.Stream) > appends);

        await patience.CancelAsync();
        gate.SetResult();
        await Record.ExceptionAsync(() => call.Soon());

        var seq = await room.DoneAsync(student, new RaiseHand("тамыр"), envelope.CommandId);
        (await OnceAsync(room, envelope.CommandId)).Version.ShouldBe(seq);
    }

    [Fact]
    public async Task A_refused_command_leaves_nothing_behind_and_may_be_given_again()
    {
        var room = await Room.OpenAsync(Stage);
        await room.DoneAsync(room.Teacher, new LockLobby());
        var (student, command) = (new Actor(Role.Student, Guid.CreateVersion7()), Guid.CreateVersion7());
        var take = new TakeSeat("Аружан", Language.Kk, Level.Simple, Guid.CreateVersion7(), false);
        var before = (await room.StoredAsync()).Count;
        await room.RefusedAsync("lobby-locked", student, take, command);
        (await room.StoredAsync()).Count.ShouldBe(before);

        await room.DoneAsync(room.Teacher, new UnlockLobby());
        await room.DoneAsync(student, take, command);

        await OnceAsync(room, command);
    }

    private static async Task<StoredFact> OnceAsync(Room room, Guid command) =>
        (await room.StoredAsync()).Where(f => f.CommandId == command).ShouldHaveSingleItem();
}
