using Classroom.Silo.Hosting;
using Classroom.Storage;
using Classroom.Tutor.Audit;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Classroom.Silo.Operator;

/// <summary>The audit of the tutor: who runs it, where its dossiers are, by which key they are signed.</summary>
public static class AuditSetup
{
    private const string Purpose = "audit signature";
    private const int SeedSize = 40;

    public static void AddOrtaqAudit(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<AuditOptions>("Audit")
            .Validate(o => o.AtOnce is >= 1 and <= AuditOptions.MostAtOnce, $"Audit:AtOnce must be from 1 to {AuditOptions.MostAtOnce}.")
            .Validate(o => o.WaitAtMost >= TimeSpan.Zero && o.WaitAtMost <= TimeSpan.FromHours(1), "Audit:WaitAtMost must be from 0 to an hour.");
        services.AddSingleton(s => s.GetRequiredService<IOptions<AuditOptions>>().Value);
        services.AddSingleton(s => new AuditStore(s.GetRequiredService<DatabaseSettings>(), s.GetService<NpgsqlDataSource>()));
        services.AddSingleton(s => SignerOf(s.GetRequiredService<MasterKey>()));
        services.AddSingleton<AuditDesk>().AddHostedService(s => s.GetRequiredService<AuditDesk>());
    }

    /// <summary>The key that signs dossiers follows from the master key: each silo has it, and there is no file of it to lose or to copy.</summary>
    public static DossierSigner SignerOf(MasterKey master)
    {
        ArgumentNullException.ThrowIfNull(master);
        return DossierSigner.FromSeed(master.Derive(Purpose, SeedSize));
    }
}
