using Classroom.Tests;
using Npgsql;

namespace Classroom.Storage.Tests;

/// <summary>Whom to keep no longer is found by the lesson's last fact, and ordered once.</summary>
public abstract class RetentionContract : IAsyncLifetime
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);
    private static readonly PersonalFields Fields = new(
        new Dictionary<string, IReadOnlyDictionary<string, string>> { ["said.1"] = new Dictionary<string, string> { ["text"] = "\"\"" } }, static () => new ActorOwners());
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

    [Fact]
    public async Task A_lesson_of_before_there_were_keys_is_forgotten_by_its_facts_and_not_looked_at_again()
    {
        var (lesson, young) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Guid[] children = [Guid.CreateVersion7(), Guid.CreateVersion7()];
        await SaidAsync(lesson, 0, [.. children, children[0]]);
        _time.Advance(Year);
        await SaidAsync(young, 0, [Guid.CreateVersion7()]);
        foreach (var stream in new[] { lesson, young })
        {
            await _database.RunAsync("insert into unsealed_lessons (stream) values (@stream)", ("@stream", $"classroom/{stream}"));
        }

        await OrderedAsync(0);
        _time.Advance(TimeSpan.FromDays(1));
        await OrderedAsync(2);
        (await _keys.OrderedAsync(default)).Select(o => (o.Lesson, o.Child, o.Reason)).ShouldBe(children.Select(c => (lesson, c, "Retention")), ignoreOrder: true);
        await OrderedAsync(0);
        foreach (var child in children)
        {
            await _keys.DestroyAsync(lesson, child, _time.GetUtcNow(), default);
        }

        await OrderedAsync(0);
        (await _database.TextsAsync("select stream from unsealed_lessons where all_forgotten = 0")).ShouldBe([$"classroom/{young}"]);
        var unsealed = new UnsealedLessons(_database.Settings, _source);
        (await unsealed.CountAsync(default)).ShouldBe(2, "its words are in the table for ever");
        (await unsealed.HasAsync(lesson, default)).ShouldBeTrue();
        (await unsealed.HasAsync(Guid.CreateVersion7(), default)).ShouldBeFalse();
    }

    private async Task SaidAsync(Guid lesson, long version, Guid[] children) => (await _log.AppendAsync(
        $"classroom/{lesson}", version, Guid.CreateVersion7(),
        [.. children.Select(c => new NewFact("said.1", $$"""{"id":"{{c}}"}""", _time.GetUtcNow(), """{"text":"ашық"}"""))], default)).Status.ShouldBe(AppendStatus.Appended);

    private async Task OrderedAsync(int count) => (await new Retention(
        _database.Settings, _keys, new UnsealedLessons(_database.Settings, _source), _log, Fields, _time, _source).OrderAsync(Year, "{}", "Retention", default)).ShouldBe(count);

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
