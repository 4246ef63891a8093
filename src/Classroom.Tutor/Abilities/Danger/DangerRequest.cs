namespace Classroom.Tutor;

/// <summary>What a child wrote, where the words alone do not tell whether a child is in danger.</summary>
public sealed record DangerRequest(TutorCall Call, string Text, bool AiOn) : ITutorRequest<DangerAnswer>;

public sealed record DangerAnswer(bool IsInDanger, Provenance Provenance) : TutorAnswer(Provenance);
