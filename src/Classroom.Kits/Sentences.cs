namespace Classroom.Kits;

/// <summary>
/// Cuts a text into sentences: at every line's end, and after . ? ! or … when a new sentence visibly begins.
/// Explanations put one sentence on a line, so cutting them never guesses. A formula is never cut.
/// </summary>
public static class Sentences
{
    private const string Closers = "»”\")]’*";
    private const string Openers = "«“\"([‘*";

    public static IReadOnlyList<string> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var sentences = new List<string>();
        var (signs, from) = (Masked(text), 0);
        foreach (var line in signs.Split('\n'))
        {
            SplitLine(line, text.Substring(from, line.Length), sentences);
            from += line.Length + 1;
        }

        return sentences;
    }

    /// <summary>Whether the sentence ends as a sentence does.</summary>
    public static bool IsFinished(string sentence)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        var bare = sentence.TrimEnd().TrimEnd(Closers.ToCharArray());
        return (bare.Length > 0 && IsEnd(bare[^1])) || (Formulas.In(sentence) is [.., { IsBlock: true } last] && last.End == sentence.TrimEnd().Length);
    }

    // Of a formula only that it is there, and may begin a sentence: its points and lines end none.
    private static string Masked(string text)
    {
        var formulas = Formulas.In(text);
        return formulas.Count == 0 ? text : string.Create(text.Length, (text, formulas), static (signs, of) =>
        {
            of.text.CopyTo(signs);
            foreach (var formula in of.formulas)
            {
                signs[formula.Start..formula.End].Fill('x');
                signs[formula.Start] = 'X';
            }
        });
    }

    /// <param name="line">The same as <paramref name="text"/>, its formulas masked.</param>
    private static void SplitLine(string line, string text, List<string> into)
    {
        var start = 0;
        for (var i = 0; i < line.Length; i++)
        {
            if (!IsEnd(line[i]))
            {
                continue;
            }

            var after = i + 1;
            while (after < line.Length && (IsEnd(line[after]) || Closers.Contains(line[after])))
            {
                after++;
            }

            if (after < line.Length && BeginsSentence(line, after))
            {
                into.Add(text[start..after].Trim());
                start = after;
            }

            i = after - 1;
        }

        var rest = text[start..].Trim();
        if (rest.Length > 0)
        {
            into.Add(rest);
        }
    }

    private static bool IsEnd(char c) => c is '.' or '?' or '!' or '…';

    private static bool BeginsSentence(string line, int at)
    {
        if (line[at] != ' ')
        {
            return false;
        }

        while (at < line.Length && (line[at] == ' ' || Openers.Contains(line[at])))
        {
            at++;
        }

        return at < line.Length && (char.IsUpper(line[at]) || char.IsDigit(line[at]));
    }
}
