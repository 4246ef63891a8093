namespace Classroom.Lessons;

[StoredAs("class-size-set", 1)]
public sealed record ClassSizeSet(int? Pupils) : Fact;

/// <summary>What the teacher counted, and words that the teacher typed: nobody's in particular.</summary>
[StoredAs("hands-counted", 1)]
public sealed record HandsCounted(string QuestionId, int Round, ImmutableArray<HandCount> Counts, int? Room = null) : Fact;

/// <param name="Sentence">Null: in the explanation as a whole.</param>
[StoredAs("lost-counted", 1)]
public sealed record LostCounted(Guid ExplanationId, string? Variant, int? Sentence, int Count, int? Room = null) : Fact;

public sealed partial record LessonState
{
    /// <summary>Pupils of the class, with a phone or without; null: not known.</summary>
    public int? ClassSize { get; init; }

    /// <summary>Pupils who have no phone, where the class's size is known.</summary>
    internal int? WithoutPhone => ClassSize is { } all ? Math.Max(0, all - Seats.Count) : null;
}

/// <summary>Hands that went up in one round of a question, in one room.</summary>
public sealed record HandsOf(int Round, ImmutableArray<HandCount> Counts, int? Room = null);

/// <summary>Hands that went up at a sentence, or for the whole, in one room.</summary>
public sealed record LostHands(string? Variant, int? Sentence, int Count, int? Room = null);
