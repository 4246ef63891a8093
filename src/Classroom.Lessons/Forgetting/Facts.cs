namespace Classroom.Lessons;

[StoredAs("student-forgotten", 1)]
public sealed record StudentForgotten(Guid StudentId, ForgetReason Reason) : Fact;

public sealed partial record LessonState
{
    /// <summary>Students of whom nothing is kept but that they were forgotten.</summary>
    public ImmutableDictionary<Guid, Forgotten> Forgotten { get; init; } = ImmutableDictionary<Guid, Forgotten>.Empty;
}

/// <param name="By">The name of the account that did it; null: the server.</param>
public sealed record Forgotten(ForgetReason Reason, string? By, DateTimeOffset At);
