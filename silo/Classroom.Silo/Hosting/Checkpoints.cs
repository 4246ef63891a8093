using Classroom.Storage;

namespace Classroom.Silo.Hosting;

/// <summary>Writes down, apart from the database, where the streams stand: every <see cref="Every"/> when something changed, and at a graceful stop.</summary>
public sealed class Checkpoints(ChangedHeads changed, CheckpointFile file, TimeProvider time, ILogger<Checkpoints> logger) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(60);
    private readonly PeriodicTimer _timer = new(Every, time);

    /// <summary>The folder of the setting <c>Integrity:Folder</c>, else <c>checkpoints</c> in the data folder.</summary>
    public static string FolderOf(IConfiguration configuration, IHostEnvironment environment) =>
        Settings.Read<IntegrityOptions>(configuration, "Integrity").Folder is { Length: > 0 } folder
            ? Path.GetFullPath(folder, environment.ContentRootPath) : Path.Combine(DataFolder.PathOf(configuration, environment), "checkpoints");

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Write();
    }

    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _timer.WaitForNextTickAsync(stoppingToken))
            {
                Write();
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
}
