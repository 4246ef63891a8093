using System.Text;
using Npgsql;
using StackExchange.Redis;

namespace Classroom.Cluster.Tests;

/// <summary>Invariant: a student who is forgotten at one silo is nowhere at any other: on no screen, in no snapshot, in no cache; and an order outlives the silo it was given to.</summary>
public sealed class ForgottenAcrossSilos
{
    private const string Name = "Нұрсәулеш";
    private const string Words = "менің құпиям осында";

    [Fact]
    public async Task Forgotten_at_one_silo_is_gone_at_all_and_what_a_killed_one_left_undone_another_carries_out()
    {
        await using var cluster = await SiloCluster.StartAsync(3, ("Accounts__Admin", "boss:jolbarys-jaz-9"));
        var (first, second) = (cluster.Silos[0], cluster.Silos[1]);
        await using var host = await LessonHost.OpenAsync(first);
        var (child, _, id) = await host.JoinAsync(Name);
        var (other, _, _) = await host.JoinAsync("Арман");
        await host.Teacher.DoAsync("StartLesson", new { });
        await host.Teacher.DoAsync("GoToStep", new { stepId = host.StepOf("make") });
        await child.DoAsync("SaveDraft", new { stepId = host.StepOf("make"), text = Words, ownContribution = Words, reflection = Words, sources = new[] { Words } });
        await child.DoAsync("RaiseHand", new { topic = Words });
        await other.DoAsync("RaiseHand", new { topic = "Арманның сұрағы" });
        await using var elsewhere = await WireClient.ConnectAsync(second.Url, cookie: host.TeacherCookie);
        await elsewhere.SyncAsync(host.ClassroomId);
        elsewhere.ShouldSatisfyAllConditions(e => e.Says(Words).ShouldBeTrue(), e => e.Says(Name).ShouldBeTrue());

        // The key cannot be destroyed, as if every silo died at that moment. What is ordered is durable before that.
        await first.OfKeysAsync("create trigger held before update of destroyed_at on child_keys begin select raise(abort, 'held by a test'); end");
        await elsewhere.DoAsync("ForgetStudent", new { studentId = id, reason = "family" });
        await child.OverAsync();
        child.ClosedWith.ShouldBe("removed");
        foreach (var screen in new[] { host.Teacher, elsewhere })
        {
            await screen.UntilAsync(t => t.Get("forgotten", id.ToString()) is not null && !t.Says(Words) && !t.Says(Name), "nothing of who was forgotten");
            screen.Says("Арманның сұрағы").ShouldBeTrue("the others stay");
        }

        (await first.OfKeysAsync("select count(*) from child_keys where ordered_at is not null and destroyed_at is null")).ShouldBe(1L);
        // Only the silo where the lesson lives has tried to destroy the key.
        SiloProcess? holder = null;
        await Until.TrueAsync(() => (holder = cluster.Silos.FirstOrDefault(s => s.Output.Contains("held by a test", StringComparison.Ordinal))) is not null);
        await holder!.KillAsync();
        var left = cluster.Silos.First(s => s.IsRunning);
        await left.OfKeysAsync("drop trigger held");

        await using var back = await BackAsync(left, host);
        await Until.TrueAsync(async () => (long)(await left.OfKeysAsync("select count(*) from child_keys where wrapped is null and destroyed_at is not null"))! == 1);
        back.ShouldSatisfyAllConditions(b => b.Says(Words).ShouldBeFalse(), b => b.Says(Name).ShouldBeFalse(), b => b.Says("Арманның сұрағы").ShouldBeTrue());
        await NothingIsStoredAsync(cluster, left, host.ClassroomId);
    }

    // As a browser comes back whose silo has died.
    private static async Task<WireClient> BackAsync(SiloProcess silo, LessonHost host)
    {
        var back = await WireClient.ConnectAsync(silo.Url, cookie: host.TeacherCookie);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            try
            {
                await back.SyncAsync(host.ClassroomId);
                return back;
            }
            catch (InvalidOperationException e) when (e.Message.EndsWith("try-again", StringComparison.Ordinal) || e.Message.EndsWith("too-fast", StringComparison.Ordinal))
            {
                await Task.Delay(250, patience.Token);
            }
        }
    }

    // Read with all keys that there are, since a silo holds them too.
    private static async Task NothingIsStoredAsync(SiloCluster cluster, SiloProcess silo, Guid lesson)
    {
        await using var source = NpgsqlDataSource.Create(cluster.Database);
        await using var stored = new PostgresFactLog(source);
        var master = MasterKey.FromFile(Path.Combine(silo.KeysFolder, "master.key"), create: false);
        using var keys = new ChildKeys(new SqliteKeyStore(Path.Combine(silo.KeysFolder, "keys.db")), master, TimeProvider.System);
        var log = new SealedLog(stored, keys, FactOwners.Personal);
        var facts = new StringBuilder();
        await foreach (var fact in log.ReadAsync($"classroom/{lesson}", 0, default))
        {
            facts.Append(fact.Body);
        }

        facts.ToString().ShouldSatisfyAllConditions(f => f.ShouldNotContain(Words), f => f.ShouldNotContain(Name), f => f.ShouldContain("Арманның сұрағы"));
        // It was written after the key was destroyed, and opens with the keys of the others.
        StoredSnapshot? snapshot = null;
        await Until.TrueAsync(async () => (snapshot = await log.LoadSnapshotAsync($"classroom/{lesson}", default)) is not null);
        Encoding.UTF8.GetString(snapshot!.Body).ShouldSatisfyAllConditions(s => s.ShouldNotContain(Name), s => s.ShouldNotContain(Words), s => s.ShouldContain("forgotten"));

        await using var redis = await ConnectionMultiplexer.ConnectAsync(cluster.Redis.Address);
        foreach (var key in redis.GetServers().Single().Keys())
        {
            var dump = await redis.GetDatabase().KeyDumpAsync(key) ?? [];
            dump.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Words)).ShouldBe(-1, key.ToString());
            dump.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Name)).ShouldBe(-1, key.ToString());
        }
    }
}
