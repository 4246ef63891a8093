using Classroom.Kits;
using Classroom.Silo.Hosting;
using Classroom.Silo.Operator;
using Classroom.Tutor;
using Classroom.Tutor.Audit;

namespace Classroom.Silo.Cli;

/// <summary>
/// <c>Classroom.Silo audit [--out FOLDER] [--sets A,B]</c>: audits the tutor with the server's own settings, beside a running server or without one, and
/// writes the signed dossier. <c>audit verify FOLDER|ZIP [--fingerprint F]</c>: whether one is as it was signed; wants no settings and no server.
/// </summary>
public static class AuditCli
{
    public const string Name = "audit";
    public const string Verify = "verify";
    private const string Out = "ortaq-audit";

    /// <returns>The exit code: 0 all that was asked holds, 1 not all, 2 it could not be done.</returns>
    public static async Task<int> RunAsync(IConfiguration configuration, IHostEnvironment environment)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            stop.Cancel();
        };
        try
        {
            var (model, options) = (Settings.Read<ModelOptions>(configuration, "Tutor"), Settings.Read<AuditOptions>(configuration, "Audit"));
            if (options.AtOnce is < 1 or > AuditOptions.MostAtOnce)
            {
                throw new SettingException($"Audit:AtOnce must be from 1 to {AuditOptions.MostAtOnce}.");
            }

            var more = Settings.Read<KitsOptions>(configuration, "Kits").Folder;
            using var signer = AuditSetup.SignerOf(KeysSetup.MasterOf(configuration, environment));
            return await AuditCommand.RunAsync(
                new AuditOrder(
                    model, KitLibrary.LoadAll(string.IsNullOrEmpty(more) ? [KitLibrary.ShippedFolder] : [KitLibrary.ShippedFolder, more]), options, AuditPlaces.Of(model, configuration, []),
                    configuration["sets"]?.Split(','), configuration["out"] is { Length: > 0 } folder ? folder : Out),
                signer, Console.Out, stop.Token);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("It was stopped: there is no dossier.");
            return 2;
        }
        catch (Exception e) when (e is SettingException or IOException or UnauthorizedAccessException or InvalidOperationException or AuditBrokenException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
    }
}
