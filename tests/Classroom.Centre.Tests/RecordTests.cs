using System.Text.Json.Nodes;
using Grpc.Core;
using Ortaq.Centre.V1;

namespace Classroom.Centre.Tests;

/// <summary>What a centre may take away of its sessions: a report of one that ended, and the facts. On both databases.</summary>
public sealed class RecordTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_report_is_the_teachers_export_and_facts_are_gone_on_with_from_a_version(bool onPostgres)
    {
        await using var host = await FeedHost.StartAsync(onPostgres);
        var token = FeedHost.With(await host.TokenAsync("report,export"));
        await using var lesson = await LessonHost.OpenAsync(host.Silo, atCentre: true);
        var elsewhere = await lesson.OpenAnotherAsync();
        var (child, _, _) = await lesson.JoinAsync("Айгерім");
        await lesson.Teacher.DoAsync("StartLesson", new { });
        await lesson.Teacher.DoAsync("GoToStep", new { stepId = lesson.StepOf("discuss") });
        await child.DoAsync("KeepTyped", new { field = "idea", of = lesson.StepOf("discuss"), text = "Терек жар" });
        var session = new GetReportRequest { ClassroomId = lesson.ClassroomId.ToString() };
        (await FeedHost.StatusOf(() => host.Feed.GetReportAsync(session, token).ResponseAsync)).StatusCode.ShouldBe(StatusCode.FailedPrecondition);

        await lesson.Teacher.DoAsync("EndLesson", new { });
        var report = await host.Feed.GetReportAsync(session, token);
        (report.ClassName, report.Joined, report.EndedAt.ToDateTimeOffset() >= report.StartedAt.ToDateTimeOffset()).ShouldBe(("7Б", 1, true));
        var exported = JsonNode.Parse(await lesson.TeacherHttp.GetStringAsync(new Uri($"/api/classrooms/{lesson.ClassroomId}/export", UriKind.Relative)))!;
        JsonNode.DeepEquals(JsonNode.Parse(report.RecordJson)!["entities"], exported["entities"]).ShouldBeTrue("the same record");

        var all = await FactsAsync(host, new ExportFactsRequest(), token);
        all.Select(f => f.ClassroomId).Distinct().ShouldBe([lesson.ClassroomId.ToString()], "of the centre, and of no other");
        all.Select(f => f.Version).ShouldBe(Enumerable.Range(1, all.Count).Select(v => (long)v));
        var typed = all.Where(f => f.Name == "typed-kept.1").ShouldHaveSingleItem("its place is there");
        (typed.ActorJson, typed.BodyJson).ShouldBe(("{}", "{}"), "what is typed and not sent is told to nobody");
        (all[0].Name, all[^1].Name).ShouldBe(("lesson-opened.1", "lesson-ended.1"));
        JsonNode.Parse(all[0].ActorJson)!["role"]!.GetValue<string>().ShouldBe("teacher");
        JsonNode.Parse(all[0].BodyJson)!["opening"]!["centreId"]!.GetValue<string>().ShouldBe(FeedHost.Centre);

        var rest = new ExportFactsRequest { AfterVersion = { [lesson.ClassroomId.ToString()] = all[^1].Version - 1 } };
        (await FactsAsync(host, rest, token)).Select(f => f.Version).ShouldBe([all[^1].Version]);
        rest.ClassroomId = lesson.ClassroomId.ToString();
        (await FactsAsync(host, rest, token)).Select(f => f.Version).ShouldBe([all[^1].Version]);

        foreach (var foreign in new[] { elsewhere, Guid.CreateVersion7() })
        {
            var (one, some) = (new GetReportRequest { ClassroomId = foreign.ToString() }, new ExportFactsRequest { ClassroomId = foreign.ToString() });
            (await FeedHost.StatusOf(() => host.Feed.GetReportAsync(one, token).ResponseAsync)).StatusCode.ShouldBe(StatusCode.NotFound);
            (await FeedHost.StatusOf(() => FactsAsync(host, some, token))).StatusCode.ShouldBe(StatusCode.NotFound);
        }

        var nothing = new GetReportRequest { ClassroomId = "7Б" };
        (await FeedHost.StatusOf(() => host.Feed.GetReportAsync(nothing, token).ResponseAsync)).StatusCode.ShouldBe(StatusCode.InvalidArgument);
    }

    [Fact]
    public async Task A_database_that_is_away_is_said_to_be_unavailable()
    {
        await using var host = await FeedHost.StartAsync(onPostgres: true);
        var token = FeedHost.With(await host.TokenAsync());
        await host.Postgres.DisposeAsync();
        (await FeedHost.StatusOf(() => FactsAsync(host, new ExportFactsRequest(), token))).StatusCode.ShouldBe(StatusCode.Unavailable);
    }

    private static async Task<List<Fact>> FactsAsync(FeedHost host, ExportFactsRequest request, Metadata token)
    {
        using var call = host.Feed.ExportFacts(request, token);
        var all = new List<Fact>();
        await foreach (var fact in call.ResponseStream.ReadAllAsync())
        {
            all.Add(fact);
        }

        return all;
    }
}
