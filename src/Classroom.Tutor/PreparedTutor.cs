using System.Runtime.CompilerServices;
using System.Text;
using Classroom.Kits;
using Language = Classroom.Lessons.Language;
using Trilingual = Classroom.Lessons.Trilingual;

namespace Classroom.Tutor;

/// <summary>How fast prepared text appears. <see cref="WordDelay"/> zero: at once.</summary>
public sealed class PreparedTutorOptions
{
    /// <summary>A child reads about four words a second; the text keeps just ahead.</summary>
    public TimeSpan WordDelay { get; set; } = TimeSpan.FromMilliseconds(160);
}

/// <summary>
/// The tutor of a room without a model: tells what the kit's author wrote, at reading pace, and says that it is prepared text. It needs
/// no network. Its feedback is the author's hint for each descriptor, with the student's sentence nearest to the descriptor as
/// evidence; it judges nothing beyond "there is something about it" (partly) or "there is nothing yet".
/// </summary>
public sealed class PreparedTutor(KitLibrary kits, PreparedTutorOptions options, TimeProvider time) : ITutor
{
    private const int StemLength = 5;
    private const int PhraseLength = 32;

    public async IAsyncEnumerable<TutorPiece> Explain(ExplainRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var sentences = Find(request);
        var started = time.GetTimestamp();
        var length = 0;
        for (var s = 0; s < sentences.Count; s++)
        {
            foreach (var (phrase, words, last) in Phrases(sentences[s]))
            {
                var text = length == 0 ? phrase : " " + phrase;
                length += text.Length;
                yield return new TutorPiece(text, last ? [length] : []);
                if (options.WordDelay > TimeSpan.Zero)
                {
                    await Task.Delay(options.WordDelay * words, time, cancellationToken);
                }
            }
        }

        yield return new TutorPiece("", [], Source(request.Order.KitId, "explain", started));
    }

    public Task<PromptsDraft> ProposePrompts(PromptsRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var started = time.GetTimestamp();
        var step = Step(request.Plan.KitId, request.Plan.LessonId, request.Step.Id);
        if (step.Prompts.Count == 0)
        {
            throw new TutorException("no-prepared-text");
        }

        var known = request.Known.IsDefault ? [] : request.Known;
        ImmutableArray<PromptText> candidates =
        [
            .. step.Prompts.Where(p => !known.Contains(p.Question.En)).Select(p => new PromptText(
                p.Id, KitPlans.Text(p.Question), KitPlans.Text(p.Make), KitPlans.Text(p.Materials), p.Minutes,
                [.. p.Roles.Select(KitPlans.Text)], KitPlans.Text(p.Sharing))),
        ];
        if (candidates.IsEmpty)
        {
            throw new TutorException("no-prepared-text");
        }

        return Task.FromResult(new PromptsDraft(candidates, Source(request.Plan.KitId, "prompt", started)));
    }

    public Task<FeedbackDraft> DraftFeedback(FeedbackRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var started = time.GetTimestamp();
        var task = Step(request.Plan.KitId, request.Plan.LessonId, request.Step.Id).Task ?? throw new TutorException("no-prepared-text");
        var sentences = Sentences.Split(request.Work).Where(s => request.Work.Contains(s, StringComparison.Ordinal)).ToList();
        ImmutableArray<FeedbackItem> items =
        [
            .. task.Criteria.SelectMany(c => c.Descriptors).Select(d =>
            {
                var evidence = Nearest(sentences, KitPlans.Text(d.Text).In(request.Language));
                var (verdict, hint) = evidence is null ? (Verdict.NotYet, d.Hints.NotYet) : (Verdict.Partly, d.Hints.Partly);
                return new FeedbackItem(d.Id, verdict, evidence ?? "", KitPlans.Text(hint).In(request.Language));
            }),
        ];
        return Task.FromResult(new FeedbackDraft(items, 0, Source(request.Plan.KitId, "feedback", started)));
    }

    /// <summary>Asks back with the step's own words: prepared text cannot know more of a student's question.</summary>
    public Task<CoachAnswer> Answer(CoachRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var started = time.GetTimestamp();
        if (LocalRules.WantsAnswer(request.Question))
        {
            request.Call.Flag("wants-answer");
        }

        var about = (request.Step.Task?.Title ?? request.Step.Title).In(request.Language);
        var text = Template.Line("coach", request.Language, "prepared").Replace("{about}", about, StringComparison.Ordinal);
        return Task.FromResult(new CoachAnswer(text, [.. request.Call.Flags], Source(request.Plan.KitId, "coach", started)));
    }

    private IReadOnlyList<string> Find(ExplainRequest request)
    {
        var (order, variant) = (request.Order, request.Variant);
        var found = Step(order.KitId, order.LessonId, order.StepId).Explanations.FirstOrDefault(e => e.Id == order.TopicId)
            ?? throw new TutorException("no-prepared-text");
        var language = (KitLanguage)(int)variant.Language;
        return order.Mode switch
        {
            ExplainMode.Simpler => found.Sentences(FollowupMode.Simpler, language),
            ExplainMode.Life => found.Sentences(FollowupMode.Life, language),
            ExplainMode.Story => found.Sentences(FollowupMode.Story, language),
            ExplainMode.Steps => found.Sentences(FollowupMode.Steps, language),
            _ => found.Sentences((KitLevel)(int)variant.Level, language),
        };
    }

    private Step Step(string kitId, string lessonId, string stepId) =>
        kits.Find(kitId)?.Lessons.FirstOrDefault(l => l.Id == lessonId)?.Steps.FirstOrDefault(s => s.Id == stepId)
        ?? throw new TutorException("no-prepared-text");

    private Provenance Source(string kitId, string template, long started) => new(
        Provenance.PreparedProvider, kitId, template + "@kit", 0, (long)time.GetElapsedTime(started).TotalMilliseconds, false);

    // A few words at a time: what a reader takes in at a glance. Word by word would cost each phone three times the bytes.
    private static IEnumerable<(string Phrase, int Words, bool Last)> Phrases(string sentence)
    {
        var words = sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var from = 0; from < words.Length;)
        {
            var to = from + 1;
            for (var length = words[from].Length; to < words.Length && length + 1 + words[to].Length <= PhraseLength; to++)
            {
                length += 1 + words[to].Length;
            }

            yield return (string.Join(' ', words[from..to]), to - from, to == words.Length);
            from = to;
        }
    }

    // Words are compared by their first letters: Kazakh and Russian change their ends.
    private static string? Nearest(List<string> sentences, string descriptor)
    {
        var wanted = Stems(descriptor);
        var best = sentences.Select(s => (Sentence: s, Shared: Stems(s).Count(wanted.Contains))).OrderByDescending(x => x.Shared).FirstOrDefault();
        return best.Shared > 0 ? best.Sentence : null;
    }

    private static HashSet<string> Stems(string text)
    {
        var stems = new HashSet<string>(StringComparer.Ordinal);
        var word = new StringBuilder();
        foreach (var c in text.ToLowerInvariant() + " ")
        {
            if (char.IsLetter(c))
            {
                word.Append(c);
                continue;
            }

            if (word.Length >= StemLength)
            {
                stems.Add(word.ToString(0, StemLength));
            }

            word.Clear();
        }

        return stems;
    }
}
