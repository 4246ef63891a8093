using Classroom.Storage;
using Npgsql;

namespace Classroom.Silo.Hosting;

/// <summary>Builds the indexes of a log that is in use, while this process serves already. SQLite's are made by its migrations: a file has one process.</summary>
public sealed class IndexBuilder(TimeProvider time, ILogger<IndexBuilder> logger, NpgsqlDataSource? database = null) : BackgroundService
{
    private static readonly TimeSpan TryEvery = TimeSpan.FromSeconds(1);
    private volatile bool _isDone = database is null;

    public bool IsDone => _isDone;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TryEvery, time);
        while (!_isDone)
        {
            try
            {
                _isDone = await ConcurrentIndexes.BuildAsync(database!, stoppingToken);
            }
            catch (Exception e) when (e is System.Data.Common.DbException or IOException or TimeoutException)
            {
                logger.LogWarning(e, "The indexes of the log are not built yet; it is tried again");
            }

            if (!_isDone)
            {
                await timer.WaitForNextTickAsync(stoppingToken);
            }
        }
    }
}
