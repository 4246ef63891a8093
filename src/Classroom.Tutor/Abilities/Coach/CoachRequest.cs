namespace Classroom.Tutor;

/// <summary>A student's private question in a step.</summary>
/// <param name="Before">What the student asked before in this step, and was answered.</param>
public sealed record CoachRequest(
    TutorCall Call, LessonPlan Plan, StepPlan Step, Language Language, Level Level, AiPolicy Policy, ImmutableArray<Turn> Before, string Question,
    bool AiOn) : ITutorRequest<CoachAnswer>;

public sealed record Turn(string Question, string Answer);

/// <param name="Flags">What the teacher should know of: wants-answer, distress, unsafe, personal-data, injection.</param>
public sealed record CoachAnswer(string Text, ImmutableArray<string> Flags, Provenance Provenance) : TutorAnswer(Provenance);
