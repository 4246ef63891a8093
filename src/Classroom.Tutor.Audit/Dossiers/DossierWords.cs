using System.Globalization;
using System.Text.Json;

namespace Classroom.Tutor.Audit;

/// <summary>The words of the dossier in one language: <c>Words/*.json</c>, all with the same keys.</summary>
public sealed class DossierWords
{
    private readonly Dictionary<string, string> _words;
    private readonly CultureInfo _numbers;

    private DossierWords(Language language)
    {
        using var stream = typeof(DossierWords).Assembly.GetManifestResourceStream($"words/{language.ToString().ToLowerInvariant()}.json")!;
        _words = JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
        _numbers = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (_numbers.NumberFormat.NumberDecimalSeparator, _numbers.NumberFormat.NumberGroupSeparator) = language == Language.En ? (".", ",") : (",", "\u00a0");
    }

    public static DossierWords In(Language language) => new(language);

    public IEnumerable<string> Keys => _words.Keys;

    public string this[string key] => _words[key];

    public bool Has(string key) => _words.ContainsKey(key);

    public string Of(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, _words[key], values);

    public string Number(double value, int digits = 2) => value.ToString(digits == 0 ? "#,0" : "#,0." + new string('#', digits), _numbers);

    /// <summary>As a share in per cent, or as it is.</summary>
    public string Value(FigureOf rule, double value) => rule is FigureOf.Held or FigureOf.Failed ? Number(value * 100) + "\u00a0%" : Number(value);
}
