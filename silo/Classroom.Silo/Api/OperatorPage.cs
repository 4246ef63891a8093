using Classroom.Silo.Auth;
using Classroom.Silo.Operator;
using Classroom.Storage;
using Classroom.Tutor;
using Orleans.Runtime;

namespace Classroom.Silo.Api;

/// <param name="State">active, stopping, silent (a member that reports nothing), gone.</param>
/// <param name="Lessons">That it shows to browsers.</param>
public sealed record SiloCard(
    string Name, string Version, DateTimeOffset Since, string State, int Lessons, int Connections, ImmutableArray<Trouble> Troubles);

/// <param name="Spent">Null when no limit of the day is set, and nobody counts.</param>
/// <param name="Limit">0: none.</param>
public sealed record TokensToday(long? Spent, int Limit);

/// <param name="Troubles">Of the installation as the answering silo sees it, beside those of each silo.</param>
/// <param name="Day">Lessons begun in the last 24 hours; null while nobody could count them.</param>
/// <param name="Dashboard">Where the dashboard of Orleans is, or null when it is not served.</param>
public sealed record OperatorBody(
    DateTimeOffset Now, ImmutableArray<SiloCard> Silos, ImmutableArray<Trouble> Troubles, SteadyShare? Day, SteadyShare? Week, double PauseSeconds,
    bool HasModel, TokensToday Tokens, string? Dashboard);

/// <summary>What the operator's page shows. It answers from what it knows when the rest cannot be reached.</summary>
public static class OperatorPage
{
    public const string Dashboard = "/operator/orleans";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Silent = SiloWatch.Every * 4;

    public static void MapOperator(this WebApplication app) =>
        app.MapGet("/api/operator", AnswerAsync).Produces<OperatorBody>().RequireAuthorization(Policies.Admin);

    private static async Task<IResult> AnswerAsync(
        IGrainFactory grains, SiloWatch own, IClusterMembershipService members, Pauses pauses, TutorDesk tutor, TokenLimits limits, EndpointDataSource endpoints, TimeProvider time)
    {
        var (now, seen) = (time.GetUtcNow(), await SeenAsync(grains));
        var troubles = ImmutableArray<Trouble>.Empty;
        if (seen is null)
        {
            (seen, troubles) = ([new SeenSilo(own.Report, TimeSpan.Zero)], [new Trouble("silos-unreachable", now)]);
        }

        var snapshot = members.CurrentSnapshot;
        // Of itself a silo knows more than its last report.
        var silos = seen.Value.Select(s => s.Report.Silo.Equals(own.Report.Silo) ? new SeenSilo(own.Report, TimeSpan.Zero) : s)
            .Select(s => CardOf(s, snapshot.GetSiloStatus(s.Report.Silo))).OrderBy(c => c.State == "gone").ThenBy(c => c.Name, StringComparer.Ordinal);
        var tokens = limits.Day > 0 ? await SpentAsync(grains, now) : null;
        if (limits.Day > 0 && tokens >= limits.Day)
        {
            troubles = troubles.Add(new Trouble("budget-used-up", now));
        }

        return Results.Json(new OperatorBody(
            now, [.. silos], troubles, pauses.Day, pauses.Week, Pauses.Limit.TotalSeconds, tutor.HasModel, new TokensToday(tokens, limits.Day),
            endpoints.Endpoints.OfType<RouteEndpoint>().Any(e => e.RoutePattern.RawText?.TrimStart('/').StartsWith(Dashboard[1..], StringComparison.Ordinal) == true) ? Dashboard : null));
    }

    private static SiloCard CardOf(SeenSilo seen, SiloStatus status)
    {
        var report = seen.Report;
        var state = status is SiloStatus.Dead or SiloStatus.None ? "gone"
            : report.IsStopping || status is SiloStatus.ShuttingDown or SiloStatus.Stopping ? "stopping"
            : seen.Ago > Silent ? "silent" : "active";
        return state == "gone" ? new SiloCard(NameOf(report), report.Version, report.Since, state, 0, 0, [])
            : new SiloCard(NameOf(report), report.Version, report.Since, state, report.Lessons, report.Connections, report.Troubles);
    }

    private static string NameOf(SiloReport report) => report.Silo.Endpoint.ToString();

    private static async Task<ImmutableArray<SeenSilo>?> SeenAsync(IGrainFactory grains)
    {
        try
        {
            return await grains.GetGrain<IOperatorGrain>(0).Silos().WaitAsync(Patience);
        }
        catch (Exception e) when (e is TimeoutException or OrleansException or OperationCanceledException)
        {
            return null;
        }
    }

    private static async Task<long?> SpentAsync(IGrainFactory grains, DateTimeOffset now)
    {
        try
        {
            return await grains.GetGrain<ITokenGrain>(GrainTokenBudget.DayOf(now)).Spent().WaitAsync(Patience);
        }
        catch (Exception e) when (e is TimeoutException or OrleansException or StorageUnavailableException or System.Data.Common.DbException or IOException)
        {
            return null;
        }
    }
}
