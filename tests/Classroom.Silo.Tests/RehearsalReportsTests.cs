using Classroom.Storage;
using Npgsql;

namespace Classroom.Silo.Tests;

/// <summary>What is read out of all lessons together leaves rehearsals out, in both databases; a child in danger it does not.</summary>
public sealed class RehearsalReportsTests : IDisposable
{
    private static readonly Guid Centre = new("00000000-0000-7000-8000-0000000000ce");
    private static readonly DateTimeOffset At = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task In_sqlite()
    {
        var settings = DatabaseSettings.ForFile(Path.Combine(_folder.Path, "ortaq.db"));
        await Migrator.MigrateAsync(settings, CancellationToken.None);
        await using var log = new SqliteFactLog(settings.Sqlite);
        await CheckAsync(log, settings, null);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    [Fact]
    public async Task In_postgres()
    {
        await using var postgres = await TestPostgres.CreateAsync();
        var settings = new DatabaseSettings(postgres.ConnectionString, "");
        await Migrator.MigrateAsync(settings, CancellationToken.None);
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var log = new PostgresFactLog(source);
        await CheckAsync(log, settings, source);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task CheckAsync(IFactLog log, DatabaseSettings settings, NpgsqlDataSource? source)
    {
        var (real, before, rehearsal) = (await OpenedAsync(log, ",\"rehearsal\":false"), await OpenedAsync(log, ""), await OpenedAsync(log, ",\"rehearsal\":true"));
        var sessions = new CentreSessions(settings, source);
        (await sessions.AllAsync(Centre, CancellationToken.None)).ShouldBe([real, before], ignoreOrder: true);
        (await sessions.HasAsync(Centre, real, CancellationToken.None)).ShouldBeTrue();
        (await sessions.HasAsync(Centre, rehearsal, CancellationToken.None)).ShouldBeFalse();
        var incidents = await new IncidentRegister(settings, source).ReadAsync(At.AddDays(-1), CancellationToken.None);
        // A real phone may sit in a rehearsal; scripted students write nothing of that kind.
        incidents.Select(i => i.Lesson).ShouldBe([$"classroom/{real}", $"classroom/{before}", $"classroom/{rehearsal}"], ignoreOrder: true);
    }

    private static async Task<Guid> OpenedAsync(IFactLog log, string mark)
    {
        var (id, body) = (Guid.CreateVersion7(), $$$"""{"opening":{"className":"7Б","centreId":"{{{Centre}}}"{{{mark}}}}}""");
        await log.AppendAsync($"classroom/{id}", 0, Guid.CreateVersion7(), [new NewFact("lesson-opened.1", "teacher", At, body)], CancellationToken.None);
        await log.AppendAsync($"classroom/{id}", 1, Guid.CreateVersion7(), [new NewFact("incident-recorded.1", "system", At, "{}")], CancellationToken.None);
        return id;
    }
}
