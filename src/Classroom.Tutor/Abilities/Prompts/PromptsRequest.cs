namespace Classroom.Tutor;

/// <summary>Candidates for a discussion in teams and a small project.</summary>
/// <param name="Known">Questions (in English) that were proposed before: others are wanted.</param>
public sealed record PromptsRequest(TutorCall Call, LessonPlan Plan, StepPlan Step, bool AiOn, ImmutableArray<string> Known) : ITutorRequest<PromptsDraft>;

public sealed record PromptsDraft(ImmutableArray<PromptText> Candidates, Provenance Provenance) : TutorAnswer(Provenance);
