namespace Classroom.Lessons;

public sealed record LessonOpened(OpenLesson Opening) : Fact;

public sealed record LessonStarted(string StepId) : Fact;

public sealed record StepStarted(string StepId) : Fact;

public sealed record LessonEnded : Fact;

public sealed record LessonReopened(string JoinCode) : Fact;

public sealed record LobbyLocked : Fact;

public sealed record LobbyUnlocked : Fact;

public sealed record BoardVariantSet(Language Language, Level Level) : Fact;

public sealed record AiSwitched(bool On) : Fact;

public sealed record AiPolicySet(string StepId, AiPolicy Policy) : Fact;
