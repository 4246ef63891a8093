namespace Classroom.Lessons;

/// <summary>Explanations to the whole class, and the sentences at which somebody got lost.</summary>
public static class ExplanationsRules
{
    public const int MaxWords = 500;
    public const int MaxSentences = 400;

    /// <summary>Sentences of one explanation at which one student may be lost: more than a long one has, and not all of every variant.</summary>
    public const int MaxPressesEach = 120;

    internal static void Register(RuleTable rules)
    {
        rules.Decide<RequestExplanation>(static (state, request, context) => Request(state, request, state.AiOn && context.HasModel));
        rules.Decide<StopExplanation>(static (state, stop, _) => !state.Explanations.TryGetValue(stop.ExplanationId, out var e) ? Decision.Refuse("no-such-explanation")
            : !e.IsRunning ? Decision.Nothing
            : Decision.Of(new ExplanationStopped(stop.ExplanationId)).Then(new StopStream(stop.ExplanationId)));
        rules.Decide<ReleaseExplanation>(static (state, release, _) => !state.Explanations.TryGetValue(release.ExplanationId, out var e) ? Decision.Refuse("no-such-explanation")
            : !e.InPreview ? Decision.Nothing
            : Decision.Of(new ExplanationReleased(release.ExplanationId)).Then(new ReleaseStream(release.ExplanationId)));
        rules.Decide<RetryExplanation>(static (state, retry, context) => Retry(state, retry, state.AiOn && context.HasModel));
        rules.Decide<FinishVariant>(static (state, f, _) => IsNews(state, f.ExplanationId, f.Variant, f.Epoch) ?? Decision.Of(
            new ExplanationFinished(f.ExplanationId, f.Variant, f.Text, f.SentenceEnds, f.Provenance)));
        rules.Decide<FailVariant>(static (state, f, _) => IsNews(state, f.ExplanationId, f.Variant, f.Epoch) ?? Decision.Of(
            new ExplanationFailed(f.ExplanationId, f.Variant, f.Code, f.Text, f.SentenceEnds, f.Provenance, f.AgainInSeconds)));
        rules.Decide<RestartVariants>(static (state, restart, _) => Restart(state, restart));
        rules.Decide<PressConfusion>(static (state, p, context) => Press(state, new Press(context.By.Id, p.Variant, p.Sentence), p.ExplanationId, on: true));
        rules.Decide<ReleaseConfusion>(static (state, p, context) => Press(state, new Press(context.By.Id, p.Variant, p.Sentence), p.ExplanationId, on: false));

        rules.Apply<ExplanationRequested>(static (state, r, meta) => state with
        {
            Explanations = state.Explanations.SetItem(
                r.Order.ExplanationId, new Explanation(state.Explanations.Count + 1, r.Order, r.Of, r.OfVariant, r.Sentences, meta.At)),
        });
        rules.Apply<ExplanationFinished>(static (state, f, meta) => Change(state, f.ExplanationId,
            e => e with { Completed = e.Completed.SetItem(f.Variant, new VariantText(f.Text, f.SentenceEnds, null, f.Provenance, f.Provenance.AgainAt(meta.At))) }, f.Provenance));
        rules.Apply<VariantsAdded>(static (state, a, _) => Change(state, a.ExplanationId, e => LateVariants.Added(e, a.Variants)));
        rules.Apply<ExplanationFailed>(static (state, f, meta) => Change(state, f.ExplanationId, e => LateVariants.IsInVain(e, f) ? LateVariants.Without(e, f.Variant) : e with
        {
            Completed = e.Completed.SetItem(f.Variant, new VariantText(f.Text, f.SentenceEnds, f.Code, f.Provenance, Provenance.AgainAt(meta.At, f.AgainInSeconds))),
        }, f.Provenance));
        rules.Apply<ExplanationStopped>(static (state, s, _) => Change(state, s.ExplanationId, e => e with { Stopped = true }));
        rules.Apply<ExplanationReleased>(static (state, r, _) => Change(state, r.ExplanationId, e => e with { InPreview = false }));
        rules.Apply<ExplanationRetried>(static (state, r, _) => Change(state, r.ExplanationId, e => Retried(e, r)));
        rules.Apply<ConfusionPressed>(static (state, p, meta) => Change(state, p.ExplanationId,
            e => e with { Presses = e.Presses.Add(new Press(meta.By.Id, p.Variant, p.Sentence)) }));
        rules.Apply<ConfusionReleased>(static (state, p, meta) => Change(state, p.ExplanationId,
            e => e with { Presses = e.Presses.Remove(new Press(meta.By.Id, p.Variant, p.Sentence)) }));
    }

    /// <summary>The (language, level) pairs in the room, the board's first, each once.</summary>
    public static ImmutableArray<Variant> VariantsOf(LessonState state) =>
        [.. state.Seats.Values.Select(s => s.Variant).Prepend(state.BoardVariant).Distinct()
            .OrderBy(v => v != state.BoardVariant).ThenBy(v => v.Language).ThenBy(v => v.Level)];

    private static Decision Request(LessonState state, RequestExplanation request, bool hasAi)
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

        if (state.Explanations.Values.Any(e => e.IsAwaited))
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

            if (!source.Completed.TryGetValue(request.OfVariant ?? "", out var text))
            {
                return Decision.Refuse("no-such-variant");
            }

            var chosen = request.Sentences.IsDefaultOrEmpty ? Enumerable.Range(0, text.SentenceEnds.Length) : request.Sentences.Distinct().Order();
            if (chosen.Any(i => i < 0 || i >= text.SentenceEnds.Length))
            {
                return Decision.Refuse("no-such-sentence");
            }

            passage = string.Concat(chosen.Select(i => text.Text[(i == 0 ? 0 : text.SentenceEnds[i - 1])..text.SentenceEnds[i]])).Trim();
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

        // Nothing is prepared for words of one's own: a card that can only fail would stand on every screen.
        if (topicId is null && !hasAi)
        {
            return Decision.Refuse("no-ai");
        }

        var order = new ExplanationOrder(
            Guid.Empty, request.ExplanationId, state.Plan.KitId, state.Plan.KitHash, state.Plan.LessonId, step.Id, topicId, topic,
            request.Mode, passage, VariantsOf(state), state.BoardVariant, state.Plan.GradeTo, state.AiOn, request.Preview);
        return Decision.Of(new ExplanationRequested(order, request.Of, request.OfVariant, request.Sentences.IsDefault ? [] : request.Sentences))
            .Then(new StreamExplanation(
                state.Explanations.Count + 1, order, [.. order.Variants.Select(static v => new VariantStart(v.ToString(), 1, "", []))]));
    }

    private static Decision Retry(LessonState state, RetryExplanation retry, bool hasAi)
    {
        if (!state.Explanations.TryGetValue(retry.ExplanationId, out var e))
        {
            return Decision.Refuse("no-such-explanation");
        }

        if (state.Explanations.Values.Any(x => x.IsAwaited && x != e))
        {
            return Decision.Refuse("explanation-running");
        }

        if (retry.Variant is { } one && !e.Order.Variants.Any(v => v.ToString() == one))
        {
            return Decision.Refuse("no-such-variant");
        }

        if (retry.Discard)
        {
            return Discard(state, e, retry, hasAi);
        }

        ImmutableArray<string> broken =
        [
            .. e.Order.Variants.Select(v => v.ToString()).Where(v => (retry.Variant is null || retry.Variant == v)
                && (e.Completed.TryGetValue(v, out var text) ? text.Failure is not null || (hasAi && !retry.Continue && text.StandsIn) : e.Stopped)),
        ];
        if (broken.IsEmpty)
        {
            return Decision.Nothing;
        }

        if (e.Order.TopicId is null && !hasAi)
        {
            return Decision.Refuse("no-ai");
        }

        var fact = new ExplanationRetried(retry.ExplanationId, broken, retry.Continue);
        return Decision.Of(fact).Then(Retried(e, fact).Rest(state.AiOn));
    }

    // Of one text that a model gave. Told again by nobody, it is another epoch, as every retry is.
    private static Decision Discard(LessonState state, Explanation e, RetryExplanation retry, bool hasAi)
    {
        if (e.Order.TopicId is null && !hasAi)
        {
            return Decision.Refuse("no-ai");
        }

        if (retry.Variant is not { } variant || !e.Completed.TryGetValue(variant, out var text) || text.Failure is not null || text.Provenance.IsPrepared)
        {
            return Decision.Refuse("no-such-variant");
        }

        var fact = new ExplanationRetried(retry.ExplanationId, [variant], Continued: false, Discarded: true);
        return Decision.Of(fact).Then(Retried(e, fact).Rest(state.AiOn));
    }

    private static Decision Restart(LessonState state, RestartVariants restart)
    {
        if (!state.Explanations.TryGetValue(restart.ExplanationId, out var e))
        {
            return Decision.Refuse("no-such-explanation");
        }

        ImmutableArray<string> lost =
            [.. e.Order.Variants.Select(v => v.ToString()).Where(v => !e.Completed.ContainsKey(v) && !restart.Lost.IsDefault && restart.Lost.Any(l => l.Variant == v && l.Epoch == e.EpochOf(v)))];
        if (!e.IsRunning || lost.IsEmpty)
        {
            return Decision.Nothing;
        }

        if (state.Phase == LessonPhase.Ended)
        {
            // It was being stopped when it was lost.
            return Decision.Of(new ExplanationStopped(restart.ExplanationId));
        }

        var fact = new ExplanationRetried(restart.ExplanationId, lost, Continued: true);
        return Decision.Of(fact).Then(Retried(e, fact).Rest(state.AiOn));
    }

    private static Explanation Retried(Explanation e, ExplanationRetried r)
    {
        var resumed = r.Continued
            ? e.Resumed.SetItems(r.Variants.Where(v => e.Completed.GetValueOrDefault(v)?.Text.Length > 0).Select(v => KeyValuePair.Create(v, e.Completed[v])))
            : e.Resumed.RemoveRange(r.Variants);
        return e with
        {
            Completed = e.Completed.RemoveRange(r.Variants),
            Discarded = r.Discarded == true
                ? [.. e.Discarded, .. r.Variants.Where(e.Completed.ContainsKey).Select(v => new DiscardedText(v, e.Completed[v].Text))] : e.Discarded,
            Resumed = resumed,
            // Whoever was lost at a sentence that is said anew was lost at another one.
            Presses = [.. e.Presses.Where(p => !r.Variants.Contains(p.Variant)
                || (resumed.TryGetValue(p.Variant, out var kept) && p.Sentence < Explanation.Whole(kept).Length))],
            LostHands = [.. e.LostHands.Where(l => l.Variant is null || !r.Variants.Contains(l.Variant)
                || (resumed.TryGetValue(l.Variant, out var kept) && l.Sentence < Explanation.Whole(kept).Length))],
            Retries = e.Retries.SetItems(r.Variants.Select(v => KeyValuePair.Create(v, e.Retries.GetValueOrDefault(v) + 1))),
            Stopped = false,
        };
    }

    // The grain that streams may report twice after a crash; the first report stands. So may one that was stopped, after a retry.
    private static Decision? IsNews(LessonState state, Guid explanationId, string variant, int? epoch) =>
        !state.Explanations.TryGetValue(explanationId, out var e) ? Decision.Refuse("no-such-explanation")
        : !Variant.TryParse(variant, out var parsed) || !e.Order.Variants.Contains(parsed) ? Decision.Refuse("no-such-variant")
        : e.Completed.ContainsKey(variant) || (epoch ?? e.EpochOf(variant)) != e.EpochOf(variant) ? Decision.Nothing : null;

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

        // While a variant is still being streamed, its length is not known here yet: only the ceiling holds.
        var count = e.Completed.TryGetValue(press.Variant, out var text) ? text.SentenceEnds.Length : MaxSentences;
        return press.Sentence < 0 || press.Sentence >= count ? Decision.Refuse("no-such-sentence")
            : e.Presses.Contains(press) == on ? Decision.Nothing
            : on && e.Presses.Count(p => p.StudentId == press.StudentId) >= MaxPressesEach ? Decision.Refuse("too-many", "max", MaxPressesEach)
            : on ? Decision.Of(new ConfusionPressed(explanationId, press.Variant, press.Sentence))
            : Decision.Of(new ConfusionReleased(explanationId, press.Variant, press.Sentence));
    }

    private static LessonState Change(LessonState state, Guid id, Func<Explanation, Explanation> change, Provenance? spent = null) => state with
    {
        Explanations = state.Explanations.SetItem(id, change(state.Explanations[id])),
        Meter = spent is null ? state.Meter : state.Meter.Add(spent),
    };
}
