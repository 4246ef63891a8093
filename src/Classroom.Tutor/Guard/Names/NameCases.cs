using System.Collections.Frozen;

namespace Classroom.Tutor;

/// <summary>
/// A name in the case that its sentence asks for. Kazakh: the ending that the model gave to the stand-in, in the shape that the name's last sound wants. Russian: by the
/// word before it; a name that is not certainly declined stays as it is.
/// </summary>
internal static class NameCases
{
    private enum Case { Nominative, Genitive, Dative, Accusative, Instrumental, Prepositional }

    private const string FrontVowels = "әеөүіиэ", BackVowels = "аоұыуяюё", Vowels = FrontVowels + BackVowels, Voiceless = "пфкқтсшщчцхһбвгд", Nasal = "мнң", Sonorant = "мнңлрйу";

    private static readonly FrozenDictionary<string, Case> Governs = new (Case Case, string Words)[]
    {
        (Case.Genitive, "у от до из без для около возле после кроме вместо против ото изо"), (Case.Dative, "к ко благодаря помоги помогите скажи скажите расскажи расскажите покажи покажите объясни объясните передай передайте дай дайте напиши напишите ответь ответьте"),
        (Case.Accusative, "про через спроси спросите попроси попросите позови позовите поблагодари поблагодарите послушай послушайте похвали похвалите"), (Case.Instrumental, "с со над перед под за между"), (Case.Prepositional, "о об обо при"),
    }.SelectMany(g => g.Words.Split(' ').Select(w => (w, g.Case))).ToFrozenDictionary(p => p.w, p => p.Case, StringComparer.Ordinal);

    // An ending that a model puts behind a stand-in, whatever its vowel.
    private static readonly FrozenDictionary<string, string> KazakhEndings = new (string Kind, string Forms)[]
    {
        ("gen", "ның нің дың дің тың тің"), ("dat", "ға ге қа ке"), ("acc", "ны ні ды ді ты ті"), ("loc", "да де та те"), ("abl", "дан ден тан тен нан нен"), ("ins", "мен бен пен"), ("own", "нікі дікі тікі"),
    }.SelectMany(g => g.Forms.Split(' ').Select(f => (f, g.Kind))).ToFrozenDictionary(p => p.f, p => p.Kind, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Case> RussianEndings = new Dictionary<string, Case>
    {
        ["а"] = Case.Genitive, ["я"] = Case.Genitive, ["ы"] = Case.Genitive, ["и"] = Case.Genitive, ["у"] = Case.Dative, ["ю"] = Case.Dative, ["ом"] = Case.Instrumental, ["ем"] = Case.Instrumental, ["ой"] = Case.Instrumental, ["ей"] = Case.Instrumental, ["е"] = Case.Prepositional,
    }.ToFrozenDictionary();

    private static readonly string[] ManlyEnds = ["бек", "хан", "лан", "болат", "мурат", "мұрат", "дос", "султан", "сұлтан", "иль", "тай", "мир"];

    public static string Of(string name, string before, string ending)
    {
        if (KazakhEndings.TryGetValue(ending, out var kind))
        {
            return name + Kazakh(name.ToLowerInvariant(), kind);
        }

        if (ending.Length > 0)
        {
            return RussianEndings.TryGetValue(ending, out var given) ? Russian(name, given) : name + "-" + ending;
        }

        var word = LastWord(before);
        return Governs.TryGetValue(word, out var asked) ? Russian(name, asked) : name;
    }

    private static string Kazakh(string name, string kind)
    {
        var (last, isFront) = (name[^1], IsFront(name));
        var (isVowel, isVoiceless, isNasal) = (Vowels.Contains(last, StringComparison.Ordinal) && last != 'у', Voiceless.Contains(last, StringComparison.Ordinal), Nasal.Contains(last, StringComparison.Ordinal));
        var first = kind switch
        {
            "gen" or "own" => isVowel || isNasal ? "н" : isVoiceless ? "т" : "д",
            "acc" => isVowel ? "н" : isVoiceless ? "т" : "д",
            "dat" => isVoiceless ? isFront ? "к" : "қ" : isFront ? "г" : "ғ",
            "abl" => isNasal ? "н" : isVoiceless ? "т" : "д",
            "loc" => isVoiceless ? "т" : "д",
            _ => isVoiceless ? "п" : isVowel || Sonorant.Contains(last, StringComparison.Ordinal) ? "м" : "б",
        };
        return first + kind switch
        {
            "gen" => isFront ? "ің" : "ың", "own" => "ікі", "acc" => isFront ? "і" : "ы", "dat" or "loc" => isFront ? "е" : "а", "abl" => isFront ? "ен" : "ан", _ => "ен",
        };
    }

    private static bool IsFront(string name)
    {
        var last = name.AsSpan().LastIndexOfAny(Vowels + "aeiou");
        return last < 0 || FrontVowels.Contains(name[last], StringComparison.Ordinal) || name[last] is 'e' or 'i';
    }

    private static string Russian(string name, Case asked) => string.Join(' ', name.Split(' ').Select(w => asked == Case.Nominative || w.Length < 3 ? w : Declined(w, asked)));

    private static string Declined(string name, Case asked)
    {
        var (stem, last, before) = (name[..^1], name[^1], name[^2]);
        var index = (int)asked - 1;
        if (name.EndsWith("ова", StringComparison.Ordinal) || name.EndsWith("ева", StringComparison.Ordinal) || name.EndsWith("ёва", StringComparison.Ordinal))
        {
            return name.Length > 4 ? stem + (asked == Case.Accusative ? "у" : "ой") : stem + "ы е у ой е".Split(' ')[index];
        }

        return last switch
        {
            'а' => stem + $"{("гкхжшщч".Contains(before, StringComparison.Ordinal) ? "и" : "ы")} е у {("жшщчц".Contains(before, StringComparison.Ordinal) ? "ей" : "ой")} е".Split(' ')[index],
            // The only one with the stress on its end.
            'я' when name == "Илья" => stem + "и е ю ёй е".Split(' ')[index],
            'я' => stem + (before == 'и' ? "и и ю ей и" : "и е ю ей е").Split(' ')[index],
            'ь' when !IsManly(name) => stem + "и и ь ью и".Split(' ')[index],
            'ь' or 'й' when IsManly(name) => stem + (before == 'и' ? "я ю я ем и" : "я ю я ем е").Split(' ')[index],
            'в' when name.Length > 4 && (before is 'о' or 'е' or 'ё') => name + "а у а ым е".Split(' ')[index],
            _ when IsConsonant(last) && IsManly(name) => name + $"а у а {("жшщчц".Contains(last, StringComparison.Ordinal) ? "ем" : "ом")} е".Split(' ')[index],
            // A girl's name in a consonant is not declined, nor is what is not known.
            _ => name,
        };
    }

    private static bool IsConsonant(char c) => c is >= 'а' and <= 'ӿ' && !Vowels.Contains(c, StringComparison.Ordinal) && c is not ('ь' or 'ъ');

    // Of the Russian list a name in a consonant is a boy's; of Kazakh ones, by how it ends.
    private static bool IsManly(string name) => NameLexicon.IsRussian(WordLists.Plain(name)) || Array.Exists(ManlyEnds, e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    private static string LastWord(string before)
    {
        var end = before.TrimEnd().Length;
        var start = end;
        while (start > 0 && char.IsLetter(before[start - 1]))
        {
            start--;
        }

        return before[start..end].ToLowerInvariant();
    }
}
