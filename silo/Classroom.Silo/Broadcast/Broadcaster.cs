using System.Collections.Concurrent;

namespace Classroom.Silo.Broadcast;

/// <summary>
/// The one place from which browsers hear of lessons. It is this process's observer of every classroom and centre it shows; it passes
/// on what they announce and never makes a grain wait for a browser.
/// </summary>
public sealed class Broadcaster(IGrainFactory grains, IHostApplicationLifetime life, TimeProvider time, ILogger<Broadcaster> logger)
    : BackgroundService, IClassroomObserver, ICentreObserver
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PresenceDelay = TimeSpan.FromMilliseconds(300);
    private readonly string _process = Guid.CreateVersion7().ToString();
    private readonly ConcurrentDictionary<Guid, Room> _rooms = new();
    private readonly ConcurrentDictionary<Guid, ImmutableArray<Screen>> _walls = new();
    private readonly ConcurrentDictionary<Guid, byte> _presenceDue = new();
    private readonly Lock _lock = new();
    private IClassroomObserver? _reference;
    private ICentreObserver? _centreReference;

    public int Connections => _rooms.Values.Sum(r => r.Screens.Length) + _walls.Values.Sum(w => w.Length);

    // Exactly one each: a class that comes in at one moment once made two, and every screen heard everything twice.
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

    public Task Frames(LessonFrames frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        if (_rooms.TryGetValue(frames.ClassroomId, out var room))
        {
            if (!room.Deliver(frames))
            {
                _ = CatchUpAsync(room);
            }

            if (!frames.Gone.IsEmpty)
            {
                PresenceChanged(frames.ClassroomId);
            }
        }

        return Task.CompletedTask;
    }

    public Task Text(TextFrame text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (_rooms.TryGetValue(text.ClassroomId, out var room))
        {
            room.Deliver(text);
        }

        return Task.CompletedTask;
    }

    public Task Presence(Guid classroomId, ImmutableArray<Guid> students)
    {
        if (_rooms.TryGetValue(classroomId, out var room))
        {
            room.DeliverPresence(students);
        }

        return Task.CompletedTask;
    }

    public Task Gone(Guid classroomId)
    {
        if (_rooms.TryGetValue(classroomId, out var room))
        {
            _ = RenewAsync(room);
        }

        return Task.CompletedTask;
    }

    public Task Saving(Guid classroomId, bool works)
    {
        if (_rooms.TryGetValue(classroomId, out var room))
        {
            room.DeliverSaving(works);
        }

        return Task.CompletedTask;
    }

    public Task Tiles(Guid centreId, ImmutableArray<Tile> tiles)
    {
        var message = Message.Tiles(tiles, all: false);
        foreach (var screen in _walls.GetValueOrDefault(centreId, []))
        {
            screen.Send(message);
        }

        return Task.CompletedTask;
    }

    /// <summary>Brings a screen into a classroom: what it misses first, then everything new.</summary>
    public async Task<Welcome> EnterAsync(Screen screen, Guid classroomId, Audience audience, Actor by, Guid deviceId, long seq)
    {
        ArgumentNullException.ThrowIfNull(screen);
        Leave(screen);
        (screen.Audience, screen.By, screen.DeviceId) = (audience, by, deviceId);
        // What is announced from here on waits behind what the screen starts from; who is refused never hears it.
        screen.Hold();
        var room = Open(classroomId);
        while (!room.TryAdd(screen))
        {
            // Closed in this moment: the next is another.
            _rooms.TryRemove(new(classroomId, room));
            room = Open(classroomId);
        }

        Welcome welcome;
        try
        {
            await room.SubscribeAsync(Reference);
            welcome = await room.Grain.Enter(new Entrance(audience, by, deviceId, seq));
        }
        catch
        {
            room.Remove(screen);
            screen.Forget();
            throw;
        }

        if (welcome.Refusal is not null)
        {
            room.Remove(screen);
            screen.Forget();
            return welcome;
        }

        screen.Room = room;
        if (!room.Screens.Contains(screen))
        {
            // Let in, and removed or replaced before it got this far.
            screen.Room = null;
        }

        screen.Variant = welcome.Variant;
        Start(screen, room, welcome);
        if (!room.Saves && audience.Kind == AudienceKind.Teacher)
        {
            screen.Send(Message.Saving(false));
        }

        LeaveIfGone(screen);
        PresenceChanged(classroomId);
        return welcome;
    }

    public async Task WatchAsync(Screen screen, Guid centreId)
    {
        ArgumentNullException.ThrowIfNull(screen);
        _walls.AddOrUpdate(centreId, _ => [screen], (_, all) => all.Remove(screen).Add(screen));
        LeaveIfGone(screen);
        screen.Audience = Audience.Mentor;
        screen.Send(Message.Tiles(await grains.GetGrain<ICentreGrain>(centreId).Watch(CentreReference), all: true));
    }

    public void Leave(Screen screen)
    {
        ArgumentNullException.ThrowIfNull(screen);
        if (screen.Room is { } room)
        {
            room.Remove(screen);
            screen.Room = null;
            PresenceChanged(room.ClassroomId);
        }

        foreach (var (centre, screens) in _walls)
        {
            if (screens.Contains(screen))
            {
                _walls.AddOrUpdate(centre, _ => [], (_, all) => all.Remove(screen));
            }
        }
    }

    // A browser may drop while it is being brought in, and has then left before it came.
    private void LeaveIfGone(Screen screen)
    {
        Interlocked.MemoryBarrier();
        if (screen.IsGone)
        {
            Leave(screen);
        }
    }

    /// <summary>A screen that fell behind, or missed something, starts again from a fresh snapshot.</summary>
    public async Task CatchUpAsync(Screen screen)
    {
        ArgumentNullException.ThrowIfNull(screen);
        if (screen.Room is not { } room || screen.By is null)
        {
            screen.Release([]);
            return;
        }

        try
        {
            var welcome = await room.Grain.Enter(new Entrance(screen.Audience, screen.By, screen.DeviceId, 0));
            if (welcome.Refusal is { } refusal)
            {
                Leave(screen);
                screen.Forget();
                screen.Send(Message.Closed(refusal.Code));
                return;
            }

            Start(screen, room, welcome);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.LogWarning(e, "Screen {Connection} could not catch up; it will reconnect", screen.ConnectionId);
            screen.Abort();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RenewEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var room in _rooms.Values)
            {
                await RenewAsync(room);
            }

            foreach (var centre in _walls.Where(w => !w.Value.IsEmpty).Select(w => w.Key))
            {
                await RenewAsync(centre);
            }
        }
    }

    private static void Start(Screen screen, Room room, Welcome welcome) => screen.Release(
        welcome.Snapshot is { } snapshot ? [Message.Snapshot(welcome.Seq, snapshot)]
        : welcome.Missed.Select(room.Missed), welcome.Seq);

    private Room Open(Guid classroomId) => _rooms.GetOrAdd(classroomId, id => new Room(id, grains.GetGrain<IClassroomGrain>(id)));

    // Who is still being brought in starts from what the classroom answers it, and is left alone.
    private Task CatchUpAsync(Room room)
    {
        var screens = room.Screens.Where(s => s.Room == room).ToList();
        screens.ForEach(s => s.Hold());
        return Task.WhenAll(screens.Select(CatchUpAsync));
    }

    private async Task RenewAsync(Room room)
    {
        try
        {
            if (room.TryClose())
            {
                _rooms.TryRemove(new(room.ClassroomId, room));
                await room.Grain.Unsubscribe(Reference);
                if (_rooms.TryGetValue(room.ClassroomId, out var next))
                {
                    // Somebody came meanwhile, and may have subscribed before this unsubscribed.
                    await next.SubscribeAsync(Reference, anew: true);
                    await CatchUpAsync(next);
                }

                return;
            }

            var told = room.Last;
            if (await room.SubscribeAsync(Reference, anew: true) > told && told >= 0 && room.Last == told)
            {
                await CatchUpAsync(room);
            }

            await room.Grain.Present(_process, room.Students);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.LogWarning(e, "Classroom {Classroom} was not renewed; next try in {Seconds} s", room.ClassroomId, RenewEvery.TotalSeconds);
        }
    }

    // What is thrown out of this loop ends the whole process: a centre that cannot be reached is tried again.
    private async Task RenewAsync(Guid centre)
    {
        try
        {
            await grains.GetGrain<ICentreGrain>(centre).Watch(CentreReference);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.LogWarning(e, "Centre {Centre} was not renewed; next try in {Seconds} s", centre, RenewEvery.TotalSeconds);
        }
    }

    // Many screens come and go at once (a bell, a power cut): the classroom hears of it together. A process that stops says nothing more:
    // its screens are on their way to another, and what it told would meet an engine that is gone.
    private void PresenceChanged(Guid classroomId)
    {
        if (!life.ApplicationStopping.IsCancellationRequested && _presenceDue.TryAdd(classroomId, 0))
        {
            _ = TellPresenceAsync(classroomId);
        }
    }

    private async Task TellPresenceAsync(Guid classroomId)
    {
        await Task.Delay(PresenceDelay, time);
        _presenceDue.TryRemove(classroomId, out _);
        try
        {
            if (_rooms.TryGetValue(classroomId, out var room) && !life.ApplicationStopping.IsCancellationRequested)
            {
                await room.Grain.Present(_process, room.Students);
                foreach (var screen in room.Screens.Where(s => s.Audience.Kind == AudienceKind.Teacher))
                {
                    screen.Send(Message.Presence(room.Students));
                }
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.LogDebug(e, "Presence in {Classroom} was not told", classroomId);
        }
    }
}
