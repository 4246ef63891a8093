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
    private const string Digit = "[0-9０-９₀-₉]";
    private const string Inside = @"\s?[*_`~]{0,3}\s?(?:(?:" + Letter + "|" + Persons + @"(?:[\s_-]?" + Letter + @")?)\s?[-_#№–‑]?\s?(?<number>" + Digit + @"{1,4})|(?<number>\d{1,3})\s?[-–‑]?\s?" + Persons + @")\s?[*_`~]{0,3}\s?";
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
        text = Bracketed().Replace(Several().Replace(text, Opened), Opened);
        _bareIsTheirs |= Bare().IsMatch(text);
        _wordsAreTheirs |= Worded().IsMatch(text);
        return text;
    }

    /// <summary>Stand-ins as they were sent.</summary>
    public string Canonical(string text)
    {
        text = Several().Replace(text, static m => Each().Replace(Opening().Replace(m.Value, "", 1)[..^Closing().Match(m.Value).Length], static p => "[" + p.Value + "]"));
        var formulas = FormulasIn(text);
        text = Bracketed().Replace(text, m => IsKnown(m) && !IsInFormula(m) ? Written(Number(m)) : m.Value);
        text = _wordsAreTheirs ? text : Worded().Replace(text, m => IsKnown(m) && _back[Number(m) - 1].IsPerson ? Written(Number(m)) : m.Value);
        return Bare().Replace(text, m => IsKnown(m) && !IsInBrackets(text, m) && !IsFormula(text, m) && (_bareIsTheirs || IsReckoned(text, m) ? ActsAsPerson(text, m) : !IsQuantity(text, m) && !(_bareIsLessons && IsLabelled(text, m))) ? Written(Number(m)) : m.Value);

        // {P1} and <P1> also group in formulas.
        bool IsInFormula(Match m) => formulas.Exists(f => m.Index > f.Start && m.Index + m.Length < f.End);
    }

    /// <summary>Whether it holds a stand-in that nobody stands behind.</summary>
    public bool SpeaksOfNobody(string text)
    {
        var several = Several().Matches(text).SelectMany(static m => Each().Matches(m.Value)).Any(m => !IsKnown(m)) && !_bracketsAreLessons;
        text = Canonical(text);
        return several || Bracketed().Matches(text).Any(m => !IsKnown(m) && !_bracketsAreLessons && !IsFormula(text, m)) || (!_bracketsAreLessons && Nameless().IsMatch(text))
            // Where nobody was hidden, what has no brackets stands for nobody.
            || (!IsEmpty && ((!_wordsAreTheirs && Worded().Matches(text).Any(m => !IsKnown(m) && m.Groups["certain"].Success))
                || (!_bareIsTheirs && !_bareIsLessons && Bare().Matches(text).Any(m => !IsKnown(m) && !IsInBrackets(text, m) && !IsFormula(text, m) && !IsLabelled(text, m) && !IsQuantity(text, m)))));
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
        || FormulasIn(text).Exists(f => m.Index > f.Start && m.Index + m.Length < f.End) || Measured().IsMatch(text[(m.Index + m.Length)..]);

    // \[P1\] is a stand-in with its brackets escaped.
    private static List<Kits.Formula> FormulasIn(string text) => [.. Kits.Formulas.In(text).Where(f => text[f.Start] == '$' || text[f.Start + 1] == '(' || !Alone().IsMatch(f.Tex))];

    // Its sentence reckons with P1 and V1.
    private static bool IsReckoned(string text, Match m) => SentenceOf(text, m) is var sentence && (Others().IsMatch(sentence) || Bare().Matches(sentence).Any(x => IsFormula(sentence, x)));

    private static string SentenceOf(string text, Match m) => Kits.Sentences.Split(text).FirstOrDefault(s => s.Contains(m.Value, StringComparison.Ordinal)) ?? text;

    // A word beside it says what it is, or other letters with numbers stand in the text (V1, T2).
    private static bool IsLabelled(string text, Match m) => Label().IsMatch(text[..m.Index]) || Labels().IsMatch(text[(m.Index + m.Length)..]) || Others().IsMatch(text);

    // "The pressure P1", "P1 қысымы": a letter of the lesson, whoever has that number.
    private static bool IsQuantity(string text, Match m) => QuantityBefore().IsMatch(text[..m.Index]) || QuantityAfter().IsMatch(text[(m.Index + m.Length)..]);

    // In a talk about P1 and P2 a bare one is a child where it does or is asked what only a person does, and its sentence reckons nothing.
    private static bool ActsAsPerson(string text, Match m) =>
        (Acts().IsMatch(text[(m.Index + m.Length)..]) || Asked().IsMatch(text[..m.Index])) && !IsQuantity(text, m)
        && !Reckoning().IsMatch(SentenceOf(text, m));

    private static string Opened(Match m) => "(" + Opening().Replace(m.Value, "", 1);

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

    // Several in one pair of brackets: [P1/P2], [P1, P2].
    [GeneratedRegex(Open + @"\s?" + Letter + Digit + @"{1,3}(?:\s?(?:[/,;&+|]|and|or|и|или|және|мен|не)\s?" + Letter + Digit + "{1,3}){1,9}" + @"\s?" + Shut, How, PatternLimit.Milliseconds)]
    private static partial Regex Several();

    [GeneratedRegex(Letter + "(?<number>" + Digit + "{1,3})", How, PatternLimit.Milliseconds)]
    private static partial Regex Each();

    [GeneratedRegex(Shut + "$", How, PatternLimit.Milliseconds)]
    private static partial Regex Closing();

    // A place for somebody's name: [NAME], [Student A]. What stands behind a word is an index of it.
    [GeneratedRegex(@"(?<![\p{L}\d_\])])[\[［【⟦]\s?[*_]{0,2}" + Persons + @"(?:(?:['’]s)?\sname|\p{L}{1,4}\s(?:аты|есімі)|а имя)?(?:[\s_-]\p{L})?[*_]{0,2}\s?[\]］】⟧](?!\()", How, PatternLimit.Milliseconds)]
    private static partial Regex Nameless();

    [GeneratedRegex("^" + Open, How, PatternLimit.Milliseconds)]
    private static partial Regex Opening();

    // Without brackets only in capitals: p1 is a pressure or a point.
    [GeneratedRegex(@"(?<![\p{L}\d])(?:[PРＰП][-_#–‑]?|[PР]\s)(?<number>" + Digit + @"{1,3})(?![\d₀-₉])(?!(?!(?:[ндт]ың|[ндт]ің|ға|ге|қа|ке|[ндт]ы|[ндт]і|да|де|та|те|[ндт]ан|[ндт]ен|мен|бен|пен|у|а|ом|ой)(?!\p{L}))\p{L})(?!_\{?\d)(?![.,]\d)(?!\s?(?:%|кг|г|м|см|°|процент|пайыз|per ?cent)(?!\p{L}))", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Bare();

    // A word for a person before it. By number alone only English ones: "ученик 5 класса", "оқушы 5 кітап" count things; №5 numbers them.
    [GeneratedRegex(@"(?<![\p{L}\d])(?:" + Persons + @"[\s_-]{0,2}[PРＰП]\s?[-_#№–]?|(?<certain>" + Persons + @"\s?[№#]\s?|(?:participant|person)[\s_#№-]{1,2})|(?:student|pupil|learner)[\s_#№-]{1,2})(?<number>" + Digit + @"{1,3})(?![\p{L}\d])(?!\s?(?:%|кг|г|м|см|°))|(?<!\p{L})№\s?(?<number>\d{1,3})\s(?:қатысушы|участник|participant)(?!\p{L})", How, PatternLimit.Milliseconds)]
    private static partial Regex Worded();

    [GeneratedRegex(@"(?<!\p{L})(?:points?|pressures?|powers?|resistances?|voltages?|currents?|forces?|momentum|nodes?|pins?|ports?|vertex|labels?|точк\p{L}*|давлени\p{L}*|мощност\p{L}*|сопротивлени\p{L}*|напряжени\p{L}*|импульс\p{L}*|вершин\p{L}*|узл?\p{L}*|нүкте\p{L}*|қысым\p{L}*|қуат\p{L}*|кедергі\p{L}*|кернеу\p{L}*|төбе\p{L}*)(?:[\s,]+(?:and|и|мен|және|[PРＰП]\s?[\d₀-₉]+))*\s\(?$", How, PatternLimit.Milliseconds)]
    private static partial Regex QuantityBefore();

    [GeneratedRegex(@"^\)?(?:[\s,]+(?:and|и|мен|және|[PРＰП]\s?[\d₀-₉]+))*\s(?:pressure|power|resistance|point(?! out)|нүктелері?н?і?|нүктесі\p{L}*|қысым(?:ы|дары)\p{L}*|қуат(?:ы|тары)\p{L}*|кедергі(?:сі|лері)\p{L}*|кернеуі\p{L}*|төбесі\p{L}*)(?!\p{L})", How, PatternLimit.Milliseconds)]
    private static partial Regex QuantityAfter();

    [GeneratedRegex(@"^(?:[-‑]?\p{L}{1,5})?\s(?:\p{L}+\s)?(?:asked|said|says|wrote|thinks|thought|noticed|explained|helped|told|found|counted|drew|answered|wonders?|suggest\p{L}*|knows?|observed|measured|agrees?|спросил\p{L}?|сказал\p{L}?|говорит|написал\p{L}?|думает|заметил\p{L}?|объяснил\p{L}?|помог\p{L}*|ответил\p{L}?|знает|нашел|нашёл|нашла|посчитал\p{L}?|нарисовал\p{L}?|измерил\p{L}?|прав|права|сұрады|айтты|жазды|ойлайды|байқады|түсіндірді|көмектесті|біледі|тапты|санады|сызды|жауап берді|өлшеді)(?!\p{L})", How, PatternLimit.Milliseconds)]
    private static partial Regex Acts();

    [GeneratedRegex(@"(?<!\p{L})(?:ask|tell|help|thank|with|спроси|скажи|помоги|поблагодари|расскажи)\s$", How, PatternLimit.Milliseconds)]
    private static partial Regex Asked();

    // "Let P1 be 3 atm".
    [GeneratedRegex(@"^\s(?:is|be|was|equals?|равн\p{L}*|тең)\s\d+(?![\d\s]*\s(?:years?|лет|год|жас))", How, PatternLimit.Milliseconds)]
    private static partial Regex Measured();

    [GeneratedRegex(@"[=<>≤≥≈+×·÷]", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Reckoning();

    [GeneratedRegex(@"^[PР]\s?\d+$", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Alone();

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
