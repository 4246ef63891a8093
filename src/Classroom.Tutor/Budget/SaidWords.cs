using System.Security.Cryptography;
using System.Text;

namespace Classroom.Tutor;

/// <summary>The words of a text, whatever its spaces, letters' case and signs are, by sentences, and the hashes by which a sentence is known again: whole, with a word changed, or behind a lead-in.</summary>
internal static class SaidWords
{
    /// <summary>A sentence of fewer words is too usual to be anybody's; one with a word changed must have more.</summary>
    public const int Enough = 4;
    public const int EnoughForNear = 6;

    /// <summary>What has no end is a sentence after so many words.</summary>
    public const int Longest = 40;

    private const int Edge = 3;
    private const int LongestLead = 12;
    private const int LongestTail = 3;
    private const string Ends = ".!?…:;";

    /// <summary>Of words in order.</summary>
    public static string Hash(IEnumerable<string> words) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', words))).AsSpan(0, 12));

    /// <summary>All keys that a sentence is kept by. None depends on another text, so those who discard at once never overwrite one another's.</summary>
    public static IEnumerable<string> KeysOf(IReadOnlyList<string> sentence)
    {
        yield return Whole(sentence);
        yield return First(sentence);
        yield return Last(sentence);
        for (var i = 0; sentence.Count >= EnoughForNear && i < sentence.Count; i++)
        {
            yield return Less(sentence.Where((_, at) => at != i));
        }
    }

    /// <summary>The discarded sentence that this one is, as it was or nearly so, and how many of its words that is: what is said around it is something else.</summary>
    public static async Task<(DiscardedPart Part, int Words)?> FindAsync(IDiscarded discarded, SaidSentence said, CancellationToken cancellationToken) =>
        await FindAsync(discarded, said.Words, cancellationToken) ?? (said.Alone is { } alone ? await FindAsync(discarded, alone, cancellationToken) : null);

    private static async Task<(DiscardedPart Part, int Words)?> FindAsync(IDiscarded discarded, List<string> sentence, CancellationToken cancellationToken)
    {
        if (await discarded.FindAsync(Whole(sentence), cancellationToken) is { } same)
        {
            return (same, sentence.Count);
        }

        // What changes a word, or says something before or after, leaves the one edge or the other. Only then are all the ways to be near looked up.
        var hasFirst = await discarded.FindAsync(First(sentence), cancellationToken) is not null;
        if (!hasFirst && await discarded.FindAsync(Last(sentence), cancellationToken) is null)
        {
            return null;
        }

        foreach (var (key, words) in Near(sentence).DistinctBy(static n => n.Key))
        {
            if (await discarded.FindAsync(key, cancellationToken) is { } near)
            {
                return (near, words);
            }
        }

        return null;
    }

    /// <summary>Sentences of at most <see cref="Longest"/> words; one of too few to tell belongs to the next.</summary>
    /// <param name="isEnd">Nothing follows: the last one is whole too.</param>
    public static IEnumerable<SaidSentence> Sentences(string text, int from, bool isEnd)
    {
        var (words, start, at, before) = (new List<string>(), from, from, 0);
        while (at < text.Length)
        {
            var to = at;
            while (to < text.Length && IsOfWord(text[to]))
            {
                to++;
            }

            if (to > at)
            {
                if (to == text.Length && !isEnd)
                {
                    yield break;
                }

                if (Plain(text[at..to]) is { Length: > 0 } word)
                {
                    words.Add(word);
                }

                at = to;
            }

            var (ends, next) = (false, at);
            while (next < text.Length && !IsOfWord(text[next]))
            {
                ends |= Ends.Contains(text[next], StringComparison.Ordinal) || text[next] == '\n';
                next++;
            }

            // "0.5" ends nothing; and what a space has not followed yet may be such.
            var isSpaced = text.AsSpan(at, next - at).ContainsAny(" \n\t\u00a0");
            at = next;
            var isLast = isEnd && at == text.Length;
            if (words.Count > 0 && ((ends && isSpaced) || isLast || words.Count >= Longest))
            {
                if (words.Count < Enough && !isLast)
                {
                    before = words.Count;
                    continue;
                }

                yield return new(start, at, words, before);
                (words, start, before) = ([], at, 0);
            }
        }
    }

    public static List<string> Of(string text) => [.. Sentences(text, 0, isEnd: true).SelectMany(s => s.Words)];

    private static IEnumerable<(string Key, int Words)> Near(IReadOnlyList<string> sentence)
    {
        for (var lead = 1; lead <= LongestLead && sentence.Count - lead >= Math.Max(Enough, lead / 2); lead++)
        {
            yield return (Whole(sentence.Skip(lead)), sentence.Count - lead);
        }

        for (var tail = 1; tail <= LongestTail && sentence.Count - tail >= Enough + tail; tail++)
        {
            yield return (Whole(sentence.Take(sentence.Count - tail)), sentence.Count - tail);
        }

        if (sentence.Count >= EnoughForNear - 1)
        {
            yield return (Less(sentence), sentence.Count);
        }

        for (var i = 0; sentence.Count >= EnoughForNear && i < sentence.Count; i++)
        {
            var rest = sentence.Where((_, at) => at != i).ToList();
            yield return (Less(rest), sentence.Count);
            yield return (Whole(rest), sentence.Count);
        }
    }

    private static string Whole(IEnumerable<string> sentence) => "whole/" + Hash(sentence);

    private static string Less(IEnumerable<string> sentence) => "less/" + Hash(sentence);

    private static string First(IReadOnlyList<string> sentence) => "first/" + Hash(sentence.Take(Edge));

    private static string Last(IReadOnlyList<string> sentence) => "last/" + Hash(sentence.Skip(sentence.Count - Edge));

    private static string Plain(string word) => string.Concat(word.Select(static c => char.IsLetterOrDigit(c) ? Folding.Plainly(c, lookAlikes: true) : null));

    // A mark over a letter, and what is not seen, are no end of a word.
    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || (Folding.Plainly(c, lookAlikes: false) is null && c != '\0');
}

/// <summary>One sentence, from its first sign to where the next begins.</summary>
/// <param name="Before">So many of its words are shorter sentences before it.</param>
internal readonly record struct SaidSentence(int From, int To, List<string> Words, int Before)
{
    /// <summary>Without those; null: there are none, or it is too short by itself.</summary>
    public List<string>? Alone => Before > 0 && Words.Count - Before >= SaidWords.Enough ? Words[Before..] : null;
}
