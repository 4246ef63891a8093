using System.Collections.Immutable;
using Classroom.Silo.Hosting.Telemetry;

namespace Classroom.Silo.Realtime;

/// <summary>One classroom as this process shows it: its connections, and the last version they were sent. Encodes once per audience.</summary>
public sealed class ClassroomAudience(Guid classroomId, IClassroomGrain grain, TimeProvider time)
{
    private const int MaxMissed = 64;
    private static readonly TimeSpan SharedFor = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private ImmutableArray<ClientConnection> _connections = [];
    private PresenceNow _present = new([], []);
    private Dictionary<LessonPatch, OutboundMessage>? _missed;
    private Task<long>? _subscription;
    private long _subscribedAt;
    private long _last = -1;
    private bool _isClosed;

    public Guid ClassroomId { get; } = classroomId;

    public IClassroomGrain Grain { get; } = grain;

    /// <summary>Version of the last patches delivered, before them that of the first subscription; -1 while there is none.</summary>
    public long Last => Volatile.Read(ref _last);

    /// <summary>The lesson can be stored, as far as this process knows.</summary>
    public bool Saves { get; private set; } = true;

    public ImmutableArray<ClientConnection> Connections => _connections;

    /// <summary>Students, boards and helpers connected at this process.</summary>
    public ImmutableArray<Guid> Present =>
        [.. _connections.Where(c => c.By is not null && c.Audience.Kind is AudienceKind.Student or AudienceKind.Board or AudienceKind.Helper).Select(c => c.Audience.Kind == AudienceKind.Student ? c.Audience.StudentId : c.By!.Id).Distinct()];

    private IEnumerable<ClientConnection> Teachers => _connections.Where(c => c.Audience.IsTeacher);

    /// <returns>False when this one was closed: the connection comes into a new one.</returns>
    public bool TryAdd(ClientConnection connection)
    {
        lock (_lock)
        {
            _connections = _isClosed ? _connections : _connections.Remove(connection).Add(connection);
            return !_isClosed;
        }
    }

    /// <summary>Closes one that nobody is in. Whoever comes at that moment is either in it, and it stays, or finds it closed.</summary>
    public bool TryClose()
    {
        lock (_lock)
        {
            return _isClosed = _connections.IsEmpty;
        }
    }

    /// <summary>
    /// Subscribes this process at the classroom. A class that comes in together asks once within a second; should the classroom move to another
    /// silo in that second, the next renewal subscribes there and everybody catches up.
    /// </summary>
    /// <param name="observer">This process.</param>
    /// <param name="anew">Whatever was asked a moment ago.</param>
    /// <returns>The classroom's version then.</returns>
    public Task<long> SubscribeAsync(IClassroomObserver observer, bool anew = false)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (anew || _subscription is null or { IsCompleted: true, IsCompletedSuccessfully: false } || time.GetElapsedTime(_subscribedAt, now) > SharedFor)
            {
                (_subscription, _subscribedAt) = (AskAsync(observer), now);
            }

            return _subscription;
        }
    }

    /// <summary>A missed patch as a message. A class that comes back together missed the same: encoded once, until there is news.</summary>
    public OutboundMessage Missed(LessonPatch patch)
    {
        lock (_lock)
        {
            _missed ??= new(ReferenceEqualityComparer.Instance);
            if (!_missed.TryGetValue(patch, out var message))
            {
                if (_missed.Count == MaxMissed)
                {
                    _missed.Clear();
                }

                _missed[patch] = message = OutboundMessage.Patch(patch);
            }

            return message;
        }
    }

    public void Remove(ClientConnection connection)
    {
        lock (_lock)
        {
            _connections = _connections.Remove(connection);
        }
    }

    /// <returns>False when patches up to this version were missed, which is then what everybody starts from.</returns>
    public bool Reaches(long version)
    {
        var last = Interlocked.CompareExchange(ref _last, version, -1);
        if (last < 0 || version <= last)
        {
            return true;
        }

        Volatile.Write(ref _last, version);
        return false;
    }

    /// <summary>Passes patches on. Each audience's message is encoded once, whatever the number of its connections.</summary>
    /// <returns>False when patches before these were missed.</returns>
    public bool Deliver(PatchBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var span = Instruments.Source.StartActivity("write patch");
        lock (_lock)
        {
            _missed = null;
        }

        var last = Last;
        var contiguous = last < 0 || batch.Previous <= last;
        Volatile.Write(ref _last, Math.Max(last, batch.Seq));
        // Each is encoded once, and only where somebody is sent it: of several silos one has the teacher.
        OutboundMessage? teacher = null, board = null, students = null;
        foreach (var changed in batch.Variants)
        {
            foreach (var connection in ConnectionsOf(changed.StudentId))
            {
                connection.Variant = changed.Variant;
            }
        }

        var sent = 0;
        // Tabs of one student come in a row or nearly so.
        (LessonPatch? Patch, OutboundMessage? Message) own = default;
        foreach (var connection in _connections)
        {
            var message = connection.Audience.Kind switch
            {
                AudienceKind.Teacher => Shared(batch.Teacher, ref teacher),
                AudienceKind.Board => Shared(batch.Board, ref board),
                AudienceKind.Student => OwnOf(batch.Personal, connection.Audience.StudentId) is { } patch ? Own(patch) : Shared(batch.Students, ref students),
                AudienceKind.Helper => HelpersOf(batch).FirstOrDefault(h => h.HelperId == connection.Audience.StudentId)?.Patch is { } patch ? Own(patch) : null,
                _ => null,
            };
            if (message is not null)
            {
                connection.Send(message);
                sent++;
            }
        }

        Instruments.Deliveries.Add(sent);
        span?.SetTag("ortaq.lesson", ClassroomId).SetTag("ortaq.seq", batch.Seq).SetTag("ortaq.connections", sent)
            .SetTag("ortaq.boards", batch.Board is null ? 0 : _connections.Count(c => c.Audience.Kind == AudienceKind.Board));

        static OutboundMessage? Shared(LessonPatch? patch, ref OutboundMessage? message) => patch is null ? null : message ??= OutboundMessage.Patch(patch);

        OutboundMessage Own(LessonPatch patch) => (own = own.Patch == patch ? own : (patch, OutboundMessage.Patch(patch))).Message!;

        // First of all: these are not over. The phone connects anew, and is let in as the next of its children.
        foreach (var left in batch.Left.IsDefault ? [] : batch.Left)
        {
            foreach (var connection in ConnectionsOf(left.StudentId).Where(c => c.DeviceId == left.DeviceId))
            {
                Remove(connection);
                connection.Abort();
            }
        }

        foreach (var connection in batch.Removed.SelectMany(ConnectionsOf))
        {
            Close(connection, "removed");
        }

        foreach (var device in batch.Devices)
        {
            foreach (var connection in ConnectionsOf(device.StudentId).Where(c => c.DeviceId != device.DeviceId))
            {
                Close(connection, "replaced");
            }
        }

        foreach (var paired in _connections.Where(c => c.Audience.Kind is AudienceKind.Board or AudienceKind.Helper))
        {
            if (batch.Ended)
            {
                Close(paired, "lesson-ended");
            }
            else if (!batch.Unpaired.IsDefaultOrEmpty && batch.Unpaired.Contains(paired.By!.Id))
            {
                Close(paired, "board-unpaired");
            }
            else if (!batch.Dismissed.IsDefaultOrEmpty && batch.Dismissed.Contains(paired.By!.Id))
            {
                Close(paired, "helper-dismissed");
            }
        }

        return contiguous;
    }

    public void Deliver(TextChunk chunk)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        OutboundMessage? message = null;
        var sent = 0;
        foreach (var connection in _connections)
        {
            if (connection.Reads(chunk) && (!chunk.Preview || connection.Audience.IsTeacher))
            {
                connection.Send(message ??= OutboundMessage.Text(chunk));
                sent++;
            }
        }

        Instruments.Deliveries.Add(sent);
    }

    /// <summary>Boards see a stroke while it is drawn; the one that draws it, too, since it may be open twice.</summary>
    public void Deliver(StrokeNow stroke)
    {
        ArgumentNullException.ThrowIfNull(stroke);
        OutboundMessage? message = null;
        var sent = 0;
        foreach (var connection in _connections)
        {
            if (connection.Audience.Kind == AudienceKind.Board)
            {
                connection.Send(message ??= OutboundMessage.Stroke(stroke.Part));
                sent++;
            }
        }

        Instruments.Deliveries.Add(sent);
    }

    /// <summary>Teacher, students and helpers learn what becomes of their work, whoever is acting.</summary>
    public void DeliverSaving(bool works)
    {
        if (Saves == works)
        {
            return;
        }

        Saves = works;
        var message = OutboundMessage.Saving(works);
        foreach (var connection in _connections.Where(c => c.Audience.Kind != AudienceKind.Board))
        {
            connection.Send(message);
        }
    }

    /// <param name="now">Of every process.</param>
    public void DeliverPresence(PresenceNow now)
    {
        ArgumentNullException.ThrowIfNull(now);
        var before = _present;
        _present = now;
        if (!now.Students.SequenceEqual(before.Students))
        {
            var message = OutboundMessage.Presence(now.Students);
            foreach (var connection in Teachers)
            {
                connection.Send(message);
            }
        }

        foreach (var connection in _connections.Where(c => c.Audience.Kind == AudienceKind.Helper))
        {
            var present = PresentFor(now, connection);
            if (!present.SequenceEqual(PresentFor(before, connection)))
            {
                connection.Send(OutboundMessage.Presence(present));
            }
        }
    }

    /// <summary>What a connection must know beside the view, when it comes in and when it was sent a fresh start. A student's page takes it that all is well.</summary>
    public void Greet(ClientConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.Audience.IsTeacher)
        {
            connection.Send(OutboundMessage.Presence(_present.Students));
            connection.Send(OutboundMessage.Saving(Saves));
        }
        else if (connection.Audience.Kind == AudienceKind.Helper)
        {
            connection.Send(OutboundMessage.Presence(PresentFor(_present, connection)));
            connection.Send(OutboundMessage.Saving(Saves));
        }
        else if (!Saves && connection.Audience.Kind == AudienceKind.Student)
        {
            connection.Send(OutboundMessage.Saving(false));
        }
    }

    // A process that is older than helpers says nothing of them.
    private static ImmutableArray<HelperPatch> HelpersOf(PatchBatch batch) => batch.Helpers.IsDefault ? [] : batch.Helpers;

    private static ImmutableArray<Guid> PresentFor(PresenceNow now, ClientConnection helper) =>
        now.InRooms.IsDefault ? [] : now.InRooms.FirstOrDefault(r => r.HelperId == helper.Audience.StudentId)?.Present ?? [];

    // Who is still being brought in is sent nothing either, and is gone when it arrives.
    private void Close(ClientConnection connection, string code)
    {
        Remove(connection);
        connection.Classroom = null;
        connection.End(code);
    }

    // Nearly always there is one or none: an answer is the news of the student who gave it.
    private static LessonPatch? OwnOf(ImmutableArray<StudentPatch> personal, Guid studentId)
    {
        foreach (var own in personal)
        {
            if (own.StudentId == studentId)
            {
                return own.Patch;
            }
        }

        return null;
    }

    private IEnumerable<ClientConnection> ConnectionsOf(Guid studentId) =>
        _connections.Where(c => c.Audience.Kind == AudienceKind.Student && c.Audience.StudentId == studentId);

    // What the classroom has become since is announced, and lifts this: one that is sent nothing of it was forgotten by its classroom.
    private async Task<long> AskAsync(IClassroomObserver observer)
    {
        var version = await Grain.Subscribe(observer);
        Interlocked.CompareExchange(ref _last, version, -1);
        return version;
    }
}
