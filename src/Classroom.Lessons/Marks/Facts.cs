namespace Classroom.Lessons;

[StoredAs("mark-given", 1)]
public sealed record MarkGiven(Guid StudentId, string StepId, [property: Personal] int Mark, string ScaleId) : Fact
{
    public override Guid? ChildIn(LessonState state, Actor by) => StudentId;
}

[StoredAs("mark-withdrawn", 1)]
public sealed record MarkWithdrawn(Guid StudentId, string StepId) : Fact;

public sealed partial record LessonState
{
    public ImmutableDictionary<WorkKey, Mark> Marks { get; init; } = ImmutableDictionary<WorkKey, Mark>.Empty;
}

public sealed record Mark(int Value, DateTimeOffset At);
