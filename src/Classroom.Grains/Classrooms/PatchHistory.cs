namespace Classroom.Grains;

/// <summary>
/// Encodes what changed, once per audience, and remembers the last patches so that a connection that was away gets only what it missed.
/// Invariant: the patches for teachers form a chain, each patch's From being the Seq of the one before; so do those for boards, those for each room's helper, and those for all
/// students. Invariant: a student's personal patch starts exactly at the version that student is at, and a patch for all students at or before
/// it, since it cannot start where one student's personal patch ended. So a client cannot notice that a personal patch was lost: the
/// process that passes patches on does, by <see cref="PatchBatch.Previous"/>.
/// </summary>
internal sealed class PatchHistory(long seq)
{
    private const int Remembered = 256;

    // Beside a number of patches: ink and long texts are large, and many lessons live in one process.
    private const int MostBytes = 2 * 1024 * 1024;
    private readonly Queue<PatchBatch> _batches = new();
    private readonly Dictionary<Guid, long> _personal = [];
    private readonly Dictionary<Guid, long> _helpers = [];
    private readonly long _first = seq;
    private long _teacher = seq;
    private long _board = seq;
    private long _students = seq;
    private long _last = seq;
    private int _bytes;

    public PatchBatch Add(AudienceChanges changes, long seq)
    {
        var shared = changes.Students.IsEmpty ? null : new LessonPatch(_students, seq, LessonJson.Encode(changes.Students));
        var personal = changes.Personal.Select(p => new StudentPatch(
            p.Key, new LessonPatch(Math.Max(_students, _personal.GetValueOrDefault(p.Key)), seq, LessonJson.Encode(p.Value)))).ToImmutableArray();
        var batch = new PatchBatch(
            _last, seq,
            changes.Teacher.IsEmpty ? null : new LessonPatch(_teacher, seq, LessonJson.Encode(changes.Teacher)),
            changes.Board.IsEmpty ? null : new LessonPatch(_board, seq, LessonJson.Encode(changes.Board)),
            shared, personal, changes.Removed, changes.Variants, changes.Devices, changes.Unpaired, changes.Ended, changes.Left,
            [.. changes.Helpers.Select(h => new HelperPatch(h.Key, new LessonPatch(_helpers.GetValueOrDefault(h.Key, _first), seq, LessonJson.Encode(h.Value))))], changes.Dismissed);
        _teacher = batch.Teacher is null ? _teacher : seq;
        _board = batch.Board is null ? _board : seq;
        _students = shared is null ? _students : seq;
        foreach (var p in personal)
        {
            _personal[p.StudentId] = seq;
        }

        foreach (var h in batch.Helpers)
        {
            _helpers[h.HelperId] = seq;
        }

        _last = seq;
        _batches.Enqueue(batch);
        _bytes += BytesOf(batch);
        while (_batches.Count > Remembered || _bytes > MostBytes)
        {
            _bytes -= BytesOf(_batches.Dequeue());
        }

        return batch;
    }

    /// <summary>What was said so far is not said again: who was away gets a whole view.</summary>
    public void Forget()
    {
        _batches.Clear();
        _bytes = 0;
    }

    /// <summary>What an audience missed since a version, or null when that is too long ago to tell.</summary>
    public ImmutableArray<LessonPatch>? Since(Audience audience, long seq) =>
        seq > _last || seq < (_batches.TryPeek(out var oldest) ? oldest.Previous : _last) ? null
            : [.. _batches.Where(b => b.Seq > seq).Select(b => For(b, audience)).OfType<LessonPatch>()];

    private static LessonPatch? For(PatchBatch batch, Audience audience) => audience.Kind switch
    {
        AudienceKind.Teacher => batch.Teacher,
        AudienceKind.Board => batch.Board,
        AudienceKind.Student => batch.Personal.FirstOrDefault(p => p.StudentId == audience.StudentId)?.Patch ?? batch.Students,
        AudienceKind.Helper => batch.Helpers.FirstOrDefault(h => h.HelperId == audience.StudentId)?.Patch,
        _ => null,
    };

    private static int BytesOf(PatchBatch batch) =>
        Of(batch.Teacher) + Of(batch.Board) + Of(batch.Students) + batch.Personal.Sum(static p => Of(p.Patch)) + batch.Helpers.Sum(static h => Of(h.Patch));

    private static int Of(LessonPatch? patch) => patch?.Changes.Length ?? 0;
}
