using Classroom.Silo.Auth;
using Classroom.Silo.Hosting;
using Classroom.Silo.Operator;
using Classroom.Storage;
using Classroom.Tutor;
using Orleans.Runtime;

namespace Classroom.Silo.Api;

/// <param name="State">active, silent (a member that reports nothing), stopping, stopped, lost (it said no goodbye).</param>
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
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapOperator(this WebApplication app) =>
        app.MapGet("/api/operator", AnswerAsync).Produces<OperatorBody>().RequireAuthorization(Policies.Admin);

    private static async Task<IResult> AnswerAsync(
        IGrainFactory grains, SiloWatch own, IClusterMembershipService members, Pauses pauses, TutorDesk tutor, TokenLimits limits, EndpointDataSource endpoints, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var troubles = new List<Trouble>();
        if (own.IsAlone)
        {
            troubles.Add(new Trouble("silos-unreachable", now));
        }

        var snapshot = members.CurrentSnapshot;
        var silos = own.Seen.Select(s => (Seen: s, Card: CardOf(s, snapshot.GetSiloStatus(s.Report.Silo)))).ToList();
        troubles.AddRange(silos.Where(s => s.Card.State is "silent" or "lost")
            .Select(s => new Trouble(s.Card.State == "lost" ? "silo-lost" : "silo-silent", now - s.Seen.Ago)));
        var tokens = limits.Day > 0 ? await SpentAsync(grains, now) : null;
        if (limits.Day > 0 && tokens >= limits.Day)
        {
            troubles.Add(new Trouble("budget-used-up", now));
        }

        return Results.Json(new OperatorBody(
            now, [.. silos.Select(s => s.Card).OrderBy(c => c.State is "lost" or "stopped").ThenBy(c => c.Name, StringComparer.Ordinal)], [.. troubles], pauses.Day, pauses.Week, Pauses.Limit.TotalSeconds, tutor.HasModel, new TokensToday(tokens, limits.Day),
            endpoints.Endpoints.OfType<RouteEndpoint>().Any(e => e.RoutePattern.RawText?.TrimStart('/').StartsWith(DashboardSetup.Path[1..], StringComparison.Ordinal) == true) ? DashboardSetup.Path : null));
    }

    private static SiloCard CardOf(SeenSilo seen, SiloStatus status)
    {
        var report = seen.Report;
        var state = status is SiloStatus.Dead or SiloStatus.None ? (report.IsStopping ? "stopped" : "lost")
            : report.IsStopping || status is SiloStatus.ShuttingDown or SiloStatus.Stopping ? "stopping"
            : seen.Ago > SiloWatch.Silent ? "silent" : "active";
        return state is "lost" or "stopped" ? new SiloCard(NameOf(report), report.Version, report.Since, state, 0, 0, [])
            : new SiloCard(NameOf(report), report.Version, report.Since, state, report.Lessons, report.Connections, report.Troubles);
    }

    private static string NameOf(SiloReport report) => report.Silo.Endpoint.ToString();

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
