namespace Classroom.Lessons;

/// <summary>Kind <c>roster</c>, teacher only, and in no record: the names of the class, where there are any.</summary>
[Entity("roster")]
public sealed record RosterEntity(ImmutableArray<string> Names) : Entity;

/// <summary>The list is its teacher's; nobody else is told that there is one.</summary>
internal static class RosterView
{
    internal static void Register(ViewTable view)
    {
        view.Entities(static s => [List(s)]);
        view.Changes<RosterSet>(static c => [List(c.After)]);
    }

    private static VisibleEntity List(LessonState s) => new(EntityKey.Of<RosterEntity>(), a =>
        a.IsTeacher && s.Roster is { Names.IsEmpty: false } roster ? new RosterEntity(roster.Names) : null, VisibleEntity.NoStudent);
}
