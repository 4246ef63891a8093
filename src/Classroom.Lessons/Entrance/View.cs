namespace Classroom.Lessons;

/// <summary>Kind <c>entrance</c>, one, id "", teacher only.</summary>
/// <param name="Asks">Who has the code waits until the teacher lets them in.</param>
/// <param name="Barred">How many devices may not come in, or not ask for a seat that was refused them.</param>
[Entity("entrance")]
public sealed record EntranceEntity(bool Asks, int Barred) : Entity;

/// <summary>Kind <c>entry</c>, id = the student they will be, teacher only: somebody who waits to be let in.</summary>
/// <param name="Device">As in <c>seat</c>.</param>
[Entity("entry")]
public sealed record EntryEntity(string Nickname, Language Language, DateTimeOffset At, string? Device) : Entity;

/// <summary>The door and who stands at it, for the teacher alone.</summary>
internal static class EntranceView
{
    internal static void Register(ViewTable view)
    {
        view.Entities(static s => [Entrance(s), .. s.Entries.Keys.Select(id => Entry(s, id))]);
        view.Changes<EntranceSet>(static c => [Entrance(c.After)]);
        view.Changes<EntryRequested>(static c => [Entry(c.After, c.By), .. SeatsView.AtPhoneOf(c.After, c.Fact.DeviceId)]);
        view.Changes<Admitted>(static c =>
        [
            LifecycleView.Pace(c.After), .. RoomsView.Counts(c.After), .. ExplanationsView.HeatOfReaders(c.After),
            .. c.Fact.StudentIds.SelectMany(id => new[] { Entry(c.After, id), SeatsView.Seat(c.After, id), SeatsView.Me(c.After, id) }),
            .. SeatsView.OnPhone(c.Before, c.After, c.Fact.StudentIds),
        ]);
        view.Changes<TurnedAway>(static c => c.Fact.StudentIds.SelectMany(id =>
            SeatsView.AtPhoneOf(c.After, c.Before.Entries.GetValueOrDefault(id)?.DeviceId).Prepend(Entry(c.After, id))));
    }

    internal static VisibleEntity Entrance(LessonState s) => new(EntityKey.Of<EntranceEntity>(), a =>
        a.IsTeacher ? new EntranceEntity(s.EntranceAsks, s.Barred.Count + DeviceRules.QuietAskers(s)) : null, VisibleEntity.NoStudent);

    private static VisibleEntity Entry(LessonState s, Guid id) => new(EntityKey.Of<EntryEntity>(id), a =>
        a.IsTeacher && s.Entries.TryGetValue(id, out var entry)
            ? new EntryEntity(entry.Nickname, entry.Language, entry.At, SeatsView.Short(entry.BrowserId)) : null, VisibleEntity.NoStudent);
}
