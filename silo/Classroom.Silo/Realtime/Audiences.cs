using System.Collections.Concurrent;
using System.Collections.Immutable;
using Orleans.Runtime;

namespace Classroom.Silo.Realtime;

/// <summary>
/// From here browsers are sent what happens in lessons. It is this process's observer of every classroom and centre that it shows; it passes
/// on what they announce and never makes a grain wait for a browser.
/// </summary>
public sealed class Audiences(
    IGrainFactory grains, ILocalSiloDetails silo, IClusterMembershipService members, IHostApplicationLifetime life, TimeProvider time, ILogger<Audiences> logger)
    : BackgroundService, IClassroomObserver, ICentreObserver
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(30);
    private const int RenewedAtOnce = 32;
    private const int SoonTries = 20;
    private static readonly TimeSpan SoonAgain = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PresenceDelay = TimeSpan.FromMilliseconds(300);
    private readonly ConcurrentDictionary<Guid, ClassroomAudience> _classrooms = new();
    private readonly ConcurrentDictionary<Guid, ImmutableArray<ClientConnection>> _walls = new();
    private readonly ConcurrentDictionary<Guid, byte> _presenceDue = new();
    private readonly Lock _lock = new();
    private IClassroomObserver? _reference;
    private ICentreObserver? _centreReference;

    public int Connections => _classrooms.Values.Sum(c => c.Connections.Length) + _walls.Values.Sum(w => w.Length);

    public int Lessons => _classrooms.Count;

    // Exactly one each: a class that comes in at one moment once made two, and every connection was sent everything twice.
    private IClassroomObserver Reference
    {
        get
        {
            lock (_lock)
            {
                return _reference ??= grains.CreateObjectReference<IClassroomObserver>(this);
            }
        }
    }

    private ICentreObserver CentreReference
    {
        get
        {
            lock (_lock)
            {
                return _centreReference ??= grains.CreateObjectReference<ICentreObserver>(this);
            }
        }
    }

    public Task Announce(Guid classroomId, ImmutableArray<Announcement> announcements)
    {
        if (_classrooms.TryGetValue(classroomId, out var classroom))
        {
            foreach (var announcement in announcements)
            {
                Deliver(classroom, announcement);
            }
        }

        return Task.CompletedTask;
    }

    private void Deliver(ClassroomAudience classroom, Announcement announcement)
    {
        switch (announcement)
        {
            case PatchBatch batch:
                if (!classroom.Deliver(batch))
                {
                    _ = CatchUpAsync(classroom);
                }

                if (!batch.Removed.IsEmpty || !batch.Devices.IsEmpty || !batch.Unpaired.IsDefaultOrEmpty || !batch.Dismissed.IsDefaultOrEmpty || batch.Ended)
                {
                    PresenceChanged(classroom.ClassroomId);
                }

                break;
            case VersionNow version:
                if (!classroom.Reaches(version.Seq))
                {
                    _ = CatchUpAsync(classroom);
                }

                break;
            case TextChunk chunk:
                classroom.Deliver(chunk);
                break;
            case StrokeNow stroke:
                classroom.Deliver(stroke);
                break;
            case PresenceNow presence:
                classroom.DeliverPresence(presence);
                break;
            case SavingNow saving:
                classroom.DeliverSaving(saving.Works);
                break;
            case ActivationOver:
                _ = RenewSoonAsync(classroom);
                break;
            default:
                throw new InvalidOperationException($"Nobody passes {announcement.GetType().Name} on.");
        }
    }

    public Task Tiles(Guid centreId, ImmutableArray<Tile> tiles)
    {
        var message = OutboundMessage.Tiles(tiles, all: false);
        foreach (var connection in _walls.GetValueOrDefault(centreId, []))
        {
            connection.Send(message);
        }

        return Task.CompletedTask;
    }

    /// <summary>Brings a connection into a classroom: what it misses first, then everything new.</summary>
    public async Task<SyncResponse> SyncAsync(ClientConnection connection, Guid classroomId, Audience audience, Actor by, Guid deviceId, long seq)
    {
        ArgumentNullException.ThrowIfNull(connection);
        await connection.Entering.WaitAsync();
        try
        {
            return await EnterAsync(connection, classroomId, audience, by, deviceId, seq);
        }
        finally
        {
            connection.Entering.Release();
        }
    }

    private async Task<SyncResponse> EnterAsync(ClientConnection connection, Guid classroomId, Audience audience, Actor by, Guid deviceId, long seq)
    {
        Leave(connection);
        (connection.Audience, connection.By, connection.DeviceId) = (audience, by, deviceId);
        // What is announced from here on waits behind what the connection starts from; who is refused is never sent it.
        var hold = connection.Hold(anew: true);
        var classroom = Open(classroomId);
        while (!classroom.TryAdd(connection))
        {
            // Closed in this moment: the next is another.
            _classrooms.TryRemove(new(classroomId, classroom));
            classroom = Open(classroomId);
        }

        SyncResponse response;
        try
        {
            await classroom.SubscribeAsync(Reference);
            response = await classroom.Grain.Sync(new SyncRequest(audience, by, deviceId, seq));
        }
        catch
        {
            classroom.Remove(connection);
            connection.Discard(hold);
            throw;
        }

        if (response.Refusal is not null)
        {
            classroom.Remove(connection);
            connection.Discard(hold);
            return response;
        }

        connection.Classroom = classroom;
        if (!classroom.Connections.Contains(connection))
        {
            // Let in, and removed or replaced before it got this far.
            connection.Classroom = null;
        }

        connection.Variant = response.Variant;
        Start(connection, hold, classroom, response);
        LeaveIfGone(connection);
        PresenceChanged(classroomId);
        return response;
    }

    public async Task WatchAsync(ClientConnection connection, Guid centreId)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _walls.AddOrUpdate(centreId, _ => [connection], (_, all) => all.Remove(connection).Add(connection));
        LeaveIfGone(connection);
        connection.Audience = Audience.Mentor;
        connection.Send(OutboundMessage.Tiles(await grains.GetGrain<ICentreGrain>(centreId).Watch(CentreReference), all: true));
    }

    public void Leave(ClientConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.Classroom is { } classroom)
        {
            classroom.Remove(connection);
            connection.Classroom = null;
            PresenceChanged(classroom.ClassroomId);
        }

        foreach (var (centre, connections) in _walls)
        {
            if (connections.Contains(connection))
            {
                _walls.AddOrUpdate(centre, _ => [], (_, all) => all.Remove(connection));
            }
        }
    }

    /// <summary>A connection that fell behind, or missed something, starts again from a fresh snapshot.</summary>
    /// <param name="hold">The hold that the snapshot ends. A later one, of somebody who brings another start, stands.</param>
    public async Task CatchUpAsync(ClientConnection connection, int hold)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.Classroom is not { } classroom || connection.By is null)
        {
            connection.Release(hold, []);
            return;
        }

        try
        {
            var response = await classroom.Grain.Sync(new SyncRequest(connection.Audience, connection.By, connection.DeviceId, 0));
            if (response.Refusal is not { } refusal)
            {
                Start(connection, hold, classroom, response);
            }
            else if (response.Student is not null)
            {
                connection.Abort();
            }
            else if (connection.Discard(hold))
            {
                Leave(connection);
                connection.End(refusal.Code);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.LogWarning(e, "Connection {Connection} could not catch up; it will reconnect", connection.ConnectionId);
            connection.Abort();
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(RenewRegularlyAsync(stoppingToken), WatchMembersAsync(stoppingToken));

    private async Task RenewRegularlyAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(RenewEvery, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            await RenewAllAsync(classroom => RenewAsync(classroom), stop);
        }
    }

    // A lesson whose silo died, and one whose teacher's students were at it: both are asked for at once, not at the next renewal.
    private async Task WatchMembersAsync(CancellationToken stop)
    {
        var gone = ImmutableHashSet<SiloAddress>.Empty;
        await foreach (var snapshot in members.MembershipUpdates.WithCancellation(stop))
        {
            var now = snapshot.Members.Values.Where(m => m.Status == SiloStatus.Dead).Select(m => m.SiloAddress).ToImmutableHashSet();
            if (!now.Except(gone).IsEmpty)
            {
                _ = RenewAllAsync(RenewSoonAsync, stop);
            }

            gone = now;
        }
    }

    private async Task RenewAllAsync(Func<ClassroomAudience, Task> renew, CancellationToken stop)
    {
        var few = new ParallelOptions { MaxDegreeOfParallelism = RenewedAtOnce, CancellationToken = stop };
        await Parallel.ForEachAsync(_classrooms.Values, few, async (classroom, _) => await renew(classroom));
        await Parallel.ForEachAsync(_walls.Where(w => !w.Value.IsEmpty).Select(w => w.Key).ToList(), few, async (centre, _) => await RenewAsync(centre));
    }

    // The classroom is on its way to another silo: it may take some tries until somebody has it.
    private async Task RenewSoonAsync(ClassroomAudience classroom)
    {
        for (var attempt = 0; attempt < SoonTries && !life.ApplicationStopping.IsCancellationRequested; attempt++)
        {
            if (await RenewAsync(classroom))
            {
                return;
            }

            await Task.Delay(SoonAgain, time);
        }
    }

    private static void Start(ClientConnection connection, int hold, ClassroomAudience classroom, SyncResponse response)
    {
        var started = connection.Release(
            hold, response.Snapshot is { } snapshot ? [OutboundMessage.Snapshot(response.Seq, snapshot)] : response.Missed.Select(classroom.Missed), response.Seq);
        if (started)
        {
            classroom.Greet(connection);
        }
    }

    // A browser may drop while it is being brought in, and has then left before it came.
    private void LeaveIfGone(ClientConnection connection)
    {
        Interlocked.MemoryBarrier();
        if (connection.IsGone)
        {
            Leave(connection);
        }
    }

    private ClassroomAudience Open(Guid classroomId) =>
        _classrooms.GetOrAdd(classroomId, id => new ClassroomAudience(id, grains.GetGrain<IClassroomGrain>(id), time));

    // Who is still being brought in starts from what the classroom answers it, and is left alone.
    private Task CatchUpAsync(ClassroomAudience classroom)
    {
        var connections = classroom.Connections.Where(c => c.Classroom == classroom).ToList();
        return Task.WhenAll(connections.Select(c => (Connection: c, Hold: c.Hold())).ToList().Select(c => CatchUpAsync(c.Connection, c.Hold)));
    }

    private async Task<bool> RenewAsync(ClassroomAudience classroom)
    {
        try
        {
            if (classroom.TryClose())
            {
                _classrooms.TryRemove(new(classroom.ClassroomId, classroom));
                await classroom.Grain.Unsubscribe(Reference);
                if (_classrooms.TryGetValue(classroom.ClassroomId, out var next))
                {
                    // Somebody came meanwhile, and may have subscribed before this unsubscribed.
                    await next.SubscribeAsync(Reference, anew: true);
                    await CatchUpAsync(next);
                }

                return true;
            }

            // What was missed is announced: what is only on its way is not missed.
            await classroom.SubscribeAsync(Reference, anew: true);
            await classroom.Grain.Present(silo.SiloAddress, classroom.Present);
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.LogWarning(e, "Classroom {Classroom} was not renewed; it is tried again", classroom.ClassroomId);
            return false;
        }
    }

    // What is thrown out of this loop ends the whole process: a centre that cannot be reached is tried again.
    private async Task RenewAsync(Guid centre)
    {
        try
        {
            // All tiles again: a wall that lost one, of a lesson that ended, would show it for ever.
            var all = OutboundMessage.Tiles(await grains.GetGrain<ICentreGrain>(centre).Watch(CentreReference), all: true);
            foreach (var connection in _walls.GetValueOrDefault(centre, []))
            {
                connection.Send(all);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.LogWarning(e, "Centre {Centre} was not renewed; next try in {Seconds} s", centre, RenewEvery.TotalSeconds);
        }
    }

    // Many connections come and go at once (a bell, a power cut): one report to the classroom for all of them. A process that stops says nothing
    // more: its browsers are on their way to another, and what it said would meet a silo that is gone.
    private void PresenceChanged(Guid classroomId)
    {
        if (!life.ApplicationStopping.IsCancellationRequested && _presenceDue.TryAdd(classroomId, 0))
        {
            _ = ReportPresenceAsync(classroomId);
        }
    }

    private async Task ReportPresenceAsync(Guid classroomId)
    {
        await Task.Delay(PresenceDelay, time);
        _presenceDue.TryRemove(classroomId, out _);
        try
        {
            if (_classrooms.TryGetValue(classroomId, out var classroom) && !life.ApplicationStopping.IsCancellationRequested)
            {
                // The classroom announces it to the teacher and the helpers: it knows who is at every process.
                await classroom.Grain.Present(silo.SiloAddress, classroom.Present);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.LogDebug(e, "Presence in {Classroom} was not reported", classroomId);
        }
    }
}
