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
        var given = envelope.By;
        envelope = Readable(envelope with { By = SpeakerOf(state, given, envelope.DeviceId) });
        var children = Phones.Named(state, envelope);
        if (state.Seen.TryGetValue(envelope.CommandId, out var seen))
        {
            return new[] { given, envelope.By }.Concat(children.Select(child => given with { Id = child })).Any(by => Phones.IsRepeated(seen, envelope.Command, by))
                ? Decision.Nothing : Decision.Refuse("bad-id");
        }

        var type = Commands.Of(envelope.Command);
        if ((Permission.RefusalTo(type, state, envelope.By, envelope.DeviceId) ?? HelpersRules.RefusalTo(state, envelope.By, envelope.Command)) is { } code)
        {
            return Refused(Decision.Refuse(code));
        }

        if (children.IsEmpty || (children.Length > 1 && !type.Together))
        {
            return Refused(Decision.Refuse(children.IsEmpty ? "not-on-phone" : "bad-value"));
        }

        var decision = children is [var one] && one == envelope.By.Id ? Of(one) : Phones.Each(state, envelope.Command, children, Of);
        // What was written is the first one's.
        envelope = envelope with { By = envelope.By with { Id = children[0] } };
        decision = decision.Refusal is null ? LateVariants.In(state, decision, hasModel) : decision;
        decision = isDistress is null ? decision : Noticing.In(state, envelope, decision, isDistress);
        return decision.Refusal is null ? decision : Refused(decision);

        Decision Of(Guid child)
        {
            var by = envelope.By with { Id = child };
            var decided = type.Decide(state, envelope.Command, new CommandContext(
                by, now, isDoubted ?? (static _ => false), hasModel, text => isDistress?.Invoke(text) == true, children.Length > 1 ? children : []));
            return Quota.RefusalTo(state, by, decided) ?? decided;
        }

        // Whose words they were: of a phone that names nobody who is here, nobody's.
        Decision Refused(Decision refused) => isDistress is null || children.IsEmpty ? refused
            : Noticing.InRefused(state, envelope with { By = envelope.By with { Id = children[0] } }, refused, now, isDistress);
    }

    /// <summary>Who speaks by a ticket: its own child, or where that one is on this phone no more, the next one there.</summary>
    /// <param name="device">The device that the ticket names; null for whom the server speaks.</param>
    public static Actor SpeakerOf(LessonState state, Actor by, Guid? device)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(by);
        return by.Role == Role.Student && device is { } on && state.Seats.GetValueOrDefault(by.Id)?.DeviceId != on && Phones.FirstOn(state, on) is { } next ? by with { Id = next } : by;
    }

    // What a child wrote, as others will see it. Where a sign that turns the text around is refused by name, it is still there to be named.
    private static Envelope Readable(Envelope envelope) => envelope.By.Role != Role.Student ? envelope : envelope with
    {
        Command = envelope.Command switch
        {
            GiveAnswer { Text: { } text } a => a with { Text = Invisible.Without(text, turning: false) },
            Contribute { Text: { } text } c => c with { Text = Invisible.Without(text, turning: false) },
            KeepTyped { Text: { } text } k => k with { Text = Invisible.Without(text) },
            RaiseHand { Topic: { } topic } h => h with { Topic = Invisible.Without(topic) },
            AskTutor { Text: { } text } t => t with { Text = Invisible.Without(text) },
            ReplyToFeedback { Text: { } text } r => r with { Text = Invisible.Without(text) },
            SaveDraft d => d with
            {
                Text = Invisible.Without(d.Text ?? ""), OwnContribution = Invisible.Without(d.OwnContribution ?? ""), Reflection = Invisible.Without(d.Reflection ?? ""),
                Sources = d.Sources.IsDefault ? d.Sources : [.. d.Sources.Select(s => s is null ? s! : Invisible.Without(s))],
            },
            var other => other,
        },
    };

    public static LessonState Apply(LessonState state, RecordedFact recorded)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(recorded);
        var meta = recorded.Meta;
        state = Topics.Rules.Apply(state, recorded);
        var seats = meta.By.Role == Role.Student && state.Seats.TryGetValue(meta.By.Id, out var seat)
            ? state.Seats.SetItem(meta.By.Id, seat with { LastActAt = meta.At, Stored = seat.Stored + Quota.PriceOf(recorded.Fact) })
            : state.Seats;
        return state with { Seq = meta.Seq, Seats = seats, Seen = state.Seen.SetItem(meta.CommandId, By(state, meta) with { Seq = meta.Seq }) };
    }

    // Of several children on one phone it is the first one's.
    private static SeenCommand By(LessonState state, FactMeta meta) => state.Seen.GetValueOrDefault(meta.CommandId) ?? new(meta.Seq, meta.By.Role, meta.By.Id);

    /// <summary>Gives the facts of a decision their place in the stream.</summary>
    public static ImmutableArray<RecordedFact> Stamp(LessonState state, Envelope envelope, Decision decision, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var by = SpeakerOf(state, envelope.By, envelope.DeviceId);
        return [.. decision.Facts.Select((fact, i) => new RecordedFact(
            new FactMeta(state.Seq + 1 + i, envelope.CommandId, i < decision.Children.Length ? by with { Id = decision.Children[i] } : by, now), fact))];
    }
}
