using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>
/// Holds the beginning of an answer while it may be a refusal in words (Kazakh, Russian, English), so that it is known for none before anybody
/// reads it. What begins otherwise passes at once. A coach that will not do a task, but asks back, refuses nothing.
/// </summary>
internal sealed partial class RefusalHold
{
    private const int Longest = 240;
    private static readonly string[] Beginnings =
    [
        "i'm sorry", "i am sorry", "sorry", "i can't", "i cannot", "i can not", "i'm unable", "i am unable", "i'm not able", "i am not able", "i'm afraid", "i won't",
        "unfortunately", "as an ai", "i apologi", "my apologies", "apologies", "i must decline",
        "извин", "прости", "к сожалению", "увы", "мне жаль", "сожалею", "я не ", "не могу", "как ии", "как языков", "как искусств", "я языков", "я — ии", "я - ии",
        "кешір", "ғафу", "өкін", "мен ", "бұл сұра", "бұл өтін", "бұл тақырып", "бұл туралы", "бұған", "мұндай", "жасанды интеллект", "тілдік модель",
    ];

    private string _held = "";
    private bool _isOpen;

    public bool IsRefusal { get; private set; }

    /// <returns>What may pass.</returns>
    public string Add(string text)
    {
        if (_isOpen || IsRefusal)
        {
            return IsRefusal ? "" : text;
        }

        _held += text;
        // One sentence is sorry, the other says for what.
        return _held.Length < Longest && MayBegin(_held) && SentenceEnd().Count(_held.Trim()) < 2 ? "" : Close();
    }

    public string Close()
    {
        var held = _held;
        _held = "";
        IsRefusal = IsRefusal || (!_isOpen && MayBegin(held) && Refusal().IsMatch(Plain(held)));
        _isOpen = !IsRefusal && (_isOpen || !string.IsNullOrWhiteSpace(held));
        // Space alone is no first word; it is not lost either.
        _held = _isOpen || IsRefusal ? "" : held;
        return _isOpen ? held : "";
    }

    private static bool MayBegin(string held)
    {
        var plain = Plain(held);
        return Array.Exists(Beginnings, b => plain.StartsWith(b, StringComparison.Ordinal) || b.StartsWith(plain, StringComparison.Ordinal));
    }

    private static string Plain(string text) => text.TrimStart(' ', '\n', '\r', '\t', '"', '«', '*').Replace('’', '\'').ToLowerInvariant();

    // Who speaks cannot do what was asked; "but" behind it goes on to something else.
    [GeneratedRegex(
        @"(?:\bi(?:'m| am)? (?:\w+ ){0,2}?(?:can't|can ?not|unable to|not able to|won't|must decline|will not)(?: \w+ly)? ?(?:to )?(?:help|assist|answer|provide|discuss|fulfil|comply|continue|respond|support|engage|do (?:that|this)|with|[.!])"
        + @"|(?:не (?:могу|смогу|буду|имею|в состоянии)|вынужден\p{L}* отказ|отказываюсь)(?: \p{L}+){0,2}? (?:помо[чг]|ответ|отвеч|обсужд|обсуд|предостав|выполн|продолж|поддерж|говорить|с этим)"
        + @"|(?:жауап|көмек|талқыла|орында|жалғастыр|қолда|ұсын|сөйлес|айт|түсіндір)\p{L}*(?: \p{L}+){0,2}? (?:алмаймын|алмаймыз|болмайды|мүмкін емес|құқығым жоқ))"
        + @"(?!.*(?:\bbut\b|\bно\b|\bбірақ\b|алайда|зато|\bhowever\b))",
        RegexOptions.CultureInvariant | RegexOptions.Singleline, PatternLimit.Milliseconds)]
    private static partial Regex Refusal();

    [GeneratedRegex(@"[.!?…]+(?=\s|$)|\n", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex SentenceEnd();
}
