using Classroom.Tutor;

namespace Classroom.Grains.Tests;

/// <summary>No model is awaited in a classroom's turn: with a tutor that never says a word, the lesson goes on.</summary>
public sealed class NoModelInATurn(StageFixture fixture) : GrainTest(fixture)
{
    [Fact]
    public async Task While_no_token_comes_the_lesson_answers_and_a_stop_ends_the_explanation()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var explanation = await lesson.ExplainAsync();
        var script = Stage.Tutor.Of(explanation);
        await script.BegunAsync();

        await GoesOnAsync(lesson);
        await lesson.DoneAsync(lesson.Teacher, new StopExplanation(explanation));

        await script.StoppedAsync();
        await lesson.UntilFactAsync<ExplanationFailed>();
        var facts = await lesson.FactsAsync();
        facts.OfType<ExplanationStopped>().ShouldHaveSingleItem();
        facts.OfType<ExplanationFailed>().ShouldHaveSingleItem().Code.ShouldBe("tutor-stopped");
        await lesson.ExplainAsync();
    }

    [Fact]
    public async Task While_no_prompt_comes_the_lesson_answers_and_what_comes_late_becomes_a_fact()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        await lesson.DoneAsync(lesson.Teacher, new RequestPrompts("s3"));
        await Stage.Signal.UntilAsync(() => lesson.Desk.PromptsAsked == 1);

        await GoesOnAsync(lesson);
        lesson.Desk.Prompts.SetResult(new PromptsDraft([Prompt()], StageTutor.Source));

        await lesson.UntilFactAsync<PromptsProposed>();
    }

    [Fact]
    public async Task While_no_feedback_comes_the_lesson_answers_and_what_comes_late_becomes_a_fact()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var feedback = await lesson.HandInAsync();
        await Stage.Signal.UntilAsync(() => lesson.Desk.FeedbackAsked == 1);

        await GoesOnAsync(lesson);
        lesson.Desk.Feedback.SetResult(new FeedbackDraft([new("d1", Verdict.Met, "жапырақ", "Мысал қос")], 0, StageTutor.Source));

        await lesson.UntilFactAsync<FeedbackDrafted>(f => f.FeedbackId == feedback);
    }

    [Fact]
    public async Task Of_words_that_do_not_tell_the_tutor_is_asked_and_its_yes_becomes_an_alarm()
    {
        // Which words do not tell is learned, and changes with what is learned.
        var uncertain = File.ReadLines(Path.Combine(Checkout.Folder, "src/Classroom.Tutor.Audit/Sets/distress-last.tsv"))
            .Select(l => l.Split('\t')[^1]).Where(t => t.Length < 60 && Tutor.Distress.Look(t) is null).Take(3).ToList();
        uncertain.Count.ShouldBe(3, "else the test shows nothing");
        Stage.Tutor.Dangers[uncertain[1]] = "yes";
        Stage.Tutor.Dangers[uncertain[2]] = "answer-refused";
        var lesson = await TestLesson.OpenAsync(Stage);
        var student = await lesson.JoinAsync("Дана");
        foreach (var text in uncertain)
        {
            await lesson.DoneAsync(student, new RaiseHand(text));
            await lesson.DoneAsync(student, new LowerHand());
        }

        // A model that will not speak of it has seen something as well.
        await Signal.UntilAsync(async () => (await lesson.FactsAsync()).OfType<IncidentRecorded>().Count(i => i is { Kind: "noticed", Ability: "hand" }) == 2);
    }

    [Theory]
    [InlineData(false, "tutor-busy")]
    [InlineData(true, "tutor-unavailable")]
    public async Task A_tutor_that_fails_is_a_fact_and_may_be_asked_again(bool unforeseen, string code)
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var feedback = await lesson.HandInAsync();
        await lesson.DoneAsync(lesson.Teacher, new RequestPrompts("s3"));

        Exception failure = unforeseen ? new FormatException("The model answered nonsense.") : new TutorException(code);
        lesson.Desk.Prompts.SetException(failure);
        lesson.Desk.Feedback.SetException(failure);

        await lesson.UntilFactAsync<PromptsFailed>(f => f.Code == code);
        await lesson.UntilFactAsync<FeedbackFailed>(f => f.FeedbackId == feedback && f.Code == code);
        await lesson.DoneAsync(lesson.Teacher, new RequestPrompts("s3"));
        await Stage.Signal.UntilAsync(() => lesson.Desk.PromptsAsked == 2);
    }

    [Fact]
    public async Task Prompts_that_could_not_be_stored_are_reported_again_until_they_are()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        await lesson.DoneAsync(lesson.Teacher, new RequestPrompts("s3"));
        await Stage.Signal.UntilAsync(() => lesson.Desk.PromptsAsked == 1);
        Stage.Log.Next(lesson.Stream, Faults.Away, Faults.Unheard, Faults.Away);

        lesson.Desk.Prompts.SetResult(new PromptsDraft([Prompt()], StageTutor.Source));

        await Signal.UntilAsync(
            async () => (await lesson.FoldAsync()).Discussions["s3"].Status == PromptsStatus.Proposed, () => Stage.Time.Advance(TimeSpan.FromSeconds(1)));
        (await lesson.FactsAsync()).OfType<PromptsProposed>().ShouldHaveSingleItem();
    }

    private static async Task GoesOnAsync(TestLesson lesson)
    {
        var student = await lesson.JoinAsync("Аружан");
        await lesson.DoneAsync(student, new RaiseHand("тамыр"));
        await lesson.DoneAsync(lesson.Teacher, new GoToStep("s1"));
        await lesson.DoneAsync(lesson.Teacher, new AskQuestion("q1"));
        await lesson.DoneAsync(student, new GiveAnswer("q1", ["a"], null, null));
        (await lesson.SeeAsync(Audience.Student(student.Id))).Shows("question", "q1").ShouldBeTrue();
        await lesson.Grain.Subscribe(lesson.Stage.Refer(lesson.Stage.Observe())).Soon();
        await lesson.DoneAsync(lesson.Teacher, new GoToStep("s2"));
    }

    private static PromptText Prompt() => new(
        "p1", Trilingual.Same("Қай ағаш?"), Trilingual.Same("Жоба"), Trilingual.Same("Қағаз"), 10, [Trilingual.Same("Жазушы")], Trilingual.Same("Бір телефон"));
}
