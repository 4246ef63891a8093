namespace Classroom.Lessons;

/// <summary>Kind <c>photo</c>, id = photo id: a photo of a work. Its student's, and the teacher's once the work was handed in; the picture is at <c>/api/classrooms/{lesson}/photos/{id}</c>.</summary>
/// <param name="Shot">The same in the copies that several children have of one photo.</param>
[Entity("photo")]
public sealed record PhotoEntity(Guid StudentId, string StepId, Guid Shot, int Width, int Height, DateTimeOffset At) : Entity;

/// <summary>Photos are seen by whom the work is.</summary>
internal static class PhotosView
{
    internal static void Register(ViewTable view)
    {
        view.Entities(static s => s.Photos.Keys.Select(id => Photo(s, id)));
        view.Changes<PhotoAttached>(static c => [Photo(c.After, c.Fact.PhotoId)]);
        view.Changes<PhotoRemoved>(static c => [Photo(c.After, c.Fact.PhotoId, c.By)]);
    }

    /// <summary>Those of a work, which the teacher sees from its hand-in on.</summary>
    internal static IEnumerable<VisibleEntity> Of(LessonState s, WorkKey work) => PhotosRules.Of(s, work).Select(p => Photo(s, p.Id));

    private static VisibleEntity Photo(LessonState s, Guid id, Guid? student = null) => new(EntityKey.Of<PhotoEntity>(id), a =>
        s.Photos.TryGetValue(id, out var p) && PhotosRules.IsSeenBy(s, p, a) ? new PhotoEntity(p.Work.StudentId, p.Work.StepId, p.Shot, p.Width, p.Height, p.At) : null,
        Phones.Of(s, s.Photos.GetValueOrDefault(id)?.Work.StudentId ?? student ?? Guid.Empty));
}
