namespace Classroom.Lessons;

public sealed record HandRaised(string Topic) : Fact;

public sealed record HandLowered : Fact;

public sealed record HandClaimed(Guid StudentId) : Fact;

public sealed record HandAnswered(Guid StudentId) : Fact;

/// <summary>Raised hands: who waits, since when, and who is on the way. Two people never walk to the same hand.</summary>
public static class Helping
{
    public const int MaxTopic = 120;

    public static Decision? Decide(LessonState state, Envelope envelope, DateTimeOffset now) => envelope.Command switch
    {
        RaiseHand raise => raise.Topic is null || raise.Topic.Length > MaxTopic ? Decision.Refuse("too-long", "max", MaxTopic)
            : state.Hands.TryGetValue(envelope.By.Id, out var up) && up.Topic == raise.Topic.Trim() ? Decision.Nothing
            : Decision.Of(new HandRaised(raise.Topic.Trim())),
        LowerHand => state.Hands.ContainsKey(envelope.By.Id) ? Decision.Of(new HandLowered()) : Decision.Nothing,
        ClaimHand claim => Claim(state, envelope.By, claim.StudentId),
        AnswerHand answer => state.Hands.ContainsKey(answer.StudentId)
            ? Decision.Of(new HandAnswered(answer.StudentId)) : Decision.Refuse("no-hand"),
        _ => null,
    };

    public static LessonState? Apply(LessonState state, Fact fact, FactMeta meta) => fact switch
    {
        HandRaised raised => state with
        {
            Hands = state.Hands.SetItem(meta.By.Id, state.Hands.TryGetValue(meta.By.Id, out var up)
                ? up with { Topic = raised.Topic } : new Hand(raised.Topic, meta.At)),
        },
        HandLowered => state with { Hands = state.Hands.Remove(meta.By.Id) },
        HandClaimed claimed => state with
        {
            Hands = state.Hands.SetItem(claimed.StudentId, state.Hands[claimed.StudentId] with { ClaimedBy = meta.By, ClaimedAt = meta.At }),
        },
        HandAnswered answered => state with { Hands = state.Hands.Remove(answered.StudentId) },
        _ => null,
    };

    private static Decision Claim(LessonState state, Actor by, Guid student) =>
        !state.Hands.TryGetValue(student, out var hand) ? Decision.Refuse("no-hand")
        : hand.ClaimedBy is null ? Decision.Of(new HandClaimed(student))
        : hand.ClaimedBy.Id == by.Id ? Decision.Nothing
        : Decision.Refuse("hand-claimed", "by", hand.ClaimedBy.Name ?? "");
}
