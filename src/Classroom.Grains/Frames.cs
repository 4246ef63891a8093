namespace Classroom.Grains;

/// <summary>
/// Encodes announcements, once per audience, and remembers the last of them so that a screen that was away gets only what it missed.
/// Invariant: for one audience the frames form a chain, each frame's From being the Seq of the one before.
/// </summary>
internal sealed class Frames(Guid classroomId, long seq)
{
    private const int Remembered = 256;
    private readonly Queue<LessonFrames> _ring = new();
    private readonly Dictionary<Guid, long> _personal = [];
    private long _teacher = seq;
    private long _board = seq;
    private long _students = seq;
    private long _last = seq;

    public LessonFrames Add(Announcement said, long seq)
    {
        var shared = said.Students.IsEmpty ? null : new Frame(_students, seq, WireJson.Encode(said.Students));
        var personal = said.Personal.Select(p => new StudentFrame(
            p.Key, new Frame(Math.Max(_students, _personal.GetValueOrDefault(p.Key)), seq, WireJson.Encode(p.Value)))).ToImmutableArray();
        var frames = new LessonFrames(
            classroomId, _last, seq,
            said.Teacher.IsEmpty ? null : new Frame(_teacher, seq, WireJson.Encode(said.Teacher)),
            said.Board.IsEmpty ? null : new Frame(_board, seq, WireJson.Encode(said.Board)),
            shared, personal, said.Gone, said.Variants, said.Devices);
        _teacher = frames.Teacher is null ? _teacher : seq;
        _board = frames.Board is null ? _board : seq;
        _students = shared is null ? _students : seq;
        foreach (var p in personal)
        {
            _personal[p.StudentId] = seq;
        }

        _last = seq;
        _ring.Enqueue(frames);
        if (_ring.Count > Remembered)
        {
            _ring.Dequeue();
        }

        return frames;
    }

    /// <summary>What an audience missed since a version, or null when that is too long ago to tell.</summary>
    public ImmutableArray<Frame>? Since(Audience audience, long seq) =>
        seq > _last || seq < (_ring.TryPeek(out var oldest) ? oldest.Previous : _last) ? null
            : [.. _ring.Where(f => f.Seq > seq).Select(f => For(f, audience)).OfType<Frame>()];

    private static Frame? For(LessonFrames frames, Audience audience) => audience.Kind switch
    {
        AudienceKind.Teacher => frames.Teacher,
        AudienceKind.Board => frames.Board,
        AudienceKind.Student => frames.Personal.FirstOrDefault(p => p.StudentId == audience.StudentId)?.Frame ?? frames.Students,
        _ => null,
    };
}
