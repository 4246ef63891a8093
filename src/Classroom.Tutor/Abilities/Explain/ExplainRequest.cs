namespace Classroom.Tutor;

/// <param name="Start">What the variant already says, when it is gone on with.</param>
/// <param name="Discards">A text that was told before and is bad: no class is given it again.</param>
public sealed record ExplainRequest(TutorCall Call, ExplanationOrder Order, Variant Variant, VariantStart? Start, string? Discards = null);

/// <summary>Some more of an explanation.</summary>
/// <param name="Ends">Sentence ends that have become certain, as offsets (UTF-16) into the whole text.</param>
/// <param name="Provenance">On the last piece: where the whole is from.</param>
public sealed record TutorPiece(string Text, ImmutableArray<int> Ends, Provenance? Provenance = null)
{
    /// <summary>On the first piece, where it is known by then: where the text is from. It holds if the text is stopped or cut.</summary>
    public Provenance? From { get; init; }
}
