using System.Collections.Frozen;

namespace Classroom.Tutor;

/// <summary>A name in a text.</summary>
/// <param name="Keys">Who it is: what is the same for every form of the name.</param>
/// <param name="Nominative">How that person is called when nothing governs the name.</param>
internal sealed record FoundName(int Start, int End, ImmutableArray<string> Keys, string Nominative);

/// <summary>
/// Finds the names of persons in what a child wrote: those of the class in any form, those of the lexicon, and what stands where only a name can. A word that
/// is a name and a thing (Роза, Болат, Mark) is a name by its capital letter and by the words around it. Costs a few look-ups a word.
/// </summary>
/// <param name="isWary">A word of the lesson that a child of the class is called by is that child only where it is used as a name: "Leaf", "Күн".</param>
internal sealed class NameFinder(ClassRoster roster, IReadOnlySet<string> lessonWords, bool isWary = false)
{
    private static readonly FrozenSet<string> Proper =
    [
        .. WordLists.Set("proper", "place", "thing"),
        .. Enum.GetValues<Language>().SelectMany(l => Kits.ThemedNames.In(l)).SelectMany(n => n.Split(' ', '-')).Select(WordLists.Plain),
    ];

    private static readonly FrozenSet<string> ProperLatin = Proper.Where(p => !p.Contains('-', StringComparison.Ordinal)).Select(Romanisation.Of).ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> Titles = WordLists.Set("proper", "title");
    private static readonly FrozenDictionary<string, FrozenSet<string>> Known = WordLists.Words("proper", "person").Select(p => p.Split('='))
        .GroupBy(p => WordLists.Plain(p[0])).ToFrozenDictionary(g => g.Key, g => g.SelectMany(p => p.Skip(1)).SelectMany(p => p.Split('-')).Select(WordLists.Plain).ToFrozenSet());

    public List<FoundName> Find(string text)
    {
        var words = NameWords.Of(text);
        var cues = new NameCues(text, words);
        var isEnglish = words.Any(w => w.Raw is "the" or "is" or "a" or "and" or "of" or "to" or "in" or "was" or "my" or "me" or "i" or "are" or "has" or "have" or "it");
        var looks = words.Select(w => Look(w, isEnglish)).ToList();
        var isName = new bool[words.Count];
        bool Name(int i) => isName[i] || IsSure(words[i], looks[i]) || looks[i] is { Match.IsSlip: false, IsWord: false };
        for (var i = 0; i < words.Count; i++)
        {
            isName[i] = Decide(i, words, looks, cues, Name);
        }

        for (var i = 0; i + 1 < words.Count; i++)
        {
            // A name with a hyphen inside: Ai-gerim.
            if (words[i + 1].Gap == "-" && !isName[i] && !isName[i + 1] && !Proper.Contains(words[i].Listed + "-" + words[i + 1].Listed) && Look(words[i].With(words[i + 1]), isEnglish) is var whole && IsSure(words[i], whole) && (whole.Match is { IsSlip: false } || WordLists.Plain(whole.Known!.Written) == words[i].Loose + words[i + 1].Loose))
            {
                (looks[i], looks[i + 1], isName[i], isName[i + 1]) = (whole, whole, true, true);
            }
        }

        for (var i = 0; i < words.Count; i++)
        {
            // A surname that is a word, or that nobody knows, beside a given name.
            isName[i] = isName[i] || IsBeside(i, words, looks, isName);
        }

        Release(words, looks, isName);
        return Join(text, words, looks, isName);
    }

    private LookedUp Look(NameWord word, bool isEnglish)
    {
        var all = NameLexicon.Find(word, isEnglish);
        // A given name rather than a surname.
        var known = all.FirstOrDefault(k => !k.IsSurname) ?? (all.Count > 0 ? all[0] : null);
        var isLike = NameLexicon.IsLikeWord(word, known);
        var isProper = Proper.Contains(word.Listed) || (word.Latin.Length > 3 && ProperLatin.Contains(word.Latin)) || (known is not null && Proper.Contains(WordLists.Plain(known.Written))) || (word.IsCapital && Endings.StrictBases(word.Loose, isCapital: false).Any(b => b.Length > 3 && Proper.Contains(b)));
        var isLesson = lessonWords.Contains(word.Listed);
        var publicly = Public(word);
        var match = roster.Find(word, all, isLike || isProper || isLesson || NameCues.IsCommon(word));
        isLike = match is null or { IsSlip: true } ? isLike : NameLexicon.IsLikeWord(word, match.Word);
        return new(known, match, isLike, isProper, isLesson, publicly, isWary && match is not null && (isLesson || lessonWords.Contains(match.Word.Loose)));
    }

    private static string? Public(NameWord word) =>
        Known.ContainsKey(word.Listed) ? word.Listed : word.IsCapital ? Endings.StrictBases(word.Loose, isCapital: false).FirstOrDefault(b => b.Length > 3 && Known.ContainsKey(b)) : null;

    // Whatever stands around it.
    private static bool IsSure(NameWord word, LookedUp look) =>
        !look.IsDoubtful && !look.IsWord && (look.Match is not null || (look.Known is { IsSurname: false } && word.IsCapital));

    private static bool Decide(int i, IReadOnlyList<NameWord> words, List<LookedUp> looks, NameCues cues, Func<int, bool> isName)
    {
        var (word, look) = (words[i], looks[i]);
        // "Иван-чай", "Ұлан-ғайыр", "Алма-Ата" are words of their own.
        var isPart = (look.Match is null || look.IsDoubtful) && ((i + 1 < words.Count && words[i + 1].Gap == "-" && (!Endings.IsEnding(words[i + 1].Loose) || (i + 2 < words.Count && words[i + 2].Gap == "-")) && (look.IsDoubtful || !words[i + 1].IsCapital)) || (word.Gap == "-" && (look.IsDoubtful || !word.IsCapital)));
        if (isPart || word.Raw.Length < 2 || (NameCues.IsCommon(word) && look.Match is null))
        {
            return false;
        }

        if (look.Match is null && cues.IsTold(i) && !cues.IsPlainly(i))
        {
            return false;
        }

        if (look.IsWord)
        {
            return !look.Match!.IsSlip && (cues.IsKin(i) || cues.IsSaying(i) || (word.IsCapital && (IsCalled(i, words) || (!word.IsFirst && !cues.IsNotion(i)))));
        }

        if (look.Match is { } match)
        {
            return !look.IsDoubtful ? match.IsSlip || word.IsCapital || match.Word.Loose.Length > 2 || word.Loose == match.Word.Loose || cues.IsPerson(i, isName)
                : !match.IsSlip && !IsPlural(word) && (cues.IsPerson(i, isName) || (word.IsCapital && !cues.IsNotion(i)));
        }

        if (word.Plain.Length > 0 && NameLexicon.IsPatronymic(word) && !look.IsLike)
        {
            return true;
        }

        if (look.IsLesson && !cues.IsNamed(i))
        {
            return false;
        }

        if (look.Public is not null)
        {
            return cues.IsKin(i) || (cues.IsDoing(i) && look.Known is not null && cues.IsPerson(i, isName) && !look.IsProper);
        }

        if (cues.IsNamed(i) && (word.IsCapital || !look.IsDoubtful))
        {
            return true;
        }

        return look.Known switch
        {
            { IsSurname: true } when look.IsDoubtful => word.IsCapital && cues.IsPerson(i, isName) && (!cues.IsNotion(i) || cues.IsPlainly(i)),
            { IsSurname: true } => word.IsCapital || cues.IsKin(i),
            { } when look.IsProper => word.IsCapital && !IsPlural(word) && (cues.IsPerson(i, isName, isDoingEnough: false) || cues.IsSaying(i)) && (!cues.IsNotion(i) || cues.IsPlainly(i)),
            { } when look.IsLike && !word.IsCapital => (!cues.IsNotion(i) || cues.IsPlainly(i)) && (cues.IsSaying(i) || (NameLexicon.IsLikeInSmall(word) ? cues.IsDoing(i) || cues.IsKin(i) : cues.IsKin(i) && cues.IsDoing(i))),
            { } when look.IsLike => !IsPlural(word) && (cues.IsPerson(i, isName) || (!word.IsFirst && !cues.IsNotion(i))),
            { } => word.IsCapital || word.IsLong || cues.IsPerson(i, isName) || (word.Latin.Length > 0 && NameLexicon.IsLatinPet(word)),
            null => IsUnknownName(i, word, look, cues),
        };
    }

    // "Leaf, what do you think?"
    private static bool IsCalled(int i, IReadOnlyList<NameWord> words) => i + 1 < words.Count && words[i].IsFirst && words[i + 1].Gap.StartsWith(',');

    // Not in the lexicon: as names of this country are made, or where only a name can stand.
    private static bool IsUnknownName(int i, NameWord word, LookedUp look, NameCues cues)
    {
        if (NameLexicon.IsPatronymic(word) && !look.IsLike)
        {
            return true;
        }

        if (!word.IsCapital || look.IsDoubtful)
        {
            return false;
        }

        return NameLexicon.IsOfName(word) || NameLexicon.IsCompound(word) || (NameLexicon.IsLikeSurname(word) && (!word.IsFirst || cues.IsPerson(i, static _ => false)))
            || (cues.IsKin(i) && !word.IsFirst) || (cues.IsSaying(i) && (!cues.IsNotion(i) || cues.IsPlainly(i))) || (cues.IsSelf(i) && !word.IsFirst);
    }

    private static bool IsBeside(int i, IReadOnlyList<NameWord> words, List<LookedUp> looks, bool[] isName)
    {
        var (word, look) = (words[i], looks[i]);
        if (!word.IsCapital || look.IsLesson || word.Raw.Length < 2 || NameCues.IsCommon(word) || Titles.Contains(word.Listed))
        {
            return false;
        }

        bool IsGiven(int at, NameWord second) => at >= 0 && at < words.Count && isName[at] && second.Gap == " " && (looks[at].Known is { IsSurname: false } || looks[at].Match is not null);
        bool IsFamily(int at) => at >= 0 && at < words.Count && words[at].IsCapital && (looks[at].Known is { IsSurname: true } || isName[at]) && looks[at].Public is null;
        var (isNext, isGiven) = (i + 1 < words.Count && words[i + 1].Gap == " ", look.Known is { IsSurname: false });
        return (IsGiven(i - 1, word) && look.Public is null && (look.Known is not null || (!look.IsProper && !word.IsFirst)))
            || (isNext && look.Match is null && (look.Known is { IsSurname: true } || NameLexicon.IsLikeSurname(word)) && IsGiven(i + 1, words[i + 1]) && !IsPublicly(i, i + 1, words, looks))
            || (isGiven && look.IsDoubtful && ((isNext && IsFamily(i + 1)) || (word.Gap == " " && IsFamily(i - 1) && looks[i - 1].Known is { IsSurname: true })));
    }

    // The one is known by the surname, and the other is the given name that goes with it.
    private static bool IsPublicly(int surname, int given, IReadOnlyList<NameWord> words, List<LookedUp> looks) =>
        looks[surname].Public is { } name && (Endings.Bases(words[given].Loose).Any(Known[name].Contains) || Known[name].Contains(words[given].Raw));

    // "Абай Құнанбаев", "Isaac Newton", "Абылай хан": people of history stay, unless a child of the class has the surname.
    private static void Release(IReadOnlyList<NameWord> words, List<LookedUp> looks, bool[] isName)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (i > 0 && isName[i - 1] && Titles.Contains(words[i].Listed) && (!words[i].IsCapital || words[i].Listed is "i" or "ii" or "iii" or "первый" or "вторая" or "khan") && looks[i - 1].Match is null)
            {
                isName[i - 1] = false;
            }

            if (looks[i].Public is not { } surname || looks[i].Match is { IsSlip: false })
            {
                continue;
            }

            foreach (var beside in (ReadOnlySpan<int>)[i - 1, i + 1])
            {
                if (beside >= 0 && beside < words.Count && (IsPublicly(i, beside, words, looks) || (words[beside].Raw.Length == 1 && words[beside].IsCapital)))
                {
                    (isName[beside], isName[i]) = (false, false);
                }
                else if (beside == i - 1 && beside >= 0 && isName[beside] && words[i].IsCapital && words[i].Gap == " " && looks[beside].Known is { IsSurname: false })
                {
                    // Somebody else of that surname.
                    isName[i] = true;
                }
            }
        }
    }

    private static List<FoundName> Join(string text, IReadOnlyList<NameWord> words, List<LookedUp> looks, bool[] isName)
    {
        var found = new List<FoundName>();
        for (var i = 0; i < words.Count; i++)
        {
            if (!isName[i])
            {
                continue;
            }

            var last = i;
            while (last + 1 < words.Count && isName[last + 1] && IsBlank(words[last + 1].Gap) && IsOnePerson(looks[last], looks[last + 1]))
            {
                last++;
            }

            var (start, end) = (words[i].Start, words[last].End);
            for (var at = i - 1; at >= 0 && IsInitial(text, words, at) && words[at + 1].Gap.Length <= 2; at--)
            {
                start = words[at].Start;
            }

            for (var at = last + 1; at < words.Count && IsInitial(text, words, at) && words[at].Gap is " " or "." or ". "; at++)
            {
                end = words[at].End + 1;
            }

            var range = Enumerable.Range(i, last - i + 1).ToList();
            found.Add(new(start, end, [.. range.Select(r => Key(words[r], looks[r])).Distinct(StringComparer.Ordinal)], string.Join(' ', range.Select(r => Nominative(text, words[r], looks[r])))));
            i = last;
        }

        return found;
    }

    private static bool IsOnePerson(LookedUp one, LookedUp other) =>
        (one.Match is null || other.Match is null) ? !(one.Known is { IsSurname: true } && other.Known is { IsSurname: true }) : one.Match.Word.Child == other.Match.Word.Child;

    private static bool IsInitial(string text, IReadOnlyList<NameWord> words, int at) =>
        words[at].Raw.Length == 1 && words[at].IsCapital && words[at].End < text.Length && text[words[at].End] == '.';

    private static bool IsBlank(string gap) => gap == "-" || gap.Length > 0 && gap.AsSpan().Trim().IsEmpty && !gap.Contains('\n', StringComparison.Ordinal);

    private static string Key(NameWord word, LookedUp look) =>
        look.Match is { } match ? $"c{match.Word.Child}" : look.Known is { IsSurname: false } given ? $"g{given.Groups[0]}" : "w" + Surname(word);

    private static string Surname(NameWord word) => Romanisation.Of(word.Raw).TrimEnd('a', 'i', 'u', 'o', 'e');

    private static string Nominative(string text, NameWord word, LookedUp look)
    {
        var (written, named) = (text[word.Start..word.End], look.Match?.Word.Written ?? look.Known?.Written);
        if (named is null || (!word.IsDisguised && Romanisation.Of(named.ToLowerInvariant()) == Romanisation.Of(word.Raw)))
        {
            return char.ToUpperInvariant(written[0]) + written[1..];
        }

        return named;
    }

    // "Султаны", "ғалымдар": things are many, a child is one.
    private static bool IsPlural(NameWord word) =>
        word.Loose.Length > 4 && (word.Loose.EndsWith("лар", StringComparison.Ordinal) || word.Loose.EndsWith("лер", StringComparison.Ordinal) || word.Loose.EndsWith("дар", StringComparison.Ordinal)
            || word.Loose.EndsWith("дер", StringComparison.Ordinal) || word.Loose.EndsWith("тар", StringComparison.Ordinal) || word.Loose.EndsWith("тер", StringComparison.Ordinal) || word.Loose.EndsWith("ами", StringComparison.Ordinal));

    /// <summary>What is known of a word before its neighbours are looked at.</summary>
    private sealed record LookedUp(KnownName? Known, RosterMatch? Match, bool IsLike, bool IsProper, bool IsLesson, string? Public, bool IsWord)
    {
        public bool IsDoubtful => IsLike || IsProper;
    }
}
