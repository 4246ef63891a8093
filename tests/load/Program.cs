using System.Globalization;
using System.Text.Json;

namespace Classroom.Load;

/// <summary>The benchmarks: each scenario runs ours and a baseline in one run and prints their ratio. See the README.</summary>
public static class Load
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static async Task<int> Main(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        switch (args.FirstOrDefault())
        {
            case "serve-raw":
                Pin.Here(Pin.Server);
                await RawServer.RunAsync();
                return 0;
            case "serve-groups":
                Pin.Here(Pin.Server);
                await GroupServer.RunAsync();
                return 0;
            case "serve-ours":
                Pin.Here(Pin.Server);
                await OurServer.RunAsync(ownTutor: false);
                return 0;
            case "serve-own":
                Pin.Here(Pin.Server);
                await OurServer.RunAsync(ownTutor: true);
                return 0;
            case "serve-bare" or "serve-single":
                Pin.Here(Pin.Server);
                await BareCommit.RunAsync(
                    Environment.GetEnvironmentVariable("LOAD_POSTGRES") is { Length: > 0 } database ? database : null, args[0] == "serve-single");
                return 0;
            default:
                break;
        }

        Pin.Here(Pin.Clients);
        var scenario = args.FirstOrDefault() ?? "";
        var report = new Report(scenario);
        switch (scenario)
        {
            case "fanout":
                await Fanout.RunAsync(report, args.Contains("--quick"), args.Contains("--equal"));
                break;
            case "tokens":
                await Tokens.RunAsync(report);
                break;
            case "actions":
                await Actions.RunAsync(report, onPostgres: true, args.Contains("--ours"));
                break;
            case "actions-sqlite":
                await Actions.RunAsync(report, onPostgres: false, args.Contains("--ours"));
                break;
            case "sealing":
                await Sealing.RunAsync(report, args.Contains("--quick"));
                break;
            case "stall":
                await Stall.RunAsync(report, args.Contains("--quick"));
                break;
            case "flood":
                await Flood.RunAsync(report);
                break;
            case "seat-flood":
                await SeatFlood.RunAsync(report);
                break;
            case "hall":
                await Hall.RunAsync(report);
                break;
            case "rehearsals":
                await Rehearsals.RunAsync(report);
                break;
            case "storm":
                await Storm.RunAsync(report);
                break;
            case "silos":
                await Silos.RunAsync(report);
                break;
            case "scale":
                await Scale.RunAsync(report);
                break;
            case "hop":
                await Hop.RunAsync(report);
                break;
            case "cold":
                await Cold.RunAsync(report);
                break;
            case "lesson-bytes":
                await LessonBytes.RunAsync(report);
                break;
            default:
                Console.Error.WriteLine("usage: dotnet run -c Release --project tests/load -- fanout|tokens|actions|actions-sqlite|sealing|storm|stall|flood|seat-flood|hall|rehearsals|lesson-bytes|cold|hop|silos|scale [--json FILE] [--chart FILE]");
                return 2;
        }

        Console.WriteLine(report.Table());
        if (Array.IndexOf(args, "--chart") is var chart and >= 0 && chart + 1 < args.Length)
        {
            await File.WriteAllTextAsync(args[chart + 1], report.Svg());
        }

        if (Array.IndexOf(args, "--json") is var at and >= 0 && at + 1 < args.Length)
        {
            await File.WriteAllTextAsync(args[at + 1], JsonSerializer.Serialize(report.Json(), Indented));
        }

        return 0;
    }
}
