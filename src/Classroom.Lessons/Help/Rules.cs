namespace Classroom.Lessons;

/// <summary>Raised hands: who waits, since when, and who is on the way. Two people never walk to the same hand.</summary>
public static class HelpRules
{
    public const int MaxTopic = 120;

    internal static void Register(RuleTable rules)
    {
        rules.Decide<RaiseHand>(static (state, raise, context) => raise.Topic is null || raise.Topic.Length > MaxTopic ? Decision.Refuse("too-long", "max", MaxTopic)
            : state.Hands.TryGetValue(context.By.Id, out var up) && up.Topic == raise.Topic.Trim() ? Decision.Nothing
            : Decision.Of(new HandRaised(raise.Topic.Trim())));
        rules.Decide<LowerHand>(static (state, _, context) => state.Hands.ContainsKey(context.By.Id) ? Decision.Of(new HandLowered()) : Decision.Nothing);
        rules.Decide<ClaimHand>(static (state, claim, context) => Claim(state, context.By, claim.StudentId));
        rules.Decide<AnswerHand>(static (state, answer, _) => state.Hands.ContainsKey(answer.StudentId)
            ? Decision.Of(new HandAnswered(answer.StudentId)) : Decision.Refuse("no-hand"));

        rules.Apply<HandRaised>(static (state, raised, meta) => state with
        {
            Hands = state.Hands.SetItem(meta.By.Id, state.Hands.TryGetValue(meta.By.Id, out var up)
                ? up with { Topic = raised.Topic } : new Hand(raised.Topic, meta.At)),
        });
        rules.Apply<HandLowered>(static (state, _, meta) => state with { Hands = state.Hands.Remove(meta.By.Id) });
        rules.Apply<HandClaimed>(static (state, claimed, meta) => state with
        {
            Hands = state.Hands.SetItem(claimed.StudentId, state.Hands[claimed.StudentId] with { ClaimedBy = HelpersRules.Named(state, meta.By), ClaimedAt = meta.At }),
        });
        rules.Apply<HandAnswered>(static (state, answered, _) => state with { Hands = state.Hands.Remove(answered.StudentId) });
    }

    private static Decision Claim(LessonState state, Actor by, Guid student) =>
        !state.Hands.TryGetValue(student, out var hand) ? Decision.Refuse("no-hand")
        : hand.ClaimedBy is null ? Decision.Of(new HandClaimed(student))
        : hand.ClaimedBy.Id == by.Id ? Decision.Nothing
        : Decision.Refuse("hand-claimed", "by", hand.ClaimedBy.Name ?? "");
}
