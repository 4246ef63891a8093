using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>
/// A lesson as it stands: the fold of its facts. Immutable; two equal histories give equal states. Each topic declares its own part
/// beside its facts.
/// </summary>
public sealed partial record LessonState
{
    public static readonly LessonState Empty = new();

    public long Seq { get; init; }

    /// <summary>Commands that led to facts: a repeated command returns its first outcome.</summary>
    public ImmutableDictionary<Guid, SeenCommand> Seen { get; init; } = ImmutableDictionary<Guid, SeenCommand>.Empty;

    [JsonIgnore]
    public LessonPlan Plan => Opened?.Plan ?? throw new InvalidOperationException("The lesson is not open.");

    [JsonIgnore]
    public bool IsOpen => Opened is not null;

    [JsonIgnore]
    public bool IsLive => Phase == LessonPhase.Live;

    public StepPlan? Step(string? id) => id is null || Opened is null ? null : Plan.Steps.FirstOrDefault(s => s.Id == id);

    public AiPolicy PolicyOf(StepPlan step) => AiPolicies.GetValueOrDefault(step.Id, step.Task?.AiPolicy ?? AiPolicy.None);
}

/// <param name="Seq">The version after its facts.</param>
/// <param name="By">Whose command it was: somebody else's with its id is another command, and no repetition.</param>
public sealed record SeenCommand(long Seq, Role Role, Guid By)
{
    public bool IsOf(Actor actor) => actor.Role == Role && actor.Id == By;
}
