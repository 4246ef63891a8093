using Classroom.Kits;
using Classroom.Storage;
using Classroom.Tutor;
using Microsoft.EntityFrameworkCore;
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

    public static void AddOrtaqStorage(this WebApplicationBuilder builder)
    {
        var postgres = builder.Configuration.GetConnectionString("Postgres");
        var folder = Path.GetFullPath(builder.Configuration["Data:Folder"] ?? "data", builder.Environment.ContentRootPath);
        var settings = string.IsNullOrWhiteSpace(postgres)
            ? DatabaseSettings.ForFile(Path.Combine(folder, "ortaq.db"))
            : new DatabaseSettings(new NpgsqlConnectionStringBuilder(postgres) { MaxPoolSize = PoolSize }.ToString(), "");
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        if (settings.Postgres is { } connection)
        {
            builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(connection));
            builder.Services.AddSingleton<IFactLog>(s => new PostgresFactLog(s.GetRequiredService<NpgsqlDataSource>()));
            builder.Services.AddDbContext<AccountsDb>((s, o) => o.UseNpgsql(s.GetRequiredService<NpgsqlDataSource>()));
        }
        else
        {
            Directory.CreateDirectory(folder);
            builder.Services.AddSingleton<IFactLog>(_ => new SqliteFactLog(settings.Sqlite));
            builder.Services.AddDbContext<AccountsDb>(o => o.UseSqlite(settings.Sqlite));
        }
    }

    public static async Task PrepareStorageAsync(this WebApplication app)
    {
        await Migrator.MigrateAsync(app.Services.GetRequiredService<DatabaseSettings>(), CancellationToken.None);
        var kits = app.Services.GetRequiredService<KitLibrary>();
        foreach (var error in kits.Errors)
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
        var model = new ModelOptions();
        builder.Configuration.GetSection("Tutor").Bind(model);
        builder.Services.AddSingleton<ITutor>(s => new TutorDesk(s.GetRequiredService<PreparedTutor>(), model.IsConfigured
            ? new ModelTutor(OpenAIChat.Create(model), model, s.GetRequiredService<TimeProvider>()) : null));
    }
}
