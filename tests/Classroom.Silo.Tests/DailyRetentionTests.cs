using Classroom.Silo.Privacy;
using Classroom.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Tests;

/// <summary>Whom to keep no longer is looked for at the start and every day, by the period in force that day; what fails is tried again soon.</summary>
public sealed class DailyRetentionTests : IAsyncDisposable
{
    private readonly ManualTime _time = new();
    private readonly TempFolder _folder = new();
    private readonly SqliteKeyStore _keys;
    private readonly DatabaseSettings _database;
    private readonly SqliteFactLog _log;

    public DailyRetentionTests()
    {
        _database = DatabaseSettings.ForFile(Path.Combine(_folder.Path, "ortaq.db"));
        _keys = new SqliteKeyStore(Path.Combine(_folder.Path, "keys.db"));
        _log = new SqliteFactLog(_database.Sqlite);
    }

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_day_after_the_period_is_over_and_not_before_and_again_the_next_day()
    {
        await PrepareAsync();
        var first = await KeyAsync();
        await RunAsync([new(new(2026, 1, 1), 10)], async () =>
        {
            for (var day = 0; day < 10; day++)
            {
                await LookedAsync();
                (await _keys.OrderedAsync(default)).ShouldBeEmpty();
                _time.Advance(TimeSpan.FromDays(1));
            }

            var second = await KeyAsync();
            _time.Advance(TimeSpan.FromDays(1));
            await UntilOrderedAsync(first);
            for (var day = 0; day < 11; day++)
            {
                _time.Advance(TimeSpan.FromDays(1));
            }

            await UntilOrderedAsync(first, second);
        });
        (await _keys.OrderedAsync(default)).ShouldAllBe(o => o.Reason == "Retention" && o.By.Contains("system", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_period_of_the_day_counts_and_where_none_is_in_force_nobody_is_forgotten()
    {
        await PrepareAsync();
        var child = await KeyAsync();
        await RunAsync([new(new(2026, 11, 1), 5), new(new(2026, 10, 1), 365)], async () =>
        {
            // 1 September to 31 October: no period, then a year.
            for (var day = 0; day < 60; day++)
            {
                _time.Advance(TimeSpan.FromDays(1));
                await LookedAsync();
                (await _keys.OrderedAsync(default)).ShouldBeEmpty();
            }

            _time.Advance(TimeSpan.FromDays(2));
            await UntilOrderedAsync(child);
        });
    }

    [Fact]
    public async Task A_clock_that_was_set_years_ahead_forgets_nobody_until_it_was_seen_for_a_month()
    {
        await PrepareAsync();
        var child = await KeyAsync();
        _time.Advance(TimeSpan.FromDays(10 * 365));
        var seen = new Failing(_keys) { IsAway = false };
        await RunAsync([new(new(2026, 1, 1), 365)], async () =>
        {
            for (var day = 1; day < 30; day++)
            {
                // The timer is set again before the look: only a look that was had counts its day.
                await UntilAsync(() => Task.FromResult(seen.Days == day));
                (await _keys.OrderedAsync(default)).ShouldBeEmpty("day " + day);
                _time.Advance(TimeSpan.FromDays(1));
            }

            await UntilOrderedAsync(child);
        }, seen, seenDays: 30);
    }

    [Fact]
    public async Task What_fails_is_tried_again_in_ten_minutes()
    {
        await PrepareAsync();
        var child = await KeyAsync();
        _time.Advance(TimeSpan.FromDays(20));
        var failing = new Failing(_keys);
        await RunAsync([new(new(2026, 1, 1), 10)], async () =>
        {
            await failing.Failed.WaitAsync(TimeSpan.FromMinutes(1));
            failing.IsAway = false;
            await UntilAsync(() => Task.FromResult(_time.NextDue == _time.GetUtcNow().AddMinutes(10)));
            _time.Advance(TimeSpan.FromMinutes(10));
            await UntilOrderedAsync(child);
        }, failing);
    }

    private async Task PrepareAsync()
    {
        await Migrator.MigrateAsync(_database, default);
        await _keys.PrepareAsync(MasterKey.Of(new byte[32]), default);
    }

    // A lesson's one child; what last happened in it is now.
    private async Task<Guid> KeyAsync()
    {
        var (lesson, child) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await _keys.AddAsync(lesson, child, [1], _time.GetUtcNow(), default);
        await _log.AppendAsync($"classroom/{lesson}", 0, Guid.CreateVersion7(), [new NewFact("x.1", "{}", _time.GetUtcNow(), "{}")], default);
        return child;
    }

    private async Task RunAsync(List<DatedPeriod> periods, Func<Task> live, IKeyStore? keys = null, int seenDays = 1)
    {
        var unsealed = new UnsealedLessons(_database);
        using var service = new DailyRetention(
            new Retention(_database, keys ?? _keys, unsealed, _log, FactOwners.Personal, _time), keys ?? _keys,
            Options.Create(new RetentionOptions { Periods = periods, SeenDays = seenDays }), _time, NullLogger<DailyRetention>.Instance);
        await service.StartAsync(default);
        await _time.FirstTimer;
        await live();
        await service.StopAsync(default);
        service.ExecuteTask!.IsCompletedSuccessfully.ShouldBeTrue();
    }

    // It waits for tomorrow: today's look is over.
    private Task LookedAsync() => UntilAsync(() => Task.FromResult(_time.NextDue == _time.GetUtcNow().AddDays(1)));

    private Task UntilOrderedAsync(params Guid[] children) =>
        UntilAsync(async () => (await _keys.OrderedAsync(default)).Select(o => o.Child).ToHashSet().SetEquals(children));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await holds())
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private sealed class Failing(IKeyStore real) : IKeyStore
    {
        private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public volatile bool IsAway = true;

        public Task Failed => _failed.Task;

        public Task<Guid> PrepareAsync(MasterKey master, CancellationToken cancellationToken) => real.PrepareAsync(master, cancellationToken);

        public Task<IReadOnlyList<StoredKey>> LoadAsync(Guid lesson, CancellationToken cancellationToken) => real.LoadAsync(lesson, cancellationToken);

        public Task<StoredKey> AddAsync(Guid lesson, Guid child, byte[] wrapped, DateTimeOffset at, CancellationToken cancellationToken) => real.AddAsync(lesson, child, wrapped, at, cancellationToken);

        public Task OrderAsync(Erasure erasure, CancellationToken cancellationToken) => real.OrderAsync(erasure, cancellationToken);

        public Task<IReadOnlyList<Erasure>> OrderedAsync(CancellationToken cancellationToken) => real.OrderedAsync(cancellationToken);

        public Task DestroyAsync(Guid lesson, Guid child, DateTimeOffset at, CancellationToken cancellationToken) => real.DestroyAsync(lesson, child, at, cancellationToken);

        public Task<int> DestroyAsync(IReadOnlyList<(Guid Lesson, Guid Child)> children, DateTimeOffset at, CancellationToken cancellationToken) => real.DestroyAsync(children, at, cancellationToken);

        public Task<ForgottenNote> ForgottenAsync(CancellationToken cancellationToken) => real.ForgottenAsync(cancellationToken);

        public Task NoteForgottenAsync(ForgottenNote note, CancellationToken cancellationToken) => real.NoteForgottenAsync(note, cancellationToken);

        public Task RequireAsync(CancellationToken cancellationToken) => real.RequireAsync(cancellationToken);

        public Task ProbeAsync(DateTimeOffset at, CancellationToken cancellationToken) => real.ProbeAsync(at, cancellationToken);

        public volatile int Days;

        public async Task<int> SeeDayAsync(DateOnly day, DateOnly since, CancellationToken cancellationToken)
        {
            var seen = await real.SeeDayAsync(day, since, cancellationToken);
            Days = seen;
            return seen;
        }

        public Task<IReadOnlyList<Guid>> LessonsWithKeysOfBeforeAsync(DateTimeOffset time, Guid after, int most, CancellationToken cancellationToken)
        {
            if (!IsAway)
            {
                return real.LessonsWithKeysOfBeforeAsync(time, after, most, cancellationToken);
            }

            _failed.TrySetResult();
            throw new IOException("away");
        }
    }
}
