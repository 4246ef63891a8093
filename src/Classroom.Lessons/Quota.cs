namespace Classroom.Lessons;

/// <summary>
/// How much one seat may have stored in one lesson, whatever it is made of: every stored command has a price, in letters, and all of them together a
/// ceiling. So nobody who sends for hours, with the tools of a browser or without, fills the log and what is made of it.
/// </summary>
public static class Quota
{
    /// <summary>More than a child can write: the longest draft there is, sent every ten seconds for two hours.</summary>
    public const long Most = 10_000_000;

    /// <summary>What a row of the log costs beside its words.</summary>
    public const int Row = 200;

    /// <summary>For one phone: four of the longest drafts, or 320 taps.</summary>
    public const int AtOnce = 64_000;

    /// <summary>The same: ten taps a second, or the longest draft every seven. The client sends half as often.</summary>
    public const int ASecond = 2_000;

    // As the longest draft: three at once, and a thousand in a lesson.
    private const int Photo = 10_000;

    public static long PriceOf(ImmutableArray<Fact> facts) => facts.Sum(static f => (long)PriceOf(f));

    /// <summary>A row and its words. Ids and numbers are of the row, whose size is bounded.</summary>
    internal static int PriceOf(Fact fact) => Row + fact switch
    {
        DraftSaved d => d.Text.Length + d.OwnContribution.Length + d.Reflection.Length + d.Sources.Sum(static s => s.Length),
        Contributed c => c.Text.Length,
        AnswerGiven { Text: { } text } => text.Length,
        TutorAsked t => t.Text.Length,
        TypedKept t => t.Text.Length,
        PhotoAttached => Photo,
        FeedbackReplied r => r.Text.Length,
        HandRaised h => h.Topic.Length,
        _ => 0,
    };

    /// <summary>Why what a student's command leads to is not stored; null: it may be.</summary>
    internal static Decision? RefusalTo(LessonState state, Actor by, Decision decision) =>
        by.Role == Role.Student && !decision.Facts.IsEmpty && state.Seats.TryGetValue(by.Id, out var seat) && seat.Stored + PriceOf(decision.Facts) > Most
            ? Decision.Refuse("too-much") : null;
}
