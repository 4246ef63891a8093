using System.Collections.Frozen;

namespace Classroom.Tutor;

/// <summary>
/// What a word may be the form of: the word less an ending of Kazakh, Russian or English, with the vowel that the ending took the place of. Words are
/// plain (lower case, Kazakh letters as their nearest Russian ones). No kept library for .NET knows the cases of Kazakh and Russian names.
/// </summary>
internal static class Endings
{
    private const int Longest = 9;
    private const int ShortestStem = 2;
    private static readonly string[] Vowels = ["", "а", "я", "й", "ь", "ия"];
    private static readonly string[] OfPavel = ["ла", "лу", "лом", "ле"];
    private static readonly string[] Cases =
    [
        "ны", "ни", "ды", "ди", "ты", "ти", "нын", "нин", "дын", "дин", "тын", "тин", "га", "ге", "ка", "ке", "на", "не", "да", "де", "та", "те", "нда", "нде",
        "дан", "ден", "тан", "тен", "нан", "нен", "мен", "бен", "пен", "ники", "дики", "тики",
    ];

    private static readonly FrozenSet<string> Kazakh = MakeKazakh(["м", "ым", "им", "сы", "си", "ы", "и", "мыз", "миз", "ымыз", "имиз"]);

    private static readonly FrozenSet<string> Russian =
    [
        .. "а я ы и е у ю ой ей ою ею ом ем ым им ов ев ам ям ами ями ах ях ью ии ию ией ием ин ина ину ины ино иной иным иных ине ого ому ую ая ых ыми ими".Split(' '),
    ];

    private static readonly FrozenSet<string> Plain = MakeKazakh(["м", "ым", "им"]);
    private static readonly FrozenSet<string> CaseSet = [.. Cases, "нын"];

    // An ending, and how the nominative ends that has it.
    private static readonly FrozenDictionary<string, string[]> Paradigm = new Dictionary<string, string[]>
    {
        ["а"] = [""], ["я"] = ["й", "ь"], ["ы"] = ["а"], ["и"] = ["а", "я", "ь"], ["е"] = ["", "а", "я", "й"], ["у"] = ["", "а"], ["ю"] = ["я", "й", "ь"], ["ой"] = ["а"], ["ою"] = ["а"], ["ей"] = ["а", "я"], ["ею"] = ["а", "я"],
        ["ом"] = [""], ["ем"] = ["", "й", "ь"], ["ым"] = [""], ["ью"] = ["ь"], ["ии"] = ["ия", "ий"], ["ию"] = ["ия", "ий"], ["ией"] = ["ия"], ["ием"] = ["ий"],
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string[]> Owned = "ин ина ину ины ино иной ином ине".Split(' ').ToFrozenDictionary(e => e, _ => new[] { "а", "я" });

    // "-ка", "-очка" and the like, that a name or a pet name takes, with its own cases.
    private static readonly FrozenSet<string> Pets = MakePets();

    private static readonly FrozenSet<string> Latin =
    [
        .. "s a u e i om em oi ei oii ka ku ki ke kin ga ge ka ke nin nin din din tin tin ni di ti da de ta te dan den tan ten nan nen men ben pen jan jon ik chik ina in".Split(' '),
    ];

    // As children call one another: timurchik, dimochka, aigerimzhan. Few words of any language end so behind a name.
    private static readonly string[] LatinPets = ["chik", "chika", "ushka", "iushka", "ochka", "echka", "enka", "onka", "ishka", "jan", "jik", "tai"];

    // What words end with as well.
    private static readonly string[] ShortLatinPets = ["ik", "ka", "ke", "eke", "sha", "usha", "iusha", "ulia", "usia", "osh", "ok"];

    /// <summary>Stands behind a hyphen as an ending does: Timur-ға.</summary>
    public static bool IsEnding(string word) => CaseSet.Contains(word) || Paradigm.ContainsKey(word) || word is "жан" or "ка";

    /// <summary>The word itself first, then what it may be a form of; the same word may come twice.</summary>
    public static IEnumerable<string> Bases(string word)
    {
        yield return word;
        for (var length = 1; length <= Longest && word.Length - length >= ShortestStem; length++)
        {
            var (stem, ending) = (word[..^length], word[^length..]);
            if (Kazakh.Contains(ending))
            {
                yield return stem;
            }

            if (Russian.Contains(ending))
            {
                foreach (var vowel in Vowels)
                {
                    yield return stem + vowel;
                }
            }
        }

        foreach (var whole in WithLostVowel(word))
        {
            yield return whole;
        }
    }

    /// <summary>As <see cref="Bases"/>, by the tables of cases alone: for names that are only known from a list, of which any word must not become one.</summary>
    public static IEnumerable<string> StrictBases(string word, bool isCapital)
    {
        yield return word;
        for (var length = 1; length <= Longest && word.Length - length >= ShortestStem; length++)
        {
            var (stem, ending) = (word[..^length], word[^length..]);
            if (CaseSet.Contains(ending) || (isCapital && Plain.Contains(ending)))
            {
                yield return stem;
            }

            foreach (var vowel in Paradigm.GetValueOrDefault(ending) ?? (isCapital ? Owned.GetValueOrDefault(ending) : null) ?? [])
            {
                yield return stem + vowel;
            }
        }

        foreach (var whole in WithLostVowel(word))
        {
            yield return whole;
        }
    }

    // Лев, Льва; Пётр, Петра need nothing; Павел, Павла; Игорёк, Игорька.
    private static IEnumerable<string> WithLostVowel(string word)
    {
        if (word.StartsWith("льв", StringComparison.Ordinal) && word.Length is 4 or 5)
        {
            yield return "лев";
        }

        foreach (var ending in OfPavel)
        {
            if (word.Length > 4 && word.EndsWith(ending, StringComparison.Ordinal))
            {
                yield return word[..^ending.Length] + "ел";
            }
        }
    }

    /// <summary>As <see cref="Bases"/>, for a name of the class in small letters: any case of either language, on a name that lost its last vowel too.</summary>
    public static IEnumerable<string> SmallBases(string word)
    {
        yield return word;
        for (var length = 1; length <= Longest && word.Length - length >= ShortestStem; length++)
        {
            var ending = word[^length..];
            if (CaseSet.Contains(ending) || Paradigm.ContainsKey(ending))
            {
                foreach (var vowel in Vowels)
                {
                    yield return word[..^length] + vowel;
                }
            }
        }
    }

    /// <summary>What it may be a pet form of: Айгеримка, Дашенька, Айсулушка.</summary>
    public static IEnumerable<string> PetBases(string word)
    {
        for (var length = 2; length <= Longest && word.Length - length >= ShortestStem; length++)
        {
            // "-ушы" makes of a Kazakh verb who does it.
            if (Pets.Contains(word[^length..]) && !word.EndsWith("ушы", StringComparison.Ordinal))
            {
                foreach (var vowel in Vowels)
                {
                    yield return word[..^length] + vowel;
                }
            }
        }
    }

    /// <summary>As <see cref="Bases"/>, for a word in Latin letters as <see cref="Romanisation"/> reads it.</summary>
    public static IEnumerable<string> LatinBases(string word)
    {
        yield return word;
        for (var length = 1; length <= 3 && word.Length - length >= 3; length++)
        {
            if (Latin.Contains(word[^length..]))
            {
                yield return word[..^length];
                yield return word[..^length] + "a";
            }
        }
    }

    /// <summary>What a word in Latin letters may be a pet form of: timur-chik, dim-ochka.</summary>
    /// <param name="isCertain">By the endings alone that few words have.</param>
    public static IEnumerable<string> LatinPetBases(string word, bool isCertain)
    {
        foreach (var ending in isCertain ? LatinPets : LatinPets.Concat(ShortLatinPets))
        {
            if (word.EndsWith(ending, StringComparison.Ordinal) && word.Length - ending.Length >= 3 && word[..^ending.Length] is var stem)
            {
                yield return stem;
                yield return stem + "a";
                yield return stem + "ia";
            }
        }
    }

    private static FrozenSet<string> MakeKazakh(string[] owned)
    {
        string[] many = ["лар", "лер", "дар", "дер", "тар", "тер"];
        string[] ownedEnds = [.. Cases, "а", "е", "н"];
        return
        [
            .. Cases, "нын", "жан", "жаным", .. many, .. owned,
            .. many.SelectMany(m => Cases.Select(c => m + c)), .. owned.SelectMany(o => ownedEnds.Select(c => o + c)), .. Cases.Select(c => "жан" + c),
        ];
    }

    private static FrozenSet<string> MakePets()
    {
        string[] hard = ["к", "очк", "ечк", "еньк", "оньк", "юш", "уш", "ул", "юл", "ушк", "юшк", "ишк", "ишк", "юн", "юх", "ух", "ют", "ут", "ечек", "ш", "шк"];
        string[] ends = ["а", "и", "е", "у", "ой", "ою", "я", "ю", "ей", "ы"], soft = ["ик", "чик", "ок", "ек", "ош", "уш", "иш", "аш", "еш", "ка"];
        return [.. hard.SelectMany(h => ends.Select(e => h + e)), .. soft.SelectMany(s => new[] { s, s + "а", s + "у", s + "ом", s + "е", s + "тин", s + "тын", s + "ти", s + "ты" })];
    }
}
