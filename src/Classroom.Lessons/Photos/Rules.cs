namespace Classroom.Lessons;

/// <summary>
/// Photos that go with a work. Invariant: a photo is of one student and one work. Invariant: those of a work that is handed in stay as they are until it is opened again.
/// No picture reaches a model: the tutor is given what a work says in words.
/// </summary>
public static class PhotosRules
{
    public const int MaxOfWork = 3;

    /// <summary>Of all works of a lesson: a class of forty with five each.</summary>
    public const int MaxOfLesson = 200;

    /// <summary>Pixels a side; the phone makes its picture smaller than that.</summary>
    public const int MaxSide = 2048;

    internal static void Register(RuleTable rules)
    {
        rules.Decide<AttachPhoto>(static (state, attach, context) => Attach(state, attach, new WorkKey(context.By.Id, attach.StepId ?? "")));
        rules.Decide<RemovePhoto>(static (state, remove, context) => CopyOf(state, remove.PhotoId, context.By.Id) is not { } photo ? Decision.Refuse("no-such-photo")
            : IsHandedIn(state, photo.Work) ? Decision.Refuse("already-handed-in")
            : Decision.Of(new PhotoRemoved(photo.Id)));

        rules.Apply<PhotoAttached>(static (state, p, meta) => state with
        {
            Photos = state.Photos.SetItem(p.PhotoId, new Photo(p.PhotoId, p.Shot, new(meta.By.Id, p.StepId), p.Width, p.Height, meta.At)),
        });
        rules.Apply<PhotoRemoved>(static (state, p, _) => state with { Photos = state.Photos.Remove(p.PhotoId) });
    }

    /// <summary>Those of a work, as they were taken.</summary>
    public static IEnumerable<Photo> Of(LessonState state, WorkKey work)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Photos.Values.Where(p => p.Work == work).OrderBy(p => p.At).ThenBy(p => p.Id);
    }

    /// <summary>Whether somebody may look at a photo: whose it is, who shares the phone, and the teacher once its work was handed in.</summary>
    public static bool IsSeenBy(LessonState state, Photo photo, Audience audience)
    {
        ArgumentNullException.ThrowIfNull(photo);
        return audience.IsTeacher ? IsHandedIn(state, photo.Work) : Phones.IsOf(state, audience, photo.Work.StudentId);
    }

    /// <summary>Whether two children have the same photos with their works, each its own copies.</summary>
    internal static bool AreSame(LessonState state, WorkKey one, WorkKey other) => Of(state, one).Select(p => p.Shot).ToHashSet().SetEquals(Of(state, other).Select(p => p.Shot));

    private static Photo? CopyOf(LessonState state, Guid photo, Guid student) => state.Photos.GetValueOrDefault(photo) is not { } named ? null
        : state.Photos.Values.FirstOrDefault(p => p.Shot == named.Shot && p.Work == named.Work with { StudentId = student });

    internal static bool IsHandedIn(LessonState state, WorkKey work) => state.Works.TryGetValue(work, out var w) && w.Status == WorkStatus.HandedIn;

    private static Decision Attach(LessonState state, AttachPhoto attach, WorkKey work) =>
        attach.PhotoId == Guid.Empty || attach.Shot == Guid.Empty || attach.Width is < 1 or > MaxSide || attach.Height is < 1 or > MaxSide ? Decision.Refuse("bad-value")
        : WorkRules.Task(state, attach.StepId) is { } refusal ? refusal
        : state.Photos.TryGetValue(attach.PhotoId, out var known) ? known.Work == work ? Decision.Nothing : Decision.Refuse("bad-id")
        : IsHandedIn(state, work) ? Decision.Refuse("already-handed-in")
        : Of(state, work).Count() >= MaxOfWork ? Decision.Refuse("too-many", "max", MaxOfWork)
        : state.Photos.Count >= MaxOfLesson ? Decision.Refuse("too-many", "max", MaxOfLesson)
        : Decision.Of(new PhotoAttached(attach.StepId!, attach.PhotoId, attach.Shot, attach.Width, attach.Height));
}
