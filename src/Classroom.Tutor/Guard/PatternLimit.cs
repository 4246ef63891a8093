namespace Classroom.Tutor;

/// <summary>
/// How long one pattern may look at one text. It is wall-clock time: only a match that runs away takes that long, and a server that stands still
/// for a second (a paused machine, a full one) must not lose an explanation by it.
/// </summary>
internal static class PatternLimit
{
    public const int Milliseconds = 10_000;
}
