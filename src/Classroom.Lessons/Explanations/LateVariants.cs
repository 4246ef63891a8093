namespace Classroom.Lessons;

/// <summary>
/// Who comes late, or changes language or level, and reads in a variant that the explanation on the screens does not have: it is streamed without a press.
/// Invariant: nobody waits for it but who reads it. Invariant: one of which nothing came is as if it had never been added, so that its reader goes on with the board's text; it is not tried again.
/// </summary>
internal static class LateVariants
{
    /// <summary>Of one explanation, with those of which nothing came: who changes the language to and fro has no text made each time.</summary>
    public const int Most = 3;

    /// <summary>The same decision, with what its newcomers lack of the step's last explanation.</summary>
    public static Decision In(LessonState state, Decision decision, bool hasModel)
    {
        if (!state.IsLive || decision.Facts.IsEmpty || Last(state) is not { Stopped: false } e || (e.Order.TopicId is null && !(state.AiOn && hasModel)))
        {
            return decision;
        }

        ImmutableArray<Variant> lacking = [.. decision.Facts.SelectMany(f => Read(state, f)).Distinct()
            .Where(v => !e.Order.Variants.Contains(v) && !e.Retries.ContainsKey(v.ToString())).Take(Most - Begun(e))];
        return lacking.IsEmpty ? decision
            : (decision with { Facts = decision.Facts.Add(new VariantsAdded(e.Order.ExplanationId, [.. lacking.Select(v => v.ToString())])) }).Then(new StreamExplanation(
                e.Number, e.Order with { Variants = lacking, Preview = e.InPreview, AiOn = state.AiOn },
                [.. lacking.Select(v => v.ToString()).Select(v => new VariantStart(v, e.EpochOf(v), "", []))]));
    }

    public static Explanation Added(Explanation e, ImmutableArray<string> variants) => e with
    {
        Order = e.Order with { Variants = [.. e.Order.Variants, .. variants.Select(Parsed).Where(v => !e.Order.Variants.Contains(v))] },
        Late = e.Late.Union(variants),
    };

    public static bool IsInVain(Explanation e, ExplanationFailed f) => f.Text.Length == 0 && e.Late.Contains(f.Variant);

    // What is left of it is its epoch: by that it is known to have been tried. Who was lost in it, or was counted so, was lost in a text that is not there.
    public static Explanation Without(Explanation e, string variant) => e with
    {
        Order = e.Order with { Variants = e.Order.Variants.Remove(Parsed(variant)) },
        Late = e.Late.Remove(variant),
        Retries = e.Retries.SetItem(variant, e.Retries.GetValueOrDefault(variant) + 1),
        Presses = [.. e.Presses.Where(p => p.Variant != variant)],
        LostHands = e.LostHands.RemoveAll(l => l.Variant == variant),
    };

    private static int Begun(Explanation e) => e.Late.Count + e.Retries.Keys.Count(v => !e.Order.Variants.Contains(Parsed(v)));

    private static Explanation? Last(LessonState state) => state.Explanations.Values.Where(e => e.Order.StepId == state.StepId).MaxBy(e => e.Number);

    private static IEnumerable<Variant> Read(LessonState state, Fact fact) => fact switch
    {
        SeatTaken t => [new(t.Language, t.Level)],
        PreferencesChanged p => [new(p.Language, p.Level)],
        StudentBroughtBack b => [state.RemovedSeats[b.StudentId].Variant],
        Admitted a => a.StudentIds.Select(id => state.Entries[id]).Select(e => new Variant(e.Language, e.Level)),
        _ => [],
    };

    private static Variant Parsed(string text) => Variant.TryParse(text, out var variant) ? variant : default;
}
