using System.Runtime.CompilerServices;
using Classroom.Kits;
using Language = Classroom.Contracts.Language;

namespace Classroom.Tutor;

/// <summary>Streams what the kit's author wrote, at reading pace.</summary>
internal static class PreparedExplain
{
    private const int PhraseLength = 32;

    public static async IAsyncEnumerable<TutorPiece> ExplainAsync(
        ExplainRequest request, PreparedText prepared, TimeSpan wordDelay, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var sentences = Find(request, prepared);
        var started = prepared.Time.GetTimestamp();
        var length = 0;
        foreach (var sentence in sentences)
        {
            foreach (var (phrase, words, last) in Phrases(sentence))
            {
                var text = length == 0 ? phrase : " " + phrase;
                length += text.Length;
                yield return new TutorPiece(text, last ? [length] : []);
                if (wordDelay > TimeSpan.Zero)
                {
                    await Task.Delay(wordDelay * words, prepared.Time, cancellationToken);
                }
            }
        }

        yield return new TutorPiece("", [], prepared.Source(request.Order.KitId, "explain", started));
    }

    private static IReadOnlyList<string> Find(ExplainRequest request, PreparedText prepared)
    {
        var (order, variant) = (request.Order, request.Variant);
        var found = prepared.Step(order.KitId, order.LessonId, order.StepId).Explanations.FirstOrDefault(e => e.Id == order.TopicId)
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
}
