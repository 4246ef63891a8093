using Classroom.Silo.Hosting;
using Classroom.Storage;
using Npgsql;

namespace Classroom.Silo.Cli;

/// <summary>
/// <c>Classroom.Silo accept-database</c>: the operator says that the database that is there, an older one or another, is the right one from now on. What
/// the checkpoints know of the one before is put aside, and the log notes it. A damaged one is never accepted.
/// </summary>
public static class AcceptDatabase
{
    public const string Name = "accept-database";

    /// <returns>The exit code: 0 accepted or nothing to accept, 1 refused, 2 it could not be read.</returns>
    public static async Task<int> RunAsync(IConfiguration configuration, IHostEnvironment environment)
    {
        try
        {
            // A server that runs would write into what is compared here.
            using var folder = new DataFolder(DataFolder.PathOf(configuration, environment));
            folder.Take();
            if (await StorageSetup.FindDifferenceAsync(configuration, environment, static () => { }) is not { } difference)
            {
                Console.WriteLine("The database is the one that the checkpoints know: there is nothing to accept.");
                return 0;
            }

            Console.WriteLine(difference.Message);
            if (difference.Fault == DatabaseFault.Damaged)
            {
                await Console.Error.WriteLineAsync("A damaged database is not accepted.");
                return 1;
            }

            var settings = StorageSetup.DatabaseOf(configuration, environment);
            await Migrator.MigrateAsync(settings, CancellationToken.None);
            var aside = new CheckpointFile(Checkpoints.FolderOf(configuration, environment), TimeProvider.System).PutAside();
            if (settings.Postgres is { } postgres)
            {
                await using var source = NpgsqlDataSource.Create(postgres);
                await using var log = new PostgresFactLog(source);
                await log.AcceptAsync(difference.Fault, TimeProvider.System);
            }
            else
            {
                await using var log = new SqliteFactLog(settings.Sqlite);
                await log.AcceptAsync(difference.Fault, TimeProvider.System);
            }

            Console.WriteLine($"Accepted, and noted in the log. The checkpoints of before are in {aside}. Start the server.");
            return 0;
        }
        catch (Exception e) when (StorageSetup.IsAway(e) || e is UnauthorizedAccessException or InvalidOperationException or ArgumentException or SettingException)
        {
            await Console.Error.WriteLineAsync($"The database was not accepted: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}.");
            return 2;
        }
    }
}
