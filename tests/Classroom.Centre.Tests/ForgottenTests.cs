using Classroom.Grains;
using Classroom.Storage;
using Grpc.Core;
using Microsoft.Data.Sqlite;
using Ortaq.Centre.V1;

namespace Classroom.Centre.Tests;

/// <summary>What a centre is handed out of a session in which somebody was forgotten: who that was, and no word; also when the facts were stored before sealing.</summary>
public sealed class ForgottenTests
{
    private const string Name = "Нұрсәулеш";
    private const string Words = "менің құпиям осында";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_feed_has_no_word_of_who_was_forgotten_and_says_who_that_was(bool storedBeforeSealing)
    {
        await using var host = await FeedHost.StartAsync(settings: ("Accounts__Admin", "boss:jolbarys-jaz-9"));
        var token = FeedHost.With(await host.TokenAsync("report,export"));
        await using var lesson = await LessonHost.OpenAsync(host.Silo, atCentre: true);
        var (child, _, id) = await lesson.JoinAsync(Name);
        var (other, _, _) = await lesson.JoinAsync("Арман");
        await lesson.Teacher.DoAsync("StartLesson", new { });
        await child.DoAsync("RaiseHand", new { topic = Words });
        await other.DoAsync("RaiseHand", new { topic = "Арманның сұрағы" });
        await lesson.Teacher.DoAsync("EndLesson", new { });
        var before = string.Concat((await FactsAsync(host, token)).Select(f => f.BodyJson));
        before.ShouldSatisfyAllConditions(b => b.ShouldContain(Name), b => b.ShouldContain(Words));
        if (storedBeforeSealing)
        {
            await host.Silo.StopAsync();
            await UnsealAsync(host.Silo, $"classroom/{lesson.ClassroomId}");
            await host.Silo.StartAgainAsync();
        }

        using var boss = await host.Silo.AdminAsync();
        using var body = new StringContent("""{"reason":"family"}""", System.Text.Encoding.UTF8, "application/json");
        using var forgotten = await boss.PostAsync(new Uri($"/api/classrooms/{lesson.ClassroomId}/students/{id}/forget", UriKind.Relative), body);
        forgotten.EnsureSuccessStatusCode();
        await boss.OperatorAsync(s => (int?)s["erasing"]?["waiting"] == 0, "it is carried out");

        var facts = await FactsAsync(host, token);
        var after = string.Concat(facts.Select(f => f.BodyJson));
        after.ShouldSatisfyAllConditions(b => b.ShouldNotContain(Name), b => b.ShouldNotContain(Words), b => b.ShouldContain("Арманның сұрағы"));
        facts.Where(f => f.Forgotten.Length > 0).Select(f => (f.Name, f.Forgotten)).ShouldBe([("seat-taken.1", id.ToString()), ("hand-raised.1", id.ToString())]);
        facts.ShouldContain(f => f.Name == "student-forgotten.1" && f.BodyJson.Contains(id.ToString(), StringComparison.Ordinal));
        (await FactsAsync(host, token, lesson.ClassroomId, 2)).ShouldBe(facts.Where(f => f.Version > 2), "from any version on");
        var report = (await host.Feed.GetReportAsync(new GetReportRequest { ClassroomId = lesson.ClassroomId.ToString() }, token)).RecordJson;
        report.ShouldSatisfyAllConditions(r => r.ShouldNotContain(Name), r => r.ShouldNotContain(Words), r => r.ShouldContain("Арман"));
    }

    // The same facts, as a program of before would have stored them.
    private static async Task UnsealAsync(SiloProcess silo, string stream)
    {
        await using var stored = new SqliteFactLog($"Data Source={silo.SqliteFile};Pooling=false");
        using var keys = new ChildKeys(
            new SqliteKeyStore(Path.Combine(silo.KeysFolder, "keys.db")), MasterKey.FromFile(Path.Combine(silo.KeysFolder, "master.key"), create: false), TimeProvider.System);
        var facts = new List<StoredFact>();
        await foreach (var fact in new SealedLog(stored, keys, FactOwners.Personal).ReadAsync(stream, 0, default))
        {
            facts.Add(fact);
        }

        await using (var connection = new SqliteConnection($"Data Source={silo.SqliteFile};Pooling=false"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "delete from facts where stream = @stream; delete from snapshots where stream = @stream; insert into unsealed_lessons (stream) values (@stream)";
            command.Parameters.AddWithValue("@stream", stream);
            await command.ExecuteNonQueryAsync();
        }

        foreach (var command in facts.GroupBy(f => f.CommandId))
        {
            (await stored.AppendAsync(stream, command.First().Version - 1, command.Key, [.. command.Select(f => new NewFact(f.Name, f.Actor, f.At, f.Body))], default))
                .Status.ShouldBe(AppendStatus.Appended);
        }

        await silo.OfKeysAsync("delete from child_keys");
        Directory.Delete(Path.Combine(silo.Folder, "checkpoints"), recursive: true);
    }

    private static async Task<List<Fact>> FactsAsync(FeedHost host, Metadata token, Guid? lesson = null, long after = 0)
    {
        var request = new ExportFactsRequest();
        if (lesson is { } id)
        {
            request.AfterVersion[id.ToString()] = after;
        }

        using var call = host.Feed.ExportFacts(request, token);
        var all = new List<Fact>();
        await foreach (var fact in call.ResponseStream.ReadAllAsync())
        {
            all.Add(fact);
        }

        return all;
    }
}
