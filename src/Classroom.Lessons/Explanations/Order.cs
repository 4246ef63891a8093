namespace Classroom.Lessons;

/// <summary>What is to be explained, to whom and how. Made by the rules, carried out by the explanation grain.</summary>
[GenerateSerializer, Immutable]
public sealed record ExplanationOrder(
    [property: Id(0)] Guid ClassroomId,
    [property: Id(1)] Guid ExplanationId,
    [property: Id(2)] string KitId,
    [property: Id(3)] string KitHash,
    [property: Id(4)] string LessonId,
    [property: Id(5)] string StepId,
    [property: Id(6)] string? TopicId,
    [property: Id(7)] Trilingual Topic,
    [property: Id(8)] ExplainMode Mode,
    [property: Id(9)] string? Passage,
    [property: Id(10)] ImmutableArray<Variant> Variants,
    [property: Id(11)] Variant BoardVariant,
    [property: Id(12)] int Grade,
    [property: Id(13)] bool AiOn,
    [property: Id(14)] bool Preview = false);

/// <summary>Where a variant starts: at the beginning, or behind what it already says.</summary>
/// <param name="From">Who said that: whoever goes on is the same, since one text has one label. Null: nothing was said, or it is not known.</param>
/// <param name="Discards">A text that was told and is bad: it is not told again.</param>
[GenerateSerializer, Immutable]
public sealed record VariantStart(
    [property: Id(0)] string Variant, [property: Id(1)] int Epoch, [property: Id(2)] string Text, [property: Id(3)] ImmutableArray<int> SentenceEnds,
    [property: Id(4)] Provenance? From = null, [property: Id(5)] string? Discards = null);
