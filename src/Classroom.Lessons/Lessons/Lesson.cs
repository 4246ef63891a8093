namespace Classroom.Lessons;

/// <summary>
/// The rules of a lesson, as two pure functions. <see cref="Decide"/> says what a command leads to; <see cref="Apply"/> folds what
/// happened. Called by the classroom grain, by the tests, and by nobody else.
/// Invariant: <c>Decide</c> never throws for any command in any state; every refusal is a code.
/// </summary>
public static class Lesson
{
    public static readonly TimeSpan TempoWindow = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan ReopenWindow = TimeSpan.FromHours(24);

    public static Decision Decide(LessonState state, Envelope envelope, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(envelope);
        if (state.Seen.ContainsKey(envelope.CommandId))
        {
            return Decision.Nothing;
        }

        return Permissions.Check(state, envelope)
            ?? Life.Decide(state, envelope, now)
            ?? Seating.Decide(state, envelope, now)
            ?? Helping.Decide(state, envelope, now)
            ?? Explaining.Decide(state, envelope)
            ?? Asking.Decide(state, envelope)
            ?? Discussing.Decide(state, envelope)
            ?? Making.Decide(state, envelope)
            ?? Reviewing.Decide(state, envelope)
            ?? Coaching.Decide(state, envelope)
            ?? Recording.Decide(state, envelope)
            ?? Marking.Decide(state, envelope)
            ?? Decision.Refuse("unknown-command");
    }

    public static LessonState Apply(LessonState state, Happened happened)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(happened);
        var (meta, fact) = (happened.Meta, happened.Fact);
        state = Life.Apply(state, fact, meta)
            ?? Seating.Apply(state, fact, meta)
            ?? Helping.Apply(state, fact, meta)
            ?? Explaining.Apply(state, fact, meta)
            ?? Asking.Apply(state, fact, meta)
            ?? Discussing.Apply(state, fact, meta)
            ?? Making.Apply(state, fact, meta)
            ?? Reviewing.Apply(state, fact, meta)
            ?? Coaching.Apply(state, fact, meta)
            ?? Recording.Apply(state, fact, meta)
            ?? Marking.Apply(state, fact, meta)
            ?? throw new InvalidOperationException($"No rule applies {fact.GetType().Name}.");
        var seats = meta.By.Role == Role.Student && state.Seats.TryGetValue(meta.By.Id, out var seat)
            ? state.Seats.SetItem(meta.By.Id, seat with { LastActAt = meta.At })
            : state.Seats;
        return state with { Seq = meta.Seq, Seats = seats, Seen = state.Seen.SetItem(meta.CommandId, meta.Seq) };
    }

    /// <summary>Gives the facts of a decision their place in the stream.</summary>
    public static ImmutableArray<Happened> Stamp(LessonState state, Envelope envelope, Decision decision, DateTimeOffset now) =>
        [.. decision.Facts.Select((fact, i) => new Happened(new FactMeta(state.Seq + 1 + i, envelope.CommandId, envelope.By, now), fact))];
}
