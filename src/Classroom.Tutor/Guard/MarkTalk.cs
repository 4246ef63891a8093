using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>Finds a mark, a score or points in words. Machines give none: a sentence that does is taken out.</summary>
public static partial class MarkTalk
{
    public static bool IsIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Patterns().IsMatch(Folding.Of(text, lookAlikes: false).Plain);
    }

    /// <summary>The text without the sentences that express a mark, and how many those were.</summary>
    public static (string Text, int Dropped) Without(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!IsIn(text))
        {
            return (text, 0);
        }

        var sentences = Kits.Sentences.Split(text);
        var kept = sentences.Where(s => !IsIn(s)).ToList();
        // A mark that is spread over sentences: nothing of it may stay.
        var joined = string.Join(' ', kept);
        return IsIn(joined) ? ("", sentences.Count) : (joined, sentences.Count - kept.Count);
    }

    // Folded text: Kazakh letters are written as their Russian neighbours (баға - бага, ұпай - упай).
    [GeneratedRegex(
        @"(?:бага\p{L}*|оценк\p{L}*|отметк\p{L}*|mark|grade|score|балл\p{L}*|упай\p{L}*|points?)\s*(?:[:=—–-]|is|of|to|бул|ол|будет|равна|составляет|коям\p{L}*|ставлю)?\s*[«""]?(?:\d{1,3}(?:[.,]\d)?|[a-f][+-]?(?![\p{L}])|бес(?:тик)?|торт(?:тик)?|уш(?:тик)?|еки(?:лик)?|отлично|хорошо|удовлетворительно|неуд\p{L}*|жаксы|ортаж|excellent|пят[ьеё]\p{L}*|четв[её]рк\p{L}*|тройк\p{L}*|двойк\p{L}*)" +
        @"|(?<![\d.,])\d{1,3}(?:[.,]\d)?\s*(?:балл\p{L}*|упай\p{L}*|points?\b|%\s*(?:\p{L}+\s+){0,2}(?:балл|упай|score|оцен|баг))" +
        @"|(?<!\d)\d{1,2}\s*(?:/|из|out of|-?(?:тен|дан|нен|ден))\s*(?:5|10|20|100)\s*(?:балл|упай|points?|mark|-?(?:ке|га|ка|ге))?(?!\p{L}|\d)(?=[\s.,!?;)]|$)" +
        @"|(?:ставлю|поставил\p{L}*|заслужива\p{L}*|коямын|койдым|deserves?|give you|gets?)\s+(?:\p{L}+\s+){0,3}[«""]?(?:\d(?!\d)|пят[её]рк\p{L}*|четв[её]рк\p{L}*|тройк\p{L}*|двойк\p{L}*|бестик\p{L}*|торттик\p{L}*|уштик\p{L}*|an?\s+[a-f](?!\p{L}))" +
        @"|(?:пят[её]рк\p{L}*|четв[её]рк\p{L}*|тройк\p{L}*|двойк\p{L}*|бестик\p{L}*|торттик\p{L}*|уштик\p{L}*)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, PatternLimit.Milliseconds)]
    private static partial Regex Patterns();
}
