using Classroom.Tutor;

namespace Classroom.Grains.Tests;

/// <summary>However an explanation ends, its end is a fact of the lesson, stored once, with everything that was said.</summary>
public sealed class Explanations(StageFixture fixture) : GrainTest(fixture)
{
    [Fact]
    public async Task A_finished_explanation_is_a_fact_and_the_pieces_by_offset_are_its_text()
    {
        var (room, id, script, ears) = await BeginAsync();
        foreach (var word in new[] { "Жапырақ ", "күнге ", "бұрылады. " })
        {
            script.Say(word);
            await script.TakenAsync();
            Stage.Time.Advance(TimeSpan.FromMilliseconds(40));
        }

        script.Say("Неге?", sentence: true);
        script.End();

        await room.UntilFactAsync<ExplanationFinished>();
        var told = (await room.FactsAsync()).OfType<ExplanationFinished>().ShouldHaveSingleItem();
        told.Text.ShouldBe("Жапырақ күнге бұрылады. Неге?");
        told.Provenance.ShouldBe(StageTutor.Source);
        await Stage.Signal.UntilAsync(() => ears.TextOf(id) == told.Text);
        ears.Texts(id).SelectMany(t => t.Ends).ShouldBe(told.Ends);
        ears.Texts(id).ShouldAllBe(t => t.OnBoard && t.ClassroomId == room.Id);
        var read = await Grains.GetGrain<IExplanationGrain>(id).Read(room.Id, "kk-standard", 8, false);
        var stored = await room.Grain.StoredText(id, "kk-standard", 8, false);
        (read.Offset, read.Text).ShouldBe((8, told.Text[8..]));
        (stored!.Offset, stored.Text).ShouldBe((read.Offset, read.Text));
    }

    [Fact]
    public async Task A_tutor_that_breaks_off_leaves_what_it_said()
    {
        var (room, _, script, _) = await BeginAsync();
        script.Say("Жапырақ күнге");
        await script.TakenAsync();
        script.Break(new TutorException("tutor-timeout"));

        var failed = await FailedAsync(room);
        failed.Code.ShouldBe("tutor-timeout");
        failed.Text.ShouldBe("Жапырақ күнге");
        failed.Ends.ShouldBe([13]);
    }

    [Fact]
    public async Task A_line_that_is_cut_midway_is_told_from_one_that_never_stood()
    {
        var (room, _, script, _) = await BeginAsync();
        script.Say("Жапырақ");
        await script.TakenAsync();
        script.Break(new IOException("Connection reset."));
        (await FailedAsync(room)).Code.ShouldBe("tutor-cut");

        (room, _, script, _) = await BeginAsync();
        script.Break(new HttpRequestException("Connection refused."));
        (await FailedAsync(room)).Code.ShouldBe("tutor-unavailable");
    }

    [Fact]
    public async Task A_failure_nobody_foresaw_ends_the_explanation_too()
    {
        var (room, _, script, _) = await BeginAsync();
        script.Say("Жапырақ");
        await script.TakenAsync();
        script.Break(new FormatException("The model answered nonsense."));

        var failed = await FailedAsync(room);
        failed.Code.ShouldBe("tutor-cut");
        failed.Text.ShouldBe("Жапырақ");
    }

    [Fact]
    public async Task A_tutor_that_ends_without_a_word_has_failed()
    {
        var (room, _, script, _) = await BeginAsync();
        script.End();
        (await FailedAsync(room)).Code.ShouldBe("tutor-empty");
    }

    [Fact]
    public async Task A_stopped_explanation_keeps_what_was_said()
    {
        var (room, id, script, ears) = await BeginAsync();
        script.Say("Жапырақ ");
        script.Say("күнге");
        await script.TakenAsync();
        await room.DoneAsync(room.Teacher, new StopExplanation(id));

        await script.HushedAsync();
        var failed = await FailedAsync(room);
        (failed.Code, failed.Text).ShouldBe(("tutor-stopped", "Жапырақ күнге"));
        await Stage.Signal.UntilAsync(() => ears.TextOf(id) == failed.Text);
    }

    [Fact]
    public async Task The_end_of_the_lesson_cancels_what_is_being_told_and_keeps_what_was_said()
    {
        var (room, _, script, _) = await BeginAsync();
        script.Say("Жапырақ");
        await script.TakenAsync();
        await room.DoneAsync(room.Teacher, new EndLesson());

        await script.HushedAsync();
        (await FailedAsync(room)).Text.ShouldBe("Жапырақ");
    }

    [Fact]
    public async Task Every_variant_in_the_room_is_told_and_ends_on_its_own()
    {
        var room = await Room.OpenAsync(Stage);
        await room.JoinAsync("Мария", Language.Ru, Level.Simple);
        var id = await room.ExplainAsync();
        var (kazakh, russian) = (Stage.Tutor.Of(id), Stage.Tutor.Of(id, "ru-simple"));
        kazakh.Break(new TutorException("tutor-busy"));
        await room.UntilFactAsync<ExplanationFailed>(f => f.Variant == "kk-standard");
        (await room.FoldAsync()).Explanations[id].IsRunning.ShouldBeTrue();
        russian.Say("Лист.", sentence: true);
        russian.End();

        await room.UntilFactAsync<ExplanationFinished>(f => f.Variant == "ru-simple" && f.Text == "Лист.");

        (await room.FoldAsync()).Explanations[id].IsRunning.ShouldBeFalse();
    }

    [Fact]
    public async Task An_end_that_could_not_be_stored_is_reported_until_it_is_and_stored_once()
    {
        var (room, _, script, _) = await BeginAsync();
        Stage.Log.Next(room.Stream, Faults.Away, Faults.Unheard, Faults.Away);
        script.Say("Жапырақ.", sentence: true);
        script.End();

        await Signal.UntilAsync(
            async () => (await room.FactsAsync()).OfType<ExplanationFinished>().Any(), () => Stage.Time.Advance(TimeSpan.FromSeconds(1)));

        (await room.FactsAsync()).OfType<ExplanationFinished>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_end_that_finds_its_lesson_unreadable_is_reported_until_the_lesson_is_there()
    {
        var (room, _, script, _) = await BeginAsync();
        Stage.Log.Unreadable(room.Stream, true);
        await Signal.UntilAsync(async () =>
        {
            await Stage.Silo.CollectIdleAsync();
            return await Record.ExceptionAsync(() => room.SyncAsync(Audience.Teacher)) is not null;
        });
        var loads = room.Activations;
        script.Say("Жапырақ.", sentence: true);
        script.End();
        await Stage.Signal.UntilAsync(() => room.Activations > loads);
        Stage.Log.Unreadable(room.Stream, false);

        await Signal.UntilAsync(
            async () => (await room.FactsAsync()).OfType<ExplanationFinished>().Any(), () => Stage.Time.Advance(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_lesson_that_is_activated_anew_does_not_begin_again_what_is_being_told()
    {
        var (room, id, script, _) = await BeginAsync();
        script.Say("Жапырақ ");
        await script.TakenAsync();
        await room.ReactivateAsync();
        var ears = Stage.Listen();
        await room.Grain.Subscribe(Stage.Refer(ears));
        script.Say("күнге.", sentence: true);
        script.End();

        await room.UntilFactAsync<ExplanationFinished>(f => f.Text == "Жапырақ күнге.");

        await Stage.Signal.UntilAsync(() => ears.TextOf(id, before: "Жапырақ ") == "Жапырақ күнге.");
        script.Tellings.ShouldBe(1);
    }

    private static async Task<ExplanationFailed> FailedAsync(Room room)
    {
        await room.UntilFactAsync<ExplanationFailed>();
        return (await room.FactsAsync()).OfType<ExplanationFailed>().ShouldHaveSingleItem();
    }

    private async Task<(Room Room, Guid Id, Script Script, Ears Ears)> BeginAsync()
    {
        var room = await Room.OpenAsync(Stage);
        var ears = Stage.Listen();
        await room.Grain.Subscribe(Stage.Refer(ears));
        var id = await room.ExplainAsync();
        await Stage.Tutor.Of(id).BegunAsync();
        return (room, id, Stage.Tutor.Of(id), ears);
    }
}
