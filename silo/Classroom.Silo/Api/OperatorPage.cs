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

/// <param name="Spent">Of the limit, with what calls that run hold; null when none is set, or nobody knows.</param>
/// <param name="Limit">0: none.</param>
public sealed record TokensToday(long? Spent, int Limit);

/// <param name="Waiting">Erasures that are ordered and not carried out.</param>
/// <param name="UnsealedLessons">Lessons of before children's words were sealed: erasing reaches the screens there, and not the table and its backups.</param>
public sealed record Erasing(int Waiting, long UnsealedLessons);

/// <param name="Erasing">Null while the key store or the database does not answer.</param>
/// <param name="Troubles">Of the installation as the answering silo sees it, beside those of each silo.</param>
/// <param name="Day">Lessons begun in the last 24 hours; null while nobody could count them.</param>
/// <param name="Tutor">Null without a model.</param>
/// <param name="Dashboard">Where the dashboard of Orleans is, or null when it is not served.</param>
public sealed record OperatorBody(
    DateTimeOffset Now, ImmutableArray<SiloCard> Silos, ImmutableArray<Trouble> Troubles, SteadyShare? Day, SteadyShare? Week, double PauseSeconds,
    bool HasModel, TokensToday Tokens, TutorCard? Tutor, Erasing? Erasing, string? Dashboard);

/// <summary>What the operator's page shows. It answers from what it knows when the rest cannot be reached.</summary>
public static class OperatorPage
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Within this time an erasure is to be on every screen.</summary>
    private static readonly TimeSpan ErasureTakes = TimeSpan.FromMinutes(1);

    public static void MapOperator(this WebApplication app)
    {
        app.MapGet("/api/operator", AnswerAsync).Produces<OperatorBody>().RequireAuthorization(Policies.Admin);
        app.MapPost("/api/operator/answers/forget", ForgetAnswersAsync).Produces(204).Produces<ErrorBody>(503).RequireAuthorization(Policies.Admin);
    }

    /// <summary>Explanations that were kept are asked of the model again, by every class on every server.</summary>
    private static async Task<IResult> ForgetAnswersAsync(AnswerCache cache, CancellationToken cancellationToken) =>
        await cache.ForgetAllAsync(cancellationToken) ? Results.NoContent() : Errors.Of(StatusCodes.Status503ServiceUnavailable, "try-again");

    private static async Task<IResult> AnswerAsync(
        IGrainFactory grains, SiloWatch own, IClusterMembershipService members, Pauses pauses, TutorDesk tutor, TokenLimits limits, ModelOptions models, TutorDayStore days, EndpointDataSource endpoints, IKeyStore keys, UnsealedLessons unsealed, TimeProvider time)
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

        var card = await TutorPage.CardAsync(silos.Where(s => s.Card.State is not ("lost" or "stopped")).Select(s => (s.Card.Name, s.Seen.Report.Providers)), models, days, now);
        var (ordered, clear) = (await AskedAsync(keys.OrderedAsync), await AskedAsync(async c => (long?)await unsealed.CountAsync(c)));
        if (ordered is null)
        {
            troubles.Add(new Trouble(await IsAnotherAsync(keys) ? "keys-differ" : "keys-away", now));
        }

        if (ordered is [var oldest, ..] && now - oldest.At > ErasureTakes)
        {
            troubles.Add(new Trouble("erasure-late", oldest.At));
        }

        return Results.Json(new OperatorBody(
            now, [.. silos.Select(s => s.Card).OrderBy(c => c.State is "lost" or "stopped").ThenBy(c => c.Name, StringComparer.Ordinal)], [.. troubles], pauses.Day, pauses.Week, Pauses.Limit.TotalSeconds, tutor.HasModel, new TokensToday(tokens, limits.Day), card,
            ordered is null || clear is null ? null : new Erasing(ordered.Count, clear.Value),
            endpoints.Endpoints.OfType<RouteEndpoint>().Any(e => e.RoutePattern.RawText?.TrimStart('/').StartsWith(DashboardSetup.Path[1..], StringComparison.Ordinal) == true) ? DashboardSetup.Path : null));
    }

    private static async Task<bool> IsAnotherAsync(IKeyStore keys)
    {
        try
        {
            await keys.RequireAsync(CancellationToken.None);
            return false;
        }
        catch (System.Data.Common.DbException e)
        {
            return e is DatabaseDiffersException;
        }
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

    private static Task<long?> SpentAsync(IGrainFactory grains, DateTimeOffset now) =>
        AskedAsync(async _ => (long?)await grains.GetGrain<ITokenGrain>(GrainTokenBudget.DayOf(now)).Spent());

    /// <returns>Nothing, when it does not come in time.</returns>
    internal static async Task<T?> AskedAsync<T>(Func<CancellationToken, Task<T>> ask)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return await ask(patience.Token).WaitAsync(Patience);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException or OrleansException or StorageUnavailableException or System.Data.Common.DbException or IOException
            or System.Net.Sockets.SocketException)
        {
            return default;
        }
    }
}
