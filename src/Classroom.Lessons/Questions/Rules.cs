namespace Classroom.Lessons;

/// <summary>Questions to the class: open, closed, revealed, asked a second time. Answers stay hidden until the teacher reveals.</summary>
public static class QuestionsRules
{
    public const int MaxOpen = 1000;
    public const int MaxWord = 40;
    public const int MaxRounds = 5;
    public const int MaxOwnText = 500;
    public const int MinSeconds = 10;
    public const int MaxSeconds = 600;

    /// <summary>From now: more is another step.</summary>
    public const int MaxMinutesLeft = 30;
    private const string Unreadable = "";

    internal static void Register(RuleTable rules)
    {
        rules.Decide<AskQuestion>(static (state, ask, _) => Ask(state, ask));
        rules.Decide<ShowOptions>(static (state, show, _) => Known(state, show.QuestionId) ?? (state.Questions[show.QuestionId].StemOnly
            ? Decision.Of(new OptionsShown(show.QuestionId)) : Decision.Nothing));
        rules.Decide<TimeQuestion>(static (state, time, context) => Known(state, time.QuestionId) ?? Time(state.Questions[time.QuestionId], time.Seconds, context.Now));
        rules.Decide<AskOwnQuestion>(static (state, own, _) => AskOwn(state, own.Question));
        rules.Decide<CloseQuestion>(static (state, close, _) => Known(state, close.QuestionId) ?? (state.Questions[close.QuestionId].Status != QuestionStatus.Open
            ? Decision.Nothing : Decision.Of(new QuestionClosed(close.QuestionId))));
        rules.Decide<ReopenQuestion>(static (state, reopen, _) => Known(state, reopen.QuestionId) ?? state.Questions[reopen.QuestionId].Status switch
        {
            QuestionStatus.Open => Decision.Nothing,
            QuestionStatus.Closed => Decision.Of(new QuestionReopened(reopen.QuestionId)),
            _ => Decision.Refuse("results-shown"),
        });
        rules.Decide<ShowCounts>(static (state, show, _) => Known(state, show.QuestionId) ?? (show.Seen < 0 ? Decision.Refuse("bad-value")
            : state.Questions[show.QuestionId].Status is QuestionStatus.Counted or QuestionStatus.Revealed ? Decision.Nothing : Decision.Of(new CountsShown(show.QuestionId, show.Seen))));
        rules.Decide<RevealResults>(static (state, reveal, _) => Known(state, reveal.QuestionId) ?? (reveal.Seen < 0 ? Decision.Refuse("bad-value")
            : state.Questions[reveal.QuestionId].Status == QuestionStatus.Revealed ? Decision.Nothing : Decision.Of(new ResultsRevealed(reveal.QuestionId, reveal.Seen))));
        rules.Decide<AskAgain>(static (state, again, _) => Known(state, again.QuestionId) ?? Again(state.Questions[again.QuestionId]));
        rules.Decide<GiveAnswer>(static (state, give, context) => Known(state, give.QuestionId)
            ?? (state.EachChild && !context.Together.IsEmpty ? Decision.Refuse("each-their-own") : Give(state.Questions[give.QuestionId], give, context)));
        rules.Decide<AskEachChild>(static (state, each, _) => state.EachChild == each.On ? Decision.Nothing : Decision.Of(new EachChildAsked(each.On)));
        rules.Decide<PickAnswer>(static (state, pick, _) => Known(state, pick.QuestionId) ?? Pick(state.Questions[pick.QuestionId], pick));

        rules.Decide<HideWord>(static (state, hide, _) => Known(state, hide.QuestionId) ?? Hide(state.Questions[hide.QuestionId], hide));

        rules.Apply<QuestionAsked>(static (state, q, meta) => state with { Questions = state.Questions.SetItem(q.Question.Id, new Question(q.Question, q.StepId, meta.At) { StemOnly = q.StemFirst == true }) });
        // A time to think that is over says nothing of the time to answer.
        rules.Apply<OptionsShown>(static (state, o, meta) => Change(state, o.QuestionId, q => q with { StemOnly = false, EndsAt = q.EndsAt > meta.At ? q.EndsAt : null }));
        rules.Apply<QuestionTimed>(static (state, t, _) => Change(state, t.QuestionId, q => q with { EndsAt = t.EndsAt }));
        rules.Apply<QuestionClosed>(static (state, c, _) => Change(state, c.QuestionId, q => q with { Status = QuestionStatus.Closed, EndsAt = null }));
        rules.Apply<QuestionReopened>(static (state, r, _) => Change(state, r.QuestionId, q => q with { Status = QuestionStatus.Open }));
        rules.Apply<CountsShown>(static (state, r, _) => Change(state, r.QuestionId, q => (r.Seen is { } seen ? LateWordsWait(q, seen) : q) with { Status = QuestionStatus.Counted, StemOnly = false, EndsAt = null }));
        rules.Apply<ResultsRevealed>(static (state, r, _) => Change(state, r.QuestionId, q => (r.Seen is { } seen && q.Status != QuestionStatus.Counted ? LateWordsWait(q, seen) : q) with { Status = QuestionStatus.Revealed, StemOnly = false, EndsAt = null }));
        rules.Apply<QuestionAskedAgain>(static (state, a, _) => Change(state, a.QuestionId, q => q with { Status = QuestionStatus.Open, Round = a.Round, Groups = [] }));
        rules.Apply<AnswerGiven>(static (state, g, meta) => Change(TypedRules.Sent(state, meta.By.Id, TypedField.Answer, g.QuestionId), g.QuestionId, q => q with
        {
            // Said anew, it may be like another.
            Groups = LikenessRules.Without(q.Groups, meta.By.Id),
            Answers = q.Answers.SetItem(new(g.Round, meta.By.Id), new Answer(g.Options, g.Scale, g.Text, meta.At) { Doubted = g.Doubted, Together = g.Together == true, Seq = meta.Seq }),
        }));
        rules.Apply<EachChildAsked>(static (state, e, _) => state with { EachChild = e.On });
        rules.Apply<AnswerPicked>(static (state, p, _) => Change(state, p.QuestionId, q => q with
        {
            Answers = q.Answers.SetItem(new(q.Round, p.StudentId), q.Answers[new(q.Round, p.StudentId)] with { Picked = p.Picked }),
        }));
        rules.Apply<WordHidden>(static (state, h, _) => Change(state, h.QuestionId, q => q.Answers.TryGetValue(new(h.Round, h.StudentId), out var answer) && answer.Text is { } text
            ? q with { Words = Decided(q.Words, Spelling.Counted(text), h.Hidden) } : q));
    }

    /// <summary>Whether a word of a cloud is kept from the class: by the teacher's hand, else while the rules doubt any spelling of it.</summary>
    internal static bool IsHidden(Question q, string word, bool doubted) =>
        q.Words.TryGetValue(word, out var hidden) ? hidden : doubted || q.Words.GetValueOrDefault(Unreadable);

    // One word that was hidden cannot be read any more: it may be any of those that nobody decided on.
    private static ImmutableDictionary<string, bool> Decided(ImmutableDictionary<string, bool> words, string word, bool hidden) =>
        words.SetItem(word, hidden || (word == Unreadable && words.GetValueOrDefault(Unreadable)));

    // A child that changes its word while the teacher presses shows it to nobody. A late answer of a word that was there already changes only its count.
    private static Question LateWordsWait(Question q, long seen)
    {
        if (q.Plan.Kind != QuestionKind.WordCloud)
        {
            return q;
        }

        var there = q.Answers.Values.Where(a => a.Seq <= seen).Select(a => Spelling.Counted(a.Text!)).ToHashSet(StringComparer.Ordinal);
        return q with
        {
            Answers = q.Answers.SetItems(q.Answers.Where(a => a.Value.Seq > seen && !there.Contains(Spelling.Counted(a.Value.Text!)))
                .Select(a => KeyValuePair.Create(a.Key, a.Value with { Doubted = true }))),
        };
    }

    private static Decision Ask(LessonState state, AskQuestion ask)
    {
        var questionId = ask.QuestionId;
        if (state.Questions.TryGetValue(questionId ?? "", out var asked))
        {
            return asked.Status == QuestionStatus.Open ? Decision.Nothing : Again(asked);
        }

        var step = state.Plan.Steps.FirstOrDefault(s => s.Questions.Any(q => q.Id == questionId));
        return step is null ? Decision.Refuse("no-such-question")
            : !state.Reached.Contains(step.Id) ? Decision.Refuse("step-not-reached")
            : step.Questions.First(q => q.Id == questionId) is var plan && ask.StemFirst == true && plan.Options.IsEmpty ? Decision.Refuse("bad-options")
            : Decision.Of(new QuestionAsked(plan, step.Id, ask.StemFirst == true ? true : null));
    }

    private static Decision AskOwn(LessonState state, QuestionPlan? q)
    {
        if (q?.Text is null || q.Options.IsDefault || string.IsNullOrEmpty(q.Id) || q.Id.Length > 64 || !Enum.IsDefined(q.Kind))
        {
            return Decision.Refuse("bad-value");
        }

        if (state.Questions.ContainsKey(q.Id) || state.Plan.Steps.Any(s => s.Questions.Any(p => p.Id == q.Id)))
        {
            return Decision.Refuse("question-exists");
        }

        var texts = q.Options.Select(o => o?.Text).Append(q.Text).SelectMany(t => t?.Each() ?? [null!]).ToList();
        var beside = q.Options.Select(o => o?.Why).Concat([q.Why, q.MinLabel, q.MaxLabel]).OfType<Trilingual>().SelectMany(t => t.Each()).ToList();
        texts.AddRange(beside);
        var needsOptions = q.Kind is QuestionKind.Single or QuestionKind.Multiple;
        return texts.Any(string.IsNullOrWhiteSpace) ? Decision.Refuse("empty")
            : texts.Any(t => t!.Length > MaxOwnText) ? Decision.Refuse("too-long", "max", MaxOwnText)
            : needsOptions && q.Options.Length is < 2 or > 8 ? Decision.Refuse("bad-options")
            : q.Kind == QuestionKind.Single && q.Options.Count(o => o.Correct) > 1 ? Decision.Refuse("bad-options")
            : q.Options.Any(o => string.IsNullOrEmpty(o.Id) || o.Id.Length > 64) ? Decision.Refuse("bad-options")
            // Pictures, and what comes back, are of a kit.
            : q.Image is not null || q.WhyImage is not null || q.Returns is not null || q.Options.Any(o => o.Image is not null) ? Decision.Refuse("bad-value")
            : q.Options.Select(o => o.Id).Distinct(StringComparer.Ordinal).Count() != q.Options.Length ? Decision.Refuse("bad-options")
            : q.Kind == QuestionKind.Scale && (q.Min >= q.Max || (long)q.Max - q.Min > 10) ? Decision.Refuse("bad-scale")
            : Decision.Of(new QuestionAsked(q, state.StepId));
    }

    // A stem without its options has time too: that is the time to think. When it is over nothing is closed: a child in the middle of a word goes on, and the teacher decides.
    private static Decision Time(Question q, int seconds, DateTimeOffset now)
    {
        if (seconds is < MinSeconds or > MaxSeconds)
        {
            return Decision.Refuse("bad-value");
        }

        if (q.Status != QuestionStatus.Open)
        {
            return Decision.Refuse("question-closed");
        }

        var endsAt = (q.EndsAt is { } end && end > now ? end : now).AddSeconds(seconds);
        return endsAt - now > TimeSpan.FromMinutes(MaxMinutesLeft) ? Decision.Refuse("too-much-time", "max", MaxMinutesLeft) : Decision.Of(new QuestionTimed(q.Plan.Id, endsAt));
    }

    private static Decision Again(Question q) =>
        q.Status == QuestionStatus.Open ? Decision.Nothing
        : q.Round >= MaxRounds ? Decision.Refuse("too-many-rounds", "max", MaxRounds)
        : Decision.Of(new QuestionAskedAgain(q.Plan.Id, q.Round + 1));

    private static Decision Give(Question q, GiveAnswer give, CommandContext context)
    {
        var student = context.By.Id;
        if (q.Status != QuestionStatus.Open)
        {
            return Decision.Refuse("question-closed");
        }

        if (q.StemOnly)
        {
            return Decision.Refuse("options-not-shown");
        }

        var text = give.Text?.Trim();
        ImmutableArray<string> options = give.Options.IsDefault ? [] : [.. give.Options.Distinct(StringComparer.Ordinal)];
        var plan = q.Plan;
        var refusal = plan.Kind switch
        {
            QuestionKind.Single when options.Length != 1 => Decision.Refuse("choose-one"),
            QuestionKind.Multiple when options.Length == 0 => Decision.Refuse("choose-some"),
            QuestionKind.Single or QuestionKind.Multiple => options.All(o => plan.Options.Any(p => p.Id == o)) ? null : Decision.Refuse("no-such-option"),
            QuestionKind.Scale => give.Scale is { } v && v >= plan.Min && v <= plan.Max ? null : Decision.Refuse("out-of-scale"),
            _ when Spelling.RefusalTo(text) is { } wrong => new Decision([], [], wrong),
            QuestionKind.Open => text!.Length <= MaxOpen ? null : Decision.Refuse("too-long", "max", MaxOpen),
            _ => text!.Length <= MaxWord ? null : Decision.Refuse("too-long", "max", MaxWord),
        };
        if (refusal is not null)
        {
            return refusal;
        }

        var fact = plan.Kind switch
        {
            QuestionKind.Single or QuestionKind.Multiple => new AnswerGiven(plan.Id, q.Round, options, null, null),
            QuestionKind.Scale => new AnswerGiven(plan.Id, q.Round, [], give.Scale, null),
            QuestionKind.Open => new AnswerGiven(plan.Id, q.Round, [], null, text),
            QuestionKind.WordCloud => new AnswerGiven(plan.Id, q.Round, [], null, text, context.IsDoubted(text!)),
        };
        fact = context.Together.IsEmpty ? fact : fact with { Together = true };
        return q.Answers.TryGetValue(new(q.Round, student), out var old)
            && old.Together == (fact.Together == true) && old.Scale == fact.Scale && old.Text == fact.Text && old.Options.SequenceEqual(fact.Options)
            ? Decision.Nothing : Decision.Of(fact);
    }

    private static Decision Pick(Question q, PickAnswer pick) =>
        q.Plan.Kind != QuestionKind.Open ? Decision.Refuse("not-an-open-question")
        : !q.Answers.TryGetValue(new(q.Round, pick.StudentId), out var answer) ? Decision.Refuse("no-such-answer")
        : answer.Picked == pick.Picked ? Decision.Nothing
        : Decision.Of(new AnswerPicked(q.Plan.Id, pick.StudentId, pick.Picked));

    private static Decision Hide(Question q, HideWord hide)
    {
        if (q.Plan.Kind != QuestionKind.WordCloud)
        {
            return Decision.Refuse("no-such-word");
        }

        var spellings = q.Answers.Where(a => Spelling.Counted(a.Value.Text!) == hide.Word).OrderBy(a => a.Value.At).ThenBy(a => a.Key.StudentId).ToList();
        return spellings.Count == 0 ? Decision.Refuse("no-such-word")
            : IsHidden(q, hide.Word, spellings.Exists(a => a.Value.Doubted)) == hide.Hidden ? Decision.Nothing
            : Decision.Of(new WordHidden(q.Plan.Id, spellings[0].Key.Round, spellings[0].Key.StudentId, hide.Hidden));
    }

    private static Decision? Known(LessonState state, string questionId) =>
        state.Questions.ContainsKey(questionId ?? "") ? null : Decision.Refuse("no-such-question");

    private static LessonState Change(LessonState state, string id, Func<Question, Question> change) =>
        state with { Questions = state.Questions.SetItem(id, change(state.Questions[id])) };
}
