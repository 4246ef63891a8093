namespace Classroom.Lessons;

/// <summary>
/// A kit's lesson as it was when the classroom was opened. The first fact of a lesson carries it whole, so that a lesson
/// replays the same after its kit was edited. Prepared explanations and prompts stay in the kit; the tutor reads them there.
/// </summary>
[GenerateSerializer, Immutable]
public sealed record LessonPlan(
    [property: Id(0)] string KitId,
    [property: Id(1)] string KitVersion,
    [property: Id(2)] string KitHash,
    [property: Id(3)] string LessonId,
    [property: Id(4)] Trilingual Title,
    [property: Id(5)] Trilingual Subject,
    [property: Id(6)] int GradeFrom,
    [property: Id(7)] int GradeTo,
    [property: Id(8)] int Minutes,
    [property: Id(9)] ImmutableArray<StepPlan> Steps,
    [property: Id(10)] Preparation? Preparation = null);

/// <param name="Devices">Whether phones or PCs are used in this step (the law bans them unless the plan says so).</param>
/// <param name="Image">On the board beside its text, and on the students' screens.</param>
/// <param name="BoardImage">Stands on the board in the place of the image, which is then on phones only.</param>
/// <param name="Hints">Teacher only: for a student who is stuck, mildest first.</param>
[GenerateSerializer, Immutable]
public sealed record StepPlan(
    [property: Id(0)] string Id,
    [property: Id(1)] StepKind Kind,
    [property: Id(2)] int Minutes,
    [property: Id(3)] bool Devices,
    [property: Id(4)] Trilingual Title,
    [property: Id(5)] Trilingual Board,
    [property: Id(6)] Trilingual Student,
    [property: Id(7)] Trilingual Teacher,
    [property: Id(8)] ImmutableArray<TopicPlan> Topics,
    [property: Id(9)] ImmutableArray<QuestionPlan> Questions,
    [property: Id(10)] bool HasPrompts,
    [property: Id(11)] TaskPlan? Task,
    [property: Id(12)] ImagePlan? Image = null,
    [property: Id(13)] ImagePlan? BoardImage = null,
    [property: Id(14)] ImmutableArray<Trilingual>? Hints = null);

/// <summary>Something the step offers to explain.</summary>
[GenerateSerializer, Immutable]
public sealed record TopicPlan([property: Id(0)] string Id, [property: Id(1)] Trilingual Topic, [property: Id(2)] ImagePlan? Image = null);

/// <param name="WhyImage">Of the solution: it is shown with that.</param>
/// <param name="Returns">The id of the earlier question that comes back in this one: their results are compared.</param>
[GenerateSerializer, Immutable]
public sealed record QuestionPlan(
    [property: Id(0)] string Id,
    [property: Id(1)] QuestionKind Kind,
    [property: Id(2)] Trilingual Text,
    [property: Id(3)] ImmutableArray<OptionPlan> Options,
    [property: Id(4)] int Min,
    [property: Id(5)] int Max,
    [property: Id(6)] Trilingual? MinLabel,
    [property: Id(7)] Trilingual? MaxLabel,
    [property: Id(8)] Trilingual? Why,
    [property: Id(9)] ImagePlan? Image = null,
    [property: Id(10)] string? Returns = null,
    [property: Id(11)] ImagePlan? WhyImage = null);

[GenerateSerializer, Immutable]
public sealed record OptionPlan(
    [property: Id(0)] string Id, [property: Id(1)] Trilingual Text, [property: Id(2)] bool Correct, [property: Id(3)] Trilingual? Why,
    [property: Id(4)] ImagePlan? Image = null);

/// <param name="MinOwnWords">Words of the student's own that are asked for. Less can be handed in; the tutor is asked after as many only.</param>
[GenerateSerializer, Immutable]
public sealed record TaskPlan(
    [property: Id(0)] Trilingual Title,
    [property: Id(1)] Trilingual Text,
    [property: Id(2)] AiPolicy AiPolicy,
    [property: Id(3)] int MinOwnWords,
    [property: Id(4)] bool AsksReflection,
    [property: Id(5)] bool AsksSources,
    [property: Id(6)] ImmutableArray<CriterionPlan> Criteria);

[GenerateSerializer, Immutable]
public sealed record CriterionPlan(
    [property: Id(0)] string Id, [property: Id(1)] Trilingual Title, [property: Id(2)] ImmutableArray<DescriptorPlan> Descriptors);

[GenerateSerializer, Immutable]
public sealed record DescriptorPlan([property: Id(0)] string Id, [property: Id(1)] Trilingual Text);

/// <summary>A project-based discussion prompt: what the class talks about and makes.</summary>
[GenerateSerializer, Immutable]
public sealed record PromptText(
    [property: Id(0)] string Id,
    [property: Id(1)] Trilingual Question,
    [property: Id(2)] Trilingual Make,
    [property: Id(3)] Trilingual Materials,
    [property: Id(4)] int Minutes,
    [property: Id(5)] ImmutableArray<Trilingual> Roles,
    [property: Id(6)] Trilingual Sharing,
    [property: Id(7)] ImagePlan? Image = null);

/// <summary>Feedback on one descriptor. <paramref name="Quote"/> is verbatim from the student's work, or empty.</summary>
/// <param name="Verdict">Null: nobody has judged, or it is left to the teacher. Prepared feedback has none.</param>
[GenerateSerializer, Immutable]
public sealed record FeedbackItem(
    [property: Id(0)] string DescriptorId, [property: Id(1)] Verdict? Verdict, [property: Id(2)] string Quote, [property: Id(3)] string NextStep);

/// <summary>Next steps that the kit's author wrote for a descriptor, in the student's language: the teacher may choose one.</summary>
[GenerateSerializer, Immutable]
public sealed record DescriptorHint(
    [property: Id(0)] string DescriptorId, [property: Id(1)] string NotYet, [property: Id(2)] string Partly, [property: Id(3)] string Met);

/// <summary>How a percentage becomes a mark, from a date on. Configuration, never code.</summary>
/// <param name="Bands">Lowest percentage of each mark, e.g. (0,2) (40,3) (65,4) (85,5).</param>
[GenerateSerializer, Immutable]
public sealed record MarkScale(
    [property: Id(0)] string Id, [property: Id(1)] DateOnly ValidFrom, [property: Id(2)] ImmutableArray<MarkBand> Bands)
{
    public int Lowest => Bands.Min(b => b.Mark);

    public int Highest => Bands.Max(b => b.Mark);
}

[GenerateSerializer, Immutable]
public sealed record MarkBand([property: Id(0)] int FromPercent, [property: Id(1)] int Mark);
