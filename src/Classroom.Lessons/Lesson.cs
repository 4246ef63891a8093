namespace Classroom.Lessons;

/// <summary>
/// The rules of a lesson, as two pure functions. <see cref="Decide"/> says what a command leads to; <see cref="Apply"/> folds what
/// happened. Both look the rule up by type in the table that the topics have filled. Called by the classroom grain and by tests.
/// Invariant: <c>Decide</c> never throws for any command in any state; every refusal is a code.
/// </summary>
public static class Lesson
{
    /// <summary>The commands there are, by name, with who may send each and in which phases.</summary>
    public static CommandCatalogue Commands => Topics.Rules.Commands;

    /// <param name="isDoubted">Whether words wait for the teacher's eye; nothing is doubted without it.</param>
    /// <param name="isDistress">Whether words say that a child is in danger, null where that is not certain; nothing is noticed without it.</param>
    /// <param name="hasModel">Whether a model serves the tutor here.</param>
    public static Decision Decide(
        LessonState state, Envelope envelope, DateTimeOffset now, Func<string, bool>? isDoubted = null, Func<string, bool?>? isDistress = null, bool hasModel = true)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(envelope);
        if (state.Seen.TryGetValue(envelope.CommandId, out var seen))
        {
            return seen.IsOf(envelope.By) ? Decision.Nothing : Decision.Refuse("bad-id");
        }

        var type = Commands.Of(envelope.Command);
        if (Permission.RefusalTo(type, state, envelope.By, envelope.DeviceId) is { } code)
        {
            return Refused(Decision.Refuse(code));
        }

        var decision = type.Decide(state, envelope.Command, new CommandContext(envelope.By, now, isDoubted ?? (static _ => false), hasModel, text => isDistress?.Invoke(text) == true));
        decision = isDistress is null ? decision : Noticing.In(state, envelope, decision, isDistress);
        decision = Quota.RefusalTo(state, envelope.By, decision) ?? decision;
        return decision.Refusal is null ? decision : Refused(decision);

        Decision Refused(Decision refused) => isDistress is null ? refused : Noticing.InRefused(state, envelope, refused, now, isDistress);
    }

    public static LessonState Apply(LessonState state, RecordedFact recorded)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(recorded);
        var meta = recorded.Meta;
        state = Topics.Rules.Apply(state, recorded);
        var seats = meta.By.Role == Role.Student && state.Seats.TryGetValue(meta.By.Id, out var seat)
            ? state.Seats.SetItem(meta.By.Id, seat with { LastActAt = meta.At, Stored = seat.Stored + Quota.PriceOf(recorded.Fact) })
            : state.Seats;
        return state with { Seq = meta.Seq, Seats = seats, Seen = state.Seen.SetItem(meta.CommandId, new(meta.Seq, meta.By.Role, meta.By.Id)) };
    }

    /// <summary>Gives the facts of a decision their place in the stream.</summary>
    public static ImmutableArray<RecordedFact> Stamp(LessonState state, Envelope envelope, Decision decision, DateTimeOffset now) =>
        [.. decision.Facts.Select((fact, i) => new RecordedFact(new FactMeta(state.Seq + 1 + i, envelope.CommandId, envelope.By, now), fact))];
}
