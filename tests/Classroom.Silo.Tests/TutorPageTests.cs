using System.Net;
using System.Text.Json.Nodes;

namespace Classroom.Silo.Tests;

/// <summary>Who answers, what it costs, and <i>try now</i>, on the operator's page of a real server.</summary>
public sealed class TutorPageTests : IAsyncLifetime
{
    private static readonly Uri Try = new("/api/operator/tutor/try", UriKind.Relative);
    private ProtocolServer _first = null!;
    private ProtocolServer _second = null!;

    public async Task InitializeAsync() => (_first, _second) = (await ProtocolServer.StartAsync(), await ProtocolServer.StartAsync());

    public async Task DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task Only_an_admin_may_try_and_without_a_model_there_is_nothing_to_try()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Accounts__Admin", "boss:jolbarys-jaz-9"));
        await using var lesson = await LessonHost.OpenAsync(silo);
        using var nobody = await silo.BrowserAsync();
        (await nobody.PostAsync(Try, null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await lesson.TeacherHttp.PostAsync(Try, null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var admin = await silo.AdminAsync();
        var refused = await admin.PostAsync(Try, null);
        (refused.StatusCode, (string?)JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["code"]).ShouldBe((HttpStatusCode.Conflict, "no-ai"));
        (await admin.OperatorAsync(_ => true, "an answer"))["tutor"].ShouldBeNull();
    }

    [Fact]
    public async Task Who_answered_the_share_of_fallback_tokens_and_cost_are_told_and_outlive_the_process()
    {
        // The first one's key is wrong: it is said at the start, and stands there.
        _first.CheckStatus = 401;
        _first.Refuse = _ => (401, """{"error":{"code":"invalid_api_key"}}""", []);
        await using var silo = await StartAsync(("Tutor__Second__Endpoint", _second.Endpoint), ("Tutor__Second__Model", "second-model"),
            ("Tutor__Second__Price__Input", "1000"), ("Tutor__Second__Price__Output", "4000"), ("Tutor__Second__Price__Currency", "KZT"));
        using var admin = await silo.AdminAsync();
        var told = await admin.OperatorAsync(s => Doing(s, 0) == "wrong-key" && Doing(s, 1) == "answers", "what the check at the start found");
        ((string?)Provider(told, 0)["lastFault"], Provider(told, 0)["lastAnswered"], (int?)Provider(told, 0)["answers"]).ShouldBe(("wrong-key", null, 0));
        ((string?)Provider(told, 0)["settings"], (string?)Provider(told, 1)["settings"], (string?)Provider(told, 1)["model"]).ShouldBe(("Tutor", "Tutor:Second", "second-model"));
        (Provider(told, 0)["cost"], Provider(told, 0)["currency"], (string?)Provider(told, 1)["currency"]).ShouldBe((null, null, "KZT"));
        await using var lesson = await LessonHost.OpenAsync(silo);
        await lesson.Teacher.DoAsync("StartLesson", new { });
        await lesson.Teacher.DoAsync("GoToStep", new { stepId = lesson.StepOf("explain") });
        await ExplainAsync(lesson, "Неге жапырақ жасыл?");
        await ExplainAsync(lesson);
        await ExplainAsync(lesson);
        _second.Mood = Mood.Broken;
        await ExplainAsync(lesson, mode: "life");
        // Own words have no prepared text.
        await ExplainAsync(lesson, "Неге су жоғары көтеріледі?");

        // Two of the second model (each 20 and 10 tokens), one again from the cache, one prepared, one nobody's; of the check only the first word was read: 2 and 3 by length.
        told = await admin.OperatorAsync(s => (int?)Answers(s, "nobody") == 1, "the counts");
        Counts(told).ShouldBe((0, 2, 1, 1, 1));
        ((int?)Provider(told, 1)["answers"], (int?)Provider(told, 1)["input"], (int?)Provider(told, 1)["output"]).ShouldBe((2, 42, 23));
        ((decimal?)Provider(told, 1)["cost"], (int?)told["tutor"]!["tokens"]).ShouldBe((0.134m, 65));
        await silo.KillAsync();
        await silo.StartAgainAsync();
        using var again = await silo.AdminAsync();
        told = await again.OperatorAsync(s => (int?)s["tutor"]?["tokens"] == 70, "the same, and one more check");
        Counts(told).ShouldBe((0, 2, 1, 1, 1));
    }

    [Fact]
    public async Task Try_now_goes_past_all_pauses_says_what_came_of_it_and_lessons_are_answered_again()
    {
        await using var silo = await StartAsync(("Tutor__BreakFor", "1.00:00:00"));
        await using var lesson = await LessonHost.OpenAsync(silo);
        await lesson.Teacher.DoAsync("StartLesson", new { });
        await lesson.Teacher.DoAsync("GoToStep", new { stepId = lesson.StepOf("explain") });
        using var admin = await silo.AdminAsync();
        await admin.OperatorAsync(s => Doing(s, 0) == "answers", "the check at the start");
        (_first.Mood, _first.CheckStatus) = (Mood.Broken, 500);
        for (var i = 0; i < 5; i++)
        {
            await ExplainAsync(lesson);
        }

        var told = await admin.OperatorAsync(s => Doing(s, 0) == "resting", "left alone for a day");
        ((int)Provider(told, 0)["states"]![0]!["seconds"]!).ShouldBeInRange(80_000, 86_400);
        Provider(told, 0)["trials"]!.AsArray().ShouldBeEmpty();
        // Twice at once is one.
        var before = _first.Checks;
        (await Task.WhenAll(admin.PostAsync(Try, null), admin.PostAsync(Try, null))).ShouldAllBe(r => r.StatusCode == HttpStatusCode.NoContent);
        _first.Checks.ShouldBe(before + 1);
        told = await admin.OperatorAsync(_ => true, "an answer");
        (Doing(told, 0), (string?)Provider(told, 0)["trials"]![0]!["fault"]).ShouldBe(("resting", "tutor-unavailable"));
        (_first.Mood, _first.CheckStatus) = (Mood.Normal, 200);
        // A press too soon is the last one.
        while (_first.Checks == before + 1)
        {
            (await admin.PostAsync(Try, null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }

        told = await admin.OperatorAsync(s => Doing(s, 0) == "answers", "it answers");
        Provider(told, 0)["trials"]![0]!["fault"].ShouldBeNull();
        (await ExplainAsync(lesson)).ShouldContain("local-model");
    }

    [Theory]
    [InlineData("Tutor__Price__Input", "cheap", "Tutor:Price:Input")]
    [InlineData("Tutor__Price__Input", "1", "Tutor:Price is not two prices")]
    public async Task A_price_that_is_none_is_refused_at_the_start(string name, string value, string said)
    {
        var (code, _, error) = await SiloProcess.RefusedAsync((name, value));
        (code, error.Contains(said, StringComparison.Ordinal)).ShouldBe((1, true), error);
    }

    private Task<SiloProcess> StartAsync(params (string, string?)[] settings) => SiloProcess.StartAsync(
        null, [("Accounts__Admin", "boss:jolbarys-jaz-9"), ("Tutor__Endpoint", _first.Endpoint), ("Tutor__Model", "local-model"), ("Tutor__CachedWordDelay", "00:00:00"), ("Tutor__Prepared__WordDelay", "00:00:00"), .. settings]);

    private static async Task<string> ExplainAsync(LessonHost lesson, string? words = null, string mode = "plain")
    {
        var (teacher, id, step) = (lesson.Teacher, Guid.CreateVersion7(), lesson.StepOf("explain"));
        await (words is null
            ? teacher.DoAsync("RequestExplanation", new { explanationId = id, stepId = step, topicId = teacher.Get("step", step)!["topics"]![0]!["id"]!.GetValue<string>(), sentences = Array.Empty<int>(), mode })
            : teacher.DoAsync("RequestExplanation", new { explanationId = id, stepId = step, words, sentences = Array.Empty<int>(), mode }));
        await teacher.UntilAsync(t => (string?)t.Get("explanation", id.ToString())?["status"] is "finished" or "failed", "the end of the explanation");
        return teacher.Get("explanation", id.ToString())!.ToJsonString();
    }

    private static JsonNode Provider(JsonNode said, int place) => said["tutor"]!["providers"]![place]!;

    private static string? Doing(JsonNode said, int place) => (string?)Provider(said, place)["states"]?.AsArray().SingleOrDefault()?["doing"];

    private static JsonNode? Answers(JsonNode said, string by) => said["tutor"]?["answers"]?[by];

    private static (int, int, int, int, int) Counts(JsonNode said) =>
        ((int)Answers(said, "first")!, (int)Answers(said, "second")!, (int)Answers(said, "cache")!, (int)Answers(said, "prepared")!, (int)Answers(said, "nobody")!);
}
