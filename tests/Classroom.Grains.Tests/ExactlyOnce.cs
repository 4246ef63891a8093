namespace Classroom.Grains.Tests;

/// <summary>A repeated command returns its first outcome, and is stored once.</summary>
public sealed class ExactlyOnce(StageFixture fixture) : GrainTest(fixture)
{
    [Fact]
    public async Task A_command_given_again_has_its_first_outcome_though_the_lesson_went_on()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var student = await lesson.JoinAsync("Аружан");
        var command = Guid.CreateVersion7();
        var first = await lesson.DoneAsync(student, new RaiseHand("тамыр"), command);
        await lesson.DoneAsync(student, new LowerHand());

        (await lesson.DoneAsync(student, new RaiseHand("тамыр"), command)).ShouldBe(first);

        await OnceAsync(lesson, command);
        (await lesson.SeeAsync(Audience.Teacher)).Shows("hand", student.Id).ShouldBeFalse("the retry of an old command does nothing");
    }

    [Fact]
    public async Task A_command_given_again_while_it_is_being_stored_waits_and_has_the_same_outcome()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var student = await lesson.JoinAsync("Аружан");
        var (command, gate) = (Guid.CreateVersion7(), new TaskCompletionSource());
        var appends = Stage.Log.Appends(lesson.Stream);
        Stage.Log.Next(lesson.Stream, Faults.Held(gate.Task));

        var tries = Enumerable.Range(0, 5).Select(_ => lesson.DoneAsync(student, new RaiseHand("тамыр"), command)).ToList();
        await Stage.Signal.UntilAsync(() => Stage.Log.Appends(lesson.Stream) > appends);
        tries.ShouldAllBe(t => !t.IsCompleted, "nothing is acknowledged before it is durable");
        gate.SetResult();

        (await Task.WhenAll(tries)).Distinct().ShouldHaveSingleItem();
        await OnceAsync(lesson, command);
        Stage.Log.Appends(lesson.Stream).ShouldBe(appends + 1);
    }

    [Fact]
    public async Task A_command_given_again_to_the_next_activation_has_its_first_outcome()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var student = await lesson.JoinAsync("Аружан");
        var command = Guid.CreateVersion7();
        var first = await lesson.DoneAsync(student, new RaiseHand("тамыр"), command);
        await lesson.DoneAsync(student, new LowerHand());
        await lesson.ReactivateAsync();

        (await lesson.DoneAsync(student, new RaiseHand("тамыр"), command)).ShouldBe(first);

        await OnceAsync(lesson, command);
    }

    [Fact]
    public async Task A_command_from_before_the_snapshot_has_its_first_outcome_and_is_not_decided_again()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var student = await lesson.JoinAsync("Аружан");
        var command = Guid.CreateVersion7();
        var first = await lesson.DoneAsync(student, new RaiseHand("тамыр"), command);
        await lesson.DoneAsync(student, new LowerHand());
        while (await Stage.Log.LoadSnapshotAsync(lesson.Stream, default) is not { } saved || saved.Version <= first)
        {
            await lesson.DoneAsync(lesson.Teacher, new LockLobby());
            await lesson.DoneAsync(lesson.Teacher, new UnlockLobby());
        }

        await lesson.ReactivateAsync();
        Stage.Log.ReadAfter(lesson.Stream).ShouldBeGreaterThan(first, "the command is known from the snapshot alone");
        var (appends, activations) = (Stage.Log.Appends(lesson.Stream), lesson.Activations);

        (await lesson.DoneAsync(student, new RaiseHand("тамыр"), command)).ShouldBe(first);

        await OnceAsync(lesson, command);
        (Stage.Log.Appends(lesson.Stream), lesson.Activations).ShouldBe((appends, activations), "nothing was decided, so nothing met the log's own fence");
        (await lesson.SeeAsync(Audience.Teacher)).Shows("hand", student.Id).ShouldBeFalse();
    }

    [Fact]
    public async Task A_caller_that_gives_up_while_its_command_is_stored_finds_it_done()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var student = await lesson.JoinAsync("Аружан");
        var (envelope, gate) = (new Envelope(Guid.CreateVersion7(), student, new RaiseHand("тамыр")), new TaskCompletionSource());
        var appends = Stage.Log.Appends(lesson.Stream);
        Stage.Log.Next(lesson.Stream, Faults.Held(gate.Task));
        using var patience = new CancellationTokenSource();
        var call = lesson.Grain.Execute(envelope, patience.Token);
        await Stage.Signal.UntilAsync(() => Stage.Log.Appends(lesson.Stream) > appends);

        await patience.CancelAsync();
        gate.SetResult();
        await Record.ExceptionAsync(() => call.Soon());

        var seq = await lesson.DoneAsync(student, new RaiseHand("тамыр"), envelope.CommandId);
        (await OnceAsync(lesson, envelope.CommandId)).Version.ShouldBe(seq);
    }

    [Fact]
    public async Task A_refused_command_leaves_nothing_behind_and_may_be_given_again()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        await lesson.DoneAsync(lesson.Teacher, new LockLobby());
        var (student, command) = (new Actor(Role.Student, Guid.CreateVersion7()), Guid.CreateVersion7());
        var take = new TakeSeat("Аружан", Language.Kk, Level.Simple, Guid.CreateVersion7(), false);
        var before = (await lesson.StoredAsync()).Count;
        await lesson.RefusedAsync("lobby-locked", student, take, command);
        (await lesson.StoredAsync()).Count.ShouldBe(before);

        await lesson.DoneAsync(lesson.Teacher, new UnlockLobby());
        await lesson.DoneAsync(student, take, command);

        await OnceAsync(lesson, command);
    }

    private static async Task<StoredFact> OnceAsync(TestLesson lesson, Guid command) =>
        (await lesson.StoredAsync()).Where(f => f.CommandId == command).ShouldHaveSingleItem();
}
