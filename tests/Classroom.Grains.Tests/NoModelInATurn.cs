using Classroom.Tutor;

namespace Classroom.Grains.Tests;

/// <summary>No model is awaited in a classroom's turn: with a tutor that never says a word, the lesson goes on.</summary>
public sealed class NoModelInATurn(StageFixture fixture) : GrainTest(fixture)
{
    [Fact]
    public async Task While_no_token_comes_the_lesson_answers_and_a_stop_ends_the_explanation()
    {
        var room = await Room.OpenAsync(Stage);
        var explanation = await room.ExplainAsync();
        var script = Stage.Tutor.Of(explanation);
        await script.BegunAsync();

        await GoesOnAsync(room);
        await room.DoneAsync(room.Teacher, new StopExplanation(explanation));

        await script.HushedAsync();
        await room.UntilFactAsync<ExplanationFailed>();
        var facts = await room.FactsAsync();
        facts.OfType<ExplanationStopped>().ShouldHaveSingleItem();
        facts.OfType<ExplanationFailed>().ShouldHaveSingleItem().Code.ShouldBe("tutor-stopped");
        await room.ExplainAsync();
    }

    [Fact]
    public async Task While_no_prompt_comes_the_lesson_answers_and_what_comes_late_becomes_a_fact()
    {
        var room = await Room.OpenAsync(Stage);
        await room.DoneAsync(room.Teacher, new RequestPrompts("s3"));
        await Stage.Signal.UntilAsync(() => room.Desk.PromptsAsked == 1);

        await GoesOnAsync(room);
        room.Desk.Prompts.SetResult(new PromptsDraft([Prompt()], StageTutor.Source));

        await room.UntilFactAsync<PromptsProposed>();
    }

    [Fact]
    public async Task While_no_feedback_comes_the_lesson_answers_and_what_comes_late_becomes_a_fact()
    {
        var room = await Room.OpenAsync(Stage);
        var feedback = await room.HandInAsync();
        await Stage.Signal.UntilAsync(() => room.Desk.FeedbackAsked == 1);

        await GoesOnAsync(room);
        room.Desk.Feedback.SetResult(new FeedbackDraft([new("d1", Verdict.Met, "жапырақ", "Мысал қос")], 0, StageTutor.Source));

        await room.UntilFactAsync<FeedbackDrafted>(f => f.FeedbackId == feedback);
    }

    [Theory]
    [InlineData(false, "tutor-busy")]
    [InlineData(true, "tutor-unavailable")]
    public async Task A_tutor_that_fails_is_a_fact_and_may_be_asked_again(bool unforeseen, string code)
    {
        var room = await Room.OpenAsync(Stage);
        var feedback = await room.HandInAsync();
        await room.DoneAsync(room.Teacher, new RequestPrompts("s3"));

        Exception failure = unforeseen ? new FormatException("The model answered nonsense.") : new TutorException(code);
        room.Desk.Prompts.SetException(failure);
        room.Desk.Feedback.SetException(failure);

        await room.UntilFactAsync<PromptsFailed>(f => f.Code == code);
        await room.UntilFactAsync<FeedbackFailed>(f => f.FeedbackId == feedback && f.Code == code);
        await room.DoneAsync(room.Teacher, new RequestPrompts("s3"));
        await Stage.Signal.UntilAsync(() => room.Desk.PromptsAsked == 2);
    }

    [Fact]
    public async Task Prompts_that_could_not_be_stored_are_reported_again_until_they_are()
    {
        var room = await Room.OpenAsync(Stage);
        await room.DoneAsync(room.Teacher, new RequestPrompts("s3"));
        await Stage.Signal.UntilAsync(() => room.Desk.PromptsAsked == 1);
        Stage.Log.Next(room.Stream, Faults.Away, Faults.Unheard, Faults.Away);

        room.Desk.Prompts.SetResult(new PromptsDraft([Prompt()], StageTutor.Source));

        await Signal.UntilAsync(
            async () => (await room.FoldAsync()).Discussions["s3"].Status == PromptsStatus.Proposed, () => Stage.Time.Advance(TimeSpan.FromSeconds(1)));
        (await room.FactsAsync()).OfType<PromptsProposed>().ShouldHaveSingleItem();
    }

    private static async Task GoesOnAsync(Room room)
    {
        var student = await room.JoinAsync("Аружан");
        await room.DoneAsync(student, new RaiseHand("тамыр"));
        await room.DoneAsync(room.Teacher, new GoToStep("s1"));
        await room.DoneAsync(room.Teacher, new AskQuestion("q1"));
        await room.DoneAsync(student, new GiveAnswer("q1", ["a"], null, null));
        (await room.SeeAsync(Audience.Student(student.Id))).Shows("question", "q1").ShouldBeTrue();
        await room.Grain.Subscribe(room.Stage.Refer(room.Stage.Listen())).Soon();
        await room.DoneAsync(room.Teacher, new GoToStep("s2"));
    }

    private static PromptText Prompt() => new(
        "p1", Trilingual.Same("Қай ағаш?"), Trilingual.Same("Жоба"), Trilingual.Same("Қағаз"), 10, [Trilingual.Same("Жазушы")], Trilingual.Same("Бір телефон"));
}
