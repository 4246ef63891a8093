using System.Text;
using Classroom.Tests;
using Npgsql;

namespace Classroom.Storage.Tests;

/// <summary>Editions of kits: the newest is known, those that lessons may still run on stay.</summary>
public abstract class KitStoreContract : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private TestDatabase _database = null!;
    private NpgsqlDataSource? _source;
    private KitStore _kits = null!;

    protected abstract Task<TestDatabase> MakeAsync();

    public async Task InitializeAsync()
    {
        _database = await MakeAsync();
        await Migrator.MigrateAsync(_database.Settings, default);
        _source = _database.Settings.Postgres is { } postgres ? NpgsqlDataSource.Create(postgres) : null;
        _kits = new KitStore(_database.Settings, _time, _source);
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
    public async Task The_newest_is_last_whether_it_is_new_or_was_there_before()
    {
        (await AddAsync("a", "1")).ShouldBeFalse("the first");
        (await AddAsync("b", "1")).ShouldBeFalse("another kit with the same bytes");
        (await AddAsync("a", "2")).ShouldBeTrue();
        (await AddAsync("a", "2")).ShouldBeFalse("the same again");
        (await EditionsAsync()).ShouldBe(["a1", "b1", "a2"]);
        (await AddAsync("a", "1")).ShouldBeTrue("back to an earlier one");
        (await EditionsAsync()).ShouldBe(["b1", "a2", "a1"]);
        var kept = (await _kits.ReadAsync("a", "2", default)).ShouldNotBeNull();
        (kept.FileName, Encoding.UTF8.GetString(kept.Yaml)).ShouldBe(("a.yaml", "a2"));
        (await _kits.ReadAsync("a", "3", default)).ShouldBeNull();
    }

    [Fact]
    public async Task An_edition_goes_a_month_after_another_took_its_place_and_the_one_that_is_offered_never()
    {
        await AddAsync("b", "1");
        await AddAsync("a", "1");
        await AddAsync("a", "2");
        _time.Advance(TimeSpan.FromDays(29));
        await AddAsync("a", "3");
        (await EditionsAsync()).ShouldBe(["b1", "a1", "a2", "a3"]);
        _time.Advance(TimeSpan.FromDays(2));
        await AddAsync("a", "4");
        (await EditionsAsync()).ShouldBe(["b1", "a2", "a3", "a4"], "the second was offered until two days ago");
        _time.Advance(TimeSpan.FromDays(400));
        await AddAsync("a", "5");
        (await EditionsAsync()).ShouldBe(["b1", "a4", "a5"], "until now it was offered, and lessons may have begun with it today");
    }

    [Fact]
    public async Task Two_newer_ones_within_minutes_do_not_take_the_edition_that_a_lesson_has_just_begun_with()
    {
        await AddAsync("a", "1");
        _time.Advance(TimeSpan.FromDays(40));
        await AddAsync("a", "2");
        _time.Advance(TimeSpan.FromMinutes(5));
        await AddAsync("a", "3");
        (await EditionsAsync()).ShouldBe(["a1", "a2", "a3"]);
    }

    [Fact]
    public async Task Of_many_that_add_at_once_each_edition_is_there_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(async () =>
        {
            try
            {
                await AddAsync("a", (i % 3).ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
            catch (System.Data.Common.DbException)
            {
                // Two that wrote at the same moment: one is told to try again.
            }
        })));
        (await EditionsAsync()).ShouldBeUnique();
        (await EditionsAsync()).ShouldNotBeEmpty();
    }

    // Whether another edition was the newest.
    private async Task<bool> AddAsync(string id, string hash) =>
        await _kits.AddAsync(id, hash, id + ".yaml", Encoding.UTF8.GetBytes(id + hash), default) is { } before && before != hash;

    private async Task<List<string>> EditionsAsync() => [.. (await _kits.AllAsync(default)).Select(e => e.Id + e.Hash)];
}

public sealed class PostgresKitStore : KitStoreContract
{
    protected override Task<TestDatabase> MakeAsync() => TestDatabase.PostgresAsync();
}

public sealed class SqliteKitStore : KitStoreContract
{
    protected override Task<TestDatabase> MakeAsync() => TestDatabase.SqliteAsync();
}
