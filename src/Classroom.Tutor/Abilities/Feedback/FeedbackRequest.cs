namespace Classroom.Tutor;

/// <summary>A draft of feedback for the teacher, descriptor by descriptor.</summary>
/// <param name="Work">The handed-in text of one student, and of no other.</param>
/// <param name="Reflection">Looked over like the work, and sent to no model.</param>
public sealed record FeedbackRequest(
    TutorCall Call, LessonPlan Plan, StepPlan Step, Language Language, string Work, string Reflection, bool AiOn) : ITutorRequest<FeedbackDraft>;

public sealed record FeedbackDraft(ImmutableArray<FeedbackItem> Items, int DroppedQuotes, Provenance Provenance) : TutorAnswer(Provenance)
{
    /// <summary>Next steps of the kit's author that the teacher may choose; none where a model drafted.</summary>
    public ImmutableArray<DescriptorHint> Hints { get; init; } = [];
}
