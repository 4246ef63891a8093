using System.Text.Json.Nodes;

namespace Classroom.Cluster.Tests;

/// <summary>Invariant: at whichever silo the operator asks, the page says what runs, what does not and since when, and that it does again.</summary>
public sealed class OperatorSees
{
    private static readonly (string, string?) Admin = ("Accounts__Admin", "boss:jolbarys-jaz-9");

    [Fact]
    public async Task That_redis_is_away_and_that_it_is_back_while_lessons_go_on()
    {
        await using var cluster = await SiloCluster.StartAsync(2, Admin);
        await using var lesson = await ClassUnderFault.OpenAsync(cluster.Silos[0], 4, cluster.Of);
        await SayAsync(s => All(s, "active") == 2 && Seeing(s, "redis-away") == 0, "two silos, and Redis");
        await cluster.Redis.KillAsync();
        await lesson.ActAsync(10);
        await SayAsync(s => All(s, "active") == 2 && Seeing(s, "redis-away") == 2, "both silos see that Redis is away");
        await lesson.ActAsync(10);
        await cluster.Redis.StartAgainAsync();
        await lesson.ActAsync(10);
        await SayAsync(s => All(s, "active") == 2 && Seeing(s, "redis-away") == 0, "Redis is back");

        await new Audit(() => Task.FromResult<IFactLog>(new PostgresLogOfItsOwn(cluster.Database))).CheckAsync(lesson);
        lesson.Ledger.Refusals.Where(r => r != "too-fast").ShouldBeEmpty();

        async Task SayAsync(Func<JsonNode, bool> holds, string what)
        {
            foreach (var silo in cluster.Silos)
            {
                using var admin = await silo.AdminAsync();
                await admin.OperatorAsync(holds, what + ", says " + silo.Url);
            }
        }
    }

    [Fact]
    public async Task That_a_silo_was_killed_and_in_which_lesson_somebody_waited_for_it()
    {
        await using var cluster = await SiloCluster.StartAsync(3, Admin);
        await using var host = await LessonHost.OpenAsync(cluster.Silos[0]);
        var (student, ticket, _) = await host.JoinAsync("Тұлпар");
        await host.Teacher.DoAsync("StartLesson", new { });
        var calm = await host.OpenAnotherAsync();
        await using var other = await WireClient.ConnectAsync(cluster.Silos[0].Url, cookie: host.TeacherCookie);
        await other.SyncAsync(calm);
        await other.DoAsync("StartLesson", new { });
        using var admin = await cluster.Silos[0].AdminAsync();
        await admin.OperatorAsync(s => All(s, "active") == 3 && (int?)s["day"]?["lessons"] == 2, "three silos, two lessons");
        using var second = await cluster.Silos[1].AdminAsync();
        await second.OperatorAsync(s => All(s, "active") == 3, "three silos, says the one that will measure the wait");

        await student.ConnectAgainAsync(cluster.Silos[2].Url, ticket);
        await student.SyncAsync(host.ClassroomId);
        await cluster.Silos[2].KillAsync();
        await admin.OperatorAsync(s => All(s, "lost") == 1 && All(s, "active") == 2 && s["troubles"]!.AsArray().Any(t => (string?)t!["code"] == "silo-lost"), "one of three is lost");
        // Only a silo that knows of the death believes that somebody waited for the dead one.
        await second.OperatorAsync(s => All(s, "lost") == 1, "one of three is lost, says the one that will measure the wait");
        await student.ConnectAgainAsync(cluster.Silos[1].Url, ticket);
        await student.SyncAsync(host.ClassroomId);
        // Its browser had pressed while that silo died.
        (await student.CallAsync("Execute", new { id = Guid.CreateVersion7(), waited = 5000, name = "RaiseHand", fields = new { topic = "?" } }))!["refusal"].ShouldBeNull();
        // Measured at one, said by the others: it outlives who measured it. A machine that is slow may have made the other lesson wait too.
        await admin.OperatorAsync(s => (int?)s["day"]?["lessons"] == 2 && (int?)s["day"]?["paused"] is 1 or 2, "a lesson with a pause");
        // One that is asked to stop is no trouble.
        await cluster.Silos[1].StopAsync();
        await admin.OperatorAsync(s => All(s, "lost") == 1 && All(s, "stopped") == 1 && All(s, "active") == 1, "one of three was stopped");
        // One that was not there when they were lost says so too.
        await using (var newcomer = await SiloProcess.StartAsync(cluster.Database, ("ConnectionStrings__Redis", cluster.Redis.Address), ("Orleans__Address", "127.0.0.1"), Admin))
        {
            using var asked = await newcomer.AdminAsync();
            await asked.OperatorAsync(s => All(s, "lost") == 1 && All(s, "stopped") == 1 && All(s, "active") == 2, "one of three is lost, says one that came later");
            await newcomer.StopAsync();
        }

        // Those that are started again at their addresses take the place of the lost and the stopped, whoever is asked.
        await Task.WhenAll(cluster.Silos[1].StartAgainAsync(), cluster.Silos[2].StartAgainAsync());
        using var third = await cluster.Silos[2].AdminAsync();
        foreach (var asked in new[] { admin, third })
        {
            await asked.OperatorAsync(s => All(s, "lost") == 0 && All(s, "stopped") == 1 && All(s, "active") == 3 && s["troubles"]!.AsArray().Count == 0, "three silos again, and one that was stopped");
        }

        await using var database = new Npgsql.NpgsqlConnection(cluster.Database);
        await database.OpenAsync();
        await using var longest = new Npgsql.NpgsqlCommand("select max(longest_ms) from pauses where stream = $1", database) { Parameters = { new() { Value = $"classroom/{host.ClassroomId}" } } };
        ((long)(await longest.ExecuteScalarAsync())!).ShouldBeGreaterThanOrEqualTo(5000);
    }

    private static int All(JsonNode said, string state) => said["silos"]!.AsArray().Count(s => (string?)s!["state"] == state);

    private static int Seeing(JsonNode said, string code) =>
        said["silos"]!.AsArray().Count(s => s!["troubles"]!.AsArray().Any(t => (string?)t!["code"] == code));
}
