using System.Text.Json.Serialization;

namespace Classroom.Lessons;

[StoredAs("lesson-opened", 1)]
public sealed record LessonOpened(OpenLesson Opening) : Fact;

/// <param name="Rehearsal">As in <see cref="OpenLesson"/>: said here too, so that who counts lessons need not look at another fact.</param>
[StoredAs("lesson-started", 1)]
public sealed record LessonStarted(string StepId, bool? Rehearsal = null) : Fact;

[StoredAs("step-started", 1)]
public sealed record StepStarted(string StepId) : Fact;

[StoredAs("minute-added", 1)]
public sealed record MinuteAdded(string StepId) : Fact;

[StoredAs("heat-shown", 1)]
public sealed record HeatShown(bool On) : Fact;

/// <param name="Rehearsal">As above.</param>
[StoredAs("lesson-ended", 1)]
public sealed record LessonEnded(bool? Rehearsal = null) : Fact;

[StoredAs("lesson-reopened", 1)]
public sealed record LessonReopened(string JoinCode) : Fact;

[StoredAs("lobby-locked", 1)]
public sealed record LobbyLocked : Fact;

[StoredAs("lobby-unlocked", 1)]
public sealed record LobbyUnlocked : Fact;

[StoredAs("board-variant-set", 1)]
public sealed record BoardVariantSet(Language Language, Level Level) : Fact;

[StoredAs("ai-switched", 1)]
public sealed record AiSwitched(bool On) : Fact;

public sealed partial record LessonState
{
    public Guid TeacherId { get; init; }

    public OpenLesson? Opened { get; init; }

    public LessonPhase Phase { get; init; }

    [JsonIgnore]
    public bool IsRehearsal => Opened is { Rehearsal: true };

    public string? JoinCode { get; init; }

    public bool Locked { get; init; }

    public bool AiOn { get; init; } = true;

    /// <summary>A model's answer that comes after the teacher switched AI off: nobody reads it, its tokens count.</summary>
    internal bool IsLate(Provenance from) => !AiOn && !from.IsPrepared && from.Provider.Length > 0;

    public Variant BoardVariant { get; init; }

    public string? StepId { get; init; }

    public DateTimeOffset? StepStartedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Minutes that steps were given beyond the plan, by step id.</summary>
    public ImmutableDictionary<string, int> MinutesAdded { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Boards do not show where the class is lost.</summary>
    public bool HeatHidden { get; init; }

    public ImmutableHashSet<string> Reached { get; init; } = [];
}
