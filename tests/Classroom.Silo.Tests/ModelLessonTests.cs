using System.Text.RegularExpressions;

namespace Classroom.Silo.Tests;

/// <summary>The three abilities with a model behind them, through the whole process: console, grains, real HTTP to a protocol server.</summary>
public sealed class ModelLessonTests
{
    private const string Work =
        "Біздің ауладағы терек жапырағы күнге бұрылады, себебі оған жарық керек. Мен үш күн бақыладым және суретін салдым, жапырақ санын санадым, "
        + "топырақты өлшедім, су құйдым, көлеңкедегі бұтақпен салыстырдым және оттегі туралы ойымды жаздым. Жарық көп жерде жапырақ қалың екенін байқадым.";

    [Fact]
    public async Task Explanation_prompts_and_feedback_come_from_the_model_and_say_so()
    {
        await using var model = await ProtocolServer.StartAsync();
        await using var silo = await StartAsync(model);
        await using var lesson = await LessonHost.OpenAsync(silo);
        var (student, _, studentId) = await lesson.JoinAsync("Дания");
        var teacher = lesson.Teacher;
        await teacher.DoAsync("StartLesson", new { });

        var explain = lesson.StepOf("explain");
        await teacher.DoAsync("GoToStep", new { stepId = explain });
        var explanation = Guid.CreateVersion7();
        await teacher.DoAsync("RequestExplanation", new { explanationId = explanation, stepId = explain, words = "Неге жапырақ жасыл?", mode = "plain" });
        await student.UntilAsync(s => s.TextOf(explanation, "kk-simple") == model.Answer, "the model's words");
        await teacher.UntilAsync(t => Status(t, "explanation", explanation) == "finished", "the end");
        teacher.Get("explanation", explanation.ToString())!.ToJsonString().ShouldContain("local-model");

        var discuss = lesson.StepOf("discuss");
        await teacher.DoAsync("GoToStep", new { stepId = discuss });
        model.Answer = """
            {"candidates":[{"id":"a","question":{"kk":"с","ru":"в","en":"q"},"make":{"kk":"с","ru":"в","en":"q"},
              "materials":{"kk":"с","ru":"в","en":"q"},"minutes":10,"roles":[{"kk":"с","ru":"в","en":"q"}],"sharing":{"kk":"с","ru":"в","en":"q"}}]}
            """;
        await teacher.DoAsync("RequestPrompts", new { stepId = discuss });
        await teacher.UntilAsync(t => t.Get("prompts", discuss)?["status"]?.GetValue<string>() == "proposed", "candidates");
        teacher.Get("prompts", discuss)!.ToJsonString().ShouldContain("local-model");

        var make = lesson.StepOf("make");
        await teacher.DoAsync("GoToStep", new { stepId = make });
        await student.DoAsync("SaveDraft", new
        {
            stepId = make, text = "Мен Даниямын. " + Work, ownContribution = "Өзім", reflection = "Түсіндім", sources = new[] { "Оқулық" },
        });
        await student.DoAsync("HandIn", new { stepId = make });
        model.AnswerTo = body => Regex.Match(Regex.Unescape(body), "DESCRIPTORS\n([^:\\s]+):") is { Success: true } d
            ? $$"""{"items":[{"descriptorId":"{{d.Groups[1].Value}}","verdict":"met","quote":"жапырағы күнге бұрылады","nextStep":"Мысал қос."}]}""" : null;
        var feedback = Guid.CreateVersion7();
        await teacher.DoAsync("RequestFeedback", new { feedbackId = feedback, studentId, stepId = make });
        await teacher.UntilAsync(t => Status(t, "feedback", feedback) == "draft", "the draft");
        teacher.Get("feedback", feedback.ToString())!["items"]![0]!["quote"]!.GetValue<string>().ShouldBe("жапырағы күнге бұрылады");
        student.All("feedback").ShouldBeEmpty();
        model.Requests.Select(r => Regex.Unescape(r.Body)).ShouldAllBe(b => !b.Contains("Дания", StringComparison.Ordinal));
        silo.Failures.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Mood.Broken, "tutor-unavailable")]
    [InlineData(Mood.Silent, "tutor-timeout")]
    public async Task A_model_that_fails_leaves_the_lesson_running_and_its_cause_on_the_console(Mood mood, string code)
    {
        await using var model = await ProtocolServer.StartAsync();
        model.Mood = mood;
        await using var silo = await StartAsync(model);
        await using var lesson = await LessonHost.OpenAsync(silo);
        var (student, _, _) = await lesson.JoinAsync("Арлан");
        var teacher = lesson.Teacher;
        await teacher.DoAsync("StartLesson", new { });
        var explain = lesson.StepOf("explain");
        await teacher.DoAsync("GoToStep", new { stepId = explain });
        var explanation = Guid.CreateVersion7();
        await teacher.DoAsync("RequestExplanation", new { explanationId = explanation, stepId = explain, words = "Неге?", mode = "plain" });
        // While the model is silent, everything else goes on.
        await student.DoAsync("RaiseHand", new { topic = "жарық" });
        await teacher.UntilAsync(t => t.Get("explanation", explanation.ToString())?.ToJsonString().Contains(code, StringComparison.Ordinal) == true, code);
        silo.Failures.ShouldBeEmpty();
    }

    private static Task<SiloProcess> StartAsync(ProtocolServer model) => SiloProcess.StartAsync(
        null, ("Tutor__Endpoint", model.Endpoint), ("Tutor__Model", "local-model"), ("Tutor__ApiKey", "secret"),
        ("Tutor__FirstTokenWithin", "00:00:02"), ("Tutor__NextTokenWithin", "00:00:02"));

    private static string? Status(WireClient client, string kind, Guid id) => client.Get(kind, id.ToString())?["status"]?.GetValue<string>();
}
