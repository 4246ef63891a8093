using System.Net;
using Orleans.Runtime;

namespace Classroom.Grains.Tests;

/// <summary>Observing processes: none of them holds up the lesson or another one, and none receives anything after its lease.</summary>
public sealed class Observers(StageFixture fixture) : GrainTest(fixture)
{
    [Fact]
    public async Task Who_subscribes_again_is_told_the_version_behind_all_that_leads_to_it()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var observer = Stage.Observe();
        observer.Answers = new TaskCompletionSource();
        var reference = Stage.Refer(observer);
        await lesson.Grain.Subscribe(reference);
        await Stage.Signal.UntilAsync(() => observer.Batches == 1);
        await lesson.JoinAsync("Дана");
        var version = await lesson.Grain.Subscribe(reference);
        observer.Answers.SetResult();

        await Stage.Signal.UntilAsync(() => observer.Versions.Length == 2);
        observer.Versions[1].ShouldBe((version, version));
    }

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
    public async Task An_observer_that_does_not_answer_holds_up_nobody_and_is_sent_the_rest_together()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var (slow, other) = (Stage.Observe(), Stage.Observe());
        var answers = slow.Answers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await lesson.Grain.Subscribe(Stage.Refer(slow));
        await lesson.Grain.Subscribe(Stage.Refer(other));

        var seq = 0L;
        for (var i = 0; i < 20; i++)
        {
            await lesson.DoneAsync(lesson.Teacher, new LockLobby());
            seq = await lesson.DoneAsync(lesson.Teacher, new UnlockLobby());
        }

        await Stage.Signal.UntilAsync(() => other.LastSeq == seq);
        slow.Received.Length.ShouldBeLessThanOrEqualTo(1, "the next batch waits for the answer to the first");
        slow.Answers = null;
        answers.SetResult();
        await Stage.Signal.UntilAsync(() => slow.LastSeq == seq);
        slow.Batches.ShouldBeLessThanOrEqualTo(3);
        slow.Received.Skip(1).Zip(slow.Received, (next, before) => next.Previous == before.Seq).ShouldAllBe(follows => follows);
    }

    [Fact]
    public async Task What_an_observer_failed_to_take_is_sent_to_it_again_in_its_order()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var failing = Stage.Observe();
        failing.Fails = true;
        await lesson.Grain.Subscribe(Stage.Refer(failing));
        await lesson.DoneAsync(lesson.Teacher, new LockLobby());
        var seq = await lesson.DoneAsync(lesson.Teacher, new UnlockLobby());
        await Stage.Signal.UntilAsync(() => failing.Batches > 0);
        failing.Forget();
        failing.Fails = false;

        await Signal.UntilAsync(() => Task.FromResult(failing.LastSeq == seq), () => Stage.Time.Advance(TimeSpan.FromSeconds(1)));

        failing.Received.Select(p => p.Seq).ShouldBe([seq - 1, seq]);
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

        var (a, b) = (SiloAddress.New(IPAddress.Loopback, 1, int.MaxValue), SiloAddress.New(IPAddress.Loopback, 2, int.MaxValue));
        await lesson.Grain.Present(a, [students[0], students[1]]);
        await lesson.Grain.Present(a, [students[1], students[0]]);
        await lesson.Grain.Present(b, [students[1], students[2]]);
        await Stage.Signal.UntilAsync(() => observer.Present.Length == 3);
        observer.Present[1].ShouldBe([students[0], students[1]]);
        observer.Present[2].ShouldBe(students);

        Stage.Time.Advance(TimeSpan.FromSeconds(91));
        await lesson.Grain.Subscribe(reference);
        await lesson.Grain.Present(b, [students[1], students[2]]);

        await Stage.Signal.UntilAsync(() => observer.Present[^1].SequenceEqual([students[1], students[2]]));
    }
}
