using System.Globalization;
using System.Text;

namespace Classroom.Lessons;

/// <summary>
/// Finds what was quoted in a text: as text, not as bytes. Kinds of spaces, quotes and dashes, composed and decomposed letters, spaces beside signs,
/// the case of the first letter, and signs around the whole make no difference; "…" may stand for words that were left out.
/// Invariant: what is found is a part of the text itself, from the beginning of a word to the end of one.
/// </summary>
public static class Quotes
{
    private const int MostParts = 4;
    private const int MaxWithGaps = 300;
    private const int MinSigns = 8;
    private const int MinNumbers = 3;

    /// <returns>The text's own words at that place; null when they are not in it.</returns>
    public static string? Find(string text, string quote)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(quote);
        var (work, wanted) = (Plain.Of(text), Plain.Of(quote).Text);
        var core = Core(wanted);
        if (core.Length == 0)
        {
            return null;
        }

        if (Next(work, core, 0) is { } at)
        {
            return work.Original(at, core.Length);
        }

        var parts = wanted.Split("...").Select(Core).Where(p => p.Length > 0).ToList();
        return parts.Count is > 1 and <= MostParts && parts.TrueForAll(p => p.Contains(' ', StringComparison.Ordinal)) ? WithGaps(work, parts) : null;
    }

    /// <summary>Whether the words are enough to show anything: two or three words, or a calculation. "And" is in every work.</summary>
    public static bool Prove(string found)
    {
        ArgumentNullException.ThrowIfNull(found);
        return found.Count(char.IsLetterOrDigit) >= MinSigns
            || (found.Any(char.IsDigit) && Runs(found) >= MinNumbers);
    }

    private static int Runs(string text) => text.Where((c, i) => char.IsLetterOrDigit(c) && (i == 0 || !char.IsLetterOrDigit(text[i - 1]))).Count();

    private static string? WithGaps(Plain work, List<string> parts)
    {
        for (var from = Next(work, parts[0], 0); from is { } start; from = Next(work, parts[0], start + 1))
        {
            var end = start + parts[0].Length;
            var isWhole = true;
            foreach (var part in parts.Skip(1))
            {
                var next = Next(work, part, end);
                isWhole &= next is not null;
                end = (next ?? end) + part.Length;
            }

            if (!isWhole)
            {
                return null;
            }

            if (end - start <= MaxWithGaps)
            {
                return work.Original(start, end - start);
            }
        }

        return null;
    }

    private static int? Next(Plain work, string core, int from)
    {
        var at = from;
        while (at <= work.Text.Length - core.Length && (at = work.Text.IndexOf(core[1..], at + 1, StringComparison.Ordinal) - 1) >= 0)
        {
            var end = at + core.Length;
            if (char.ToUpperInvariant(work.Text[at]) == char.ToUpperInvariant(core[0]) && (at == 0 || !char.IsLetterOrDigit(work.Text[at - 1]))
                && (end == work.Text.Length || !char.IsLetterOrDigit(work.Text[end])))
            {
                return at;
            }

            at++;
        }

        return null;
    }

    // Signs around a quote are its frame: a full stop that ends it may be a comma in the work.
    private static string Core(string plain)
    {
        var (from, to) = (0, plain.Length);
        while (from < to && !char.IsLetterOrDigit(plain[from]))
        {
            from++;
        }

        while (to > from && !char.IsLetterOrDigit(plain[to - 1]))
        {
            to--;
        }

        return plain[from..to];
    }

    /// <summary>A text made plain for comparing, with the way back.</summary>
    private sealed class Plain(string text, string original, List<(int From, int To)> at)
    {
        public string Text => text;

        public string Original(int start, int length) => original[at[start].From..at[start + length - 1].To];

        public static Plain Of(string original)
        {
            var (plain, at, isApart) = (new StringBuilder(original.Length), new List<(int, int)>(original.Length), false);
            for (var i = 0; i < original.Length;)
            {
                var next = EndOfLetter(original, i);
                foreach (var c in Composed(original, i, next))
                {
                    if (char.IsWhiteSpace(c))
                    {
                        isApart = true;
                        continue;
                    }

                    if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control)
                    {
                        continue;
                    }

                    // A space counts between two words only: beside signs people and models put it as they like.
                    if (isApart && plain.Length > 0 && char.IsLetterOrDigit(plain[^1]) && char.IsLetterOrDigit(c))
                    {
                        plain.Append(' ');
                        at.Add((i, i));
                    }

                    isApart = false;
                    foreach (var sign in Sign(c))
                    {
                        plain.Append(sign);
                        at.Add((i, next));
                    }
                }

                i = next;
            }

            return new Plain(plain.ToString(), original, at);
        }

        // A letter and the marks that stand on it.
        private static int EndOfLetter(string text, int i)
        {
            i += char.IsSurrogatePair(text, i) ? 2 : 1;
            while (i < text.Length && CharUnicodeInfo.GetUnicodeCategory(text[i]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
            {
                i++;
            }

            return i;
        }

        private static string Composed(string text, int from, int to) =>
            to - from == 1 ? text[from..to] : Spelling.Joined(text[from..to]);

        private static string Sign(char c) => c switch
        {
            '„' or '“' or '”' or '‟' or '«' or '»' or '″' or '＂' or '〝' or '〞' => "\"",
            '‘' or '’' or '‚' or '‛' or '`' or '´' or 'ʼ' or '′' or '‹' or '›' => "'",
            '‐' or '‑' or '‒' or '–' or '—' or '―' or '−' or '⁃' or '﹘' or '－' => "-",
            '…' => "...",
            _ => c.ToString(),
        };
    }
}
