using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Classroom.Silo.Hosting.Telemetry;
using Classroom.Silo.Operator;
using Classroom.Storage;
using Classroom.Tutor;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Classroom.Silo.Tests;

/// <summary>What is counted of the tutor's day, by a clock that the test moves, in a real database.</summary>
public sealed class TutorTallyTests : IAsyncDisposable
{
    private const string First = "1/model.lan/m";
    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly DatabaseSettings _database;
    private readonly TutorDayStore _days;
    private readonly TutorTally _tally;

    public TutorTallyTests()
    {
        _database = DatabaseSettings.ForFile(Path.Combine(_folder.Path, "ortaq.db"));
        _days = new TutorDayStore(_database);
        _tally = NewTally();
    }

    [Fact]
    public async Task What_cannot_be_stored_is_kept_and_stored_later_once()
    {
        _tally.Answered(First);
        _tally.Used(First, 20, 10);
        await Should.ThrowAsync<SqliteException>(() => _tally.StoreAsync(default), "there is no table yet");
        _tally.Answered(TutorTally.Cache);
        await Migrator.MigrateAsync(_database, default);
        await _tally.StoreAsync(default);
        await _tally.StoreAsync(default);
        (await TodayAsync()).ShouldBe([new(First, 1, 20, 10), new(TutorTally.Cache, 1, 0, 0)]);
        using var next = NewTally();
        next.Answered(First);
        await next.StoreAsync(default);
        (await TodayAsync())[0].ShouldBe(new(First, 2, 20, 10), "another run, or another silo");
    }

    [Fact]
    public async Task A_new_day_begins_at_nothing_and_the_last_of_the_old_one_is_stored_too()
    {
        await Migrator.MigrateAsync(_database, default);
        var day = GrainTokenBudget.DateOf(_time.GetUtcNow());
        _tally.Answered(First);
        await _tally.StoreAsync(default);
        _tally.Answered(First);
        _time.Advance(TimeSpan.FromDays(1));
        _tally.Answered(First);
        await _tally.StoreAsync(default);
        ((await _days.OfAsync(day, default))[0].Answers, (await TodayAsync())[0].Answers).ShouldBe((2, 1));
        _tally.Answered(First);
        await _tally.StoreAsync(default);
        ((await _days.OfAsync(day, default))[0].Answers, (await TodayAsync())[0].Answers).ShouldBe((2, 2));
    }

    [Fact]
    public async Task The_last_of_a_process_that_stops_is_stored()
    {
        await Migrator.MigrateAsync(_database, default);
        await _tally.StartAsync(default);
        _tally.Answered(First);
        await _tally.StopAsync(default);
        (await TodayAsync()).ShouldHaveSingleItem().Answers.ShouldBe(1);
    }

    [Fact]
    public void Answers_and_what_they_cost_are_measured()
    {
        var measured = new ConcurrentDictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener { InstrumentPublished = (i, l) => Enable(i, l) };
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Measure(i, value, tags));
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Measure(i, value, tags));
        listener.Start();
        _tally.Answered(First);
        _tally.Used(First, 1_000_000, 500_000);
        _tally.Used("2/other/m", 1_000_000, 500_000);
        measured.ShouldContainKeyAndValue($"ortaq.tutor.answers source={First}", 1);
        measured.Where(m => m.Key.StartsWith("ortaq.tutor.cost", StringComparison.Ordinal)).ShouldHaveSingleItem()
            .ShouldBe(new($"ortaq.tutor.cost currency=USD provider={First}", 0.45));

        static void Enable(Instrument instrument, MeterListener l)
        {
            if (instrument.Meter.Name == Instruments.Name && instrument.Name is "ortaq.tutor.answers" or "ortaq.tutor.cost")
            {
                l.EnableMeasurementEvents(instrument);
            }
        }

        void Measure(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var named = string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}").Order(StringComparer.Ordinal));
            if (named.Contains(First, StringComparison.Ordinal) || named.Contains("2/other", StringComparison.Ordinal))
            {
                measured.AddOrUpdate($"{instrument.Name} {named}", value, (_, before) => before + value);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _tally.Dispose();
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
        await ValueTask.CompletedTask;
    }

    private TutorTally NewTally() => new(
        _days, new ModelOptions { Endpoint = "http://model.lan/v1", Model = "m", Price = new() { Input = 0.15m, Output = 0.6m, Currency = "USD" } }, _time, NullLogger<TutorTally>.Instance);

    private async Task<IReadOnlyList<TutorCount>> TodayAsync() => await _days.OfAsync(GrainTokenBudget.DateOf(_time.GetUtcNow()), default);
}
