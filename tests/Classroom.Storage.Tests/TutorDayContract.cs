using Npgsql;

namespace Classroom.Storage.Tests;

/// <summary>What the tutor gave on a day: each run's own totals, counted once however often they are stored.</summary>
public abstract class TutorDayContract : IAsyncLifetime
{
    private const string Day = "2026-11-26";
    private TestDatabase _database = null!;
    private NpgsqlDataSource? _source;
    private TutorDayStore _days = null!;

    protected abstract Task<TestDatabase> MakeAsync();

    public async Task InitializeAsync()
    {
        _database = await MakeAsync();
        await Migrator.MigrateAsync(_database.Settings, default);
        _source = _database.Settings.Postgres is { } postgres ? NpgsqlDataSource.Create(postgres) : null;
        _days = new TutorDayStore(_database.Settings, _source);
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
    public async Task Totals_of_a_run_stored_twice_count_once_and_runs_add_up()
    {
        (await _days.OfAsync(Day, default)).ShouldBeEmpty();
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await _days.SaveAsync(Day, first, [new("1/host/model", 2, 40, 20), new("cache", 1, 0, 0)], default);
        await _days.SaveAsync(Day, first, [new("1/host/model", 2, 40, 20), new("cache", 1, 0, 0)], default);
        await _days.SaveAsync(Day, first, [new("1/host/model", 3, 5_000_000_000, 30), new("cache", 1, 0, 0)], default);
        await _days.SaveAsync(Day, second, [new("1/host/model", 4, 1, 2)], default);
        await _days.SaveAsync("2026-11-27", second, [new("1/host/model", 9, 9, 9)], default);
        (await _days.OfAsync(Day, default)).ShouldBe([new("1/host/model", 7, 5_000_000_001, 32), new("cache", 1, 0, 0)]);
    }

    [Fact]
    public async Task Old_days_go_and_the_first_that_is_kept_stays()
    {
        foreach (var day in new[] { "2026-08-17", "2026-08-18", Day })
        {
            await _days.SaveAsync(day, Guid.CreateVersion7(), [new("cache", 1, 0, 0)], default);
        }

        await _days.ForgetBeforeAsync("2026-08-18", default);
        (await _days.OfAsync("2026-08-17", default)).ShouldBeEmpty();
        (await _days.OfAsync("2026-08-18", default)).ShouldHaveSingleItem();
        (await _days.OfAsync(Day, default)).ShouldHaveSingleItem();
    }
}

public sealed class PostgresTutorDays : TutorDayContract
{
    protected override Task<TestDatabase> MakeAsync() => TestDatabase.PostgresAsync();
}

public sealed class SqliteTutorDays : TutorDayContract
{
    protected override Task<TestDatabase> MakeAsync() => TestDatabase.SqliteAsync();
}
