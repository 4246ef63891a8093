namespace Classroom.Lessons;

/// <param name="Room">Null: the hub.</param>
[StoredAs("helper-invited", 1)]
public sealed record HelperInvited(Guid HelperId, int? Room = null) : Fact;

[StoredAs("helper-dismissed", 1)]
public sealed record HelperDismissed(Guid HelperId) : Fact;

/// <summary>Who, is the fact's actor. An adult's name, as a teacher's and a mentor's: it stands in no other fact.</summary>
[StoredAs("helper-came", 1)]
public sealed record HelperCame(string Name) : Fact;

public sealed partial record LessonState
{
    /// <summary>Who may help in a room, one in each. A link whose helper is not here opens nothing.</summary>
    public ImmutableDictionary<Guid, Helper> Helpers { get; init; } = ImmutableDictionary<Guid, Helper>.Empty;
}

/// <param name="Room">The satellite; null: the hub.</param>
public sealed record Helper(int? Room, DateTimeOffset InvitedAt)
{
    /// <summary>Null until she came.</summary>
    public string? Name { get; init; }
}
