namespace Classroom.Lessons;

/// <summary>
/// What an audience sees. Invariant: the view of a state equals the view of any earlier state plus the notices since
/// (for the same audience), which is what lets a client live on notices alone.
/// </summary>
public static class View
{
    /// <summary>The whole view, as notices onto nothing.</summary>
    public static ImmutableArray<Notice> Of(LessonState state, Audience audience)
    {
        ArgumentNullException.ThrowIfNull(state);
        return !state.IsOpen ? [] : [.. Things.All(state).Select(t => See(t, audience)).OfType<Notice>()];
    }

    /// <summary>What some facts say to each audience. <paramref name="after"/> is the state with them applied.</summary>
    public static Announcement Announce(LessonState before, LessonState after, ImmutableArray<Happened> facts)
    {
        var things = new Dictionary<Key, Thing>();
        foreach (var touched in facts.SelectMany(f => Touches.Of(before, after, f)))
        {
            things[touched.Key] = things.TryGetValue(touched.Key, out var earlier)
                ? touched with { Owners = Union(earlier.Owners, touched.Owners) } : touched;
        }

        var students = things.Values.Where(t => t.Owners is null).Select(t => t.For(Audience.Students)).ToImmutableArray();
        var personal = things.Values.Where(t => t.Owners is not null)
            .SelectMany(t => t.Owners!.Value.Distinct().Where(after.Seats.ContainsKey).Select(id => (Id: id, Notice: t.For(Audience.Student(id)))))
            .GroupBy(x => x.Id).ToImmutableDictionary(g => g.Key, g => students.AddRange(g.Select(x => x.Notice)));
        // Nearly always the same object: then nobody came, went or changed, and no seat is looked at.
        var seated = before.Seats != after.Seats;
        return new Announcement(
            [.. things.Values.Where(t => !StudentKinds.Contains(t.Key.Kind)).Select(t => t.For(Audience.Teacher))],
            [.. things.Values.Where(t => BoardKinds.Contains(t.Key.Kind)).Select(t => t.For(Audience.Board))],
            students,
            personal,
            !seated ? [] : [.. before.Seats.Keys.Where(id => !after.Seats.ContainsKey(id))],
            !seated ? [] : [.. after.Seats.Values.Where(s => !before.Seats.TryGetValue(s.StudentId, out var old) || old.Variant != s.Variant)
                .Select(s => new StudentVariant(s.StudentId, s.Variant.ToString()))],
            !seated ? [] : [.. after.Seats.Values.Where(s => before.Seats.TryGetValue(s.StudentId, out var old) && old.DeviceId != s.DeviceId)
                .Select(s => new StudentDevice(s.StudentId, s.DeviceId))]);
    }

    // The board never sees these, so it is not even told that they changed.
    private static readonly ImmutableHashSet<string> BoardKinds =
        ["plan", "pace", "step", "seat", "tempo", "explanation", "heat", "question", "tally", "prompt", "team", "contribution"];

    private static readonly ImmutableHashSet<string> StudentKinds = ["me", "pressed", "vote"];

    private static Notice? See(Thing thing, Audience audience)
    {
        var visible = audience.Kind switch
        {
            AudienceKind.Teacher => true,
            AudienceKind.Board => BoardKinds.Contains(thing.Key.Kind),
            AudienceKind.Students => thing.Owners is null,
            AudienceKind.Student => thing.Owners is null || thing.Owners.Value.Contains(audience.StudentId),
            _ => false,
        };
        var seenAs = audience.Kind == AudienceKind.Student && thing.Owners is null ? Audience.Students : audience;
        return visible && thing.Seen(seenAs) is { } value ? new Notice(thing.Key.Kind, thing.Key.Id, value) : null;
    }

    private static ImmutableArray<Guid>? Union(ImmutableArray<Guid>? a, ImmutableArray<Guid>? b) =>
        a is null || b is null ? null : [.. a.Value.Union(b.Value)];
}

/// <param name="Personal">For students with something of their own: shared and own notices together.</param>
/// <param name="Gone">Students whose seat has ended.</param>
public sealed record Announcement(
    ImmutableArray<Notice> Teacher,
    ImmutableArray<Notice> Board,
    ImmutableArray<Notice> Students,
    ImmutableDictionary<Guid, ImmutableArray<Notice>> Personal,
    ImmutableArray<Guid> Gone,
    ImmutableArray<StudentVariant> Variants,
    ImmutableArray<StudentDevice> Devices);
