namespace Classroom.Silo.Broadcast;

/// <summary>One classroom as this process shows it: its screens, and the last version they were told.</summary>
public sealed class Room(Guid classroomId, IClassroomGrain grain)
{
    private const int MaxMissed = 64;
    private const int SharedMilliseconds = 1000;
    private readonly Lock _lock = new();
    private ImmutableArray<Screen> _screens = [];
    private Dictionary<Frame, Message>? _missed;
    private Task<long>? _subscription;
    private long _subscribedAt;
    private long _last = -1;
    private bool _isClosed;

    public Guid ClassroomId { get; } = classroomId;

    public IClassroomGrain Grain { get; } = grain;

    /// <summary>Version of the last frames delivered, before them that of the first subscription; -1 while there is none.</summary>
    public long Last => Volatile.Read(ref _last);

    /// <summary>The lesson can be stored, as far as this process was told.</summary>
    public bool Saves { get; private set; } = true;

    public ImmutableArray<Screen> Screens => _screens;

    public ImmutableArray<Guid> Students =>
        [.. _screens.Where(s => s.Audience.Kind == AudienceKind.Student).Select(s => s.Audience.StudentId).Distinct()];

    /// <returns>False when this room was closed: the screen comes into a new one.</returns>
    public bool TryAdd(Screen screen)
    {
        lock (_lock)
        {
            _screens = _isClosed ? _screens : _screens.Remove(screen).Add(screen);
            return !_isClosed;
        }
    }

    /// <summary>Closes a room that nobody is in. Whoever comes at that moment is either in it, and it stays, or finds it closed.</summary>
    public bool TryClose()
    {
        lock (_lock)
        {
            return _isClosed = _screens.IsEmpty;
        }
    }

    /// <summary>
    /// Has the classroom tell this process. A class that comes in together asks once within a second; should the classroom move to another
    /// process in that second, the next renewal subscribes there and everybody catches up.
    /// </summary>
    /// <param name="anew">Whatever was asked a moment ago.</param>
    /// <returns>The classroom's version then.</returns>
    public Task<long> SubscribeAsync(IClassroomObserver observer, bool anew = false)
    {
        lock (_lock)
        {
            var now = Environment.TickCount64;
            if (anew || _subscription is null or { IsCompleted: true, IsCompletedSuccessfully: false } || now - _subscribedAt > SharedMilliseconds)
            {
                (_subscription, _subscribedAt) = (AskAsync(observer), now);
            }

            return _subscription;
        }
    }

    /// <summary>What a screen missed, as a message. A class that comes back together missed the same: encoded once, until there is news.</summary>
    public Message Missed(Frame frame)
    {
        lock (_lock)
        {
            _missed ??= new(ReferenceEqualityComparer.Instance);
            if (!_missed.TryGetValue(frame, out var message))
            {
                if (_missed.Count == MaxMissed)
                {
                    _missed.Clear();
                }

                _missed[frame] = message = Message.Notices(frame);
            }

            return message;
        }
    }

    public void Remove(Screen screen)
    {
        lock (_lock)
        {
            _screens = _screens.Remove(screen);
        }
    }

    /// <summary>Passes frames on. Each audience's message is encoded once, whatever the number of its screens.</summary>
    /// <returns>False when frames before these were missed.</returns>
    public bool Deliver(LessonFrames frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        lock (_lock)
        {
            _missed = null;
        }

        var last = Last;
        var contiguous = last < 0 || frames.Previous <= last;
        Volatile.Write(ref _last, Math.Max(last, frames.Seq));
        var teacher = frames.Teacher is null ? null : Message.Notices(frames.Teacher);
        var board = frames.Board is null ? null : Message.Notices(frames.Board);
        var students = frames.Students is null ? null : Message.Notices(frames.Students);
        foreach (var changed in frames.Variants)
        {
            foreach (var screen in ScreensOf(changed.StudentId))
            {
                screen.Variant = changed.Variant;
            }
        }

        foreach (var screen in _screens)
        {
            var message = screen.Audience.Kind switch
            {
                AudienceKind.Teacher => teacher,
                AudienceKind.Board => board,
                AudienceKind.Student => OwnOf(frames.Personal, screen.Audience.StudentId) is { } own ? Message.Notices(own) : students,
                _ => null,
            };
            if (message is not null)
            {
                screen.Send(message);
            }
        }

        foreach (var screen in frames.Gone.SelectMany(ScreensOf))
        {
            Close(screen, "removed");
        }

        foreach (var device in frames.Devices)
        {
            foreach (var screen in ScreensOf(device.StudentId).Where(s => s.DeviceId != device.DeviceId))
            {
                Close(screen, "replaced");
            }
        }

        return contiguous;
    }

    // Its connection may live on for as long as its browser likes, but from before it hears of it, it is in no classroom any more:
    // nothing comes to it, and what it sends is refused.
    private void Close(Screen screen, string code)
    {
        Remove(screen);
        screen.Room = null;
        screen.Send(Message.Closed(code));
    }

    public void Deliver(TextFrame text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Message? message = null;
        foreach (var screen in _screens)
        {
            if (screen.Reads(text) && (!text.Preview || screen.Audience.Kind == AudienceKind.Teacher))
            {
                screen.Send(message ??= Message.Text(text.ExplanationId, text.Variant, text.Offset, text.Chunk, text.Ends));
            }
        }
    }

    /// <summary>The teacher learns what becomes of everybody's work, whoever is acting.</summary>
    public void DeliverSaving(bool works)
    {
        if (Saves == works)
        {
            return;
        }

        Saves = works;
        var message = Message.Saving(works);
        foreach (var screen in _screens.Where(s => s.Audience.Kind == AudienceKind.Teacher))
        {
            screen.Send(message);
        }
    }

    public void DeliverPresence(ImmutableArray<Guid> students)
    {
        var message = Message.Presence(students);
        foreach (var screen in _screens.Where(s => s.Audience.Kind == AudienceKind.Teacher))
        {
            screen.Send(message);
        }
    }

    // Nearly always there is one or none: an answer is the news of the student who gave it.
    private static Frame? OwnOf(ImmutableArray<StudentFrame> personal, Guid studentId)
    {
        foreach (var own in personal)
        {
            if (own.StudentId == studentId)
            {
                return own.Frame;
            }
        }

        return null;
    }

    private IEnumerable<Screen> ScreensOf(Guid studentId) =>
        _screens.Where(s => s.Audience.Kind == AudienceKind.Student && s.Audience.StudentId == studentId);

    // What the classroom has become since is announced, and lifts this: a room that hears nothing of it was forgotten by its classroom.
    private async Task<long> AskAsync(IClassroomObserver observer)
    {
        var version = await Grain.Subscribe(observer);
        Interlocked.CompareExchange(ref _last, version, -1);
        return version;
    }
}
