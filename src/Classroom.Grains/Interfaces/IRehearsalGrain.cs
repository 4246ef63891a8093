namespace Classroom.Grains;

/// <summary>
/// The scripted class of one rehearsal. Key: classroom id. It sees the lesson as its view shows it and acts by the commands that browsers send; it stores nothing:
/// what its students have done stands in the lesson. Called by the classroom, again and again, so that it goes on after its silo died.
/// </summary>
[Alias("rehearsal"), Version(1)]
public interface IRehearsalGrain : IGrainWithGuidKey
{
    /// <summary>Begin, unless it has begun.</summary>
    [Alias("play")]
    Task Play(RehearsalKit kit);
}

/// <summary>What a rehearsal is made of: the lesson of a kit from which its students have their lines, and the lesson's seed.</summary>
/// <param name="Minutes">Of the plan.</param>
/// <param name="Board">The language in which the lesson was opened.</param>
[GenerateSerializer, Immutable]
public sealed record RehearsalKit([property: Id(0)] string KitId, [property: Id(1)] string KitHash, [property: Id(2)] string LessonId, [property: Id(3)] Guid Seed, [property: Id(4)] int Minutes, [property: Id(5)] Language Board);
