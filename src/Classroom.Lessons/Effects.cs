namespace Classroom.Lessons;

/// <summary>Work for the grain to perform after the facts are durable. Returned by the rules, never done by them.</summary>
public abstract record Effect;

/// <summary>Have the variants of an explanation streamed, each from its start on.</summary>
public sealed record StreamExplanation(int Number, ExplanationOrder Order, ImmutableArray<VariantStart> Starts) : Effect;

/// <summary>What is streamed to the teacher alone goes to everybody from now on.</summary>
public sealed record ReleaseStream(Guid ExplanationId) : Effect;

public sealed record StopStream(Guid ExplanationId) : Effect;

/// <summary>The teacher switched AI off: what a model is giving ends, in these explanations too; prepared text goes on.</summary>
public sealed record EndAi(ImmutableArray<Guid> Explanations) : Effect;

public sealed record AskTutorForPrompts(string StepId) : Effect;

public sealed record AskTutorForFeedback(Guid FeedbackId) : Effect;

public sealed record AskTutorForAnswer(Guid ExchangeId) : Effect;

/// <summary>Have somebody look whether a child that wrote this is in danger: the words alone do not tell. It is asked once, and forgotten with the silo; who cannot be asked leaves a quiet line.</summary>
public sealed record AskTutorForDanger(Guid IncidentId, string Place, string StepId, Guid StudentId, string Text) : Effect
{
    /// <summary>What is recorded if the child is.</summary>
    public RecordIncident Incident => new(IncidentId, Place, Noticing.Kind, Noticing.Category, StepId, StudentId);

    /// <summary>What is recorded if nobody can be asked: no alarm, a line for the teacher.</summary>
    public RecordIncident Uncertain => new(IncidentId, Place, Noticing.Uncertain, Noticing.Category, StepId, StudentId);
}

/// <summary>Record what was noticed in a command that was refused: it has no fact that the incident could stand beside.</summary>
public sealed record TellDanger(RecordIncident Incident) : Effect;

public sealed record ScheduleTempoExpiry(DateTimeOffset At) : Effect;

/// <summary>Nothing that was sealed for this student can be read any more, in no copy.</summary>
public sealed record DestroyKey(Guid StudentId) : Effect;

/// <summary>Have scripted students come into this rehearsal.</summary>
public sealed record PlayRehearsal : Effect;

/// <summary>What holds of a board in this lesson holds in the other group's too: whether it may look, and whether it may draw. Sent there by the server itself.</summary>
public sealed record TellGroup(Guid With, Command Command) : Effect;

public sealed record ReleaseJoinCode(string JoinCode) : Effect;

/// <summary>The teacher's list of classrooms learns when this one ended; null: it is open again.</summary>
public sealed record ReportEnd(DateTimeOffset? EndedAt) : Effect;
