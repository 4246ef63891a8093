namespace Classroom.Lessons;

[StoredAs("board-paired", 1)]
public sealed record BoardPaired(Guid BoardId, bool? Draws = null, int? Room = null) : Fact;

[StoredAs("board-connected", 1)]
public sealed record BoardConnected(Guid BoardId) : Fact;

[StoredAs("board-let-draw", 1)]
public sealed record BoardLetDraw(Guid BoardId, bool Draws) : Fact;

[StoredAs("board-unpaired", 1)]
public sealed record BoardUnpaired(Guid BoardId) : Fact;

public sealed partial record LessonState
{
    /// <summary>Boards that were given a ticket, and since when.</summary>
    public ImmutableDictionary<Guid, DateTimeOffset> Boards { get; init; } = ImmutableDictionary<Guid, DateTimeOffset>.Empty;

    /// <summary>Those of them that have looked at the lesson.</summary>
    public ImmutableHashSet<Guid> BoardsSeen { get; init; } = [];

    /// <summary>Those of them that may draw.</summary>
    public ImmutableHashSet<Guid> Drawing { get; init; } = [];

    /// <summary>Boards whose ticket opens nothing any more. A board that is in neither was paired before boards were kept here, and may look.</summary>
    public ImmutableHashSet<Guid> Unpaired { get; init; } = [];
}
