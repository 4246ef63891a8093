using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>
/// What one conversation tells a model of people's texts, and how it shows that the model repeats its instructions. A sign that no text holds stands between the
/// words of people's texts (datamarking); a word that nobody can guess stands at the head of the instructions (a canary).
/// Invariant: neither leaves the conversation: the sign is taken out of what a model writes, and words that hold the canary are no answer.
/// </summary>
internal sealed partial class Spotlight
{
    private const int EchoedWords = 8;
    private const int LookBack = 1200;
    private const string Letters = "bcdfghjkmnpqrstvwxz";
    private readonly char _mark = (char)RandomNumberGenerator.GetInt32(0xe000, 0xf900);
    private readonly string _canary = RandomNumberGenerator.GetString(Letters, 12);
    private readonly HashSet<string> _runs;

    public Spotlight(Template template, string more)
    {
        string Line(string section) => Template.Line("guard", template.Language ?? Language.En, section)
            .Replace("{mark}", _mark.ToString(), StringComparison.Ordinal).Replace("{canary}", _canary, StringComparison.Ordinal);
        var instructions = $"{Line("canary")}\n{template.Text}\n{Line("mark")}";
        Instructions = instructions + more;
        var words = Words(instructions);
        _runs = [.. Enumerable.Range(0, Math.Max(0, words.Count - EchoedWords + 1)).Select(i => string.Join(' ', words.Skip(i).Take(EchoedWords)))];
    }

    public string Instructions { get; }

    /// <summary>A text of people with the sign before its lines and between its words. What looks like such a sign in it is taken out.</summary>
    public string Marked(string text) => _mark + string.Concat(text.Where(c => !IsPrivateUse(c))).Replace(' ', _mark).Replace("\n", "\n" + _mark, StringComparison.Ordinal);

    /// <summary>Reads one answer as it comes.</summary>
    public Reader Read() => new(this);

    private static bool IsPrivateUse(char c) => c is >= '\ue000' and <= '\uf8ff';

    private static List<string> Words(string text)
    {
        var (words, word) = (new List<string>(), new StringBuilder());
        foreach (var c in text + " ")
        {
            if (char.IsLetterOrDigit(c))
            {
                word.Append(char.ToLowerInvariant(c));
            }
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        return words;
    }

    private bool IsEcho(string text)
    {
        // In JSON a letter may be written as its number.
        var words = Words(text.Contains('\\', StringComparison.Ordinal)
            ? Escaped().Replace(text, static m => m.Groups["code"].Success ? ((char)Convert.ToInt32(m.Groups["code"].Value, 16)).ToString() : " ") : text);
        return string.Concat(words).Contains(_canary, StringComparison.Ordinal)
            || Enumerable.Range(0, Math.Max(0, words.Count - EchoedWords + 1)).Any(i => _runs.Contains(string.Join(' ', words.Skip(i).Take(EchoedWords))));
    }

    [GeneratedRegex(@"\\(?:u(?<code>[0-9a-fA-F]{4})|[nrt])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Escaped();

    /// <summary>The words of one answer, without the sign.</summary>
    internal sealed class Reader(Spotlight spotlight)
    {
        private readonly StringBuilder _tail = new();
        private char _last = '\n';

        /// <returns>Null: they repeat the instructions.</returns>
        public string? Add(string words)
        {
            var clean = new StringBuilder(words.Length);
            foreach (var c in words)
            {
                // A sign that was copied stands for the space that it replaced.
                if (IsPrivateUse(c) ? char.IsWhiteSpace(_last) || _last == '\0' : c == ' ' && _last == '\0')
                {
                    continue;
                }

                clean.Append(IsPrivateUse(c) ? ' ' : c);
                _last = IsPrivateUse(c) ? '\0' : c;
            }

            _tail.Append(clean);
            var isEcho = spotlight.IsEcho(_tail.ToString());
            _tail.Remove(0, Math.Max(0, _tail.Length - LookBack));
            return isEcho ? null : clean.ToString();
        }
    }
}
