using System.Reflection;
using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>
/// Splits what was written without spaces, or letter by letter, into words of a cry for help (<c>Guard/Distress/glued.txt</c>): "яхочуумереть", "м е н я б ь ю т",
/// "killmyself". Only a run that is such words and nothing else is split: a long word of a lesson stays what it is.
/// </summary>
public static partial class GluedWords
{
    private const int Longest = 200;
    private const int Many = 5;

    // Of each language, by how they sound: how they are written, and whether they speak of danger.
    private static readonly Dictionary<string, (string Written, bool IsOfDanger)>[] Languages = Read();
    private static readonly int LongestWord = Languages.Max(l => l.Keys.Max(w => w.Length));

    /// <summary>The text with what is written letter by letter as one word: "m i t o s i s".</summary>
    public static string Whole(string text) => Spelled().Replace(text, static m => string.Concat(m.Value.Where(char.IsLetter)));

    /// <returns>The text with such runs as words; null: it has none.</returns>
    public static string? Apart(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var whole = Whole(text);
        var isSplit = false;
        var apart = Run().Replace(whole, m =>
        {
            var words = m.Length > Longest ? null : Languages.Select(l => Split(Sounds.Of(m.Value).Replace(" ", "", StringComparison.Ordinal), l)).FirstOrDefault(static w => w is not null);
            isSplit |= words is not null;
            return words ?? m.Value;
        });
        return isSplit ? apart : null;
    }

    // The fewest words that it is. Where two words meet in one letter, sounding as one letter, both have it.
    private static string? Split(string run, Dictionary<string, (string Written, bool IsOfDanger)> known)
    {
        var best = new (int Count, int From, string Word, bool IsOfDanger)[run.Length + 1];
        for (var at = 0; at < run.Length; at++)
        {
            if (at > 0 && best[at].Count == 0)
            {
                continue;
            }

            foreach (var start in at > 0 ? (ReadOnlySpan<int>)[at, at - 1] : [at])
            {
                for (var length = Math.Min(LongestWord, run.Length - start); length > at - start; length--)
                {
                    if (known.TryGetValue(run.Substring(start, length), out var word) && IsBetter(best[start + length], best[at].Count + 1, best[at].IsOfDanger || word.IsOfDanger))
                    {
                        best[start + length] = (best[at].Count + 1, at, word.Written, best[at].IsOfDanger || word.IsOfDanger);
                    }
                }
            }
        }

        // Two letters a word at least: of shorter ones anything can be made. Many words need no danger of their own: the sentence that they make is judged.
        if (best[^1].Count < 2 || !(best[^1].IsOfDanger || best[^1].Count >= Many) || run.Length < best[^1].Count * 2)
        {
            return null;
        }

        var words = new Stack<string>();
        for (var at = run.Length; at > 0; at = best[at].From)
        {
            words.Push(best[at].Word);
        }

        return string.Join(' ', words);
    }

    private static bool IsBetter((int Count, int From, string Word, bool IsOfDanger) known, int count, bool isOfDanger) =>
        known.Count == 0 || (isOfDanger && !known.IsOfDanger) || (isOfDanger == known.IsOfDanger && count < known.Count);

    private static Dictionary<string, (string Written, bool IsOfDanger)>[] Read()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(
            Array.Find(Assembly.GetExecutingAssembly().GetManifestResourceNames(), n => n.EndsWith("Distress.glued.txt", StringComparison.Ordinal))!)!);
        var languages = new List<Dictionary<string, (string Written, bool IsOfDanger)>>();
        foreach (var line in reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line is "# ru" or "# kk" or "# en")
            {
                languages.Add(new(StringComparer.Ordinal));
            }

            foreach (var word in line[0] == '#' ? [] : line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => w != "!"))
            {
                languages[^1].TryAdd(Sounds.Of(word).Trim(), (word, line[0] == '!'));
            }
        }

        return [.. languages];
    }

    // Letters one by one, between them one or two of the same signs.
    [GeneratedRegex(@"(?<!\p{L})(?:\p{L}[ \-._*|/,~+\n]{1,2}){3,}\p{L}(?!\p{L})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Spelled();

    [GeneratedRegex(@"[\p{L}\p{M}'’0-9@!$]{7,}(?<![!])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Run();
}
