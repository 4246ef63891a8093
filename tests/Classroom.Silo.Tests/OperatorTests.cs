using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Classroom.Silo.Tests;

/// <summary>The operator's page: for admins alone; what it says is what is.</summary>
public sealed partial class OperatorTests
{
    private static readonly Uri Path = new("/api/operator", UriKind.Relative);

    [Fact]
    public async Task Only_an_admin_is_told_and_is_told_what_runs()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Accounts__Admin", "boss:jolbarys-jaz-9"));
        await using var lesson = await LessonHost.OpenAsync(silo);
        var (_, ticket, _) = await lesson.JoinAsync("Дания");
        await lesson.Teacher.DoAsync("StartLesson", new { });

        using var nobody = await silo.BrowserAsync();
        (await StatusAsync(nobody)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(lesson.TeacherHttp)).ShouldBe(HttpStatusCode.Forbidden);
        using var mentor = await silo.BrowserAsync(silo.MentorLink);
        (await StatusAsync(mentor)).ShouldBe(HttpStatusCode.Forbidden);
        using var student = await silo.BrowserAsync();
        student.DefaultRequestHeaders.Authorization = new("Bearer", ticket);
        (await StatusAsync(student)).ShouldBeOneOf(HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized);

        using var admin = await silo.AdminAsync();
        using var posted = await admin.PostAsync(Path, null);
        posted.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        var said = await admin.OperatorAsync(s => (int?)s["day"]?["lessons"] == 1, "the lesson in the share");
        var own = said["silos"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)own["state"], (int?)own["lessons"], (int?)own["connections"]).ShouldBe(("active", 1, 2));
        ((string?)own["version"]).ShouldNotBeNullOrEmpty();
        ((int?)said["week"]!["lessons"]).ShouldBe(1);
        ((bool?)said["hasModel"], (int?)said["tokens"]!["limit"], (double?)said["pauseSeconds"]).ShouldBe((false, 0, 3));
        said.AsObject().ContainsKey("dashboard").ShouldBe(
            (await admin.GetAsync(new Uri("/operator/orleans", UriKind.Relative))).StatusCode != HttpStatusCode.NotFound, "a link that leads somewhere, or none");
    }

    [Theory]
    [InlineData(200, null)]
    [InlineData(401, "Tutor:Endpoint, Tutor:Model or Tutor:ApiKey is wrong")]
    public async Task A_wrong_key_or_model_is_said_at_the_start_with_the_names_of_its_settings(int status, string? said)
    {
        await using var model = await ProtocolServer.StartAsync();
        model.CheckStatus = status;
        await using var silo = await SiloProcess.StartAsync(null, ("Tutor__Endpoint", model.Endpoint), ("Tutor__Model", "local-model"), ("Tutor__ApiKey", "not-to-be-said"));
        await silo.SaysAsync(said ?? "Tutor: the model answers");
        silo.Output.ShouldNotContain("not-to-be-said");
        silo.Failures.Any(f => f.Contains("Tutor:", StringComparison.Ordinal)).ShouldBe(said is not null);
        (model.Checks, model.Received).ShouldBe((1, 0));
    }

    [Fact]
    public async Task What_was_kept_is_forgotten_by_an_admin_alone_and_every_class_asks_anew()
    {
        await using var model = await ProtocolServer.StartAsync();
        await using var silo = await SiloProcess.StartAsync(
            null, ("Accounts__Admin", "boss:jolbarys-jaz-9"), ("Tutor__Endpoint", model.Endpoint), ("Tutor__Model", "local-model"), ("Tutor__CachedWordDelay", "00:00:00"));
        await using var lesson = await LessonHost.OpenAsync(silo);
        var teacher = lesson.Teacher;
        await teacher.DoAsync("StartLesson", new { });
        await teacher.DoAsync("GoToStep", new { stepId = lesson.StepOf("explain") });
        var first = await ExplainAsync();
        ((await ExplainAsync()).Cached, model.Received).ShouldBe((true, 1));
        var forget = new Uri("/api/operator/answers/forget", UriKind.Relative);
        using var nobody = await silo.BrowserAsync();
        (await nobody.PostAsync(forget, null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await lesson.TeacherHttp.PostAsync(forget, null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await ExplainAsync()).Cached.ShouldBeTrue();
        using var admin = await silo.AdminAsync();
        (await admin.PostAsync(forget, null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var anew = await ExplainAsync();
        (anew.Cached, model.Received).ShouldBe((false, 2));

        // And the teacher throws away the one text.
        await teacher.DoAsync("RetryExplanation", new { explanationId = anew.Id, variant = anew.Variant, @continue = false, discard = true });
        await teacher.UntilAsync(t => Finished(t, anew.Id) && (int?)t.Get("explanation", anew.Id.ToString())!["variants"]![0]!["epoch"] == 2, "the new text");
        model.Received.ShouldBe(3);
        // The model said the same again: that is told, and kept by nobody.
        ((await ExplainAsync()).Cached, model.Received).ShouldBe((false, 4));

        bool Finished(WireClient t, Guid id) => (string?)t.Get("explanation", id.ToString())?["status"] == "finished";

        async Task<(Guid Id, bool Cached, string Variant)> ExplainAsync()
        {
            var id = Guid.CreateVersion7();
            await teacher.DoAsync("RequestExplanation", new { explanationId = id, stepId = lesson.StepOf("explain"), topicId = teacher.Get("step", lesson.StepOf("explain"))!["topics"]![0]!["id"]!.GetValue<string>(), sentences = Array.Empty<int>(), mode = "plain" });
            await teacher.UntilAsync(t => Finished(t, id), "the end of the explanation");
            var variant = teacher.Get("explanation", id.ToString())!["variants"]![0]!;
            return (id, (bool)variant["provenance"]!["cached"]!, (string)variant["variant"]!);
        }
    }

    [Fact]
    public async Task A_model_that_fails_is_a_trouble_until_it_answers_and_tokens_are_counted()
    {
        await using var model = await ProtocolServer.StartAsync();
        model.Mood = Mood.Broken;
        await using var silo = await SiloProcess.StartAsync(
            null, ("Accounts__Admin", "boss:jolbarys-jaz-9"), ("Tutor__Endpoint", model.Endpoint), ("Tutor__Model", "local-model"), ("Tutor__Budget__Day", "1000000"),
            ("Tutor__BreakFor", "00:00:00.5"));
        await using var lesson = await LessonHost.OpenAsync(silo);
        await lesson.JoinAsync("Дания");
        var teacher = lesson.Teacher;
        await teacher.DoAsync("StartLesson", new { });
        await teacher.DoAsync("GoToStep", new { stepId = lesson.StepOf("explain") });
        using var admin = await silo.AdminAsync();
        for (var i = 0; i < 3; i++)
        {
            (await ExplainAsync(i)).ShouldNotContain("local-model");
        }

        await admin.OperatorAsync(s => Codes(s).Contains("model-failing"), "the trouble");
        model.Mood = Mood.Normal;
        // It is left in peace for a moment first.
        for (var i = 3; !(await ExplainAsync(i)).Contains("local-model", StringComparison.Ordinal); i++)
        {
            i.ShouldBeLessThan(100);
        }

        var said = await admin.OperatorAsync(s => !Codes(s).Contains("model-failing"), "no trouble any more");
        ((long)said["tokens"]!["spent"]!).ShouldBeGreaterThan(0);
        ((int)said["tokens"]!["limit"]!).ShouldBe(1_000_000);

        async Task<string> ExplainAsync(int number)
        {
            var id = Guid.CreateVersion7();
            await teacher.DoAsync("RequestExplanation", new { explanationId = id, stepId = lesson.StepOf("explain"), words = $"Неге жапырақ жасыл {number}?", mode = "plain" });
            await teacher.UntilAsync(t => (string?)t.Get("explanation", id.ToString())?["status"] is "finished" or "failed", "the end of the explanation");
            return teacher.Get("explanation", id.ToString())!.ToJsonString();
        }
    }

    [Fact]
    public async Task A_lesson_that_has_used_up_its_own_tokens_is_no_trouble_and_the_used_up_day_is_one()
    {
        await using var model = await ProtocolServer.StartAsync();
        await using var silo = await SiloProcess.StartAsync(
            null, ("Accounts__Admin", "boss:jolbarys-jaz-9"), ("Tutor__Endpoint", model.Endpoint), ("Tutor__Model", "local-model"), ("Tutor__Budget__Lesson", "1"));
        await using var frugal = await LessonHost.OpenAsync(silo);
        await ExplainAsync(frugal);
        (await ExplainAsync(frugal)).ShouldContain("budget-reached");
        // The same look at the tutor would have seen both.
        model.Mood = Mood.Broken;
        await using var other = await LessonHost.OpenAsync(silo);
        for (var i = 0; i < 3; i++)
        {
            (await ExplainAsync(other)).ShouldNotContain("budget-reached");
        }

        using var admin = await silo.AdminAsync();
        var said = await admin.OperatorAsync(s => Codes(s).Contains("model-failing"), "a trouble of the tutor");
        Codes(said).ShouldNotContain("budget-used-up");

        await using var spent = await SiloProcess.StartAsync(
            null, ("Accounts__Admin", "boss:jolbarys-jaz-9"), ("Tutor__Endpoint", model.Endpoint), ("Tutor__Model", "local-model"), ("Tutor__Budget__Day", "1"));
        model.Mood = Mood.Normal;
        await using var last = await LessonHost.OpenAsync(spent);
        await ExplainAsync(last);
        using var second = await spent.AdminAsync();
        await second.OperatorAsync(s => s["troubles"]!.AsArray().Any(t => (string?)t!["code"] == "budget-used-up"), "the day is used up");

        static async Task<string> ExplainAsync(LessonHost lesson)
        {
            var (teacher, id) = (lesson.Teacher, Guid.CreateVersion7());
            if ((string?)teacher.Get("pace")?["phase"] != "live")
            {
                await teacher.DoAsync("StartLesson", new { });
                await teacher.DoAsync("GoToStep", new { stepId = lesson.StepOf("explain") });
            }

            await teacher.DoAsync("RequestExplanation", new { explanationId = id, stepId = lesson.StepOf("explain"), words = $"Неге {id}?", mode = "plain" });
            await teacher.UntilAsync(t => (string?)t.Get("explanation", id.ToString())?["status"] is { } and not "running", "the end of the explanation");
            return teacher.Get("explanation", id.ToString())!.ToJsonString();
        }
    }

    [Fact]
    public void Every_trouble_has_words_in_each_language()
    {
        var source = Directory.GetFiles(System.IO.Path.Combine(Checkout.Folder, "silo", "Classroom.Silo"), "*.cs", SearchOption.AllDirectories)
            .Where(f => f.EndsWith("SiloWatch.cs", StringComparison.Ordinal) || f.EndsWith("OperatorPage.cs", StringComparison.Ordinal)).Select(File.ReadAllText).ToList();
        var codes = source.SelectMany(s => Code().Matches(s)).Select(m => m.Groups["code"].Value).ToHashSet(StringComparer.Ordinal);
        codes.Count.ShouldBe(16);
        foreach (var language in Enum.GetNames<Language>())
        {
            var words = File.ReadAllText(System.IO.Path.Combine(Checkout.Folder, "clients", "web", "src", "i18n", "operator", language.ToLowerInvariant() + ".ts"));
            codes.ShouldAllBe(code => words.Contains($"\"{code}\":", StringComparison.Ordinal), language);
        }
    }

    private static IEnumerable<string> Codes(JsonNode said) => said["silos"]!.AsArray().SelectMany(s => s!["troubles"]!.AsArray()).Select(t => (string)t!["code"]!);

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http) => (await http.GetAsync(Path)).StatusCode;

    [GeneratedRegex("\"(?<code>(redis|database|model|budget|disk|clock|erasure|keys|silos?)-[a-z-]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
