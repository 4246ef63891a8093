using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>
/// Takes out of a text what identifies a person before it goes to a model, and puts it back in the answer. Names of the room,
/// e-mail addresses, phone numbers and 12-digit personal numbers.
/// </summary>
public sealed partial class Redaction
{
    private readonly Dictionary<string, string> _back = new(StringComparer.Ordinal);

    /// <summary>The text without persons; each is a stand-in such as <c>[P1]</c>.</summary>
    public string Hide(string text, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(names);
        text = Contacts().Replace(text, m => StandIn(m.Value));
        foreach (var name in names.Where(n => n.Trim().Length > 1).OrderByDescending(n => n.Length))
        {
            // Kazakh and Russian add endings: the name is hidden, its ending stays.
            text = Regex.Replace(text, @"(?<!\p{L})" + Regex.Escape(name.Trim()), m => StandIn(m.Value), RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
        }

        return text;
    }

    public string Restore(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _back.Aggregate(text, (t, p) => t.Replace(p.Key, p.Value, StringComparison.Ordinal));
    }

    private string StandIn(string value)
    {
        var known = _back.FirstOrDefault(p => p.Value == value).Key;
        if (known is null)
        {
            _back[known = $"[P{_back.Count + 1}]"] = value;
        }

        return known;
    }

    [GeneratedRegex(@"[\p{L}\d._%+-]+@[\p{L}\d.-]+\.\p{L}{2,}|(?<!\d)\d{12}(?!\d)|(?<![\d\p{L}])\+?[78][\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)", RegexOptions.None, 1000)]
    private static partial Regex Contacts();
}
