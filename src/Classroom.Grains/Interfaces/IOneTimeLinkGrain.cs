namespace Classroom.Grains;

/// <summary>A link that signs in once, within twelve hours. Key: the link's token. In memory: one that is lost is made again by a restart.</summary>
[Alias("one-time-link"), Version(1)]
public interface IOneTimeLinkGrain : IGrainWithStringKey
{
    [Alias("begin")]
    Task Begin(Guid account);

    /// <returns>The account it signs in, to the first who asks; null to everybody after, and when there is no such link.</returns>
    [Alias("take")]
    Task<Guid?> Take();
}
