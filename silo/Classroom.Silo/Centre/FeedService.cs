using Classroom.Silo.Api;
using Classroom.Storage;
using Grpc.Core;
using Ortaq.Centre.V1;

namespace Classroom.Silo.Centre;

/// <summary>The calls of <c>centre.proto</c>. Who calls, and what a failure is called, is <see cref="CallCheck"/>'s.</summary>
internal sealed class FeedService(
    CentreWalls walls, CentreSessions sessions, ServiceTokenStore tokens, KitImport kits, IFactLog log, AccessLog access, IGrainFactory grains,
    IHostApplicationLifetime life, TimeProvider time) : CentreFeed.CentreFeedBase
{
    private static readonly TimeSpan LookAtTokenEvery = TimeSpan.FromSeconds(5);
    private const int FlushEvery = 64;
    private static readonly string HalfWritten = Classroom.Lessons.FactCatalogue.NameOf(typeof(Classroom.Lessons.TypedKept));
    private static readonly WriteOptions Buffered = new(WriteFlags.BufferHint);

    public override async Task WatchSessions(
        WatchSessionsRequest request, IServerStreamWriter<WatchSessionsReply> responseStream, ServerCallContext context)
    {
        var centre = CallCheck.CallerOf(context).CentreId;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, life.ApplicationStopping);
        var tiles = await walls.WatchAsync(centre, end.Token);
        var revoked = UntilRevokedAsync(CallCheck.HashOf(context), end);
        try
        {
            await SendAsync(tiles.Take(), responseStream, end.Token);
            await responseStream.WriteAsync(new WatchSessionsReply { CaughtUp = new CaughtUp() }, end.Token);
            while (true)
            {
                await tiles.WaitAsync(end.Token);
                await SendAsync(tiles.Take(), responseStream, end.Token);
            }
        }
        catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
        {
            throw life.ApplicationStopping.IsCancellationRequested
                ? Failed(StatusCode.Unavailable, "The process is about to stop; another answers.")
                : Failed(StatusCode.Unauthenticated, "The service token was revoked.");
        }
        finally
        {
            walls.Leave(centre, tiles);
            await end.CancelAsync();
            await revoked;
        }
    }

    public override async Task<Report> GetReport(GetReportRequest request, ServerCallContext context)
    {
        var id = await OwnAsync(request.ClassroomId, context);
        var (record, _) = await LessonRecord.ReadAsync(grains.GetGrain<IClassroomGrain>(id), Actor.System, time).WaitAsync(context.CancellationToken);
        var report = record is null ? throw NoSession() : Reports.Of(id, record) ?? throw Failed(StatusCode.FailedPrecondition, "The session has not ended.");
        await NoteAsync(id, context);
        return report;
    }

    public override async Task ExportFacts(ExportFactsRequest request, IServerStreamWriter<Ortaq.Centre.V1.Fact> responseStream, ServerCallContext context)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, life.ApplicationStopping);
        IReadOnlyList<Guid> wanted = request.ClassroomId.Length > 0 ? [await OwnAsync(request.ClassroomId, context)]
            : await sessions.AllAsync(CallCheck.CallerOf(context).CentreId, end.Token);
        try
        {
            foreach (var id in wanted)
            {
                await NoteAsync(id, context);
                await ExportAsync(id, request.AfterVersion.GetValueOrDefault(id.ToString()), responseStream, end.Token);
            }
        }
        catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
        {
            throw Failed(StatusCode.Unavailable, "The process is about to stop; go on from the versions you have.");
        }
    }

    public override Task<ImportKitReply> ImportKit(ImportKitRequest request, ServerCallContext context) => kits.RunAsync(request, context.CancellationToken);

    private Task NoteAsync(Guid id, ServerCallContext context) => access.AddAsync(
        Privacy.PrivacySetup.Text(Actor.System with { Name = "centre: " + CallCheck.CallerOf(context).Name }), "lesson-exported.1", id, null, CancellationToken.None);

    // One lesson's facts are read at once, so that a slow caller holds no connection to the database. A flush now and then is what makes the
    // server wait for a caller that reads slowly.
    private async Task ExportAsync(Guid id, long after, IServerStreamWriter<Ortaq.Centre.V1.Fact> to, CancellationToken cancellationToken)
    {
        var facts = new List<Ortaq.Centre.V1.Fact>();
        await foreach (var fact in log.ReadAsync($"classroom/{id}", after, cancellationToken))
        {
            // What a child has typed and not sent is for that child alone; its version is there, for versions have no holes.
            facts.Add(Messages.Of(id, fact.Name == HalfWritten ? fact with { Actor = "{}", Body = "{}" } : fact));
        }

        for (var i = 0; i < facts.Count; i++)
        {
            to.WriteOptions = (i + 1) % FlushEvery == 0 || i == facts.Count - 1 ? null : Buffered;
            await to.WriteAsync(facts[i], cancellationToken);
        }
    }

    private static async Task SendAsync(
        IReadOnlyList<WatchSessionsReply> replies, IServerStreamWriter<WatchSessionsReply> to, CancellationToken cancellationToken)
    {
        foreach (var reply in replies)
        {
            await to.WriteAsync(reply, cancellationToken);
        }
    }

    // A stream may run for weeks; who was let in at its beginning may have been shut out since. A database that is away shuts nobody out.
    private async Task UntilRevokedAsync(byte[] hash, CancellationTokenSource stream)
    {
        using var timer = new PeriodicTimer(LookAtTokenEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stream.Token))
            {
                if (await IsRevokedAsync(hash, stream.Token))
                {
                    await stream.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The stream is over.
        }
    }

    private async Task<bool> IsRevokedAsync(byte[] hash, CancellationToken cancellationToken)
    {
        try
        {
            return await tokens.FindAsync(hash, cancellationToken) is not { RevokedAt: null };
        }
        catch (Exception e) when (e is System.Data.Common.DbException or TimeoutException or IOException)
        {
            return false;
        }
    }

    private async Task<Guid> OwnAsync(string text, ServerCallContext context)
    {
        if (!Guid.TryParseExact(text, "D", out var id))
        {
            throw Failed(StatusCode.InvalidArgument, "classroom_id is not a UUID.");
        }

        return await sessions.HasAsync(CallCheck.CallerOf(context).CentreId, id, context.CancellationToken) ? id : throw NoSession();
    }

    private static RpcException NoSession() => Failed(StatusCode.NotFound, "There is no such session at this centre.");

    private static RpcException Failed(StatusCode code, string message) => new(new Status(code, message));
}
