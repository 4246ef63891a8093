using Microsoft.Extensions.Logging;

namespace Classroom.Grains.Tests;

/// <summary>Two writers, or a database that is away: what is acknowledged is durable, and nothing is lost or doubled.</summary>
public sealed class Fencing(StageFixture fixture) : GrainTest(fixture)
{
    [Fact]
    public async Task A_stale_activation_acknowledges_nothing_and_the_next_call_sees_the_others_facts()
    {
        var room = await Room.OpenAsync(Stage);
        var (aruzhan, dias) = (await room.JoinAsync("Аружан"), await room.JoinAsync("Диас"));
        var ears = Stage.Listen();
        await room.Grain.Subscribe(Stage.Refer(ears));
        var activations = room.Activations;
        var elsewhere = await room.DoElsewhereAsync(dias, new RaiseHand("жапырақ"));
        var command = Guid.CreateVersion7();

        await room.RefusedAsync("try-again", aruzhan, new RaiseHand("тамыр"), command);

        (await room.StoredAsync())[^1].Version.ShouldBe(elsewhere);
        ears.Heard.ShouldBeEmpty();
        await Stage.Signal.UntilAsync(() => ears.Partings == 1);
        var seen = await room.SeeAsync(Audience.Teacher);
        room.Activations.ShouldBe(activations + 1);
        seen.Shows("hand", dias.Id).ShouldBeTrue();
        seen.Shows("hand", aruzhan.Id).ShouldBeFalse();

        (await room.DoneAsync(aruzhan, new RaiseHand("тамыр"), command)).ShouldBe(elsewhere + 1);
        (await room.DoneAsync(aruzhan, new RaiseHand("тамыр"), command)).ShouldBe(elsewhere + 1);
        (await room.StoredAsync()).Count(f => f.CommandId == command).ShouldBe(1);
    }

    [Fact]
    public async Task Many_commands_that_meet_a_stale_activation_are_all_done_once_after_their_retries()
    {
        var room = await Room.OpenAsync(Stage);
        var students = new List<Actor>();
        for (var i = 0; i < 12; i++)
        {
            students.Add(await room.JoinAsync($"Құс {i}"));
        }

        await room.DoElsewhereAsync(room.Teacher, new LockLobby());
        var commands = students.ToDictionary(s => s, _ => Guid.CreateVersion7());

        await Task.WhenAll(students.Select(student => Signal.UntilAsync(async () =>
        {
            var reply = await room.DoAsync(student, new RaiseHand("көмек"), commands[student]);
            (reply.Refusal?.Code ?? "try-again").ShouldBe("try-again");
            return reply.Refusal is null;
        })));

        var stored = await room.StoredAsync();
        stored.Select(f => f.Version).ShouldBe(Enumerable.Range(1, stored.Count).Select(v => (long)v));
        commands.Values.ShouldAllBe(id => stored.Count(f => f.CommandId == id) == 1);
        (await room.SeeAsync(Audience.Teacher)).Text.ShouldBe(Screen.Of(await room.FoldAsync(), Audience.Teacher).Text);
    }

    [Fact]
    public async Task With_the_database_away_nothing_changes_and_a_retry_is_done_once()
    {
        var room = await Room.OpenAsync(Stage);
        var student = await room.JoinAsync("Аружан");
        var ears = Stage.Listen();
        await room.Grain.Subscribe(Stage.Refer(ears));
        var (before, activations) = (await room.SeeAsync(Audience.Teacher), room.Activations);
        var command = Guid.CreateVersion7();
        Stage.Log.Next(room.Stream, Faults.Away, Faults.Away, Faults.Away);

        await room.RefusedAsync("not-saved", student, new RaiseHand("тамыр"), command);
        await room.RefusedAsync("not-saved", student, new RaiseHand("тамыр"), command);
        await room.RefusedAsync("not-saved", student, new RaiseHand("тамыр"), command);

        var after = await room.SeeAsync(Audience.Teacher);
        after.Text.ShouldBe(before.Text);
        after.Seq.ShouldBe(before.Seq);
        ears.Heard.ShouldBeEmpty();
        await Stage.Signal.UntilAsync(() => ears.Saving is [.., false]);
        (await room.DoneAsync(student, new RaiseHand("тамыр"), command)).ShouldBe(before.Seq + 1);
        await Stage.Signal.UntilAsync(() => ears.Saving is [.., true]);
        ears.Saving.ShouldBe([true, false, true], "told once that it cannot be stored, and once that it can");
        (await room.StoredAsync()).Count(f => f.CommandId == command).ShouldBe(1);
        room.Activations.ShouldBe(activations, "a database that is away is no reason to forget the lesson");
        Stage.Diary.Entries.Where(e => e.Text.Contains(room.Id.ToString(), StringComparison.Ordinal) && e.Text.EndsWith("RaiseHand was not stored", StringComparison.Ordinal))
            .Select(e => (e.Level, e.Exception is not null)).ShouldBe(
                [(LogLevel.Error, true), (LogLevel.Warning, false), (LogLevel.Warning, false)], "logged in full once, then in a line each");
    }

    [Fact]
    public async Task A_database_that_does_not_answer_holds_up_one_command_and_no_other_and_nothing_is_doubled_when_it_answers()
    {
        var room = await Room.OpenAsync(Stage);
        var (aruzhan, dias) = (await room.JoinAsync("Аружан"), await room.JoinAsync("Диас"));
        var ears = Stage.Listen();
        await room.Grain.Subscribe(Stage.Refer(ears));
        var (command, gate) = (Guid.CreateVersion7(), new TaskCompletionSource());
        Stage.Log.Next(room.Stream, Faults.Held(gate.Task));
        var held = room.DoAsync(aruzhan, new RaiseHand("тамыр"), command);
        // In small steps: the call itself is given up after thirty seconds of this clock.
        await Signal.UntilAsync(() => Task.FromResult(held.IsCompleted), () => Stage.Time.Advance(TimeSpan.FromMilliseconds(20)));
        (await held).Refusal?.Code.ShouldBe("not-saved");
        await Stage.Signal.UntilAsync(() => ears.Saving is [.., false]);
        var appends = Stage.Log.Appends(room.Stream);
        await room.RefusedAsync("not-saved", dias, new RaiseHand("жапырақ"));
        Stage.Log.Appends(room.Stream).ShouldBe(appends, "one append without an answer is enough");
        gate.SetResult();

        foreach (var (student, id) in new[] { (aruzhan, command), (dias, Guid.CreateVersion7()) })
        {
            await Signal.UntilAsync(async () => (await room.DoAsync(student, new RaiseHand("тамыр"), id)).Refusal is null);
        }

        (await room.StoredAsync()).Count(f => f.CommandId == command).ShouldBe(1);
    }

    [Fact]
    public async Task A_command_that_was_stored_unheard_is_acknowledged_by_its_retry_and_not_stored_twice()
    {
        var room = await Room.OpenAsync(Stage);
        var student = await room.JoinAsync("Аружан");
        var command = Guid.CreateVersion7();
        Stage.Log.Next(room.Stream, Faults.Unheard);
        await room.RefusedAsync("not-saved", student, new RaiseHand("тамыр"), command);
        var stored = (await room.StoredAsync())[^1];
        stored.CommandId.ShouldBe(command);

        (await room.DoneAsync(student, new RaiseHand("тамыр"), command)).ShouldBe(stored.Version);

        (await room.StoredAsync())[^1].ShouldBe(stored);
        (await room.SeeAsync(Audience.Teacher)).Shows("hand", student.Id).ShouldBeTrue();
    }

    [Fact]
    public async Task After_a_command_stored_unheard_anybody_elses_command_brings_the_fact_to_light()
    {
        var room = await Room.OpenAsync(Stage);
        var (aruzhan, dias) = (await room.JoinAsync("Аружан"), await room.JoinAsync("Диас"));
        Stage.Log.Next(room.Stream, Faults.Unheard);
        await room.RefusedAsync("not-saved", aruzhan, new RaiseHand("тамыр"));

        await room.RefusedAsync("try-again", dias, new RaiseHand("жапырақ"));
        await room.DoneAsync(dias, new RaiseHand("жапырақ"));

        var seen = await room.SeeAsync(Audience.Teacher);
        seen.Shows("hand", aruzhan.Id).ShouldBeTrue();
        seen.Shows("hand", dias.Id).ShouldBeTrue();
    }

    [Fact]
    public async Task A_lesson_that_cannot_be_loaded_fails_its_callers_and_is_there_again_when_the_database_is()
    {
        var room = await Room.OpenAsync(Stage);
        var before = await room.SeeAsync(Audience.Teacher);
        Stage.Log.Unreadable(room.Stream, true);
        await Signal.UntilAsync(async () =>
        {
            await Stage.Silo.CollectIdleAsync();
            return await Record.ExceptionAsync(() => room.SyncAsync(Audience.Teacher)) is not null;
        });

        Stage.Log.Unreadable(room.Stream, false);

        (await room.SeeAsync(Audience.Teacher)).Text.ShouldBe(before.Text);
        await room.DoneAsync(room.Teacher, new LockLobby());
    }

    [Fact]
    public async Task What_a_command_sets_going_is_begun_even_if_its_acknowledgement_was_lost()
    {
        var room = await Room.OpenAsync(Stage);
        var explanation = Guid.CreateVersion7();
        var request = new RequestExplanation(explanation, "s2", "t1", null, ExplainMode.Plain, null, null, []);
        var command = Guid.CreateVersion7();
        Stage.Log.Next(room.Stream, Faults.Unheard);
        await room.RefusedAsync("not-saved", room.Teacher, request, command);

        await room.DoneAsync(room.Teacher, request, command);
        await room.SeeAsync(Audience.Teacher);

        await Stage.Tutor.Of(explanation).BegunAsync();
    }

    [Fact]
    public async Task The_end_of_a_lesson_frees_its_code_and_closes_its_card_even_if_its_acknowledgement_was_lost()
    {
        var room = await Room.OpenAsync(Stage);
        var teacher = Grains.GetGrain<ITeacherGrain>(room.Teacher.Id);
        await teacher.Opened(new ClassroomCard(room.Id, room.Plan.Title, "7Б", Stage.Time.GetUtcNow(), null));
        var command = Guid.CreateVersion7();
        Stage.Log.Next(room.Stream, Faults.Unheard);
        await room.RefusedAsync("not-saved", room.Teacher, new EndLesson(), command);

        await room.DoneAsync(room.Teacher, new EndLesson(), command);
        await room.SeeAsync(Audience.Teacher);

        await Signal.UntilAsync(async () => await Grains.GetGrain<IJoinCodeGrain>(room.Code).Resolve() is null);
        await Signal.UntilAsync(async () => (await teacher.Classrooms())[0].EndedAt is not null);
    }
}
