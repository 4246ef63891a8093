namespace Classroom.Lessons;

[StoredAs("lesson-combined", 1)]
public sealed record LessonCombined(Guid With, string ClassName, Trilingual Title) : Fact;

/// <summary>The other group of a combined class, as this lesson was told of it.</summary>
public sealed record OtherGroup(Guid ClassroomId, string ClassName, Trilingual Title);

public sealed partial record LessonState
{
    /// <summary>Null: the class is not combined.</summary>
    public OtherGroup? OtherGroup { get; init; }
}
