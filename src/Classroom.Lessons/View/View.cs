namespace Classroom.Lessons;

/// <summary>
/// What an audience sees. Invariant: the view of a state equals the view of any earlier state plus the patches since
/// (for the same audience), which is what lets a client live on patches alone.
/// </summary>
public static class View
{
    private static readonly string SeatKind = EntityKey.Of<SeatEntity>("").Kind.Kind;

    /// <summary>The whole view, as changes of nothing.</summary>
    public static ImmutableArray<EntityChange> Of(LessonState state, Audience audience)
    {
        ArgumentNullException.ThrowIfNull(state);
        return !state.IsOpen ? [] : audience.Kind == AudienceKind.Helper ? HelpersView.Of(state, audience.StudentId) : [.. Topics.View.All(state).Select(e => See(e, audience)).OfType<EntityChange>()];
    }

    /// <summary>What some facts change for each audience. <paramref name="after"/> is the state with them applied.</summary>
    public static AudienceChanges Changes(LessonState before, LessonState after, ImmutableArray<RecordedFact> facts)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var entities = new Dictionary<EntityKey, VisibleEntity>();
        foreach (var changed in facts.SelectMany(f => Topics.View.ChangedBy(before, after, f)))
        {
            entities[changed.Key] = entities.TryGetValue(changed.Key, out var earlier)
                ? changed with { Owners = Union(earlier.Owners, changed.Owners), OwnersOnly = earlier.OwnersOnly && changed.OwnersOnly } : changed;
        }

        var students = entities.Values.Where(e => e.Owners is null).Select(e => e.ChangeFor(Audience.Students)).ToImmutableArray();
        var personal = entities.Values.Where(e => e.Owners is not null)
            .SelectMany(e => e.Owners!.Value.Distinct().Where(after.Seats.ContainsKey).Select(id => (Id: id, Change: e.ChangeFor(Audience.Student(id)))))
            .GroupBy(x => x.Id).ToImmutableDictionary(g => g.Key, g => students.AddRange(g.Select(x => x.Change)));
        // Nearly always nobody came, went or changed, and no seat is looked at. (The seats themselves change with every act: they hold when each student last did one.)
        var seated = entities.Keys.Any(k => k.Kind.Kind == SeatKind);
        return new AudienceChanges(
            [.. entities.Values.Where(e => !e.Key.Kind.StudentsOnly && !e.OwnersOnly).Select(e => e.ChangeFor(Audience.Teacher))],
            [.. entities.Values.Where(e => e.Key.Kind.OnBoard).Select(e => e.ChangeFor(Audience.Board))],
            students,
            personal,
            !seated ? [] : [.. before.Seats.Keys.Where(id => !after.Seats.ContainsKey(id))],
            !seated ? [] : [.. after.Seats.Values.Where(s => !before.Seats.TryGetValue(s.StudentId, out var old) || old.Variant != s.Variant)
                .Select(s => new StudentVariant(s.StudentId, s.Variant.ToString()))],
            !seated ? [] : [.. after.Seats.Values.Where(s => before.Seats.TryGetValue(s.StudentId, out var old) && old.DeviceId != s.DeviceId)
                .Select(s => new StudentDevice(s.StudentId, s.DeviceId))],
            before.Unpaired == after.Unpaired ? [] : [.. after.Unpaired.Except(before.Unpaired)],
            before.Phase != after.Phase && after.Phase == LessonPhase.Ended,
            !seated ? [] : Phones.Left(before, after),
            after.Helpers.Keys.Select(id => KeyValuePair.Create(id, HelpersView.Changes(before, after, id))).Where(h => !h.Value.IsEmpty).ToImmutableDictionary(),
            before.Helpers == after.Helpers ? [] : [.. before.Helpers.Keys.Where(id => !after.Helpers.ContainsKey(id))]);
    }

    private static EntityChange? See(VisibleEntity entity, Audience audience)
    {
        var visible = audience.Kind switch
        {
            AudienceKind.Teacher => !entity.Key.Kind.StudentsOnly,
            AudienceKind.Board => entity.Key.Kind.OnBoard,
            AudienceKind.Students => entity.Owners is null,
            AudienceKind.Student => entity.Owners is null || entity.Owners.Value.Contains(audience.StudentId),
            _ => false,
        };
        var seenAs = audience.Kind == AudienceKind.Student && entity.Owners is null ? Audience.Students : audience;
        return visible && entity.For(seenAs) is { } value ? new EntityChange(entity.Key.Kind.Kind, entity.Key.Id, value) : null;
    }

    private static ImmutableArray<Guid>? Union(ImmutableArray<Guid>? a, ImmutableArray<Guid>? b) =>
        a is null || b is null ? null : [.. a.Value.Union(b.Value)];
}

/// <param name="Personal">For students with something of their own: shared and own changes together.</param>
/// <param name="Removed">Students whose seat has ended.</param>
/// <param name="Variants">Students who read another variant from now on.</param>
/// <param name="Devices">Students whose seat belongs to another device from now on.</param>
/// <param name="Unpaired">Boards that may look no more.</param>
/// <param name="Ended">The lesson has ended: no board looks any more.</param>
/// <param name="Left">Students who are no more on a phone on which another child stays: it comes in again as that one.</param>
/// <param name="Helpers">What a room's helper sees anew, by the helper.</param>
/// <param name="Dismissed">Helpers whose link opens nothing any more.</param>
public sealed record AudienceChanges(
    ImmutableArray<EntityChange> Teacher,
    ImmutableArray<EntityChange> Board,
    ImmutableArray<EntityChange> Students,
    ImmutableDictionary<Guid, ImmutableArray<EntityChange>> Personal,
    ImmutableArray<Guid> Removed,
    ImmutableArray<StudentVariant> Variants,
    ImmutableArray<StudentDevice> Devices,
    ImmutableArray<Guid> Unpaired,
    bool Ended,
    ImmutableArray<StudentDevice> Left,
    ImmutableDictionary<Guid, ImmutableArray<EntityChange>> Helpers,
    ImmutableArray<Guid> Dismissed);
