namespace Classroom.Silo.Broadcast;

/// <summary>One classroom as this process shows it: its screens, and the last version they were told.</summary>
public sealed class Room(Guid classroomId)
{
    private readonly Lock _lock = new();
    private ImmutableArray<Screen> _screens = [];

    public Guid ClassroomId { get; } = classroomId;

    /// <summary>Version of the last frames delivered; 0 before the first.</summary>
    public long Last { get; set; }

    /// <summary>The lesson can be stored, as far as this process was told.</summary>
    public bool Saves { get; private set; } = true;

    public ImmutableArray<Screen> Screens => _screens;

    public ImmutableArray<Guid> Students =>
        [.. _screens.Where(s => s.Audience.Kind == AudienceKind.Student).Select(s => s.Audience.StudentId).Distinct()];

    public void Add(Screen screen)
    {
        lock (_lock)
        {
            _screens = _screens.Remove(screen).Add(screen);
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
        var contiguous = Last == 0 || frames.Previous <= Last;
        Last = Math.Max(Last, frames.Seq);
        var teacher = frames.Teacher is null ? null : Message.Notices(frames.Teacher);
        var board = frames.Board is null ? null : Message.Notices(frames.Board);
        var students = frames.Students is null ? null : Message.Notices(frames.Students);
        var personal = frames.Personal.ToDictionary(p => p.StudentId, p => p.Frame);
        var variants = frames.Variants.ToDictionary(v => v.StudentId, v => v.Variant);
        foreach (var screen in _screens)
        {
            var id = screen.Audience.StudentId;
            if (variants.TryGetValue(id, out var variant))
            {
                screen.Variant = variant;
            }

            var message = screen.Audience.Kind switch
            {
                AudienceKind.Teacher => teacher,
                AudienceKind.Board => board,
                AudienceKind.Student => personal.TryGetValue(id, out var own) ? Message.Notices(own) : students,
                _ => null,
            };
            if (message is not null)
            {
                screen.Send(message);
            }

            if (screen.Audience.Kind != AudienceKind.Student)
            {
                continue;
            }

            if (frames.Gone.Contains(id))
            {
                screen.Send(Message.Closed("removed"));
            }
            else if (frames.Devices.Any(d => d.StudentId == id && d.DeviceId != screen.DeviceId))
            {
                screen.Send(Message.Closed("replaced"));
            }
        }

        return contiguous;
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
}
