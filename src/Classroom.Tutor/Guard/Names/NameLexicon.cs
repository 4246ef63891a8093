using System.Collections.Frozen;

namespace Classroom.Tutor;

/// <summary>A name of the lists. Names that may be one child's (Дарья, Даша) share a group.</summary>
/// <param name="Strict">With its Kazakh letters, lower case.</param>
internal sealed record KnownName(string Written, string Strict, bool IsSurname, ImmutableArray<int> Groups);

/// <summary>
/// Given names and surnames of Kazakhstan in Cyrillic and Latin, from the lists beside this file. A word is looked up less its endings: a handful of look-ups,
/// whatever the number of names.
/// </summary>
internal static class NameLexicon
{
    private static readonly (FrozenDictionary<string, KnownName> Cyrillic, FrozenDictionary<string, KnownName> Latin) Names = Read();
    private static readonly FrozenSet<string> Russian = WordLists.Set("given-ru");
    private static readonly FrozenSet<string> First = Parts("first"), Last = Parts("last");
    private static readonly FrozenSet<string> LikeNames = WordLists.Set("words", "name"), LikeForms = WordLists.Set("words", "word"), LikeSmall = WordLists.Set("words", "small");
    private static readonly string[] SurnameCases = ["", "а", "у", "ым", "е", "ой", "ы", "ых", "тын", "пен", "ты", "тан"];
    private static readonly string[] Masculine = ["ов", "ев", "ин", "баев", "беков", "ханов"];
    private static readonly string[] SurnameEnds =
    [
        .. Cased("ов", "ев"), "енко", "чук", "швили", "дзе", "ович", "евич", "овна", "евна", "ична", "овны", "евны", "овне", "евне", "овной", "евной", "овну", "евну", "овича", "евича", "овичу", "евичу", "овичем", "евичем",
    ];

    private static readonly string[] Patronymics = ["улы", "кызы", "uly", "qyzy", "kyzy", "kizi", "ovich", "evich", "ovna", "evna"];
    private static readonly string[] RussianPatronymics = ["ович", "евич", "овна", "евна", "ична", "инична"];
    private static readonly string[] LatinSurnames = ["ov", "ova", "ev", "eva", "yev", "yeva", "sky", "skaya", "skiy", "enko", "chuk"];

    /// <summary>How many names the lists hold, in Cyrillic and in Latin spelling.</summary>
    public static (int Cyrillic, int Latin) Count => (Names.Cyrillic.Count, Names.Latin.Count);

    /// <summary>Is in the Russian list, where a name in a consonant is a boy's.</summary>
    public static bool IsRussian(string loose) => Russian.Contains(loose);

    /// <summary>The names that a word may be a form of, the likeliest first.</summary>
    /// <param name="isEnglish">In an English sentence a name has no endings.</param>
    public static IReadOnlyList<KnownName> Find(NameWord word, bool isEnglish = false)
    {
        var found = new List<KnownName>();
        if (word.Loose.Length > 1)
        {
            AddForms(found, word, word.Loose);
            if (found.Count == 0 && word.Loose.Contains("ль", StringComparison.Ordinal))
            {
                // Гульнара is Гүлнара on another keyboard.
                AddForms(found, word, word.Loose.Replace("ль", "л", StringComparison.Ordinal));
            }

            if (found.Count == 0 && word.IsCapital && word.Loose.Length > 5 && word.Loose == word.Plain && Names.Latin.TryGetValue(Romanisation.Of(word.Loose), out var sounds) && !sounds.IsSurname)
            {
                found.Add(sounds);
            }
        }

        if (word.Latin.Length > 2)
        {
            foreach (var name in LatinReadings(word.Latin).SelectMany(l => LatinForms(l, word, isEnglish)))
            {
                if (name.Length > 2 && Names.Latin.TryGetValue(name, out var known) && (name.Length > 3 || name.Length == word.Latin.Length))
                {
                    found.Add(known);
                }
            }

            if (found.Count == 0 && PetOf(word, isCertain: !word.IsCapital || isEnglish) is { } pet)
            {
                found.Add(pet);
            }
        }

        return found;
    }

    /// <summary>A name in Latin letters with an ending of endearment: timurchik, dimochka.</summary>
    public static bool IsLatinPet(NameWord word) => PetOf(word, isCertain: true) is not null;

    // Of four letters at least: what is shorter begins many words.
    private static KnownName? PetOf(NameWord word, bool isCertain) => LatinReadings(word.Latin).SelectMany(l => Endings.LatinPetBases(l, isCertain)).Where(b => b.Length > 3)
        .Select(Names.Latin.GetValueOrDefault).FirstOrDefault(static k => k is { IsSurname: false });

    /// <summary>The word is one of lessons too, and is a name only where a person is meant.</summary>
    public static bool IsLikeWord(NameWord word, KnownName? name) =>
        LikeForms.Contains(word.Listed) || LikeNames.Contains(word.Listed) || (!word.IsCapital && !word.IsDisguised && LikeSmall.Contains(word.Listed))
        || (name is not null && word.Plain.Length > 0 && WordLists.Plain(name.Written) is var plain && (LikeNames.Contains(plain) || (!word.IsCapital && LikeSmall.Contains(plain))) && Endings.StrictBases(word.Loose, word.IsCapital).Contains(plain));

    /// <summary>Is a word in small letters only.</summary>
    public static bool IsLikeInSmall(NameWord word) => LikeSmall.Contains(word.Listed);

    /// <summary>The same, where a child of the class has the name: in a case it is that child.</summary>
    public static bool IsLikeWord(NameWord word, RosterWord name) =>
        LikeForms.Contains(word.Listed) || LikeNames.Contains(name.Loose) || (!word.IsCapital && !word.IsDisguised && LikeSmall.Contains(word.Listed));

    private static IEnumerable<string> LatinForms(string latin, NameWord word, bool isEnglish) =>
        (word.IsCapital && !isEnglish) || word.Ending.Length > 0 ? Endings.LatinBases(latin)
        : word.IsCapital && latin.Length > 5 && latin.EndsWith("ka", StringComparison.Ordinal) ? [latin, latin[..^2], latin[..^2] + "a"] : word.IsCapital && latin.EndsWith("va", StringComparison.Ordinal) ? [latin, latin[..^1]] : [latin];

    private static void AddForms(List<KnownName> found, NameWord word, string loose)
    {
        foreach (var name in Endings.StrictBases(loose, word.IsCapital).Concat(loose.Length > 4 && word.IsCapital ? Endings.PetBases(loose) : []))
        {
            // Without an ending any length; with one, three letters at least, and letters that say the same.
            if ((name.Length > 2 || name.Length == loose.Length) && Names.Cyrillic.TryGetValue(name, out var known) && Fits(known, word, name.Length))
            {
                found.Add(known);
            }
        }
    }

    /// <summary>Made of two parts of Kazakh names: Бексұлтан, Айкөркем.</summary>
    public static bool IsCompound(NameWord word)
    {
        foreach (var name in Endings.StrictBases(word.Loose, isCapital: false).Where(b => b.Length >= 6))
        {
            for (var i = 2; i <= name.Length - 2; i++)
            {
                if (First.Contains(name[..i]) && Last.Contains(name[i..]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Ends as surnames and patronymics do.</summary>
    public static bool IsLikeSurname(NameWord word)
    {
        var loose = word.Loose;
        return loose.Length > 0
            ? loose.Length >= 6 && (Array.Exists(SurnameEnds, e => loose.EndsWith(e, StringComparison.Ordinal)) || IsPatronymic(word))
            : word.Raw.Length >= 6 && (Array.Exists(LatinSurnames, e => word.Raw.EndsWith(e, StringComparison.Ordinal)) || IsPatronymic(word));
    }

    public static bool IsPatronymic(NameWord word) => IsRussianPatronymic(word) ||
        (word.Plain.Length > 0 ? Endings.StrictBases(word.Loose, isCapital: false) : [word.Raw]).Any(b => b.Length > 5 && Array.Find(Patronymics, e => b.EndsWith(e, StringComparison.Ordinal)) is { } end
            && (word.Plain.Contains("ұлы", StringComparison.Ordinal) || word.Plain.Contains("қызы", StringComparison.Ordinal) || !end.EndsWith("лы", StringComparison.Ordinal) || Names.Cyrillic.ContainsKey(b[..^end.Length])));

    // "петровна", "сергеичу", in small letters too; "Пал Палыч".
    private static bool IsRussianPatronymic(NameWord word) => word.Plain.Length > 5 && ((word.IsCapital && (word.Loose.EndsWith("ыч", StringComparison.Ordinal) || word.Loose.EndsWith("еич", StringComparison.Ordinal)))
        || Endings.StrictBases(word.Loose, isCapital: false).Any(b => Array.Find(RussianPatronymics, e => b.EndsWith(e, StringComparison.Ordinal)) is { } end && (IsGiven(b[..^end.Length]) || IsGiven(b[..^end.Length] + "й") || IsGiven(b[..^end.Length] + "а"))));

    /// <summary>A surname made of a name of the lists: Нұрланов, Ахметова.</summary>
    public static bool IsOfName(NameWord word) => Endings.Bases(word.Loose).Any(b =>
        b.Length > 5 && Array.Exists(Masculine, m => b.EndsWith(m, StringComparison.Ordinal) && (IsGiven(b[..^m.Length]) || (m == "ев" && IsGiven(b[..^2] + "й")))));

    public static bool IsGiven(string loose) => Names.Cyrillic.TryGetValue(loose, out var name) && !name.IsSurname;

    /// <summary>What a Latin word may be, where a letter has two sounds: Julia, Jansaya; Yerlan, Erlan.</summary>
    public static IEnumerable<string> LatinReadings(string latin)
    {
        yield return latin;
        if (latin.Contains('j', StringComparison.Ordinal))
        {
            yield return latin.Replace('j', 'i');
        }

        if (latin.Length > 3 && latin[0] == 'i' && latin[1] is 'e' or 'a' or 'u')
        {
            yield return latin[1..];
        }

        if (latin.Length > 4 && latin.Contains('c', StringComparison.Ordinal))
        {
            yield return latin.Replace("ch", "\u0001", StringComparison.Ordinal).Replace('c', 'k').Replace("\u0001", "ch", StringComparison.Ordinal);
        }
    }

    // «Және» is no form of Жан: a Kazakh letter of the text must be the name's own. The other way round is a Russian keyboard.
    private static bool Fits(KnownName known, NameWord word, int length)
    {
        for (var i = 0; i < Math.Min(Math.Min(length, known.Strict.Length), word.Plain.Length); i++)
        {
            if ("әғқңөұүһі".Contains(word.Plain[i], StringComparison.Ordinal) && known.Strict[i] != word.Plain[i])
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<string> Cased(params string[] ends) => ends.SelectMany(e => SurnameCases.Select(c => e + c));

    private static FrozenSet<string> Parts(string key) => WordLists.Set("parts-kk", key);

    private static (FrozenDictionary<string, KnownName> Cyrillic, FrozenDictionary<string, KnownName> Latin) Read()
    {
        var (cyrillic, latin) = (new Dictionary<string, KnownName>(StringComparer.Ordinal), new Dictionary<string, KnownName>(StringComparer.Ordinal));
        var group = 0;
        foreach (var line in WordLists.Lines("given-ru"))
        {
            group++;
            foreach (var name in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                Add(cyrillic, WordLists.Plain(name), name, false, group);
                Add(latin, Romanisation.Of(name.ToLowerInvariant()), name, false, group);
            }
        }

        foreach (var name in WordLists.Words("given-kk"))
        {
            // One name in two spellings is one group.
            var plain = WordLists.Plain(name);
            var known = cyrillic.GetValueOrDefault(plain)?.Groups[0] ?? ++group;
            Add(cyrillic, plain, name, false, known);
            Add(latin, Romanisation.Of(name.ToLowerInvariant()), name, false, known);
        }

        foreach (var name in WordLists.Words("given-en"))
        {
            var skeleton = Romanisation.Of(name.ToLowerInvariant());
            Add(latin, skeleton, name, false, latin.GetValueOrDefault(skeleton)?.Groups[0] ?? ++group);
        }

        foreach (var name in WordLists.Words("surnames").Where(n => n.Length > 1))
        {
            var plain = WordLists.Plain(name);
            if (!cyrillic.ContainsKey(plain))
            {
                Add(cyrillic, plain, name, true, ++group);
            }

            Add(latin, Romanisation.Of(name.ToLowerInvariant()), name, true, group);
        }

        foreach (var name in WordLists.Words("surnames-en"))
        {
            Add(latin, Romanisation.Of(name.ToLowerInvariant()), name, true, ++group);
        }

        return (cyrillic.ToFrozenDictionary(StringComparer.Ordinal), latin.ToFrozenDictionary(StringComparer.Ordinal));
    }

    private static void Add(Dictionary<string, KnownName> names, string key, string written, bool isSurname, int group)
    {
        if (key.Length < 2)
        {
            return;
        }

        names[key] = names.TryGetValue(key, out var known)
            ? known with { Groups = known.Groups.Contains(group) || isSurname ? known.Groups : known.Groups.Add(group), Strict = Sharper(known.Strict, written) }
            : new KnownName(written, WordLists.Plain(written) is var p && p.Length == written.Length ? written.ToLowerInvariant().Replace('ё', 'е') : p, isSurname, [group]);
    }

    // Of two spellings the one with Kazakh letters.
    private static string Sharper(string strict, string written) =>
        written.AsSpan().IndexOfAny(NameWord.KazakhLetters) >= 0 ? written.ToLowerInvariant() : strict;
}
