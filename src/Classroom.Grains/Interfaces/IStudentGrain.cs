namespace Classroom.Grains;

/// <summary>A learner across lessons, when there is one: a class card or a centre's account. A guest has none. Key: student id.</summary>
[Alias("student"), Version(1)]
public interface IStudentGrain : IGrainWithGuidKey
{
    [Alias("joined")]
    Task Joined(Guid classroomId, Language language, Level level);

    [Alias("prefer")]
    Task Prefer(Language language, Level level);

    [Alias("lessons")]
    Task<ImmutableArray<Guid>> Lessons();
}
