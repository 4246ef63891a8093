using System.Runtime.CompilerServices;

namespace Classroom.Tutor;

/// <summary>Streams what the kit's author wrote, at reading pace; a text that was stopped goes on behind its last word.</summary>
internal static class PreparedExplain
{
    private const int PhraseLength = 32;

    public static async IAsyncEnumerable<TutorPiece> ExplainAsync(
        ExplainRequest request, PreparedText prepared, TimeSpan wordDelay, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var order = request.Order;
        var step = await prepared.StepAsync((order.KitId, order.KitHash), order.LessonId, order.StepId, cancellationToken);
        var found = step.Explanations.FirstOrDefault(e => e.Id == order.TopicId)
            ?? throw new TutorException("no-prepared-text");
        var (started, length, isFirst) = (prepared.Time.GetTimestamp(), 0, true);
        var sentences = found.Sentences(request.Variant, order.Mode).ToList();
        var (told, ended) = (request.Start?.Text ?? "", request.Start is { SentenceEnds: [.., var end] } ? end : 0);
        if (!string.Join(' ', sentences.SelectMany(s => Phrases(s).Select(p => p.Phrase))).StartsWith(told, StringComparison.Ordinal))
        {
            // What stands there is not the author's: nothing of the author's goes on from it.
            throw new TutorException("no-prepared-text");
        }

        foreach (var sentence in sentences)
        {
            foreach (var (phrase, words, last) in Phrases(sentence))
            {
                var text = length == 0 ? phrase : " " + phrase;
                length += text.Length;
                if (length < told.Length || (length == told.Length && !(last && length > ended)))
                {
                    continue;
                }

                text = text[Math.Max(0, text.Length - (length - told.Length))..];
                yield return new TutorPiece(text, last ? [length] : []) { From = isFirst ? prepared.Source(order.KitId, "explain", started) : null };
                isFirst = false;
                if (wordDelay > TimeSpan.Zero)
                {
                    await Task.Delay(wordDelay * words, prepared.Time, cancellationToken);
                }
            }
        }

        yield return new TutorPiece("", [], prepared.Source(order.KitId, "explain", started));
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
