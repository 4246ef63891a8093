using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>
/// Who stands behind which stand-in. A model writes them in its own ways ([p1], {P1}, [Person 1], student P1, a Cyrillic Р, full-width or escaped brackets, none):
/// all come back. Invariant: a stand-in that nobody stands behind is never shown; its sentence goes.
/// What has no brackets may be a lesson's own (pressures P1 and P2, a point P1, a power P2 = 3 W). In a formula it stays as it is, whoever has that number: a name
/// there would be wrong, and P1 names nobody. Elsewhere a known one is the child, and an unknown one stays where the lesson writes so or a word beside it says what it is.
/// </summary>
internal sealed partial class StandIns
{
    private const string Letter = @"[PpРрＰｐПп]";
    private const string Open = @"(?:\\{0,2}[\[［【⟦{｛<＜〈‹]|&#91;|&lbrack;|&#123;|&lbrace;|&lt;|&#60;)";
    private const string Shut = @"(?:\\{0,2}[\]］】⟧}｝>＞〉›]|&#93;|&rbrack;|&#125;|&rbrace;|&gt;|&#62;)";
    private const string Persons = @"(?:person|people|student|pupil|participant|learner|child|kid|user|name|speaker|адам|тұлға|оқушы|қатысушы|бала|есім|аты|персона|человек|участни(?:к|ца)|учени(?:к|ца)|студент(?:ка)?|реб[её]нок|имя|лицо)";
    private const string Inside = @"\s?[*_`~]{0,3}\s?(?:" + Letter + "|" + Persons + @"(?:[\s_-]?" + Letter + @")?)\s?[-_#№–‑]?\s?(?<number>\d{1,4})\s?[*_`~]{0,3}\s?";
    private const RegexOptions How = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private readonly List<(string Value, bool IsPerson)> _back = [];
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private bool _bareIsTheirs;
    private bool _bareIsLessons;
    private bool _wordsAreTheirs;
    private bool _bracketsAreLessons;

    public bool IsEmpty => _back.Count == 0;

    /// <summary>What a kit's author writes so is the lesson's own.</summary>
    public void AddLesson(string text)
    {
        _bareIsLessons |= Bare().IsMatch(text);
        _wordsAreTheirs |= Worded().IsMatch(text);
        _bracketsAreLessons |= Bracketed().IsMatch(text);
    }

    /// <summary>For a number or an address: the same one is one stand-in.</summary>
    public string Of(string part) => Written(_known.TryGetValue("=" + part, out var known) ? known : _known["=" + part] = Add(part, isPerson: false));

    /// <summary>For a person, by any of the keys: who was called by name and surname once is the same by either.</summary>
    public string Of(FoundName person)
    {
        var number = person.Keys.Select(k => _known.GetValueOrDefault(k)).FirstOrDefault(n => n > 0);
        if (number == 0)
        {
            number = Add(person.Nominative, isPerson: true);
        }

        foreach (var key in person.Keys)
        {
            _known.TryAdd(key, number);
        }

        return Written(number);
    }

    /// <summary>What somebody wrote as if it were a stand-in is one no more; who speaks of P1 and P2 (pressures, points) gets them back as they are.</summary>
    public string Disarm(string text)
    {
        text = Bracketed().Replace(text, static m => "(" + Opening().Replace(m.Value, "", 1));
        _bareIsTheirs |= Bare().IsMatch(text);
        _wordsAreTheirs |= Worded().IsMatch(text);
        return text;
    }

    /// <summary>Stand-ins as they were sent.</summary>
    public string Canonical(string text)
    {
        var formulas = Formulas().Matches(text).Select(static f => (From: f.Index, To: f.Index + f.Length)).ToList();
        text = Bracketed().Replace(text, m => IsKnown(m) && !IsInFormula(m) ? Written(Number(m)) : m.Value);
        text = _wordsAreTheirs ? text : Worded().Replace(text, m => IsKnown(m) && _back[Number(m) - 1].IsPerson ? Written(Number(m)) : m.Value);
        return _bareIsTheirs ? text : Bare().Replace(text, m => IsKnown(m) && !IsInBrackets(text, m) && !IsFormula(text, m) && !(_bareIsLessons && IsLabelled(text, m)) ? Written(Number(m)) : m.Value);

        // {P1} and <P1> also group in formulas.
        bool IsInFormula(Match m) => formulas.Exists(f => m.Index > f.From && m.Index + m.Length < f.To);
    }

    /// <summary>Whether it holds a stand-in that nobody stands behind.</summary>
    public bool SpeaksOfNobody(string text)
    {
        text = Canonical(text);
        return Bracketed().Matches(text).Any(m => !IsKnown(m) && !_bracketsAreLessons && !IsFormula(text, m))
            // Where nobody was hidden, what has no brackets stands for nobody.
            || (!IsEmpty && ((!_wordsAreTheirs && Worded().Matches(text).Any(m => !IsKnown(m) && m.Groups["certain"].Success))
                || (!_bareIsTheirs && !_bareIsLessons && Bare().Matches(text).Any(m => !IsKnown(m) && !IsInBrackets(text, m) && !IsFormula(text, m) && !IsLabelled(text, m)))));
    }

    /// <summary>A whole text, of which each sentence that speaks of nobody goes; or what follows a text, which was looked over together with it.</summary>
    public string Restore(string text, string before)
    {
        var (told, known) = (Canonical(before.Length == 0 && SpeaksOfNobody(text) ? string.Join(' ', Kits.Sentences.Split(text).Where(s => !SpeaksOfNobody(s))) : before + text), Canonical(before));
        text = told.StartsWith(known, StringComparison.Ordinal) ? told[known.Length..] : Canonical(text);
        var whole = before + text;
        return Sent().Replace(text, m =>
        {
            if (!IsKnown(m))
            {
                return m.Value;
            }

            var ((value, isPerson), ending) = (_back[Number(m) - 1], m.Groups["ending"].Value);
            return m.Groups["gap"].Value + (isPerson ? NameCases.Of(value, whole[..(before.Length + m.Index)], ending) : value + m.Groups["joint"].Value + ending);
        });
    }

    private static string Written(int number) => $"[P{number}]";

    private static int Number(Match m)
    {
        var number = 0;
        foreach (var c in m.Groups["number"].Value)
        {
            number = (number * 10) + (int)char.GetNumericValue(c);
        }

        return number;
    }

    private static bool IsInBrackets(string text, Match m) => m.Index > 0 && text[m.Index - 1] == '[' && m.Index + m.Length < text.Length && text[m.Index + m.Length] == ']';

    // Beside a sign of reckoning, or between the signs of a formula.
    private static bool IsFormula(string text, Match m) =>
        Reckoned().IsMatch(text[..m.Index]) || Reckons().IsMatch(text[(m.Index + m.Length)..])
        || Formulas().Matches(text).Any(f => m.Index > f.Index && m.Index + m.Length < f.Index + f.Length);

    // A word beside it says what it is, or other letters with numbers stand in the text (V1, T2).
    private static bool IsLabelled(string text, Match m) => Label().IsMatch(text[..m.Index]) || Labels().IsMatch(text[(m.Index + m.Length)..]) || Others().IsMatch(text);

    private bool IsKnown(Match m) => Number(m) is var n && n > 0 && n <= _back.Count;

    private int Add(string value, bool isPerson)
    {
        _back.Add((value, isPerson));
        return _back.Count;
    }

    // Known ones were made canonical before.
    [GeneratedRegex(@"(?<gap>\s?)\[P(?<number>\d{1,4})\](?:(?<joint>[-‑'’]?)(?<ending>[а-яәғқңөұүһіё]{1,6})(?!\p{L}))?", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Sent();

    [GeneratedRegex(Open + Inside + Shut, How, PatternLimit.Milliseconds)]
    private static partial Regex Bracketed();

    [GeneratedRegex("^" + Open, How, PatternLimit.Milliseconds)]
    private static partial Regex Opening();

    // Without brackets only in capitals: p1 is a pressure or a point.
    [GeneratedRegex(@"(?<![\p{L}\d])[PРＰ][-_#–‑]?(?<number>\d{1,3})(?![\p{L}\d])(?!_\{?\d)", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Bare();

    // A word for a person before it. By number alone only English ones: "ученик 5 класса", "оқушы 5 кітап" count things.
    [GeneratedRegex(@"(?<![\p{L}\d])(?:" + Persons + @"[\s_-]{0,2}[PРＰ]\s?[-_#№–]?|(?<certain>participant|person)[\s_#№-]{1,2}|(?:student|pupil|learner)[\s_#№-]{1,2})(?<number>\d{1,3})(?![\p{L}\d])(?!\s?(?:%|кг|г|м|см|°))", How, PatternLimit.Milliseconds)]
    private static partial Regex Worded();

    [GeneratedRegex(@"\$\$?[^$\n]{1,200}\$\$?|\\\([^\n]{1,200}?\\\)|\\\[(?!\s?[PР]\s?\d+\s?\\\])[^\n]{1,200}?\\\]", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Formulas();

    [GeneratedRegex(@"(?:[=+×·∙/÷≤≥≈∆Δ^}]|[\p{L}\d)]\s?[<>*]|\d\s?[-−]|\\[a-zA-Z]{2,})\s?[({]?$", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Reckoned();

    [GeneratedRegex(@"^[)}]?\s?(?:[=+×·∙÷<>≤≥≈^{]|[/−]\s?[\p{L}\d])", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Reckons();

    [GeneratedRegex(@"(?<!\p{L})(?:points?|pressures?|powers?|nodes?|pins?|ports?|vertex|labels?|versions?|pages?|levels?|форму\p{L}*|точк\p{L}*|давлени\p{L}*|мощност\p{L}*|вершин\p{L}*|узл?\p{L}*|порт\p{L}*|нүкте\p{L}*|қысым\p{L}*|қуат\p{L}*|төбе\p{L}*|фосфор\p{L}*|phosphorus)(?:\s(?:of|the|and|и|мен|және|[PРＰ]\d+,?))*\s\(?$", How, PatternLimit.Milliseconds)]
    private static partial Regex Label();

    [GeneratedRegex(@"^\)?(?:\s(?:and|и|мен|және|[PРＰ]\d+,?))*\s(?:points?|pressures?|powers?|points?|нүкте\p{L}*|қысым\p{L}*|қуат\p{L}*|төбе\p{L}*|точк\p{L}*|давлени\p{L}*|мощност\p{L}*)", How, PatternLimit.Milliseconds)]
    private static partial Regex Labels();

    [GeneratedRegex(@"(?<![\p{L}\d])[ABCDEFGIJKLMNQRSTUVWXYZ]_?\d(?![\p{L}\d])", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Others();
}
