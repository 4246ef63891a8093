namespace Classroom.Grains;

/// <summary>A join code: which classroom it leads to while that is open. Key: <see cref="JoinCode.Key"/>.</summary>
[Alias("joincode"), Version(2)]
public interface IJoinCodeGrain : IGrainWithStringKey
{
    /// <summary>Take the code for a classroom, or go on holding it; false if another one holds it.</summary>
    [Alias("lease")]
    Task<bool> Lease(JoinCode code, Guid classroomId);

    [Alias("release")]
    Task Release(JoinCode code, Guid classroomId);

    [Alias("resolve"), AlwaysInterleave]
    Task<Guid?> Resolve(JoinCode code);
}

/// <summary>A code, upper case, without separators. Orleans writes keys and arguments into its log: neither says it.</summary>
[GenerateSerializer, Immutable]
public readonly record struct JoinCode([property: Id(0)] string Text)
{
    public string Key => HashedKey.Of(Text);

    public override string ToString() => "a join code";
}
