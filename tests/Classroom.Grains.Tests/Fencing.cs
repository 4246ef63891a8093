using Microsoft.Extensions.Logging;

namespace Classroom.Grains.Tests;

/// <summary>Two writers, or a database that is away: what is acknowledged is durable, and nothing is lost or doubled.</summary>
public sealed class Fencing(StageFixture fixture) : GrainTest(fixture)
{
    [Fact]
    public async Task A_stale_activation_acknowledges_nothing_and_the_next_call_sees_the_others_facts()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var (aruzhan, dias) = (await lesson.JoinAsync("Аружан"), await lesson.JoinAsync("Диас"));
        var observer = Stage.Observe();
        await lesson.Grain.Subscribe(Stage.Refer(observer));
        var activations = lesson.Activations;
        var elsewhere = await lesson.DoElsewhereAsync(dias, new RaiseHand("жапырақ"));
        var command = Guid.CreateVersion7();

        await lesson.RefusedAsync("try-again", aruzhan, new RaiseHand("тамыр"), command);

        (await lesson.StoredAsync())[^1].Version.ShouldBe(elsewhere);
        observer.Received.ShouldBeEmpty();
        await Stage.Signal.UntilAsync(() => observer.Deactivations == 1);
        var seen = await lesson.SeeAsync(Audience.Teacher);
        lesson.Activations.ShouldBe(activations + 1);
        seen.Shows("hand", dias.Id).ShouldBeTrue();
        seen.Shows("hand", aruzhan.Id).ShouldBeFalse();

        (await lesson.DoneAsync(aruzhan, new RaiseHand("тамыр"), command)).ShouldBe(elsewhere + 1);
        (await lesson.DoneAsync(aruzhan, new RaiseHand("тамыр"), command)).ShouldBe(elsewhere + 1);
        (await lesson.StoredAsync()).Count(f => f.CommandId == command).ShouldBe(1);
    }

    [Fact]
    public async Task Many_commands_that_meet_a_stale_activation_are_all_done_once_after_their_retries()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var students = new List<Actor>();
        for (var i = 0; i < 12; i++)
        {
            students.Add(await lesson.JoinAsync($"Құс {i}"));
        }

        await lesson.DoElsewhereAsync(lesson.Teacher, new LockLobby());
        var commands = students.ToDictionary(s => s, _ => Guid.CreateVersion7());

        await Task.WhenAll(students.Select(student => Signal.UntilAsync(async () =>
        {
            var reply = await lesson.DoAsync(student, new RaiseHand("көмек"), commands[student]);
            (reply.Refusal?.Code ?? "try-again").ShouldBe("try-again");
            return reply.Refusal is null;
        })));

        var stored = await lesson.StoredAsync();
        stored.Select(f => f.Version).ShouldBe(Enumerable.Range(1, stored.Count).Select(v => (long)v));
        commands.Values.ShouldAllBe(id => stored.Count(f => f.CommandId == id) == 1);
        (await lesson.SeeAsync(Audience.Teacher)).Text.ShouldBe(FoldedView.Of(await lesson.FoldAsync(), Audience.Teacher).Text);
    }

    [Fact]
    public async Task With_the_database_away_nothing_changes_and_a_retry_is_done_once()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var student = await lesson.JoinAsync("Аружан");
        var observer = Stage.Observe();
        await lesson.Grain.Subscribe(Stage.Refer(observer));
        var (before, activations) = (await lesson.SeeAsync(Audience.Teacher), lesson.Activations);
        var command = Guid.CreateVersion7();
        Stage.Log.Next(lesson.Stream, Faults.Away, Faults.Away, Faults.Away);

        await lesson.RefusedAsync("not-saved", student, new RaiseHand("тамыр"), command);
        await lesson.RefusedAsync("not-saved", student, new RaiseHand("тамыр"), command);
        await lesson.RefusedAsync("not-saved", student, new RaiseHand("тамыр"), command);

        var after = await lesson.SeeAsync(Audience.Teacher);
        after.Text.ShouldBe(before.Text);
        after.Seq.ShouldBe(before.Seq);
        observer.Received.ShouldBeEmpty();
        await Stage.Signal.UntilAsync(() => observer.Saving is [.., false]);
        (await lesson.DoneAsync(student, new RaiseHand("тамыр"), command)).ShouldBe(before.Seq + 1);
        await Stage.Signal.UntilAsync(() => observer.Saving is [.., true]);
        observer.Saving.ShouldBe([true, false, true], "announced once that it cannot be stored, and once that it can");
        (await lesson.StoredAsync()).Count(f => f.CommandId == command).ShouldBe(1);
        lesson.Activations.ShouldBe(activations, "a database that is away is no reason to forget the lesson");
        Stage.Diary.Entries.Where(e => e.Text.Contains(lesson.Id.ToString(), StringComparison.Ordinal) && e.Text.EndsWith("RaiseHand was not stored", StringComparison.Ordinal))
            .Select(e => (e.Level, e.Exception is not null)).ShouldBe(
                [(LogLevel.Error, true), (LogLevel.Warning, false), (LogLevel.Warning, false)], "logged in full once, then in a line each");
    }

    [Fact]
    public async Task A_database_that_does_not_answer_holds_up_one_command_and_no_other_and_nothing_is_doubled_when_it_answers()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var (aruzhan, dias) = (await lesson.JoinAsync("Аружан"), await lesson.JoinAsync("Диас"));
        var observer = Stage.Observe();
        await lesson.Grain.Subscribe(Stage.Refer(observer));
        var (command, gate) = (Guid.CreateVersion7(), new TaskCompletionSource());
        Stage.Log.Next(lesson.Stream, Faults.Held(gate.Task));
        var held = lesson.DoAsync(aruzhan, new RaiseHand("тамыр"), command);
        // In small steps: the call itself is given up after thirty seconds of this clock.
        await Signal.UntilAsync(() => Task.FromResult(held.IsCompleted), () => Stage.Time.Advance(TimeSpan.FromMilliseconds(20)));
        (await held).Refusal?.Code.ShouldBe("not-saved");
        await Stage.Signal.UntilAsync(() => observer.Saving is [.., false]);
        var appends = Stage.Log.Appends(lesson.Stream);
        await lesson.RefusedAsync("not-saved", dias, new RaiseHand("жапырақ"));
        Stage.Log.Appends(lesson.Stream).ShouldBe(appends, "one append without an answer is enough");
        gate.SetResult();

        foreach (var (student, id) in new[] { (aruzhan, command), (dias, Guid.CreateVersion7()) })
        {
            await Signal.UntilAsync(async () => (await lesson.DoAsync(student, new RaiseHand("тамыр"), id)).Refusal is null);
        }

        (await lesson.StoredAsync()).Count(f => f.CommandId == command).ShouldBe(1);
    }

    [Fact]
    public async Task A_command_that_was_stored_unheard_is_acknowledged_by_its_retry_and_not_stored_twice()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var student = await lesson.JoinAsync("Аружан");
        var command = Guid.CreateVersion7();
        Stage.Log.Next(lesson.Stream, Faults.Unheard);
        await lesson.RefusedAsync("not-saved", student, new RaiseHand("тамыр"), command);
        var stored = (await lesson.StoredAsync())[^1];
        stored.CommandId.ShouldBe(command);

        (await lesson.DoneAsync(student, new RaiseHand("тамыр"), command)).ShouldBe(stored.Version);

        (await lesson.StoredAsync())[^1].ShouldBe(stored);
        (await lesson.SeeAsync(Audience.Teacher)).Shows("hand", student.Id).ShouldBeTrue();
    }

    [Fact]
    public async Task After_a_command_stored_unheard_anybody_elses_command_brings_the_fact_to_light()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var (aruzhan, dias) = (await lesson.JoinAsync("Аружан"), await lesson.JoinAsync("Диас"));
        Stage.Log.Next(lesson.Stream, Faults.Unheard);
        await lesson.RefusedAsync("not-saved", aruzhan, new RaiseHand("тамыр"));

        await lesson.RefusedAsync("try-again", dias, new RaiseHand("жапырақ"));
        await lesson.DoneAsync(dias, new RaiseHand("жапырақ"));

        var seen = await lesson.SeeAsync(Audience.Teacher);
        seen.Shows("hand", aruzhan.Id).ShouldBeTrue();
        seen.Shows("hand", dias.Id).ShouldBeTrue();
    }

    [Fact]
    public async Task A_lesson_that_cannot_be_loaded_fails_its_callers_and_is_there_again_when_the_database_is()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var before = await lesson.SeeAsync(Audience.Teacher);
        Stage.Log.Unreadable(lesson.Stream, true);
        await Signal.UntilAsync(async () =>
        {
            await Stage.Silo.CollectIdleAsync();
            return await Record.ExceptionAsync(() => lesson.SyncAsync(Audience.Teacher)) is not null;
        });

        Stage.Log.Unreadable(lesson.Stream, false);

        (await lesson.SeeAsync(Audience.Teacher)).Text.ShouldBe(before.Text);
        await lesson.DoneAsync(lesson.Teacher, new LockLobby());
    }

    [Fact]
    public async Task What_a_command_sets_going_is_begun_even_if_its_acknowledgement_was_lost()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var explanation = Guid.CreateVersion7();
        var request = new RequestExplanation(explanation, "s2", "t1", null, ExplainMode.Plain, null, null, []);
        var command = Guid.CreateVersion7();
        Stage.Log.Next(lesson.Stream, Faults.Unheard);
        await lesson.RefusedAsync("not-saved", lesson.Teacher, request, command);

        await lesson.DoneAsync(lesson.Teacher, request, command);
        await lesson.SeeAsync(Audience.Teacher);

        await Stage.Tutor.Of(explanation).BegunAsync();
    }

    [Fact]
    public async Task The_end_of_a_lesson_frees_its_code_and_closes_its_card_even_if_its_acknowledgement_was_lost()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var teacher = Grains.GetGrain<ITeacherGrain>(lesson.Teacher.Id);
        await teacher.Opened(new ClassroomCard(lesson.Id, lesson.Plan.Title, "7Б", Stage.Time.GetUtcNow(), null));
        var command = Guid.CreateVersion7();
        Stage.Log.Next(lesson.Stream, Faults.Unheard);
        await lesson.RefusedAsync("not-saved", lesson.Teacher, new EndLesson(), command);

        await lesson.DoneAsync(lesson.Teacher, new EndLesson(), command);
        await lesson.SeeAsync(Audience.Teacher);

        await Signal.UntilAsync(async () => await new CodeOfTest(Grains, lesson.Code).Resolve() is null);
        await Signal.UntilAsync(async () => (await teacher.Classrooms())[0].EndedAt is not null);
    }
}
