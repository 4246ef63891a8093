using System.Collections.Concurrent;
using Classroom.Silo.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Classroom.Silo.Tests;

/// <summary>A flood of one error is one line a minute and its count; what else happens is still said.</summary>
public sealed class RepeatedErrorsTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly Lines _lines = new();
    private readonly RepeatedErrors _errors;
    private readonly ILoggerFactory _factory;
    private readonly ILogger _logger;

    public RepeatedErrorsTests()
    {
        _errors = new RepeatedErrors(_time);
        _factory = LoggerFactory.Create(b => b.AddProvider(_lines).AddSampler(_errors));
        _logger = _factory.CreateLogger("Door");
    }

    public void Dispose() => _factory.Dispose();

    [Fact]
    public async Task Ten_thousand_of_one_error_are_a_line_and_a_count_each_minute()
    {
        using var log = new RepeatedErrorsLog(_errors, _time, new Logger<RepeatedErrorsLog>(_factory));
        await log.StartAsync(CancellationToken.None);
        await _time.FirstTimer;
        Flood(10_000);
        _lines.All.ShouldBe(["Warning 0 failed for now"]);
        _logger.LogError("{Number} failed for good", 7);
        _logger.LogWarning(new InvalidOperationException(), "{Number} failed for now", 8);
        _logger.LogInformation("{Number} is well", 1);
        _logger.LogInformation("{Number} is well", 2);
        _lines.All.Skip(1).ShouldBe(["Error 7 failed for good", "Warning 8 failed for now", "Information 1 is well", "Information 2 is well"]);

        var said = _lines.NextAsync(l => l.Contains("more in a minute", StringComparison.Ordinal));
        _time.Advance(TimeSpan.FromMinutes(1));
        (await said).ShouldBe("Warning 9999 more in a minute, of Door: {Number} failed for now");
        Flood(3);
        _lines.All.Count(l => l.EndsWith("failed for now", StringComparison.Ordinal) && l.StartsWith("Warning 0", StringComparison.Ordinal)).ShouldBe(2, "a new minute");
        await log.StopAsync(CancellationToken.None);
    }

    [Fact]
    public void What_has_not_come_for_a_minute_is_forgotten_and_a_text_that_is_always_another_fills_no_memory()
    {
        for (var i = 0; i < 5000; i++)
        {
#pragma warning disable CA2254 // A library that writes numbers into its texts.
            _logger.LogWarning(i + " failed");
#pragma warning restore CA2254
        }

        _lines.All.Count.ShouldBe(5000);
        _errors.Count.ShouldBeLessThanOrEqualTo(1000);
        _time.Advance(TimeSpan.FromMinutes(1));
        _errors.Take().ShouldBeEmpty();
        _errors.Count.ShouldBe(0);
    }

    private void Flood(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _logger.LogWarning("{Number} failed for now", i);
        }
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _all = new();
        private readonly List<(Func<string, bool> Is, TaskCompletionSource<string> Came)> _awaited = [];

        public IReadOnlyList<string> All => [.. _all];

        public Task<string> NextAsync(Func<string, bool> isIt)
        {
            var came = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_awaited)
            {
                _awaited.Add((isIt, came));
            }

            return came.Task;
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = $"{logLevel} {formatter(state, exception)}";
            _all.Enqueue(line);
            lock (_awaited)
            {
                _awaited.Where(a => a.Is(line)).ToList().ForEach(a => a.Came.TrySetResult(line));
            }
        }

        public void Dispose()
        {
        }
    }
}
