using Classroom.Grains;
using Classroom.Kits;
using Classroom.Silo.Hosting.Telemetry;
using Classroom.Silo.Operator;
using Classroom.Storage;
using Classroom.Tutor;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Classroom.Silo.Hosting;

/// <summary>The kits, and the tutor over them: a model when one is configured, the kit's prepared text always.</summary>
public static class TutorSetup
{
    public static void AddOrtaqTutor(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(s => new KitStore(s.GetRequiredService<DatabaseSettings>(), s.GetRequiredService<TimeProvider>(), s.GetService<NpgsqlDataSource>()));
        services.AddSingleton(s => new KitImageStore(s.GetRequiredService<DatabaseSettings>(), s.GetRequiredService<TimeProvider>(), s.GetService<NpgsqlDataSource>()));
        services.AddSingleton<LiveKits>().AddSingleton<IKits>(s => s.GetRequiredService<LiveKits>()).AddHostedService(s => s.GetRequiredService<LiveKits>());
        services.AddSingleton(s => s.GetRequiredService<IOptions<StreamingOptions>>().Value);
        services.AddSingleton<ActiveStreams>();
        services.AddSingleton(s => s.GetRequiredService<IOptions<ModelOptions>>().Value);
        services.AddSingleton(s => s.GetRequiredService<ModelOptions>().Prepared);
        services.AddSingleton(s => s.GetRequiredService<ModelOptions>().Budget);
        services.AddHostedService<WarmGuards>();
        services.AddSingleton<PreparedTutor>();
        services.AddSingleton<Holders>();
        services.AddSingleton<ITokenBudget, GrainTokenBudget>();
        services.AddSingleton<ISharedAnswers, GrainSharedAnswers>();
        services.AddSingleton(s => new TutorDesk(s.GetRequiredService<PreparedTutor>(), !s.GetRequiredService<ModelOptions>().IsConfigured ? null
            : ModelTutor.Create(
                s.GetRequiredService<ModelOptions>(), s.GetRequiredService<ITokenBudget>(), s.GetRequiredService<AnswerCache>(),
                s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ISharedAnswers>(), s.GetRequiredService<ILoggerFactory>(), s.GetRequiredService<TutorTally>())));
        services.AddSingleton<TutorHealth>();
        services.AddSingleton<ITutor>(s => new MeasuredTutor(s.GetRequiredService<TutorDesk>(), s.GetRequiredService<TutorHealth>(), s.GetRequiredService<TutorTally>()));
    }

    private const int MostErrors = 100;

    /// <summary>Reads the kits, after browsers can already be answered: a class that lost its server waits for nothing it does not need.</summary>
    public static async Task PrepareKitsAsync(this WebApplication app)
    {
        var kits = app.Services.GetRequiredService<LiveKits>();
        await kits.RefreshWhollyAsync(CancellationToken.None);
        if (kits.Now.Errors is { Count: > 0 } errors)
        {
            // In one entry: of several alike the log says the first and a number, and each has a name here.
            app.Logger.LogError("Kits:Folder: left out are {Files}. {Errors}", string.Join(", ", errors.Select(e => e.File).Distinct(StringComparer.Ordinal)), string.Join(
                "; ", errors.Take(MostErrors).Select(e => $"{e.File} line {e.Line}, {e.Field}: {e.Message}")));
        }
    }
}
