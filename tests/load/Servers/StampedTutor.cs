using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Classroom.Tutor;

namespace Classroom.Load;

/// <summary>A tutor that says what the metronome gives it: pieces of 40 characters (or as told), each with the time it was due.</summary>
public sealed class StampedTutor(ConcurrentDictionary<Guid, int> lessons) : ITutor
{
    private static readonly int PieceLength = int.Parse(
        Environment.GetEnvironmentVariable("LOAD_PIECE") ?? "40", System.Globalization.CultureInfo.InvariantCulture);

    private const string Read = "kk-simple";

    public Metronome? Metronome { get; set; }

    public static string Piece(long due) => Clock.Stamp(due).PadRight(PieceLength, 'x');

    public bool HasModel => true;

    public async IAsyncEnumerable<TutorPiece> Explain(ExplainRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The board reads another level than the students: their text is what is measured.
        if (request.Variant.ToString() != Read)
        {
            yield return new TutorPiece("-", [1]);
            yield break;
        }

        await foreach (var due in Metronome!.Of(lessons[request.Order.ClassroomId]).ReadAllAsync(cancellationToken))
        {
            yield return new TutorPiece(Piece(due), []);
        }
    }

    public Task DiscardAsync(string text, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<TAnswer> Ask<TAnswer>(ITutorRequest<TAnswer> request, CancellationToken cancellationToken)
        where TAnswer : TutorAnswer => throw new TutorException();
}
