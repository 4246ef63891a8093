using Classroom.Storage;

namespace Classroom.Silo.Hosting;

/// <summary>
/// Writes down, apart from the database, where the streams stand: every <see cref="Every"/> when something changed, and at a graceful stop; and each second the
/// fact that was stored last, so that the next start misses it though the process was killed.
/// </summary>
public sealed class Checkpoints(ChangedHeads changed, CheckpointFile file, TimeProvider time, ILogger<Checkpoints> logger) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan NewestEvery = TimeSpan.FromSeconds(1);
    private readonly PeriodicTimer _timer = new(Every, time);
    private readonly PeriodicTimer _newestTimer = new(NewestEvery, time);
    private (string Stream, Head Head)? _newest = changed.Newest;

    /// <summary>The folder of the setting <c>Integrity:Folder</c>, else <c>checkpoints</c> in the data folder.</summary>
    public static string FolderOf(IConfiguration configuration, IHostEnvironment environment) =>
        Settings.Read<IntegrityOptions>(configuration, "Integrity").Folder is { Length: > 0 } folder
            ? Path.GetFullPath(folder, environment.ContentRootPath) : Path.Combine(DataFolder.PathOf(configuration, environment), "checkpoints");

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Write();
        WriteNewest();
    }

    public override void Dispose()
    {
        _timer.Dispose();
        _newestTimer.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(RegularlyAsync(_timer, Write, stoppingToken), RegularlyAsync(_newestTimer, WriteNewest, stoppingToken));

    private static async Task RegularlyAsync(PeriodicTimer timer, Action write, CancellationToken stoppingToken)
    {
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                write();
            }
        }
        catch (OperationCanceledException)
        {
            // The last one is written when everything else has stopped.
        }
    }

    /// <summary>A disk that is away or full stops no lesson: what could not be written goes into the next one.</summary>
    private void Write()
    {
        var heads = changed.Take();
        if (heads.Count == 0)
        {
            return;
        }

        try
        {
            file.Write(heads);
            logger.LogDebug("Checkpoint of {Count} streams", heads.Count);
        }
        catch (Exception e)
        {
            changed.PutBack(heads);
            logger.LogError(e, "The checkpoint of {Count} streams was not written; it is tried again in {Every}", heads.Count, Every);
        }
    }

    private void WriteNewest()
    {
        if (changed.Newest is not var (stream, head) || _newest is var (_, before) && ReferenceEquals(before.Hash, head.Hash))
        {
            return;
        }

        try
        {
            file.WriteNewest(stream, head);
            _newest = (stream, head);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be written is said with the next checkpoint.
        }
    }
}
