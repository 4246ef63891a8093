namespace Classroom.Grains;

/// <summary>A teacher: the classrooms opened. Key: account id.</summary>
[Alias("teacher"), Version(1)]
public interface ITeacherGrain : IGrainWithGuidKey
{
    [Alias("opened")]
    Task Opened(ClassroomCard card);

    [Alias("ended")]
    Task Ended(Guid classroomId, DateTimeOffset? at);

    [Alias("classrooms")]
    Task<ImmutableArray<ClassroomCard>> Classrooms();

    [Alias("owns")]
    Task<bool> Owns(Guid classroomId);
}

/// <summary>One classroom on a teacher's home page.</summary>
/// <param name="Rehearsal">True: with a scripted class.</param>
[GenerateSerializer, Immutable]
public sealed record ClassroomCard(
    [property: Id(0)] Guid ClassroomId,
    [property: Id(1)] Trilingual Title,
    [property: Id(2)] string ClassName,
    [property: Id(3)] DateTimeOffset OpenedAt,
    [property: Id(4)] DateTimeOffset? EndedAt,
    [property: Id(5)] bool? Rehearsal = null);
