using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>What one language is known by: its letters, small words that nearly every sentence has, endings, and what it never has. Read from the file of its name beside this one.</summary>
internal sealed class LanguageProfile
{
    private static readonly FrozenDictionary<string, LanguageProfile> Files = Read();
    private readonly FrozenSet<char> _letters;
    private readonly FrozenSet<char> _own;
    private readonly FrozenSet<string> _words;
    private readonly FrozenSet<string> _endings;
    private readonly string _usual;
    private readonly Regex? _never;
    private readonly int _longest;

    private LanguageProfile(string name, IReadOnlyCollection<string> lines)
    {
        Name = name;
        string[] Of(string key) => [.. lines.Where(l => l.StartsWith(key + " ", StringComparison.Ordinal)).SelectMany(l => l[(key.Length + 1)..].Split(' '))];
        _letters = string.Concat(Of("letters")).ToFrozenSet();
        _own = string.Concat(Of("own")).ToFrozenSet();
        _words = Of("words").ToFrozenSet(StringComparer.Ordinal);
        _endings = Of("endings").ToFrozenSet(StringComparer.Ordinal);
        _never = Of("never") is { Length: > 0 } never ? new Regex(string.Join('|', never), RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1)) : null;
        _longest = _endings.Max(e => e.Length);
        (UsualFrom, _usual) = Of("usual") is [var from, var usual] ? (int.Parse(from, CultureInfo.InvariantCulture), usual) : (int.MaxValue, "");
        IsLatin = _letters.Contains('a');
    }

    public string Name { get; }

    public bool IsLatin { get; }

    public static LanguageProfile Of(Language language) => Files[language.ToString().ToLowerInvariant()];

    /// <summary>Languages that a text of this one may be taken for.</summary>
    public IEnumerable<LanguageProfile> Rivals => Files.Values.Where(p => p != this && p.IsLatin == IsLatin);

    /// <summary>A sentence of so many letters has one of those that are usual in this language.</summary>
    public int UsualFrom { get; }

    public bool HasUsual(string word) => word.Any(c => _usual.Contains(c, StringComparison.Ordinal));

    /// <summary>It has what no word of this language has, though its letters are right.</summary>
    public bool IsStrange(string word) => _never?.IsMatch(word) == true;

    public bool Writes(string word) => word.All(_letters.Contains);

    /// <summary>How much a word in small letters speaks for this language: from -2, it cannot be written in it, to 2, a small word of it.</summary>
    public double Score(string word)
    {
        if (!Writes(word))
        {
            return -2;
        }

        if (_words.Contains(word))
        {
            return word.Length == 1 ? 1 : 2;
        }

        var score = word.Any(_own.Contains) ? 0.5 : 0;
        for (var length = Math.Min(_longest, word.Length - 2); length > 0; length--)
        {
            if (_endings.Contains(word[^length..]))
            {
                return score + (length switch { 1 => 0.3, 2 => 0.7, _ => 1 });
            }
        }

        return score;
    }

    private static FrozenDictionary<string, LanguageProfile> Read()
    {
        const string Folder = "Classroom.Tutor.Guard.Languages.";
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Select(n =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(n)!);
            return new LanguageProfile(n[Folder.Length..^".txt".Length], reader.ReadToEnd().Split('\n'));
        }).ToFrozenDictionary(p => p.Name, StringComparer.Ordinal);
    }
}
