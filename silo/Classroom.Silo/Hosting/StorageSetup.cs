using Classroom.Silo.Hosting.Telemetry;
using Classroom.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Classroom.Silo.Hosting;

/// <summary>The database: Postgres when a connection string is set, else one SQLite file in the data folder.</summary>
public static class StorageSetup
{
    private const int PoolSize = 20;

    /// <summary>How long a start looks whether an SQLite file is whole; a larger one is looked at in part, and the log says so.</summary>
    private static readonly TimeSpan LooksFor = TimeSpan.FromSeconds(20);

    public static DatabaseSettings DatabaseOf(IConfiguration configuration, IHostEnvironment environment) =>
        Settings.Read<DatabaseOptions>(configuration, "ConnectionStrings").Postgres is { } postgres && !string.IsNullOrWhiteSpace(postgres)
            ? new DatabaseSettings(new NpgsqlConnectionStringBuilder(postgres) { MaxPoolSize = PoolSize }.ToString(), "")
            : DatabaseSettings.ForFile(Path.Combine(DataFolder.PathOf(configuration, environment), "ortaq.db"));

    public static void AddOrtaqStorage(this WebApplicationBuilder builder)
    {
        var (services, configuration, environment) = (builder.Services, builder.Configuration, builder.Environment);
        services.AddSingleton(_ => new BoxClock(TimeProvider.System));
        services.AddSingleton<TimeProvider>(s => s.GetRequiredService<BoxClock>());
        services.AddSingleton(_ => new DataFolder(DataFolder.PathOf(configuration, environment)));
        services.AddSingleton<ChangedHeads>();
        services.AddSingleton(s => new CheckpointFile(Checkpoints.FolderOf(configuration, environment), s.GetRequiredService<TimeProvider>()));
        // Before the engine and the web server, so that it stops after them: what they append while they drain is in the last checkpoint.
        services.AddHostedService<Checkpoints>();
        services.AddSingleton(s => OwnOf(s.GetRequiredService<ChangedHeads>(), DatabaseOf(configuration, environment)));
        services.AddSingleton(s => DatabaseOf(configuration, environment) with { Own = s.GetRequiredService<OwnDatabase>() });
        builder.AddOrtaqKeys();
        services.AddSingleton<IndexBuilder>().AddHostedService(s => s.GetRequiredService<IndexBuilder>());
        services.AddSingleton(s => new IncidentRegister(s.GetRequiredService<DatabaseSettings>(), s.GetService<NpgsqlDataSource>()));
        services.AddSingleton(s => new ProtectionKeyStore(s.GetRequiredService<DatabaseSettings>(), s.GetService<NpgsqlDataSource>()));
        services.AddSingleton(s => new ServiceTokenStore(s.GetRequiredService<DatabaseSettings>(), s.GetService<NpgsqlDataSource>()));
        services.AddSingleton(s => new CentreSessions(s.GetRequiredService<DatabaseSettings>(), s.GetService<NpgsqlDataSource>()));
        if (!string.IsNullOrWhiteSpace(configuration.GetConnectionString("Postgres")))
        {
            services.AddSingleton(s => SourceOf(s.GetRequiredService<DatabaseSettings>().Postgres!, s.GetRequiredService<OwnDatabase>()));
            services.AddSingleton(s => new PostgresFactLog(s.GetRequiredService<NpgsqlDataSource>(), s.GetRequiredService<ChangedHeads>(), s.GetRequiredService<OwnDatabase>()));
            services.AddSingleton<IFactLog>(s => new MeasuredLog(Sealed(s, s.GetRequiredService<PostgresFactLog>())));
            services.AddDbContext<AccountsDb>((s, o) => o.UseNpgsql(s.GetRequiredService<NpgsqlDataSource>()));
        }
        else
        {
            services.AddSingleton(s => new SqliteFactLog(s.GetRequiredService<DatabaseSettings>().Sqlite, s.GetRequiredService<ChangedHeads>(), s.GetRequiredService<OwnDatabase>()));
            services.AddSingleton<IFactLog>(s => new MeasuredLog(Sealed(s, s.GetRequiredService<SqliteFactLog>())));
            services.AddDbContext<AccountsDb>((s, o) => o.UseSqlite(s.GetRequiredService<DatabaseSettings>().Sqlite)
                .AddInterceptors(new OwnConnections(s.GetRequiredService<OwnDatabase>())));
        }
    }

    private static SealedLog Sealed(IServiceProvider services, IFactLog log) =>
        new(log, services.GetRequiredService<ChildKeys>(), services.GetRequiredService<PersonalFields>());

    /// <summary>Takes the data folder, sees that the database is the one that was written, and brings it to this program's schema.</summary>
    /// <exception cref="SettingException">The folder or the database cannot be used.</exception>
    /// <exception cref="DatabaseDiffersException">It is not the one that was written. Nothing was changed in it.</exception>
    public static async Task PrepareStorageAsync(this WebApplication app)
    {
        var services = app.Services;
        var folder = services.GetRequiredService<DataFolder>();
        folder.Take();
        CloseToOthers(app, folder.Folder);
        var settings = services.GetRequiredService<DatabaseSettings>();
        var (changed, own, file) = (services.GetRequiredService<ChangedHeads>(), services.GetRequiredService<OwnDatabase>(), services.GetRequiredService<CheckpointFile>());
        try
        {
            var known = KnownHead.NewestOf(Checkpoints.FolderOf(app.Configuration, app.Environment));
            if (await FindDifferenceAsync(app.Configuration, app.Environment, settings, known, SayUnfinished(app)) is { } difference)
            {
                throw difference;
            }

            SayClock(app, known);
            if (known is [.., var newest])
            {
                changed.Begin(newest.Stream, new Head(newest.Version, newest.Hash));
            }

            await Migrator.MigrateAsync(settings, CancellationToken.None);
            await KeysSetup.RequireFileAsync(app.Configuration, app.Environment, settings);
            own.Begin();
            await services.GetRequiredService<IFactLog>().BeginAsync(services.GetRequiredService<TimeProvider>());
            KeepNewest(changed, file, alone: settings.Postgres is null);
        }
        catch (Exception e) when (IsAway(e) && e is not DatabaseDiffersException)
        {
            throw new SettingException(
                settings.Postgres is null ? $"Data:Folder: the database in it cannot be used ({StartFault.Cause(e)})."
                    : $"ConnectionStrings:Postgres: the database does not answer as it should ({StartFault.Cause(e)}).", e);
        }
        catch (InvalidOperationException e)
        {
            // Written by a newer program; the message says what to do.
            throw new SettingException(e.Message, e);
        }

        await app.PrepareKeysAsync();
    }

    /// <returns>How the database differs from what the checkpoints and the key store know; null when it is the one that was written.</returns>
    /// <exception cref="SettingException">The key store cannot be read.</exception>
    public static Task<DatabaseDiffersException?> FindDifferenceAsync(IConfiguration configuration, IHostEnvironment environment, Action unfinished) => FindDifferenceAsync(
        configuration, environment, DatabaseOf(configuration, environment), KnownHead.NewestOf(Checkpoints.FolderOf(configuration, environment)), unfinished);

    private static async Task<DatabaseDiffersException?> FindDifferenceAsync(
        IConfiguration configuration, IHostEnvironment environment, DatabaseSettings settings, IReadOnlyList<KnownHead> known, Action unfinished) =>
        await StoredBefore.FindAsync(settings, known, LooksFor, unfinished, CancellationToken.None) is { } difference ? difference
        // Of a data folder whose name is mistyped, nothing else knows that there was a database.
        : await StoredBefore.IsEmptyAsync(settings, CancellationToken.None) && await KeysSetup.FindAsync(configuration, environment) is { Count: > 0 } keys
            ? StoredBefore.EmptyBeside(keys, settings, DataFolder.PathOf(configuration, environment)) : null;

    public static bool IsAway(Exception e) =>
        e is System.Data.Common.DbException or TimeoutException or System.Net.Sockets.SocketException or IOException or StorageUnavailableException;

    /// <summary>The clock for what runs without the storage, which knows what is stored all the same.</summary>
    public static BoxClock ClockOf(IConfiguration configuration, IHostEnvironment environment)
    {
        var clock = new BoxClock(TimeProvider.System);
        try
        {
            foreach (var head in KnownHead.NewestOf(Checkpoints.FolderOf(configuration, environment)))
            {
                clock.Know(head.Time);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The machine's clock alone, then.
        }

        return clock;
    }

    private static Action SayUnfinished(WebApplication app) => () => app.Logger.LogWarning(
        "Data:Folder: in {LooksFor} only a part of the database could be looked at; `Classroom.Silo verify` reads all of it", LooksFor);

    // Before anything is written under a time.
    private static void SayClock(WebApplication app, IReadOnlyList<KnownHead> known)
    {
        var clock = app.Services.GetRequiredService<BoxClock>();
        foreach (var head in known)
        {
            clock.Know(head.Time);
        }

        if (clock.IsImpossible)
        {
            app.Logger.LogWarning("The clock of this machine is wrong: it is before this program was made. Lessons go by {Now:u} instead; set the clock (timedatectl).", clock.GetUtcNow());
        }
        else if (clock.IsBehind)
        {
            app.Logger.LogWarning("The clock of this machine is behind what is stored here, or was ahead when that was stored. It is {Now:u}; set the clock if that is wrong (timedatectl).", clock.GetUtcNow());
        }
    }

    // What those before noted stands in the log; from here on this process notes it.
    private static void KeepNewest(ChangedHeads changed, CheckpointFile file, bool alone)
    {
        try
        {
            if (changed.Newest is var (stream, head))
            {
                file.WriteNewest(stream, head);
            }

            file.ForgetNewestOfOthers(alone);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A disk for checkpoints that is away or full stops no lesson; that they cannot be written is said by Checkpoints.
        }
    }

    private static void CloseToOthers(WebApplication app, string folder)
    {
        foreach (var (setting, path) in new[] { ("Data:Folder", folder), ("Integrity:Folder", Checkpoints.FolderOf(app.Configuration, app.Environment)) })
        {
            if (PrivateFiles.Close(path) is { Count: > 0 } open)
            {
                app.Logger.LogWarning(
                    "{Setting}: {Count} of its files can be read by other accounts of this machine, and that could not be changed: {Files}", setting, open.Count, string.Join(", ", open.Take(10)));
            }
        }
    }

    private static OwnDatabase OwnOf(ChangedHeads changed, DatabaseSettings settings) => new(changed, settings.Postgres is null ? settings.Sqlite : null);

    private static NpgsqlDataSource SourceOf(string connection, OwnDatabase own)
    {
        var source = new NpgsqlDataSourceBuilder(connection);
        source.UsePhysicalConnectionInitializer(own.Look, own.LookAsync);
        return source.Build();
    }
}
