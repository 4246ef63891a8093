namespace Classroom.Grains;

/// <summary>A mentors' wall. Key: centre id. Classrooms report to it at most once a second each.</summary>
[Alias("centre"), Version(1)]
public interface ICentreGrain : IGrainWithGuidKey
{
    [Alias("report")]
    Task Report(Tile tile);

    [Alias("watch")]
    Task<ImmutableArray<Tile>> Watch(ICentreObserver observer);

    [Alias("holds")]
    Task<bool> Holds(Guid classroomId);
}

public interface ICentreObserver : IGrainObserver
{
    /// <summary>Returns when they were taken: the next ones come after that.</summary>
    Task Tiles(Guid centreId, ImmutableArray<Tile> tiles);
}
