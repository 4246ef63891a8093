using Npgsql;

namespace Classroom.Storage.Tests;

/// <summary>Audits of the tutor: one that has ended is left as it is, the last few dossiers are kept, and the last run whatever became of it.</summary>
public abstract class AuditStoreContract : IAsyncLifetime
{
    private static readonly DateTimeOffset At = new(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);
    private TestDatabase _database = null!;
    private NpgsqlDataSource? _source;
    private AuditStore _audits = null!;

    protected abstract Task<TestDatabase> MakeAsync();

    public async Task InitializeAsync()
    {
        _database = await MakeAsync();
        await Migrator.MigrateAsync(_database.Settings, default);
        _source = _database.Settings.Postgres is { } postgres ? NpgsqlDataSource.Create(postgres) : null;
        _audits = new AuditStore(_database.Settings, _source);
    }

    public async Task DisposeAsync()
    {
        if (_source is not null)
        {
            await _source.DisposeAsync();
        }

        await _database.DisposeAsync();
    }

    [Fact]
    public async Task One_that_has_ended_is_not_ended_again_and_its_dossier_is_read_as_it_was_written()
    {
        (await _audits.ListAsync(default)).ShouldBeEmpty();
        var run = new AuditRow(Guid.CreateVersion7(), At, "running", "127.0.0.1:11111@1", null);
        await _audits.AddAsync(run, default);
        (await _audits.ListAsync(default)).ShouldBe([run]);
        byte[] zip = [1, 0, 255];
        await _audits.EndAsync(run.Id, "done", "{}", zip, default);
        await _audits.EndAsync(run.Id, "broken", null, null, default);
        (await _audits.ListAsync(default)).ShouldBe([run with { State = "done", Summary = "{}" }]);
        (await _audits.DossierAsync(run.Id, default)).ShouldBe(zip);
        (await _audits.DossierAsync(Guid.CreateVersion7(), default)).ShouldBeNull();
        await Should.ThrowAsync<System.Data.Common.DbException>(() => _audits.AddAsync(run, default));
        await _audits.EndAsync(Guid.CreateVersion7(), "done", "{}", zip, default);
    }

    [Fact]
    public async Task A_stop_that_was_asked_is_kept_until_the_run_ends_and_stops_none_that_has_ended()
    {
        var run = new AuditRow(Guid.CreateVersion7(), At, "running", "h", null);
        await _audits.AddAsync(run, default);
        await _audits.StopAsync(run.Id, default);
        await _audits.StopAsync(run.Id, default);
        (await _audits.ListAsync(default)).ShouldBe([run with { State = "stopping" }]);
        // Another one ends meanwhile: nothing that runs is swept away.
        var other = new AuditRow(Guid.CreateVersion7(), At.AddHours(1), "running", "h", null);
        await _audits.AddAsync(other, default);
        await _audits.EndAsync(other.Id, "stopped", null, null, default);
        (await _audits.ListAsync(default)).ShouldContain(run with { State = "stopping" });
        await _audits.EndAsync(run.Id, "stopped", null, null, default);
        await _audits.StopAsync(run.Id, default);
        (await _audits.ListAsync(default)).ShouldAllBe(r => r.State == "stopped");
    }

    [Fact]
    public async Task The_last_five_dossiers_stay_and_the_last_run_though_it_left_none()
    {
        var runs = Enumerable.Range(0, AuditStore.Kept + 3).Select(i => new AuditRow(Guid.CreateVersion7(), At.AddHours(i), "running", "h", null)).ToList();
        foreach (var (i, run) in runs.Index())
        {
            await _audits.AddAsync(run, default);
            var isDone = i < runs.Count - 1;
            await _audits.EndAsync(run.Id, isDone ? "done" : "stopped", isDone ? "{}" : null, isDone ? [(byte)i] : null, default);
        }

        var kept = await _audits.ListAsync(default);
        kept.Select(r => r.Id).ShouldBe(runs.TakeLast(AuditStore.Kept + 1).Reverse().Select(r => r.Id));
        kept[0].State.ShouldBe("stopped");
        (await _audits.DossierAsync(runs[0].Id, default)).ShouldBeNull();
        (await _audits.DossierAsync(runs[^2].Id, default)).ShouldBe([(byte)(runs.Count - 2)]);
    }
}

public sealed class PostgresAudits : AuditStoreContract
{
    protected override Task<TestDatabase> MakeAsync() => TestDatabase.PostgresAsync();
}

public sealed class SqliteAudits : AuditStoreContract
{
    protected override Task<TestDatabase> MakeAsync() => TestDatabase.SqliteAsync();
}
