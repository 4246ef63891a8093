using Classroom.Silo.Hosting;
using Classroom.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Classroom.Silo.Tests;

/// <summary>When checkpoints are written, and that a disk that is away only delays them.</summary>
public sealed class CheckpointServiceTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ortaq-checkpoints").FullName;
    private readonly ChangedHeads _changed = new();
    private readonly ManualTime _time = new();
    private readonly Heard _heard = new();
    private IFactLog _log = null!;
    private IHostedService _service = null!;

    private string Target => Path.Combine(_folder, "checkpoints");

    public async Task InitializeAsync()
    {
        var settings = DatabaseSettings.ForFile(Path.Combine(_folder, "ortaq.db"));
        await Migrator.MigrateAsync(settings, default);
        _log = new SqliteFactLog(settings.Sqlite, _changed);
        _service = new Checkpoints(_changed, new CheckpointFile(Target, _time), _time, _heard);
        await _service.StartAsync(default);
    }

    public async Task DisposeAsync()
    {
        ((IDisposable)_service).Dispose();
        await ((IAsyncDisposable)_log).DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Every_minute_when_something_changed_and_at_the_stop()
    {
        await AppendAsync("a", 0);
        var written = _heard.NextAsync();
        _time.Advance(Checkpoints.Every);
        (await written).ShouldBe(LogLevel.Debug);
        (await LinesAsync()).ShouldBe(1);
        await AppendAsync("a", 1);
        await _service.StopAsync(default);
        (await LinesAsync()).ShouldBe(2);
        await _service.StopAsync(default);
        (await LinesAsync()).ShouldBe(2, "nothing has changed since");
    }

    [Fact]
    public async Task A_disk_that_is_away_is_said_and_tried_again()
    {
        await File.WriteAllTextAsync(Target, "not a folder");
        await AppendAsync("a", 0);
        var failed = _heard.NextAsync();
        _time.Advance(Checkpoints.Every);
        (await failed).ShouldBe(LogLevel.Error);
        File.Delete(Target);
        var written = _heard.NextAsync();
        _time.Advance(Checkpoints.Every);
        (await written).ShouldBe(LogLevel.Debug);
        (await LinesAsync()).ShouldBe(1);
    }

    private async Task AppendAsync(string stream, long version) =>
        await _log.AppendAsync(stream, version, Guid.CreateVersion7(), [new NewFact("n.1", "{}", _time.GetUtcNow(), "{}")], default);

    private async Task<int> LinesAsync() => (await File.ReadAllLinesAsync(Directory.GetFiles(Target, CheckpointFile.Pattern).ShouldHaveSingleItem())).Length;

    /// <summary>The service says what it did; a test waits for that.</summary>
    private sealed class Heard : ILogger<Checkpoints>
    {
        private TaskCompletionSource<LogLevel> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<LogLevel> NextAsync() => (_next = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _next.TrySetResult(logLevel);
    }
}
