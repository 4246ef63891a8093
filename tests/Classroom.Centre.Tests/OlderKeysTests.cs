using Classroom.Grains;
using Classroom.Storage;
using Grpc.Core;
using Npgsql;
using Ortaq.Centre.V1;

namespace Classroom.Centre.Tests;

/// <summary>
/// A copy of the keys, a child that is forgotten, and the older copy in the place of the newer one: nothing that a start serves shows a word of that child, before any lesson was opened.
/// </summary>
public sealed class OlderKeysTests
{
    private const string Name = "Нұрсәулеш";
    private const string Words = "менің құпиям осында";

    [Fact]
    public async Task In_a_file_they_open_nobody_who_was_forgotten_since()
    {
        await using var host = await FeedHost.StartAsync();
        var keys = Path.Combine(host.Silo.KeysFolder, "keys.db");
        await ForgottenAgainAsync(host, () => new SqliteKeyStore(keys), Path.Combine(host.Silo.KeysFolder, "master.key"), "Keys:Folder", copy: () => Task.Run(() => File.Copy(keys, keys + ".older")), putBack: () => Task.Run(() => File.Move(keys + ".older", keys, overwrite: true)));
    }

    [Fact]
    public async Task In_a_postgres_they_open_nobody_who_was_forgotten_since()
    {
        await using var postgres = await TestPostgres.CreateAsync();
        await using var store = new PostgresKeyStore(postgres.ConnectionString);
        using var safe = new TempFolder();
        var master = Path.Combine(safe.Path, "master.key");
        MasterKey.FromFile(master, create: true);
        await using var host = await FeedHost.StartAsync(onPostgres: true, ("Keys__Postgres", postgres.ConnectionString), ("Keys__Master", master));
        await ForgottenAgainAsync(
            host, () => store, master, "Keys:Postgres", () => postgres.ExecuteAsync("create table older_keys as table child_keys; create table older_notes as table forgotten_facts"),
            () => postgres.ExecuteAsync("truncate child_keys, forgotten_facts; insert into child_keys table older_keys; insert into forgotten_facts table older_notes"));
    }

    private static async Task ForgottenAgainAsync(FeedHost host, Func<IKeyStore> store, string master, string setting, Func<Task> copy, Func<Task> putBack)
    {
        var silo = host.Silo;
        var token = FeedHost.With(await host.TokenAsync("watch,report,export"));
        await using var lesson = await LessonHost.OpenAsync(silo, atCentre: true);
        var (child, _, id) = await lesson.JoinAsync(Name);
        await lesson.Teacher.DoAsync("StartLesson", new { });
        await child.DoAsync("RaiseHand", new { topic = Words });
        await copy();
        // Who comes in after the copy has no key in it, and is forgotten too.
        var (later, _, laterId) = await lesson.JoinAsync("Кейінкел");
        await later.DoAsync("RaiseHand", new { topic = Words });
        foreach (var student in new[] { id, laterId })
        {
            await lesson.Teacher.DoAsync("ForgetStudent", new { studentId = student, reason = "family" });
        }

        await UntilAsync(async () => (await store().LoadAsync(lesson.ClassroomId, default)).All(k => k.DestroyedAt is not null));
        await silo.StopAsync();
        await putBack();
        (await store().LoadAsync(lesson.ClassroomId, default)).ShouldContain(k => k.Child == id && k.Wrapped != null, "the older copy would open that child");

        await silo.StartAgainAsync();

        await silo.SaysAsync($"{setting}: the key store did not know that 2 students were forgotten");
        using (var keys = new ChildKeys(store(), MasterKey.FromFile(master, create: false), TimeProvider.System))
        {
            await using var log = new Kept(host);
            Blank(string.Concat((await log.ReadAsync(keys, $"classroom/{lesson.ClassroomId}")).Select(f => f.Body)), "a replay");
        }

        var facts = new List<Fact>();
        using (var call = host.Feed.ExportFacts(new ExportFactsRequest(), token))
        {
            await foreach (var fact in call.ResponseStream.ReadAllAsync())
            {
                facts.Add(fact);
            }
        }

        facts.ShouldContain(f => f.Name == "seat-taken.1" && f.Forgotten == id.ToString());
        Blank(string.Concat(facts.Select(f => f.BodyJson)), "the facts for the centre");
        using (var watch = host.Feed.WatchSessions(new WatchSessionsRequest(), token))
        {
            Blank(string.Concat(await FeedHost.UntilAsync(watch, FeedHost.IsCaughtUp)), "the centre's feed");
        }

        using var teacher = await silo.BrowserAsync(silo.TeachLink);
        Blank(await teacher.GetStringAsync(new Uri($"/api/classrooms/{lesson.ClassroomId}/export", UriKind.Relative)), "the lesson's export");
        Blank(await teacher.GetStringAsync(new Uri($"/api/classrooms/{lesson.ClassroomId}/students/{id}/export", UriKind.Relative)), "the child's export");
        await silo.StopAsync();
        (await silo.RunAsync("student", "lost")).Printed.ShouldBe("No key is missing.\n");
        (await silo.RunAsync("verify")).Printed.ShouldContain("whole:");
        silo.Failures.ShouldBeEmpty();
    }

    private static void Blank(string text, string what) => text.ShouldSatisfyAllConditions(t => t.ShouldNotBeEmpty(what), t => t.ShouldNotContain(Name, Case.Sensitive, what), t => t.ShouldNotContain(Words, Case.Sensitive, what));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await holds())
        {
            await Task.Delay(50, patience.Token);
        }
    }

    /// <summary>The log as whoever has the database and the keys reads it, past the server.</summary>
    private sealed class Kept(FeedHost host) : IAsyncDisposable
    {
        private readonly NpgsqlDataSource? _source = host.Silo.Settings["ConnectionStrings__Postgres"] is { } postgres ? NpgsqlDataSource.Create(postgres) : null;

        public async Task<List<StoredFact>> ReadAsync(ChildKeys keys, string stream)
        {
            IFactLog stored = _source is null ? new SqliteFactLog(DatabaseSettings.ForFile(host.Silo.SqliteFile).Sqlite) : new PostgresFactLog(_source);
            await using var closing = (IAsyncDisposable)stored;
            var all = new List<StoredFact>();
            await foreach (var fact in new SealedLog(stored, keys, FactOwners.Personal).ReadAsync(stream, 0, default))
            {
                all.Add(fact);
            }

            return all;
        }

        public async ValueTask DisposeAsync() => await (_source?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
