using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Grpc.Core;
using Ortaq.Centre.V1;

namespace Classroom.Centre.Tests;

/// <summary>A kit that comes over the wire: whole or not at all, and never in another's place.</summary>
public sealed class KitTests
{
    private static readonly string Shipped = KitText.Of("fractions");
    private static readonly string Mine = Shipped.Replace("id: fractions", "id: my-fractions", StringComparison.Ordinal);
    private static readonly string Newer = Mine.Replace("version: \"1.0\"", "version: \"1.1\"", StringComparison.Ordinal);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_good_kit_is_offered_at_once_and_a_newer_edition_takes_its_place(bool onPostgres)
    {
        await using var host = await FeedHost.StartAsync(onPostgres);
        var token = FeedHost.With(await host.TokenAsync("kits"));
        using var teacher = await host.Silo.BrowserAsync(host.Silo.TeachLink);
        var reply = await host.Feed.ImportKitAsync(Request("any-name.yaml", Mine), token);
        (reply.KitId, reply.Replaced, reply.Lessons > 0).ShouldBe(("my-fractions", false, true));
        (await VersionsAsync(teacher)).ShouldBe(["1.0"]);
        (await host.Feed.ImportKitAsync(Request("any-name.yaml", Mine), token)).Replaced.ShouldBeFalse("the same again");
        var newer = await host.Feed.ImportKitAsync(Request("any-name.yaml", Newer), token);
        (newer.Replaced, newer.Version).ShouldBe((true, "1.1"));
        (await VersionsAsync(teacher)).ShouldBe(["1.1"]);
        (await host.Feed.ImportKitAsync(Request("any-name.yaml", Mine), token)).Replaced.ShouldBeTrue("one goes back to an earlier edition");
        (await VersionsAsync(teacher)).ShouldBe(["1.0"]);

        (await FeedHost.StatusOf(() => host.Feed.ImportKitAsync(Request("fractions.yaml", Shipped), token).ResponseAsync)).StatusCode.ShouldBe(StatusCode.AlreadyExists);
        await host.Silo.StopAsync();
        await host.Silo.StartAgainAsync();
        using var after = await host.Silo.BrowserAsync(host.Silo.TeachLink);
        (await VersionsAsync(after)).ShouldBe(["1.0"]);
    }

    [Fact]
    public async Task One_that_was_imported_is_offered_instead_of_the_folders_with_its_id()
    {
        using var folder = new TempFolder();
        const string Text = "Бұл қалтадағы мәтін.";
        // Where yesterday's import put it.
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "my-fractions.yaml"), WithText(Mine, Text));
        await using var host = await FeedHost.StartAsync(false, ("Kits__Folder", folder.Path), ("Tutor__Prepared__WordDelay", "00:00:00"));
        var token = FeedHost.With(await host.TokenAsync("kits"));
        using var teacher = await host.Silo.BrowserAsync(host.Silo.TeachLink);
        (await VersionsAsync(teacher)).ShouldBe(["1.0"]);
        await using var lesson = await LessonHost.OpenAsync(host.Silo, kit: "my-fractions");
        (await host.Feed.ImportKitAsync(Request("x.yaml", WithText(Mine, Text)), token)).Replaced.ShouldBeFalse("the same as the folder's");
        (await host.Feed.ImportKitAsync(Request("x.yaml", Newer), token)).Replaced.ShouldBeTrue();
        (await VersionsAsync(teacher)).ShouldBe(["1.1"]);
        // Also after a restart, and when the file is changed.
        await host.Silo.StopAsync();
        host.Silo.Output.ShouldContain("The kit my-fractions of Kits:Folder is not offered");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "my-fractions.yaml"), Newer.Replace("\"1.1\"", "\"2.0\"", StringComparison.Ordinal));
        await host.Silo.StartAgainAsync();
        using var after = await host.Silo.BrowserAsync(host.Silo.TeachLink);
        (await VersionsAsync(after)).ShouldBe(["1.1"]);
        await ExplainsAsync(host, lesson, Text);
    }

    [Fact]
    public async Task A_lesson_that_runs_on_the_folders_file_stays_on_it()
    {
        using var folder = new TempFolder();
        const string Text = "Бұл қалтадағы мәтін.";
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "by-hand.yaml"), WithText(Mine, Text));
        await using var host = await FeedHost.StartAsync(false, ("Kits__Folder", folder.Path), ("Tutor__Prepared__WordDelay", "00:00:00"));
        await using var lesson = await LessonHost.OpenAsync(host.Silo, kit: "my-fractions");
        await host.Feed.ImportKitAsync(Request("x.yaml", Newer), FeedHost.With(await host.TokenAsync("kits")));
        await ExplainsAsync(host, lesson, Text);
    }

    [Fact]
    public async Task A_lesson_stays_on_the_edition_it_was_opened_with()
    {
        await using var host = await FeedHost.StartAsync(false, ("Tutor__Prepared__WordDelay", "00:00:00"));
        var token = FeedHost.With(await host.TokenAsync("kits"));
        const string Text = "Бұл бірінші басылымның мәтіні.";
        await host.Feed.ImportKitAsync(Request("x.yaml", WithText(Mine, Text)), token);
        await using var lesson = await LessonHost.OpenAsync(host.Silo, kit: "my-fractions");
        await host.Feed.ImportKitAsync(Request("x.yaml", WithText(Newer, "Бұл басқа мәтін.")), token);
        // Also after a restart, when nothing is known but what is stored.
        await host.Silo.StopAsync();
        await host.Silo.StartAgainAsync();
        await ExplainsAsync(host, lesson, Text);
    }

    [Fact]
    public async Task A_bad_kit_is_refused_with_every_error_by_line_and_field_and_nothing_is_written()
    {
        await using var host = await FeedHost.StartAsync();
        var token = FeedHost.With(await host.TokenAsync("kits"));
        var bad = Mine.Replace("id: my-fractions", "id: My Fractions", StringComparison.Ordinal) + "colour: red\n";
        var refusal = await Should.ThrowAsync<RpcException>(() => host.Feed.ImportKitAsync(Request("../mine.yaml", bad), token).ResponseAsync);
        refusal.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        refusal.Status.Detail.ShouldStartWith("mine.yaml(");
        var errors = refusal.GetRpcStatus()!.GetDetail<KitErrors>()!.Errors;
        errors.Select(e => e.Field).ShouldBe(["id", "colour"]);
        errors.ShouldAllBe(e => e.Line > 0 && e.Code.Length > 0 && e.Message.Length > 0);
        foreach (var nothing in new[] { "", "\0\u0001", "- a\n- b\n", "id: [", new string('x', 3_000_000) })
        {
            var status = await FeedHost.StatusOf(() => host.Feed.ImportKitAsync(Request("", nothing), token).ResponseAsync);
            status.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        }

        foreach (var name in new[] { new string('x', 256), new string('x', 300_000), "a\nb.yaml", "a\u001b[2J.yaml" })
        {
            var status = await FeedHost.StatusOf(() => host.Feed.ImportKitAsync(Request(name, Mine), token).ResponseAsync);
            status.StatusCode.ShouldBe(StatusCode.InvalidArgument);
            status.Detail.ShouldStartWith("file_name has more than 255 characters");
        }

        using var teacher = await host.Silo.BrowserAsync(host.Silo.TeachLink);
        (await teacher.GetFromJsonAsync<JsonArray>("/api/kits"))!.Select(k => k!["id"]!.GetValue<string>()).ShouldNotContain("My Fractions");
        (await VersionsAsync(teacher)).ShouldBeEmpty();
    }

    // Its browser comes back, and the lesson's explanation is of this edition.
    private static async Task ExplainsAsync(FeedHost host, LessonHost lesson, string text)
    {
        await lesson.Teacher.ConnectAgainAsync(host.Silo.Url, cookie: lesson.TeacherCookie);
        await lesson.Teacher.SyncAsync(lesson.ClassroomId);
        await lesson.Teacher.DoAsync("StartLesson", new { });
        await lesson.Teacher.DoAsync("GoToStep", new { stepId = lesson.StepOf("explain") });
        var explanation = Guid.CreateVersion7();
        await lesson.Teacher.DoAsync("RequestExplanation", new
        {
            explanationId = explanation, stepId = lesson.StepOf("explain"), mode = "plain", sentences = Array.Empty<int>(),
            topicId = lesson.Teacher.Get("step", lesson.StepOf("explain"))!["topics"]![0]!["id"]!.GetValue<string>(),
        });
        await lesson.Teacher.UntilAsync(t => t.TextOf(explanation, "kk-standard").Contains(text, StringComparison.Ordinal), "the text of its own edition");
    }

    private static string WithText(string kit, string text) => kit.Replace(
        "Бөлшек бүтіннің неше тең бөлікке бөлінгенін және соның нешеуі алынғанын көрсетеді.", text, StringComparison.Ordinal);

    private static async Task<List<string>> VersionsAsync(HttpClient teacher) =>
        [.. (await teacher.GetFromJsonAsync<JsonArray>("/api/kits"))!.Where(k => k!["id"]!.GetValue<string>() == "my-fractions").Select(k => k!["version"]!.GetValue<string>())];

    private static ImportKitRequest Request(string name, string yaml) => new() { FileName = name, Yaml = ByteString.CopyFromUtf8(yaml) };
}
