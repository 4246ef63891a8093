using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>HTML, Markdown links and addresses in a model's words. A child's screen shows text; an address leads out of the lesson.</summary>
public static partial class Markup
{
    private const RegexOptions How = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.Singleline;
    private const string Names =
        "(?:a|article|audio|base|blockquote|body|br|button|center|code|details|div|em|embed|font|form|frame|h[1-6]|head|hr|html|i|iframe|img|input|link|li|marquee|math|meta|"
        + "object|ol|option|p|pre|script|section|select|small|source|span|strong|style|sub|summary|sup|svg|table|tbody|td|textarea|th|title|tr|u|ul|video|b|s)";

    public static bool IsIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // "$a<b$" is no tag, and what stands in a formula is drawn as text.
        text = Kits.Formulas.Without(text, "x");
        return text.Contains('<', StringComparison.Ordinal) && (Hidden().IsMatch(text) || Tags().IsMatch(text));
    }

    /// <summary>The words alone: what a tag or a picture stands around, without it; of scripts and styles nothing.</summary>
    public static string Strip(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!IsIn(text))
        {
            return text;
        }

        // A formula is no tag, and stays as it is: meanwhile its number stands for it, between two signs of no text.
        var formulas = Kits.Formulas.In(text);
        var (bare, at) = (new StringBuilder(), 0);
        for (var i = 0; i < formulas.Count; i++)
        {
            bare.Append(Foreign().Replace(text[at..formulas[i].Start], "")).Append(CultureInfo.InvariantCulture, $"\uE000{i}\uE001");
            at = formulas[i].End;
        }

        bare.Append(Foreign().Replace(text[at..], ""));
        var words = Spaces().Replace(Tags().Replace(Hidden().Replace(bare.ToString(), " "), ""), " ").Trim();
        return Placed().Replace(words, m => int.Parse(m.Groups["at"].Value, CultureInfo.InvariantCulture) is var i && i < formulas.Count ? text[formulas[i].Start..formulas[i].End] : "");
    }

    public static bool HasLink(string text) => Links().IsMatch(Kits.Formulas.InSigns(text));

    [GeneratedRegex(@"<(?:script|style|iframe|object|svg|template|noscript)\b.*?(?:</(?:script|style|iframe|object|svg|template|noscript)\s*>|$)|<!--.*?(?:-->|$)", How, PatternLimit.Milliseconds)]
    private static partial Regex Hidden();

    [GeneratedRegex("</?" + Names + @"(?:\s*/?>|[\s/](?!\s*(?:&&|\|\|))[^<>]*>|[\s/][^<>]*=[^<>]*$)|<!\[?[a-z][^<>]*>", How, PatternLimit.Milliseconds)]
    private static partial Regex Tags();

    [GeneratedRegex(@"[ \t]{2,}", How, PatternLimit.Milliseconds)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"[\uE000\uE001]", How, PatternLimit.Milliseconds)]
    private static partial Regex Foreign();

    [GeneratedRegex(@"\uE000(?<at>\d+)\uE001", How, PatternLimit.Milliseconds)]
    private static partial Regex Placed();

    // Markdown's links and pictures; schemes, also disguised; what begins with www; names that end as hosts do; addresses by number.
    [GeneratedRegex(
        @"!?\[[^\]\n]{0,200}\]\s?\([^)\n]*\)?|!?\[[^\]\n]{1,200}\]\[[^\]\n]*\]|\[[^\]\n]{1,40}\]:\s*\S|(?:h(?:tt|xx)ps?|ftps?|wss?|file|ms-\w+)\s?:\s?/\s?/|(?:javascript|vbscript|mailto|tel|sms|tg|whatsapp|intent)\s?:\s?\S|data:\s?\w+/\w|"
        + @"\bwww\s?\.\s?\w|\b(?!asp\.net\b(?![./]))[\p{L}\d][\p{L}\d-]*(?:\.[\p{L}\d-]+)*\.(?:kz|ru|com|org|net|edu|gov|info|site|online|xyz|top|app|dev|io|рф|қаз|uk|de|tr|cn|ua|by|uz|kg)(?![\p{L}\d])(?:[/?#:]\S*)?|"
        + @"\b(?:t\.me|bit\.ly|goo\.gl|youtu\.be|vk\.cc|wa\.me)\b|\b(?!127\.0\.0\.1|192\.168\.|255\.)\d{1,3}(?:\.\d{1,3}){3}\b|\b[\w.+-]+@[\w-]+\.\w", How, PatternLimit.Milliseconds)]
    private static partial Regex Links();
}
