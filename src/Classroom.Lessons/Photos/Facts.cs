namespace Classroom.Lessons;

[StoredAs("photo-attached", 1)]
public sealed record PhotoAttached(string StepId, Guid PhotoId, Guid Shot, int Width, int Height) : Fact;

[StoredAs("photo-removed", 1)]
public sealed record PhotoRemoved(Guid PhotoId) : Fact;

public sealed partial record LessonState
{
    public ImmutableDictionary<Guid, Photo> Photos { get; init; } = ImmutableDictionary<Guid, Photo>.Empty;
}

/// <summary>What the lesson knows of a photo. The picture is in the store of photos, sealed under its student's key.</summary>
public sealed record Photo(Guid Id, Guid Shot, WorkKey Work, int Width, int Height, DateTimeOffset At);
