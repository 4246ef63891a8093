using System.Text;
using System.Text.RegularExpressions;

namespace Classroom.Tutor.Audit;

/// <summary>A line of <c>Sets/names/*.txt</c>: what a child wrote, and which parts of it must not leave.</summary>
public sealed record NameLine(string Text, ImmutableArray<string> Roster, ImmutableArray<(int Start, int End, char Kind)> Marks)
{
    public bool IsDecoy => Marks.IsEmpty;
}

/// <summary>What of a set leaves the process, and what of it is hidden without need.</summary>
public sealed record NameCount(int Marks, ImmutableArray<string> Leaked, int Decoys, ImmutableArray<string> Changed, int OtherWords, ImmutableArray<string> Eaten)
{
    public double Leak => Leaked.Length / (double)Marks;

    public double Change => Changed.Length / (double)Decoys;
}

/// <summary>The sets of names, and how much of them leaves.</summary>
public static partial class NameSet
{
    private const string Open = "{<[", Close = "}>]";

    public static IReadOnlyList<NameLine> Read(string language)
    {
        var (lines, roster) = (new List<NameLine>(), ImmutableArray<string>.Empty);
        foreach (var line in SetFiles.AllLines($"names/{language}.txt"))
        {
            if (line.StartsWith("# class:", StringComparison.Ordinal))
            {
                roster = [.. line[8..].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(n => n != "-")];
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                lines.Add(Parse(line, roster));
            }
        }

        return lines;
    }

    /// <param name="hide">The text without what must not leave; each part that went is a stand-in such as [P1].</param>
    /// <param name="kinds">Which marks are looked at: { a child of the class, &lt; somebody else, [ a number or an address.</param>
    public static NameCount Count(IEnumerable<NameLine> lines, Func<NameLine, string> hide, string kinds)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(hide);
        ArgumentNullException.ThrowIfNull(kinds);
        var (leaked, changed, eaten) = (new List<string>(), new List<string>(), new List<string>());
        var (marks, decoys, others) = (0, 0, 0);
        foreach (var line in lines)
        {
            var sent = hide(line);
            var hidden = Hidden(line.Text, sent);
            if (line.IsDecoy)
            {
                decoys++;
                if (sent != line.Text)
                {
                    changed.Add($"{line.Text} -> {sent}");
                }

                continue;
            }

            foreach (var (start, end, kind) in line.Marks.Where(m => kinds.Contains(m.Kind, StringComparison.Ordinal)))
            {
                marks++;
                if (Enumerable.Range(start, end - start).Any(i => char.IsLetterOrDigit(line.Text[i]) && !hidden[i]))
                {
                    leaked.Add($"{line.Text[start..end]} in: {sent}");
                }
            }

            foreach (Match word in Word().Matches(line.Text))
            {
                if (line.Marks.Any(m => word.Index < m.End && m.Start < word.Index + word.Length))
                {
                    continue;
                }

                others++;
                if (hidden[word.Index])
                {
                    eaten.Add($"{word.Value} in: {line.Text}");
                }
            }
        }

        return new(marks, [.. leaked], decoys, [.. changed], others, [.. eaten]);
    }

    // What is left between stand-ins stands in the text in the same order.
    private static bool[] Hidden(string text, string sent)
    {
        var hidden = new bool[text.Length];
        var parts = StandIn().Split(sent);
        var at = parts[0].Length;
        foreach (var (part, isLast) in parts.Skip(1).Select((p, i) => (p, i == parts.Length - 2)))
        {
            // At least a letter was taken out.
            var next = isLast ? text.Length - part.Length : text.IndexOf(part, at + 1, StringComparison.Ordinal);
            hidden.AsSpan(at, next - at).Fill(true);
            at = next + part.Length;
        }

        return hidden;
    }

    private static NameLine Parse(string line, ImmutableArray<string> roster)
    {
        var (text, marks) = (new StringBuilder(), ImmutableArray.CreateBuilder<(int, int, char)>());
        var (start, kind) = (0, ' ');
        foreach (var c in line)
        {
            if (Open.Contains(c, StringComparison.Ordinal) && kind == ' ')
            {
                (start, kind) = (text.Length, c);
            }
            else if (kind != ' ' && c == Close[Open.IndexOf(kind, StringComparison.Ordinal)])
            {
                marks.Add((start, text.Length, kind));
                kind = ' ';
            }
            else
            {
                text.Append(c);
            }
        }

        return kind == ' ' ? new(text.ToString(), roster, marks.ToImmutable()) : throw new InvalidDataException(line);
    }

    [GeneratedRegex(@"\[P\d+\]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex StandIn();

    [GeneratedRegex(@"\p{L}+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();
}
