using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.Sampling;
using Microsoft.Extensions.Logging.Abstractions;

namespace Classroom.Silo.Hosting;

/// <summary>
/// Of one warning or error, one line a minute: who sends a million bad requests fills no disk, and what else is wrong is still found. How many were left out is
/// said when the minute is over. One is another if its category, its text (without arguments, but for the route or method that failed) or its kind of exception is.
/// </summary>
public sealed class RepeatedErrors(TimeProvider time) : LoggingSampler
{
    // Texts are the program's own; this is for a library that writes numbers into them.
    private const int MostKinds = 1000;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly string Own = typeof(RepeatedErrorsLog).FullName!;
    private readonly ConcurrentDictionary<Kind, Seen> _seen = new();

    /// <summary>How many kinds it remembers.</summary>
    public int Count => _seen.Count;

    public override bool ShouldSample<TState>(in LogEntry<TState> logEntry)
    {
        if (logEntry.LogLevel is < LogLevel.Warning or LogLevel.Critical || logEntry.Category == Own)
        {
            return true;
        }

        var kind = new Kind(logEntry.Category, logEntry.LogLevel, TextOf(logEntry.State), logEntry.Exception?.GetType());
        if (_seen.TryGetValue(kind, out var seen))
        {
            return seen.IsFirst(time);
        }

        return _seen.Count >= MostKinds || _seen.GetOrAdd(kind, _ => new Seen(time.GetTimestamp() - (Minute.Ticks * time.TimestampFrequency / TimeSpan.TicksPerSecond))).IsFirst(time);
    }

    /// <summary>What was left out and not said yet. What has not come for a minute is forgotten.</summary>
    public IEnumerable<(string Category, string Text, int Count)> Take()
    {
        foreach (var (kind, seen) in _seen)
        {
            if (seen.Take() is > 0 and var count)
            {
                yield return (kind.Category, kind.Text, count);
            }
            else if (seen.IsOver(time))
            {
                _seen.TryRemove(kind, out _);
            }
        }
    }

    // One text says of every route, or method, that it failed by a fault: those are different faults.
    private static string TextOf<TState>(TState state) =>
        state is IReadOnlyList<KeyValuePair<string, object?>> { Count: > 0 } fields && fields[^1] is { Key: "{OriginalFormat}", Value: string text }
            ? fields[0] is { Key: "Route" or "Method", Value: { } where } ? text.Replace("{" + fields[0].Key + "}", where.ToString(), StringComparison.Ordinal) : text
            : state?.ToString() ?? "";

    private sealed record Kind(string Category, LogLevel Level, string Text, Type? Exception);

    private sealed class Seen(long before)
    {
        private readonly Lock _lock = new();
        private long _since = before;
        private int _leftOut;

        public bool IsFirst(TimeProvider time)
        {
            lock (_lock)
            {
                if (time.GetElapsedTime(_since) >= Minute)
                {
                    _since = time.GetTimestamp();
                    return true;
                }

                _leftOut++;
                return false;
            }
        }

        public bool IsOver(TimeProvider time)
        {
            lock (_lock)
            {
                return time.GetElapsedTime(_since) >= Minute;
            }
        }

        public int Take()
        {
            lock (_lock)
            {
                var count = _leftOut;
                _leftOut = 0;
                return count;
            }
        }
    }
}

/// <summary>Says each minute what was left out.</summary>
public sealed class RepeatedErrorsLog(RepeatedErrors errors, TimeProvider time, ILogger<RepeatedErrorsLog> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var (category, text, count) in errors.Take())
            {
                logger.LogWarning("{Count} more in a minute, of {Category}: {Text}", count, category, text);
            }
        }
    }
}
