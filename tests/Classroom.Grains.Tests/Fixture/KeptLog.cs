using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Classroom.Grains.Tests;

/// <summary>Keeps what is logged, to be looked at.</summary>
public sealed class KeptLog<T> : ILogger<T>
{
    private readonly ConcurrentQueue<(LogLevel Level, Exception? Exception, string Text)> _entries = new();

    public ImmutableArray<(LogLevel Level, Exception? Exception, string Text)> Entries => [.. _entries];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        _entries.Enqueue((logLevel, exception, formatter(state, exception)));
    }
}
