namespace Classroom.Lessons;

/// <summary>Something that happened in a lesson, in the past tense. Stored for ever under a stable name and version.</summary>
public abstract record Fact;

/// <summary>What every stored fact carries beside itself. <paramref name="Seq"/> counts from 1 within the lesson.</summary>
public sealed record FactMeta(long Seq, Guid CommandId, Actor By, DateTimeOffset At);

/// <summary>A fact with its meta, as it is folded into the state.</summary>
public sealed record Happened(FactMeta Meta, Fact Fact);
