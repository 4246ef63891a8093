using System.Text;
using System.Text.RegularExpressions;
using Classroom.Lessons;

namespace Classroom.Kits;

/// <summary>
/// A text as a voice of the server reads it aloud: each formula in words of the text's language. The words are those of the web client's names for screen readers (<c>i18n/formula</c>), where a browser
/// has a voice of its own; here fewer shapes are known, and a sign without a word is left to the voice.
/// </summary>
public static partial class SpokenFormulas
{
    private sealed record Words(string Fraction, string Squared, string Cubed, string Power, string Index, string Root, ImmutableDictionary<char, string> Signs);

    public static string In(string text, Language language)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (whole, at) = (new StringBuilder(), 0);
        foreach (var formula in Formulas.In(text))
        {
            whole.Append(text, at, formula.Start - at).Append(' ').Append(Spoken(FormulaSigns.Of(formula.Tex), WordsOf(language))).Append(' ');
            at = formula.End;
        }

        var spoken = whole.Append(text, at, text.Length - at).ToString().Replace("**", "", StringComparison.Ordinal);
        return BeforeSigns().Replace(Spaces().Replace(spoken, " "), "").Trim();
    }

    private static string Spoken(string signs, Words words)
    {
        var text = Fraction().Replace(signs, m => string.Format(null, words.Fraction, m.Groups["over"].Value, m.Groups["under"].Value));
        text = Power().Replace(text, m => string.Format(null, m.Groups["exponent"].Value switch { "2" => words.Squared, "3" => words.Cubed, _ => words.Power }, m.Groups["base"].Value, m.Groups["exponent"].Value));
        text = Index().Replace(text, m => string.Format(null, words.Index, m.Groups["base"].Value, m.Groups["index"].Value));
        text = Root().Replace(text, m => string.Format(null, words.Root, m.Groups["of"].Value));
        var said = new StringBuilder();
        foreach (var sign in text)
        {
            _ = words.Signs.TryGetValue(sign, out var word) ? said.Append(' ').Append(word).Append(' ') : said.Append(sign);
        }

        return said.ToString();
    }

    private static Words WordsOf(Language language) => language switch
    {
        Language.Kk => Kazakh,
        Language.Ru => Russian,
        Language.En => English,
    };

    private static readonly Words Kazakh = new("алымы {0}, бөлімі {1}", "{0} квадраты", "{0} кубы", "{0}, дәрежесі {1}", "{0}, индексі {1}", "квадрат түбір астында {0}",
        Signs("қосу", "минус", "плюс-минус", "көбейту", "бөлу", "тең", "тең емес", "жуықтап тең", "кіші", "үлкен", "кіші немесе тең", "үлкен немесе тең", "пайыз", "градус", "түзеді"));

    private static readonly Words Russian = new("дробь: числитель {0}, знаменатель {1}", "{0} в квадрате", "{0} в кубе", "{0} в степени {1}", "{0} с индексом {1}", "квадратный корень из {0}",
        Signs("плюс", "минус", "плюс-минус", "умножить на", "разделить на", "равно", "не равно", "приблизительно равно", "меньше", "больше", "меньше или равно", "больше или равно", "процентов", "градусов", "получается"));

    private static readonly Words English = new("{0} over {1}", "{0} squared", "{0} cubed", "{0} to the power of {1}", "{0} sub {1}", "the square root of {0}",
        Signs("plus", "minus", "plus or minus", "times", "divided by", "equals", "is not equal to", "is about", "is less than", "is greater than", "is at most", "is at least", "per cent", "degrees", "gives"));

    private static ImmutableDictionary<char, string> Signs(params string[] words)
    {
        string[] signs = ["+", "−-–", "±", "·⋅×∗", "÷:/", "=", "≠", "≈", "<", ">", "≤", "≥", "%", "°", "→⟶"];
        return signs.Zip(words).SelectMany(pair => pair.First.Select(sign => KeyValuePair.Create(sign, pair.Second))).ToImmutableDictionary();
    }

    [GeneratedRegex(@"\(?(?<over>[\p{L}\p{N}.,+−·^√ -]+?)\)?/\(?(?<under>[\p{L}\p{N}.,+−·^√-]+)\)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fraction();

    [GeneratedRegex(@"(?<base>[\p{L}\p{N}]+|\([^()]*\))\^\(?(?<exponent>[\p{L}\p{N}+−-]+)\)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Power();

    [GeneratedRegex(@"(?<base>\p{L}+)_\(?(?<index>[\p{L}\p{N}]+)\)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Index();

    [GeneratedRegex(@"√\(?(?<of>[\p{L}\p{N}.,+−·^ -]+)\)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Root();

    [GeneratedRegex(@" (?=[.,;:!?](?:\s|$))", RegexOptions.None, 1000)]
    private static partial Regex BeforeSigns();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
