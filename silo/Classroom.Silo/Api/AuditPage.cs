using System.Text.Json;
using Classroom.Silo.Auth;
using Classroom.Silo.Operator;
using Classroom.Silo.Privacy;
using Classroom.Storage;
using Classroom.Tutor;
using Classroom.Tutor.Audit;

namespace Classroom.Silo.Api;

/// <param name="State">running, stopping, done, stopped, or broken: its server went away amid it, no model answered, or it failed; the log says which.</param>
/// <param name="Set">What is asked now; empty at first.</param>
/// <param name="Done">Of what a model is asked.</param>
public sealed record AuditRunCard(Guid Id, DateTimeOffset StartedAt, string State, string Set, int Done, int Total);

public sealed record AuditCard(Guid Id, DateTimeOffset At, string Version, ImmutableArray<string> Models, ImmutableArray<AuditedCheck> Checks);

/// <param name="Calls">About so many requests to a model, and <paramref name="Tokens"/> of it, a run will take. 0: there is no model.</param>
/// <param name="DayLimit">Of tokens, for lessons and audits together; 0: none.</param>
/// <param name="Spent">Of today; null: nobody counts.</param>
/// <param name="Run">The last one; null: there was none.</param>
/// <param name="Fingerprint">Of the key that signs dossiers here.</param>
/// <param name="Dossiers">The last five, the newest first.</param>
public sealed record AuditBody(bool HasModel, int Calls, long Tokens, int DayLimit, long? Spent, AuditRunCard? Run, string Fingerprint, ImmutableArray<AuditCard> Dossiers);

/// <summary>The audit on the operator's page: started, watched, stopped, read and taken away by an admin. Who asks for a start, stops one or takes a dossier away is noted.</summary>
public static class AuditPage
{
    private const string Path = "/api/operator/audit";

    public static void MapAudit(this WebApplication app)
    {
        var all = app.MapGroup(Path).RequireAuthorization(Policies.Admin);
        all.MapGet("", AnswerAsync).Produces<AuditBody>();
        all.MapPost("/start", StartAsync).Produces(202).Produces<ErrorBody>(409);
        all.MapPost("/stop", StopAsync).Produces(202).Produces<ErrorBody>(409);
        all.MapGet("/{id:guid}/{language}.html", ReadAsync).Produces(200, contentType: "text/html").Produces<ErrorBody>(404);
        all.MapGet("/{id:guid}/dossier.zip", TakeAsync).Produces(200, contentType: "application/zip").Produces<ErrorBody>(404);
    }

    private static async Task<IResult> AnswerAsync(
        IGrainFactory grains, AuditStore store, TutorDesk tutor, TokenLimits limits, DossierSigner signer, TimeProvider time, CancellationToken cancellationToken)
    {
        var run = await grains.GetGrain<IAuditGrain>(0).Look();
        var estimate = AuditRun.Estimate(tutor.HasModel);
        var dossiers = (await store.ListAsync(cancellationToken)).Where(r => r.Summary is not null).Take(AuditStore.Kept).Select(CardOf);
        return Results.Json(new AuditBody(
            tutor.HasModel, estimate.Calls, estimate.Tokens, limits.Day, await SpentAsync(grains, limits, time),
            run is null ? null : new AuditRunCard(run.Id, run.StartedAt, run.State, run.Set, run.Done, run.Total), signer.Fingerprint, [.. dossiers]));
    }

    private static async Task<long?> SpentAsync(IGrainFactory grains, TokenLimits limits, TimeProvider time) =>
        limits.Day > 0 ? await grains.GetGrain<ITokenGrain>(GrainTokenBudget.DayOf(time.GetUtcNow())).Spent() : null;

    private static async Task<IResult> StartAsync(HttpContext context, IGrainFactory grains, AuditDesk desk, TutorDesk tutor, TokenLimits limits, AccessLog access, TimeProvider time)
    {
        if (await grains.GetGrain<IAuditGrain>(0).Look() is { State: "running" or "stopping" })
        {
            return Errors.Of(StatusCodes.Status409Conflict, "audit-runs");
        }

        // It would take what lessons need today, and break off without a report.
        if (await SpentAsync(grains, limits, time) is { } spent && spent + AuditRun.Estimate(tutor.HasModel).Tokens > limits.Day)
        {
            return Errors.Of(StatusCodes.Status409Conflict, "audit-over-day");
        }

        var id = Guid.CreateVersion7();
        await NoteAsync(context, access, "audit-started.1");
        return await desk.StartAsync(id) ? Results.Accepted() : Errors.Of(StatusCodes.Status409Conflict, "audit-runs");
    }

    private static async Task<IResult> StopAsync(HttpContext context, IGrainFactory grains, AccessLog access)
    {
        if (!await grains.GetGrain<IAuditGrain>(0).Stop())
        {
            return Errors.Of(StatusCodes.Status409Conflict, "no-audit");
        }

        await NoteAsync(context, access, "audit-stopped.1");
        return Results.Accepted();
    }

    private static async Task<IResult> ReadAsync(Guid id, string language, HttpContext context, AuditStore store, CancellationToken cancellationToken)
    {
        if (!Enum.GetNames<Language>().Contains(language, StringComparer.OrdinalIgnoreCase) || await store.DossierAsync(id, cancellationToken) is not { } zip)
        {
            return Errors.Of(StatusCodes.Status404NotFound, "not-found");
        }

        using var stream = new MemoryStream(zip);
        context.Response.Headers.ContentSecurityPolicy = DossierHtml.ContentSecurityPolicy;
        return Results.Bytes(DossierFiles.Unzip(stream)[DossierHtml.NameOf(Enum.Parse<Language>(language, ignoreCase: true))], "text/html; charset=utf-8");
    }

    private static async Task<IResult> TakeAsync(Guid id, HttpContext context, AuditStore store, AccessLog access, CancellationToken cancellationToken)
    {
        if (await store.DossierAsync(id, cancellationToken) is not { } zip)
        {
            return Errors.Of(StatusCodes.Status404NotFound, "not-found");
        }

        await NoteAsync(context, access, "audit-taken.1");
        return Results.Bytes(zip, "application/zip", $"ortaq-audit-{id:N}.zip");
    }

    // About no lesson and no child.
    private static Task NoteAsync(HttpContext context, AccessLog access, string act) =>
        access.AddAsync(PrivacySetup.Text(Caller.ActorOf(context.User)), act, Guid.Empty, null, CancellationToken.None);

    private static AuditCard CardOf(AuditRow row) => JsonSerializer.Deserialize<AuditSummary>(row.Summary!, JsonSerializerOptions.Web) is { } summary
        ? new AuditCard(row.Id, row.StartedAt, summary.Version, summary.Models, summary.Checks) : new AuditCard(row.Id, row.StartedAt, "", [], []);
}
