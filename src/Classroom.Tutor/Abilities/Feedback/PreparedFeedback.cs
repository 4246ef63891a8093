using System.Text;
using Classroom.Kits;

namespace Classroom.Tutor;

/// <summary>
/// The author's hint for each descriptor, with the student's sentence nearest to the descriptor as evidence. It judges nothing beyond "there
/// is something about it" (partly) or "there is nothing yet".
/// </summary>
internal static class PreparedFeedback
{
    private const int StemLength = 5;

    public static async Task<FeedbackDraft> OfAsync(FeedbackRequest request, PreparedText text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var started = text.Time.GetTimestamp();
        var step = await text.StepAsync((request.Plan.KitId, request.Plan.KitHash), request.Plan.LessonId, request.Step.Id, cancellationToken);
        var task = step.Plan.Task ?? throw new TutorException("no-prepared-text");
        var sentences = Sentences.Split(request.Work).Where(s => request.Work.Contains(s, StringComparison.Ordinal)).ToList();
        ImmutableArray<FeedbackItem> items =
        [
            .. task.Criteria.SelectMany(c => c.Descriptors).Select(d =>
            {
                var evidence = Nearest(sentences, d.Text.In(request.Language));
                var (verdict, hint) = evidence is null ? (Verdict.NotYet, step.DescriptorHints[d.Id].NotYet) : (Verdict.Partly, step.DescriptorHints[d.Id].Partly);
                return new FeedbackItem(d.Id, verdict, evidence ?? "", hint.In(request.Language));
            }),
        ];
        return new FeedbackDraft(items, 0, text.Source(request.Plan.KitId, "feedback", started));
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
