namespace Classroom.Lessons;

[StoredAs("roster-set", 1)]
public sealed record RosterSet(Guid RosterId, [property: Personal] ImmutableArray<string> Names) : Fact
{
    /// <summary>The list has a key of its own: it is erased as a child is.</summary>
    public override Guid? ChildIn(LessonState state, Actor by) => RosterId;
}

public sealed partial record LessonState
{
    /// <summary>The names of the class, where the teacher gave them.</summary>
    public Roster? Roster { get; init; }

    /// <summary>What a student was called before, until they are forgotten: friends go on calling them so.</summary>
    public ImmutableDictionary<Guid, ImmutableArray<string>> FormerNames { get; init; } = ImmutableDictionary<Guid, ImmutableArray<string>>.Empty;
}

/// <summary>The names of a class as their teacher knows them; no list of who sits where.</summary>
public sealed record Roster(Guid Id, ImmutableArray<string> Names);
