namespace Classroom.Lessons;

/// <summary>A door at which the teacher lets in. What somebody needs to take a seat is asked when they come to it (<see cref="SeatsRules"/>).</summary>
public static class EntranceRules
{
    internal static void Register(RuleTable rules)
    {
        rules.Decide<SetEntrance>(static (state, set, _) => state.EntranceAsks == set.Asks ? Decision.Nothing : Decision.Of(new EntranceSet(set.Asks)));
        rules.Decide<Admit>(static (state, admit, _) => Waiting(state, admit.StudentIds) is { IsEmpty: false } some
            ? Decision.Of(new Admitted(some)) : Decision.Refuse("nobody-waiting"));
        rules.Decide<TurnAway>(static (state, away, _) => Waiting(state, away.StudentIds) is { IsEmpty: false } some
            ? Decision.Of(new TurnedAway(some)) : Decision.Refuse("nobody-waiting"));

        rules.Apply<EntranceSet>(static (state, e, _) => state with { EntranceAsks = e.Asks });
        rules.Apply<EntryRequested>(static (state, e, meta) => state with
        {
            Entries = state.Entries.SetItem(meta.By.Id, new Entry(
                meta.By.Id, e.Nickname, e.Themed, e.Language, e.Level, e.DeviceId, e.BrowserId, meta.At) { Room = e.Room }),
        });
        rules.Apply<Admitted>(static (state, a, meta) => a.StudentIds.Select(id => state.Entries[id]).Aggregate(Without(state, a.StudentIds), (after, e) => Phones.Seated(
            after, new Seat(e.StudentId, e.Nickname, e.Themed, e.Language, e.Level, e.DeviceId, meta.At) { BrowserId = e.BrowserId, Room = e.Room })));
        rules.Apply<TurnedAway>(static (state, t, _) => Without(state, t.StudentIds) with { NotLetIn = Last(state.NotLetIn, t.StudentIds) });
    }

    // A press that comes twice, or for some who have gone, lets in the others.
    private static ImmutableArray<Guid> Waiting(LessonState state, ImmutableArray<Guid> students) =>
        students.IsDefault ? [] : [.. students.Distinct().Where(state.Entries.ContainsKey)];

    // Those of late: whoever asks again and again fills no snapshot. Ids are ordered by their time.
    private static ImmutableHashSet<Guid> Last(ImmutableHashSet<Guid> before, ImmutableArray<Guid> students)
    {
        var all = before.Union(students);
        return all.Count <= SeatsRules.MaxSeats ? all : [.. all.OrderDescending().Take(SeatsRules.MaxSeats)];
    }

    private static LessonState Without(LessonState state, ImmutableArray<Guid> students) => state with { Entries = state.Entries.RemoveRange(students) };
}
