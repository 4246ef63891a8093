namespace Classroom.Lessons;

/// <param name="IsList">It was no student, but the list of the class that one of them stood in.</param>
[StoredAs("student-forgotten", 1)]
public sealed record StudentForgotten(Guid StudentId, ForgetReason Reason, bool? IsList = null) : Fact;

public sealed partial record LessonState
{
    /// <summary>Students of whom nothing is kept but that they were forgotten.</summary>
    public ImmutableDictionary<Guid, Forgotten> Forgotten { get; init; } = ImmutableDictionary<Guid, Forgotten>.Empty;
}

/// <param name="By">The name of the account that did it; null: the server.</param>
/// <param name="IsList">A list of the class, of which nobody needs to be told.</param>
public sealed record Forgotten(ForgetReason Reason, string? By, DateTimeOffset At, bool IsList = false);
