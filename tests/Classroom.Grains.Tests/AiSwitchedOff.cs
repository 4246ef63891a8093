using Classroom.Tutor;

namespace Classroom.Grains.Tests;

/// <summary>The teacher switches AI off: what a model is giving ends, nothing of it comes later, and its tokens count.</summary>
public sealed class AiSwitchedOff(StageFixture fixture) : GrainTest(fixture)
{
    private static readonly Provenance Kit = new(Provenance.PreparedProvider, "kit", "explain@kit", 0, 0, false);

    [Fact]
    public async Task What_was_being_told_by_a_model_ends_where_it_is()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var explanation = await lesson.ExplainAsync();
        var script = Stage.Tutor.Of(explanation);
        script.Say("Жапырақ күнге бұрылады. ", sentence: true, from: StageTutor.Source);
        await script.TakenAsync();
        await lesson.DoneAsync(lesson.Teacher, new SwitchAi(false));

        await lesson.UntilFactAsync<ExplanationFailed>();
        var failed = (await lesson.FactsAsync()).OfType<ExplanationFailed>().ShouldHaveSingleItem();
        (failed.Code, failed.Text).ShouldBe(("no-ai", "Жапырақ күнге бұрылады. "));
        script.Stopped.ShouldBeTrue();
        (await lesson.FoldAsync()).Explanations[explanation].IsRunning.ShouldBeFalse("another one can begin");
    }

    [Fact]
    public async Task Where_nobody_read_a_word_yet_prepared_text_stands_in()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var explanation = await lesson.ExplainAsync();
        var script = Stage.Tutor.Of(explanation);
        await script.BegunAsync();
        await lesson.DoneAsync(lesson.Teacher, new SwitchAi(false));

        await Stage.Signal.UntilAsync(() => script.Streams == 2);
        script.AiOn.ShouldBeFalse("no model is asked");
        script.Say("Жапырақ.", sentence: true, from: Kit);
        script.End(Kit);
        await lesson.UntilFactAsync<ExplanationFinished>(f => f.Provenance is { IsPrepared: true, Cause: "no-ai" } && f.Text == "Жапырақ.");
    }

    [Fact]
    public async Task Prepared_text_goes_on()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var explanation = await lesson.ExplainAsync();
        var script = Stage.Tutor.Of(explanation);
        script.Say("Жапырақ. ", sentence: true, from: Kit);
        await script.TakenAsync();
        await lesson.DoneAsync(lesson.Teacher, new SwitchAi(false));
        script.Say("Күн.", sentence: true);
        script.End(Kit);

        await lesson.UntilFactAsync<ExplanationFinished>(f => f.Text == "Жапырақ. Күн.");
        script.Streams.ShouldBe(1);
    }

    [Fact]
    public async Task Prompts_feedback_and_an_answer_under_way_are_given_up_and_their_tokens_count()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var feedback = await lesson.HandInAsync();
        await lesson.DoneAsync(lesson.Teacher, new RequestPrompts("s3"));
        var (student, exchange) = (await lesson.JoinAsync("Дана"), Guid.CreateVersion7());
        await lesson.DoneAsync(student, new SaveDraft("s4", "жапырақ күнге бұрылады екен", "өзім жаздым", "ойландым", ["кітап"]));
        await lesson.DoneAsync(student, new AskTutor(exchange, "s4", "Неге жапырақ жасыл?"));
        await Stage.Signal.UntilAsync(() => lesson.Desk is { PromptsAsked: 1, FeedbackAsked: 1, CoachAsked: 1 });
        await lesson.DoneAsync(lesson.Teacher, new SwitchAi(false));

        await lesson.UntilFactAsync<PromptsFailed>(f => f is { Code: "no-ai", Tokens: StageTutor.TokensOfTheStopped });
        await lesson.UntilFactAsync<FeedbackFailed>(f => f is { Code: "no-ai", Tokens: StageTutor.TokensOfTheStopped } && f.FeedbackId == feedback);
        await lesson.UntilFactAsync<StudentNotAnswered>(f => f is { Code: "no-ai", Tokens: StageTutor.TokensOfTheStopped } && f.ExchangeId == exchange);
        (await lesson.FoldAsync()).Meter.Tokens.ShouldBe(3 * StageTutor.TokensOfTheStopped);
        // Switched on again, the tutor is asked as before.
        await lesson.DoneAsync(lesson.Teacher, new SwitchAi(true));
        lesson.Desk.Prompts.SetResult(new PromptsDraft([NoModelInATurn.Prompt()], StageTutor.Source));
        await lesson.DoneAsync(lesson.Teacher, new RequestPrompts("s3"));
        await lesson.UntilFactAsync<PromptsProposed>();
    }
}
