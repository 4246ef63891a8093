using System.Reflection;
using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>
/// Rules of what stands together in one sentence, read from a file of this assembly. A line is a rule: its parts (" &amp; ") must all be in the sentence, in any
/// order, each at the beginning of a word; a part with "!" must not. "name = part" is used by other lines as {name}.
/// </summary>
internal sealed class SentenceRules
{
    private readonly Part[][] _rules;

    // One look that nearly every sentence ends with: a rule holds only where the first part that it wants is there.
    private readonly Regex _any;

    public SentenceRules(string file)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"Classroom.Tutor.Guard.{file}.txt")!);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var rules = new List<Part[]>();
        var firsts = new List<string>();
        foreach (var line in reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(l => !l.StartsWith('#')))
        {
            var whole = names.Aggregate(line, static (l, n) => l.Replace("{" + n.Key + "}", n.Value, StringComparison.Ordinal));
            if (line.Split(" = ") is [var name, _] && name.All(char.IsAsciiLetter))
            {
                names[name] = whole[(name.Length + 3)..];
            }
            else
            {
                var parts = whole.Split(" & ");
                rules.Add([.. parts.Select(p => p[0] == '!' ? new Part(Pattern(p[1..]), false) : new Part(Pattern(p), true))]);
                firsts.Add(parts.First(p => p[0] != '!'));
            }
        }

        _rules = [.. rules];
        _any = Pattern(string.Join('|', firsts), RegexOptions.Compiled);
    }

    public bool Hold(string sentence) => _any.IsMatch(sentence) && Array.Exists(_rules, r => Array.TrueForAll(r, p => p.Pattern.IsMatch(sentence) == p.IsWanted));

    private static Regex Pattern(string part, RegexOptions how = RegexOptions.None) => new(
        @"(?<![\p{L}\p{N}])(?:" + part + ")", RegexOptions.CultureInvariant | how, TimeSpan.FromMilliseconds(PatternLimit.Milliseconds));

    private sealed record Part(Regex Pattern, bool IsWanted);
}
