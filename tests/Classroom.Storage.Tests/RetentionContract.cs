using Classroom.Tests;
using Npgsql;

namespace Classroom.Storage.Tests;

/// <summary>Whom to keep no longer is found by the lesson's last fact, and ordered once.</summary>
public abstract class RetentionContract : IAsyncLifetime
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);
    private readonly ManualTime _time = new();
    private TestDatabase _database = null!;
    private IFactLog _log = null!;
    private IKeyStore _keys = null!;
    private NpgsqlDataSource? _source;

    protected abstract Task<TestDatabase> MakeAsync();

    public async Task InitializeAsync()
    {
        _database = await MakeAsync();
        await Migrator.MigrateAsync(_database.Settings, default);
        _source = _database.Settings.Postgres is { } postgres ? NpgsqlDataSource.Create(postgres) : null;
        _log = _database.OpenLog(new());
        _keys = new SqliteKeyStore(Path.Combine(Path.GetDirectoryName(_database.File)!, "keys.db"));
        await _keys.PrepareAsync(MasterKey.Of(new byte[32]), default);
    }

    public async Task DisposeAsync()
    {
        await ((IAsyncDisposable)_log).DisposeAsync();
        if (_source is not null)
        {
            await _source.DisposeAsync();
        }

        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_lesson_is_forgotten_a_year_after_its_last_fact_and_not_a_day_before()
    {
        var (old, worked) = (await LessonAsync(), await LessonAsync());
        _time.Advance(TimeSpan.FromDays(200));
        await FactAsync(worked, 1);
        await OrderedAsync(0);
        _time.Advance(TimeSpan.FromDays(164));
        await OrderedAsync(0);
        _time.Advance(TimeSpan.FromDays(2));
        await OrderedAsync(2);
        (await _keys.OrderedAsync(default)).ShouldAllBe(o => o.Lesson == old && o.Reason == "Retention");
        await OrderedAsync(0);
        _time.Advance(TimeSpan.FromDays(200));
        await OrderedAsync(2);
    }

    [Fact]
    public async Task Who_was_forgotten_is_not_ordered_again_and_a_key_without_facts_goes_too()
    {
        var lesson = await LessonAsync();
        var gone = (await _keys.LoadAsync(lesson, default))[0].Child;
        await _keys.DestroyAsync(lesson, gone, _time.GetUtcNow(), default);
        await _keys.AddAsync(Guid.CreateVersion7(), Guid.CreateVersion7(), [1], _time.GetUtcNow(), default);
        _time.Advance(Year + TimeSpan.FromDays(1));
        await OrderedAsync(2);
        (await _keys.OrderedAsync(default)).ShouldNotContain(o => o.Child == gone);
    }

    private async Task OrderedAsync(int count) =>
        (await new Retention(_database.Settings, _keys, _time, _source).OrderAsync(Year, "{}", "Retention", default)).ShouldBe(count);

    // Two children, one fact.
    private async Task<Guid> LessonAsync()
    {
        var lesson = Guid.CreateVersion7();
        await _keys.AddAsync(lesson, Guid.CreateVersion7(), [1], _time.GetUtcNow(), default);
        await _keys.AddAsync(lesson, Guid.CreateVersion7(), [1], _time.GetUtcNow(), default);
        await FactAsync(lesson, 0);
        return lesson;
    }

    private async Task FactAsync(Guid lesson, long version) => (await _log.AppendAsync(
        $"classroom/{lesson}", version, Guid.CreateVersion7(), [new NewFact("x.1", "{}", _time.GetUtcNow(), "{}")], default)).Status.ShouldBe(AppendStatus.Appended);
}

public sealed class SqliteRetentionTests : RetentionContract
{
    protected override Task<TestDatabase> MakeAsync() => TestDatabase.SqliteAsync();
}

public sealed class PostgresRetentionTests : RetentionContract
{
    protected override Task<TestDatabase> MakeAsync() => TestDatabase.PostgresAsync();
}

/// <summary>Nobody who notes an access loses it to another who does so at once.</summary>
public sealed class AccessLogTests
{
    [Fact]
    public async Task All_that_is_noted_at_once_stands_and_the_chain_is_whole()
    {
        await using var database = await TestDatabase.SqliteAsync();
        await Migrator.MigrateAsync(database.Settings, default);
        var log = database.OpenLog(new());
        var (time, lesson) = (new ManualTime(), Guid.CreateVersion7());
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => new AccessLog(log, time).AddAsync("{}", "student-exported.1", lesson, i % 2 == 0 ? null : lesson, default)));
        var month = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var all = await new AccessLog(log, time).ReadAsync(month, default);
        all.Count.ShouldBe(20);
        all.Count(e => e.About.Contains("student", StringComparison.Ordinal)).ShouldBe(10);
        (await new AccessLog(log, time).ReadAsync(month.AddMonths(1), default)).ShouldBeEmpty();
        (await Verifier.RunAsync(database.Settings, null, default)).IsWhole.ShouldBeTrue();
        await ((IAsyncDisposable)log).DisposeAsync();
    }
}
