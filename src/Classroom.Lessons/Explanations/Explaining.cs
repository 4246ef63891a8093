namespace Classroom.Lessons;

public sealed record ExplanationRequested(
    ExplanationOrder Order, Guid? Of, string? OfVariant, ImmutableArray<int> Sentences) : Fact;

public sealed record ExplanationFinished(
    Guid ExplanationId, string Variant, string Text, ImmutableArray<int> Ends, Provenance Provenance) : Fact;

public sealed record ExplanationFailed(
    Guid ExplanationId, string Variant, string Code, string Text, ImmutableArray<int> Ends, Provenance Provenance) : Fact;

public sealed record ExplanationStopped(Guid ExplanationId) : Fact;

public sealed record ExplanationReleased(Guid ExplanationId) : Fact;

/// <param name="Continued">What came stays and is gone on with; else it is told anew.</param>
public sealed record ExplanationRetried(Guid ExplanationId, ImmutableArray<string> Variants, bool Continued) : Fact;

public sealed record ConfusionPressed(Guid ExplanationId, string Variant, int Sentence) : Fact;

public sealed record ConfusionReleased(Guid ExplanationId, string Variant, int Sentence) : Fact;

/// <summary>Explanations to the whole class, and the sentences at which somebody got lost.</summary>
public static class Explaining
{
    public const int MaxWords = 500;
    public const int MaxSentences = 400;

    public static Decision? Decide(LessonState state, Envelope envelope) => envelope.Command switch
    {
        RequestExplanation request => Request(state, request),
        StopExplanation stop => !state.Explanations.TryGetValue(stop.ExplanationId, out var e) ? Decision.Refuse("no-such-explanation")
            : !e.IsRunning ? Decision.Nothing
            : Decision.Of(new ExplanationStopped(stop.ExplanationId)).Then(new HushExplanation(stop.ExplanationId)),
        ReleaseExplanation release => !state.Explanations.TryGetValue(release.ExplanationId, out var e) ? Decision.Refuse("no-such-explanation")
            : !e.InPreview ? Decision.Nothing
            : Decision.Of(new ExplanationReleased(release.ExplanationId)).Then(new ShowExplanation(release.ExplanationId)),
        RetryExplanation retry => Retry(state, retry),
        FinishVariant f => IsNews(state, f.ExplanationId, f.Variant) ?? Decision.Of(
            new ExplanationFinished(f.ExplanationId, f.Variant, f.Text, f.Ends, f.Provenance)),
        FailVariant f => IsNews(state, f.ExplanationId, f.Variant) ?? Decision.Of(
            new ExplanationFailed(f.ExplanationId, f.Variant, f.Code, f.Text, f.Ends, f.Provenance)),
        PressConfusion p => Press(state, new Press(envelope.By.Id, p.Variant, p.Sentence), p.ExplanationId, on: true),
        ReleaseConfusion p => Press(state, new Press(envelope.By.Id, p.Variant, p.Sentence), p.ExplanationId, on: false),
        _ => null,
    };

    public static LessonState? Apply(LessonState state, Fact fact, FactMeta meta) => fact switch
    {
        ExplanationRequested r => state with
        {
            Explanations = state.Explanations.SetItem(
                r.Order.ExplanationId, new Explanation(r.Order, r.Of, r.OfVariant, r.Sentences, meta.At)),
        },
        ExplanationFinished f => Change(state, f.ExplanationId,
            e => e with { Told = e.Told.SetItem(f.Variant, new Told(f.Text, f.Ends, null, f.Provenance)) }, f.Provenance),
        ExplanationFailed f => Change(state, f.ExplanationId,
            e => e with { Told = e.Told.SetItem(f.Variant, new Told(f.Text, f.Ends, f.Code, f.Provenance)) }, f.Provenance),
        ExplanationStopped s => Change(state, s.ExplanationId, e => e with { Stopped = true }),
        ExplanationReleased r => Change(state, r.ExplanationId, e => e with { InPreview = false }),
        ExplanationRetried r => Change(state, r.ExplanationId, e => Again(e, r)),
        ConfusionPressed p => Change(state, p.ExplanationId,
            e => e with { Presses = e.Presses.Add(new Press(meta.By.Id, p.Variant, p.Sentence)) }),
        ConfusionReleased p => Change(state, p.ExplanationId,
            e => e with { Presses = e.Presses.Remove(new Press(meta.By.Id, p.Variant, p.Sentence)) }),
        _ => null,
    };

    /// <summary>The (language, level) pairs in the room, the board's first, each once.</summary>
    public static ImmutableArray<Variant> VariantsOf(LessonState state) =>
        [.. state.Seats.Values.Select(s => s.Variant).Prepend(state.BoardVariant).Distinct()
            .OrderBy(v => v != state.BoardVariant).ThenBy(v => v.Language).ThenBy(v => v.Level)];

    private static Decision Request(LessonState state, RequestExplanation request)
    {
        var step = state.Step(request.StepId);
        if (step is null || !state.Reached.Contains(request.StepId))
        {
            return Decision.Refuse("no-such-step");
        }

        if (request.ExplanationId == Guid.Empty || state.Explanations.ContainsKey(request.ExplanationId) || !Enum.IsDefined(request.Mode))
        {
            return Decision.Refuse("bad-value");
        }

        if (state.Explanations.Values.Any(e => e.IsRunning))
        {
            return Decision.Refuse("explanation-running");
        }

        var words = request.Words?.Trim();
        if (words?.Length > MaxWords)
        {
            return Decision.Refuse("too-long", "max", MaxWords);
        }

        string? passage = null;
        var topicId = request.TopicId;
        Trilingual topic;
        if (request.Of is { } of)
        {
            if (!state.Explanations.TryGetValue(of, out var source))
            {
                return Decision.Refuse("no-such-explanation");
            }

            if (!source.Told.TryGetValue(request.OfVariant ?? "", out var told))
            {
                return Decision.Refuse("no-such-variant");
            }

            var chosen = request.Sentences.IsDefaultOrEmpty ? Enumerable.Range(0, told.Ends.Length) : request.Sentences.Distinct().Order();
            if (chosen.Any(i => i < 0 || i >= told.Ends.Length))
            {
                return Decision.Refuse("no-such-sentence");
            }

            passage = string.Concat(chosen.Select(i => told.Text[(i == 0 ? 0 : told.Ends[i - 1])..told.Ends[i]])).Trim();
            (topic, topicId) = (source.Order.Topic, source.Order.TopicId);
        }
        else if (topicId is not null)
        {
            if (step.Topics.FirstOrDefault(t => t.Id == topicId) is not { } planned)
            {
                return Decision.Refuse("no-such-topic");
            }

            topic = planned.Topic;
        }
        else if (string.IsNullOrEmpty(words))
        {
            return Decision.Refuse("empty");
        }
        else
        {
            topic = Trilingual.Same(words);
        }

        var order = new ExplanationOrder(
            Guid.Empty, request.ExplanationId, state.Plan.KitId, state.Plan.KitHash, state.Plan.LessonId, step.Id, topicId, topic,
            request.Mode, passage, VariantsOf(state), state.BoardVariant, state.Plan.GradeTo, state.AiOn, request.Preview);
        return Decision.Of(new ExplanationRequested(order, request.Of, request.OfVariant, request.Sentences.IsDefault ? [] : request.Sentences))
            .Then(new TellExplanation(order, []));
    }

    private static Decision Retry(LessonState state, RetryExplanation retry)
    {
        if (!state.Explanations.TryGetValue(retry.ExplanationId, out var e))
        {
            return Decision.Refuse("no-such-explanation");
        }

        if (state.Explanations.Values.Any(x => x.IsRunning && x != e))
        {
            return Decision.Refuse("explanation-running");
        }

        if (retry.Variant is { } one && !e.Order.Variants.Any(v => v.ToString() == one))
        {
            return Decision.Refuse("no-such-variant");
        }

        ImmutableArray<string> broken =
        [
            .. e.Order.Variants.Select(v => v.ToString()).Where(v => (retry.Variant is null || retry.Variant == v)
                && (e.Told.TryGetValue(v, out var told) ? told.Failure is not null : e.Stopped)),
        ];
        if (broken.IsEmpty)
        {
            return Decision.Nothing;
        }

        var fact = new ExplanationRetried(retry.ExplanationId, broken, retry.Continue);
        return Decision.Of(fact).Then(Again(e, fact).Rest());
    }

    private static Explanation Again(Explanation e, ExplanationRetried r)
    {
        var begun = r.Continued
            ? e.Begun.SetItems(r.Variants.Where(v => e.Told.GetValueOrDefault(v)?.Text.Length > 0).Select(v => KeyValuePair.Create(v, e.Told[v])))
            : e.Begun.RemoveRange(r.Variants);
        return e with { Told = e.Told.RemoveRange(r.Variants), Begun = begun, Stopped = false };
    }

    // The grain that tells may report twice after a crash; the first report stands.
    private static Decision? IsNews(LessonState state, Guid explanationId, string variant) =>
        !state.Explanations.TryGetValue(explanationId, out var e) ? Decision.Refuse("no-such-explanation")
        : !Variant.TryParse(variant, out var parsed) || !e.Order.Variants.Contains(parsed) ? Decision.Refuse("no-such-variant")
        : e.Told.ContainsKey(variant) ? Decision.Nothing : null;

    private static Decision Press(LessonState state, Press press, Guid explanationId, bool on)
    {
        if (!state.Explanations.TryGetValue(explanationId, out var e) || e.InPreview)
        {
            return Decision.Refuse("no-such-explanation");
        }

        if (!Variant.TryParse(press.Variant, out var variant) || !e.Order.Variants.Contains(variant))
        {
            return Decision.Refuse("no-such-variant");
        }

        // While a variant is still being told, its length is not known here yet: only the ceiling holds.
        var count = e.Told.TryGetValue(press.Variant, out var told) ? told.Ends.Length : MaxSentences;
        return press.Sentence < 0 || press.Sentence >= count ? Decision.Refuse("no-such-sentence")
            : e.Presses.Contains(press) == on ? Decision.Nothing
            : on ? Decision.Of(new ConfusionPressed(explanationId, press.Variant, press.Sentence))
            : Decision.Of(new ConfusionReleased(explanationId, press.Variant, press.Sentence));
    }

    private static LessonState Change(LessonState state, Guid id, Func<Explanation, Explanation> change, Provenance? spent = null) => state with
    {
        Explanations = state.Explanations.SetItem(id, change(state.Explanations[id])),
        Meter = spent is null ? state.Meter : state.Meter.Add(spent),
    };
}
