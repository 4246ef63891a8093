using Classroom.Silo.Hosting.Telemetry;
using Classroom.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Classroom.Silo.Hosting;

/// <summary>The database: Postgres when a connection string is set, else one SQLite file in the data folder.</summary>
public static class StorageSetup
{
    private const int PoolSize = 20;

    public static DatabaseSettings DatabaseOf(IConfiguration configuration, IHostEnvironment environment) =>
        Settings.Read<DatabaseOptions>(configuration, "ConnectionStrings").Postgres is { } postgres && !string.IsNullOrWhiteSpace(postgres)
            ? new DatabaseSettings(new NpgsqlConnectionStringBuilder(postgres) { MaxPoolSize = PoolSize }.ToString(), "")
            : DatabaseSettings.ForFile(Path.Combine(DataFolder.PathOf(configuration, environment), "ortaq.db"));

    public static void AddOrtaqStorage(this WebApplicationBuilder builder)
    {
        var (services, configuration, environment) = (builder.Services, builder.Configuration, builder.Environment);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => new DataFolder(DataFolder.PathOf(configuration, environment)));
        services.AddSingleton<ChangedHeads>();
        services.AddSingleton(s => new CheckpointFile(Checkpoints.FolderOf(configuration, environment), s.GetRequiredService<TimeProvider>()));
        // Before the engine and the web server, so that it stops after them: what they append while they drain is in the last checkpoint.
        services.AddHostedService<Checkpoints>();
        services.AddSingleton(_ => DatabaseOf(configuration, environment));
        builder.AddOrtaqKeys();
        services.AddSingleton<IndexBuilder>().AddHostedService(s => s.GetRequiredService<IndexBuilder>());
        services.AddSingleton(s => new IncidentRegister(s.GetRequiredService<DatabaseSettings>(), s.GetService<NpgsqlDataSource>()));
        services.AddSingleton(s => new ProtectionKeyStore(s.GetRequiredService<DatabaseSettings>(), s.GetService<NpgsqlDataSource>()));
        services.AddSingleton(s => new ServiceTokenStore(s.GetRequiredService<DatabaseSettings>(), s.GetService<NpgsqlDataSource>()));
        services.AddSingleton(s => new CentreSessions(s.GetRequiredService<DatabaseSettings>(), s.GetService<NpgsqlDataSource>()));
        if (!string.IsNullOrWhiteSpace(configuration.GetConnectionString("Postgres")))
        {
            services.AddSingleton(s => NpgsqlDataSource.Create(s.GetRequiredService<DatabaseSettings>().Postgres!));
            services.AddSingleton(s => new PostgresFactLog(s.GetRequiredService<NpgsqlDataSource>(), s.GetRequiredService<ChangedHeads>()));
            services.AddSingleton<IFactLog>(s => new MeasuredLog(Sealed(s, s.GetRequiredService<PostgresFactLog>())));
            services.AddDbContext<AccountsDb>((s, o) => o.UseNpgsql(s.GetRequiredService<NpgsqlDataSource>()));
        }
        else
        {
            services.AddSingleton(s => new SqliteFactLog(s.GetRequiredService<DatabaseSettings>().Sqlite, s.GetRequiredService<ChangedHeads>()));
            services.AddSingleton<IFactLog>(s => new MeasuredLog(Sealed(s, s.GetRequiredService<SqliteFactLog>())));
            services.AddDbContext<AccountsDb>((s, o) => o.UseSqlite(s.GetRequiredService<DatabaseSettings>().Sqlite));
        }
    }

    private static SealedLog Sealed(IServiceProvider services, IFactLog log) =>
        new(log, services.GetRequiredService<ChildKeys>(), services.GetRequiredService<PersonalFields>());

    /// <summary>Takes the data folder, and brings the database to this program's schema.</summary>
    /// <exception cref="SettingException">The folder or the database cannot be used.</exception>
    public static async Task PrepareStorageAsync(this WebApplication app)
    {
        app.Services.GetRequiredService<DataFolder>().Take();
        var settings = app.Services.GetRequiredService<DatabaseSettings>();
        try
        {
            await Migrator.MigrateAsync(settings, CancellationToken.None);
        }
        catch (Exception e) when (e is System.Data.Common.DbException or TimeoutException or System.Net.Sockets.SocketException or IOException)
        {
            throw new SettingException(
                settings.Postgres is null ? $"Data:Folder: the database in it cannot be used ({OneLine(e)})."
                    : $"ConnectionStrings:Postgres: the database does not answer as it should ({OneLine(e)}).", e);
        }
        catch (InvalidOperationException e)
        {
            // Written by a newer program; the message says what to do.
            throw new SettingException(e.Message, e);
        }

        await app.PrepareKeysAsync();
    }

    private static string OneLine(Exception e) => e.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
