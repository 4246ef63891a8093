using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>
/// Whether a text is in one of the three languages, sentence by sentence: by letters, small words and endings, against the languages that it is
/// most easily taken for. A term, a name, a formula, a quotation or a unit of another language inside a right sentence is none of it.
/// </summary>
public static partial class LanguageCheck
{
    /// <summary>A sentence with fewer words, or fewer letters in them, is not judged.</summary>
    public const int EnoughWords = 3;
    public const int EnoughLetters = 12;

    // So much more must speak for another language than for the right one.
    private const double Margin = 1.45;

    private const int Longest = 1000;

    // Words of a long sentence without a word for the right language, when nothing speaks for another that is known.
    private const int Strange = 5;
    private const double ForStrange = 1.4;

    /// <summary>Whether every sentence that can be judged is in the language. Null: there is too little text to judge.</summary>
    public static bool? IsIn(string text, Language language)
    {
        ArgumentNullException.ThrowIfNull(text);
        bool? all = null;
        foreach (var sentence in Kits.Sentences.Split(text))
        {
            switch (IsSentenceIn(sentence, language))
            {
                case false:
                    return false;
                case true:
                    all = true;
                    break;
            }
        }

        return all;
    }

    /// <summary>The same of one sentence, or of its beginning.</summary>
    public static bool? IsSentenceIn(string sentence, Language language)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        // Cells of a row are no sentence together.
        if (sentence.AsSpan().TrimStart() is ['|', ..] && sentence.Trim().Trim('|').Split('|', StringSplitOptions.RemoveEmptyEntries) is { Length: > 1 } cells)
        {
            var judged = cells.Select(c => IsSentenceIn(c, language)).ToList();
            return judged.Contains(false) ? false : judged.Contains(true) ? true : null;
        }

        bool? all = null;
        // What has no end is looked at piece by piece.
        for (var from = 0; from < sentence.Length; from += Longest)
        {
            if (LeadOf(sentence[from..Math.Min(sentence.Length, from + Longest)], language) is not { } lead)
            {
                continue;
            }

            if (lead < -Margin)
            {
                // Words that are only listed ("Глагол to be: I am, you are, he is") are of no language that is spoken here; what stands around them is.
                var around = Listed().Replace(sentence, m => IsList(m.Value, sentence.Remove(m.Index, m.Length), language) ? " , " : m.Value);
                if (around.Length < sentence.Length && !(LeadOf(around, language) < -Margin))
                {
                    continue;
                }

                return false;
            }

            all = true;
        }

        return all;
    }

    /// <summary>Whether what was said so far of a sentence ends in a list that may go on.</summary>
    public static bool MayBeListing(string begun) => Listing().IsMatch(begun);

    /// <summary>How much more speaks for the language than for any other. Null: there is too little to judge.</summary>
    public static double? LeadOf(string sentence, Language language)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        var words = WordsOf(sentence);
        var profile = LanguageProfile.Of(language);
        var foreign = words.Where(w => w.IsLatin != profile.IsLatin && !w.IsName).ToList();
        words.RemoveAll(w => w.IsLatin != profile.IsLatin);
        if (foreign.Count >= EnoughWords && foreign.Count > words.Count && foreign.Sum(w => w.Text.Length) >= EnoughLetters)
        {
            return -foreign.Count;
        }

        var letters = words.Sum(w => w.Text.Length);
        if (words.Count < EnoughWords || letters < EnoughLetters)
        {
            return null;
        }

        var own = words.Sum(w => w.Weight * (profile.Score(w.Text) - (profile.IsStrange(w.Text) ? 1.5 : 0)));
        if (letters >= profile.UsualFrom && !words.Exists(w => profile.HasUsual(w.Text)))
        {
            own -= 1;
        }

        return own - Math.Max(profile.Rivals.Max(r => words.Sum(w => w.Weight * r.Score(w.Text))), words.Count >= Strange ? ForStrange : double.MinValue);
    }

    // Of single words; or of short phrases in another script, where something around them is in that of the language: sentences have that length too.
    private static bool IsList(string list, string rest, Language language)
    {
        var isLatin = LanguageProfile.Of(language).IsLatin;
        var words = WordsOf(list);
        return list.Split(',', ';').All(static i => Joining().Replace(i.Trim(), "").Split(' ').Length == 1)
            || (words.Count > 0 && words.TrueForAll(w => w.IsLatin != isLatin) && WordsOf(rest).Exists(w => w.IsLatin == isLatin));
    }

    /// <param name="IsName">Begins with a capital, and not the sentence: it may be a name.</param>
    private readonly record struct Word(string Text, bool IsLatin, bool IsName)
    {
        public double Weight => IsName ? 0.15 : 1;
    }

    private static List<Word> WordsOf(string sentence)
    {
        var words = new List<Word>();
        var bare = Aside().Replace(Spelling.Joined(Kits.Formulas.Without(sentence, " , ")), " , ");
        foreach (var match in Token().EnumerateMatches(bare))
        {
            var token = bare.AsSpan(match.Index, match.Length);
            // What has digits or more than one capital is a formula, a unit or an abbreviation; so is a name of a function.
            if (token.ContainsAnyInRange('0', '9') || Capitals(token) > 1 || !TryScript(token, out var isLatin) || (isLatin && (token.Length == 1 || Functions.Contains(token.ToString()))))
            {
                continue;
            }

            words.Add(new Word(Lower(token), isLatin, words.Count > 0 && char.IsUpper(token[0])));
        }

        return words;
    }

    private static readonly HashSet<string> Functions = new(StringComparer.Ordinal) { "sin", "cos", "tg", "ctg", "tan", "log", "ln", "lg", "lim", "max", "min", "mod", "km", "cm", "mm", "kg", "mg", "ml", "dm", "hz", "bit" };

    private static int Capitals(ReadOnlySpan<char> token)
    {
        var count = 0;
        foreach (var c in token)
        {
            count += char.IsUpper(c) ? 1 : 0;
        }

        return count;
    }

    // A word of both scripts is none.
    private static bool TryScript(ReadOnlySpan<char> token, out bool isLatin)
    {
        var (latin, cyrillic) = (0, 0);
        foreach (var c in token)
        {
            latin += c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '\u00c0' and <= '\u024f') or (>= '\u1e00' and <= '\u1eff') ? 1 : 0;
            cyrillic += c is >= '\u0400' and <= '\u052f' ? 1 : 0;
        }

        isLatin = latin > 0;
        return (latin == 0) != (cyrillic == 0);
    }

    // Signs in the middle of a word are written in many ways, or left out.
    private static string Lower(ReadOnlySpan<char> token) => Apostrophes().Replace(token.ToString(), "").Replace("İ", "i", StringComparison.Ordinal).ToLowerInvariant();

    // Quotations, what stands in brackets, code, formulas and addresses, each of them closed and not longer than an aside is.
    [GeneratedRegex("""«[^«»]{1,160}»|“[^“”]{1,160}”|"[^"]{1,160}"|\([^()]{1,160}\)|\[[^\[\]]{1,60}\]|\$[^$]{1,160}\$|`[^`]{1,160}`|https?://\S+|\b\w{1,40}(?:\.\w{1,40}){0,4}\([^()]{0,80}\)?""", RegexOptions.None, PatternLimit.Milliseconds)]
    private static partial Regex Aside();

    // Behind a colon or a dash three and more of at most two words each; where nothing stands around them, four and more words.
    [GeneratedRegex("""(?<=[:—–(]\s{0,3})(?:[\p{L}\p{M}\p{N}'’-]{1,24}(?:\s[\p{L}\p{M}\p{N}'’-]{1,24})?\s*[,;]\s*){2,}(?:(?:и|және|мен|and|or|или)\s)?[\p{L}\p{M}\p{N}'’-]{1,24}(?:\s[\p{L}\p{M}\p{N}'’-]{1,24})?(?=\s*(?:[.!?;—–)]|$))|^\s*(?:[\p{L}\p{M}\p{N}'’-]{1,24}\s)?(?:[\p{L}\p{M}\p{N}'’-]{1,24}\s*[,;]\s*){3,}(?:(?:и|және|мен|and|or|или)\s)?[\p{L}\p{M}\p{N}'’-]{1,24}(?=\s*(?:[.!?;—–)]|$))""", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Listed();

    [GeneratedRegex("""(?:^\s*(?:[\p{L}\p{M}\p{N}'’-]{1,24}\s)?|[:—–(]\s{0,3})(?:[\p{L}\p{M}\p{N}'’-]{1,24}(?:\s[\p{L}\p{M}\p{N}'’-]{1,24})?\s*[,;]\s*){2,}(?:[\p{L}\p{M}\p{N}'’-]{1,24}(?:\s[\p{L}\p{M}\p{N}'’-]{1,24})?\s*)?$""", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Listing();

    [GeneratedRegex("^(?:и|және|мен|and|or|или) ", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Joining();

    [GeneratedRegex("""[\p{L}\p{M}\p{N}_]+(?:[’'ʻʼ‘][\p{L}\p{M}\p{N}]+)*""", RegexOptions.None, PatternLimit.Milliseconds)]
    private static partial Regex Token();

    [GeneratedRegex("[’'ʻʼ‘]", RegexOptions.None, PatternLimit.Milliseconds)]
    private static partial Regex Apostrophes();
}
