namespace Classroom.Lessons;

[Fact("lesson-opened", 1)]
public sealed record LessonOpened(OpenLesson Opening) : Fact;

[Fact("lesson-started", 1)]
public sealed record LessonStarted(string StepId) : Fact;

[Fact("step-started", 1)]
public sealed record StepStarted(string StepId) : Fact;

[Fact("lesson-ended", 1)]
public sealed record LessonEnded : Fact;

[Fact("lesson-reopened", 1)]
public sealed record LessonReopened(string JoinCode) : Fact;

[Fact("lobby-locked", 1)]
public sealed record LobbyLocked : Fact;

[Fact("lobby-unlocked", 1)]
public sealed record LobbyUnlocked : Fact;

[Fact("board-variant-set", 1)]
public sealed record BoardVariantSet(Language Language, Level Level) : Fact;

[Fact("ai-switched", 1)]
public sealed record AiSwitched(bool On) : Fact;

public sealed partial record LessonState
{
    public Guid TeacherId { get; init; }

    public OpenLesson? Opened { get; init; }

    public LessonPhase Phase { get; init; }

    public string? JoinCode { get; init; }

    public bool Locked { get; init; }

    public bool AiOn { get; init; } = true;

    public Variant BoardVariant { get; init; }

    public string? StepId { get; init; }

    public DateTimeOffset? StepStartedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public ImmutableHashSet<string> Reached { get; init; } = [];
}
