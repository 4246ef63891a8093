using Classroom.Storage;
using Npgsql;

namespace Classroom.Silo.Operator;

/// <summary>What the operator's page is made of.</summary>
public static class OperatorSetup
{
    public static void AddOrtaqOperator(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(s => new PauseStore(s.GetRequiredService<DatabaseSettings>(), s.GetService<NpgsqlDataSource>()));
        services.AddSingleton<Pauses>();
        services.AddHostedService(s => s.GetRequiredService<Pauses>());
        services.AddSingleton<SiloWatch>();
        services.AddHostedService(s => s.GetRequiredService<SiloWatch>());
        services.AddSingleton(s => new TutorDayStore(s.GetRequiredService<DatabaseSettings>(), s.GetService<NpgsqlDataSource>()));
        services.AddSingleton<TutorTally>();
        services.AddHostedService(s => s.GetRequiredService<TutorTally>());
        services.AddSingleton<TutorTrials>();
        services.AddHostedService<TutorCheck>();
        services.AddSingleton<IOutgoingGrainCallFilter, AnnouncementWatch>();
    }
}
