using System.Buffers;
using System.Collections.Frozen;

namespace Classroom.Lessons;

/// <summary>
/// Which short answers say nearly the same: by the stems of their words, without a model. Deliberately shy: what differs in a number, in a sign or in a no is not alike,
/// and an answer joins a group only if it is like each answer in it, so that no chain of neighbours brings far ones together.
/// </summary>
internal static class Likeness
{
    // Of the stems of both, how many are in both.
    private const double Share = 0.5;
    private const int ShortestStem = 3;
    private const int LongestStem = 6;

    private static readonly FrozenSet<string> Small = FrozenSet.ToFrozenSet(
    [
        "және", "мен", "пен", "бен", "да", "де", "та", "те", "бұл", "ол", "осы", "сол", "бір", "үшін", "деп", "деген", "себебі", "өйткені", "сондықтан", "болады", "еді", "екен", "ғой", "менің", "ойымша",
        "и", "а", "но", "в", "во", "на", "с", "со", "к", "по", "у", "о", "об", "из", "от", "до", "за", "для", "что", "чтобы", "как", "это", "этот", "эта", "он", "она", "оно", "они", "я", "мы", "так", "потому", "бы", "же", "ли", "есть", "думаю",
        "a", "an", "the", "and", "or", "of", "to", "in", "on", "at", "by", "for", "is", "are", "was", "were", "be", "it", "its", "this", "that", "they", "i", "we", "because", "so", "think", "there",
    ], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Nays = FrozenSet.ToFrozenSet(
        ["емес", "жоқ", "ешқандай", "ешқашан", "не", "нет", "ни", "нельзя", "никогда", "без", "no", "not", "never", "none", "without", "cannot", "dont", "doesnt", "isnt", "arent", "cant", "wont", "didnt"], StringComparer.Ordinal);

    private const string Signs = ".,;:!?()«»\"'’…";
    private static readonly char[] Around = [.. Signs];
    private static readonly SearchValues<char> KazakhLetters = SearchValues.Create("әғқңөұүһі");
    private static readonly string[] Kazakh = ByLength(
        "лардың лердің дардың дердің тардың тердің ының інің лар лер дар дер тар тер ның нің дың дің тың тің нан нен дан ден тан тен мен бен пен ға ге қа ке на не ны ні ды ді ты ті нда нде да де та те сы сі ы і");
    private static readonly string[] Russian = ByLength(
        "иями ями ами ого его ому ему ыми ими ется ются ится ятся ет ют ит ят ут ешь ишь ах ях ов ев ей ой ый ий ая яя ое ее ые ие ам ям ом ем ую юю ть а я ы и у ю е о ь й");
    private static readonly string[] English = ByLength("ings ing edly ed es ly s");

    /// <summary>Who gave answers that are alike: the largest group first, of equals the earliest; within one by time.</summary>
    /// <param name="answers">By time.</param>
    public static ImmutableArray<ImmutableArray<Guid>> Of(IReadOnlyList<(Guid Student, string Text)> answers)
    {
        var groups = new List<List<(Guid Student, Said Said)>>();
        foreach (var (student, text) in answers)
        {
            var said = Read(text);
            var group = groups.FirstOrDefault(g => g.TrueForAll(x => AreAlike(x.Said, said)));
            if (group is null)
            {
                groups.Add(group = []);
            }

            group.Add((student, said));
        }

        return [.. groups.OrderByDescending(g => g.Count).Select(g => g.Select(x => x.Student).ToImmutableArray())];
    }

    public static bool AreAlike(string one, string other) => AreAlike(Read(one), Read(other));

    private static bool AreAlike(Said one, Said other)
    {
        if (one.IsNay != other.IsNay || !one.Exact.SetEquals(other.Exact))
        {
            return false;
        }

        if (one.Plain == other.Plain)
        {
            return true;
        }

        var both = one.Stems.Intersect(other.Stems).Count();
        var all = one.Stems.Count + other.Stems.Count - both;
        return all > 0 && both >= all * Share;
    }

    private static Said Read(string text)
    {
        var plain = Spelling.Counted(text);
        var words = plain.Replace("'", "", StringComparison.Ordinal).Replace("’", "", StringComparison.Ordinal)
            .Split([' ', '-', '/', ',', ';', '(', ')', '.', '!', '?', ':', '«', '»', '"'], StringSplitOptions.RemoveEmptyEntries);
        var isKazakh = plain.AsSpan().ContainsAny(KazakhLetters);
        // A number with its sign, an operator, a picture: what the words of a cloud lose.
        var exact = Spelling.OneLine(text).ToLowerInvariant().Split(' ').Select(w => w.Trim(Around)).Where(IsExact).ToHashSet(StringComparer.Ordinal);
        var (stems, nays) = (new HashSet<string>(StringComparer.Ordinal), 0);
        foreach (var word in words)
        {
            if (Nays.Contains(word))
            {
                nays++;
            }
            else if (word.All(char.IsLetter) && !Small.Contains(word))
            {
                stems.Add(Stem(word, isKazakh));
            }
        }

        return new(plain, stems, exact, nays % 2 == 1);
    }

    private static bool IsExact(string word) => word.Any(c => char.IsDigit(c) || char.IsSurrogate(c) || char.IsSymbol(c));

    // Endings one after another as long as a stem is left, then no more than the first letters: close enough for short answers, and the same every time.
    private static string Stem(string word, bool isKazakh)
    {
        var endings = word[0] < '\u0400' ? English : isKazakh ? Kazakh : Russian;
        for (var cut = true; cut;)
        {
            cut = false;
            foreach (var ending in endings)
            {
                if (word.Length - ending.Length >= ShortestStem && word.EndsWith(ending, StringComparison.Ordinal))
                {
                    (word, cut) = (word[..^ending.Length], true);
                    break;
                }
            }
        }

        return word.Length > LongestStem ? word[..LongestStem] : word;
    }

    private static string[] ByLength(string endings) => [.. endings.Split(' ').OrderByDescending(e => e.Length).ThenBy(e => e, StringComparer.Ordinal)];

    private sealed record Said(string Plain, HashSet<string> Stems, HashSet<string> Exact, bool IsNay);
}
