using Classroom.Grains;
using Classroom.Kits;
using Classroom.Storage;
using Classroom.Tutor;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Distributed;
using Npgsql;

namespace Classroom.Silo.Engine;

/// <summary>Logging, storage and the tutor: what the grains stand on.</summary>
public static class Foundations
{
    private const int PoolSize = 20;

    /// <summary>One JSON object a line outside Development. Neither names nor nicknames are ever logged: ids only.</summary>
    public static void AddOrtaqLogging(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment())
        {
            builder.Logging.ClearProviders().AddJsonConsole(o => o.UseUtcTimestamp = true);
        }
    }

    public static string DataFolder(IConfiguration configuration, IHostEnvironment environment) =>
        Path.GetFullPath(configuration["Data:Folder"] ?? "data", environment.ContentRootPath);

    public static DatabaseSettings DatabaseOf(IConfiguration configuration, IHostEnvironment environment)
    {
        var postgres = configuration.GetConnectionString("Postgres");
        return string.IsNullOrWhiteSpace(postgres)
            ? DatabaseSettings.ForFile(Path.Combine(DataFolder(configuration, environment), "ortaq.db"))
            : new DatabaseSettings(new NpgsqlConnectionStringBuilder(postgres) { MaxPoolSize = PoolSize }.ToString(), "");
    }

    public static void AddOrtaqStorage(this WebApplicationBuilder builder)
    {
        var settings = DatabaseOf(builder.Configuration, builder.Environment);
        var checkpoints = Checkpoints.FolderOf(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton<ChangedHeads>();
        builder.Services.AddSingleton(s => new CheckpointFile(checkpoints, s.GetRequiredService<TimeProvider>()));
        // Before the engine and the web server, so that it stops after them: what they append while they drain is in the last checkpoint.
        builder.Services.AddHostedService<Checkpoints>();
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        if (settings.Postgres is { } connection)
        {
            builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(connection));
            builder.Services.AddSingleton<IFactLog>(s => new PostgresFactLog(
                s.GetRequiredService<NpgsqlDataSource>(), s.GetRequiredService<ChangedHeads>()));
            builder.Services.AddSingleton<IDistributedCache>(
                s => new AnswerStore(settings, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<NpgsqlDataSource>()));
            builder.Services.AddSingleton(s => new IncidentRegister(settings, s.GetRequiredService<NpgsqlDataSource>()));
            builder.Services.AddSingleton(s => new ProtectionKeyStore(settings, s.GetRequiredService<NpgsqlDataSource>()));
            builder.Services.AddDbContext<AccountsDb>((s, o) => o.UseNpgsql(s.GetRequiredService<NpgsqlDataSource>()));
        }
        else
        {
            Directory.CreateDirectory(DataFolder(builder.Configuration, builder.Environment));
            builder.Services.AddSingleton<IFactLog>(s => new SqliteFactLog(settings.Sqlite, s.GetRequiredService<ChangedHeads>()));
            builder.Services.AddSingleton<IDistributedCache>(s => new AnswerStore(settings, s.GetRequiredService<TimeProvider>()));
            builder.Services.AddSingleton(new IncidentRegister(settings));
            builder.Services.AddSingleton(new ProtectionKeyStore(settings));
            builder.Services.AddDbContext<AccountsDb>(o => o.UseSqlite(settings.Sqlite));
        }
    }

    public static Task PrepareStorageAsync(this WebApplication app) =>
        Migrator.MigrateAsync(app.Services.GetRequiredService<DatabaseSettings>(), CancellationToken.None);

    /// <summary>Reads the kits, after browsers can already be answered: a class that lost its server waits for nothing it does not need.</summary>
    public static void PrepareKits(this WebApplication app)
    {
        foreach (var error in app.Services.GetRequiredService<KitLibrary>().Errors)
        {
            app.Logger.LogError("Kit {File} line {Line}, {Field}: {Message}. It is left out.", error.File, error.Line, error.Field, error.Message);
        }
    }

    public static void AddOrtaqTutor(this WebApplicationBuilder builder)
    {
        var extra = builder.Configuration["Kits:Folder"];
        builder.Services.AddSingleton(_ => KitLibrary.LoadAll(extra is null ? [KitLibrary.ShippedFolder] : [KitLibrary.ShippedFolder, extra]));
        var prepared = new PreparedTutorOptions();
        builder.Configuration.GetSection("Tutor:Prepared").Bind(prepared);
        builder.Services.AddSingleton(prepared);
        builder.Services.AddSingleton<PreparedTutor>();
        var streaming = new StreamingOptions();
        builder.Configuration.GetSection("Streaming").Bind(streaming);
        builder.Services.AddSingleton(streaming);
        builder.Services.AddSingleton<ActiveStreams>();
        var (model, limits) = (new ModelOptions(), new TokenLimits());
        builder.Configuration.GetSection("Tutor").Bind(model);
        builder.Configuration.GetSection("Tutor:Budget").Bind(limits);
        builder.Services.AddSingleton(limits);
        builder.Services.AddSingleton<ITokenBudget, GrainTokenBudget>();
        builder.Services.AddSingleton(s => new TutorDesk(s.GetRequiredService<PreparedTutor>(), !model.IsConfigured ? null
            : ModelTutor.Create(model, s.GetRequiredService<ITokenBudget>(), s.GetRequiredService<IDistributedCache>(), s.GetRequiredService<TimeProvider>())));
        builder.Services.AddSingleton<ITutor>(s => s.GetRequiredService<TutorDesk>());
    }
}
