namespace Classroom.Grains;

/// <summary>A join code: which classroom it leads to while that is open. Key: the code, upper case, without separators.</summary>
[Alias("joincode"), Version(1)]
public interface IJoinCodeGrain : IGrainWithStringKey
{
    /// <summary>Take the code for a classroom; false if another one holds it.</summary>
    [Alias("lease")]
    Task<bool> Lease(Guid classroomId);

    [Alias("release")]
    Task Release(Guid classroomId);

    [Alias("resolve"), AlwaysInterleave]
    Task<Guid?> Resolve();
}
