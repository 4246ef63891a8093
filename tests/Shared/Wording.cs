using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Classroom.Tests;

/// <summary>A text, and where it stands.</summary>
internal readonly record struct Said(string Place, string Text);

/// <summary>Reads texts as an editor would, by the lists of <c>tests/Shared/Words</c>: words that are refused, and words that no dictionary knows.</summary>
internal static class Wording
{
    public const char Placeholder = '◌';

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly string Folder = Path.Combine(Checkout.Folder, "tests", "Shared", "Words");

    private static readonly Row[] Rows = [.. Read("glossary.tsv"), .. Read("reader.tsv")];

    /// <summary>What is refused in these texts, each with its place and what to say.</summary>
    /// <param name="rooms">The room of the texts, and whether a person reads them ("said").</param>
    public static IEnumerable<string> Refused(string language, IReadOnlyCollection<Said> texts, params string[] rooms) =>
        from row in Rows
        where (row.Language is "*" || row.Language == language) && (row.Where is "*" || rooms.Contains(row.Where, StringComparer.Ordinal))
        from said in texts
        let left = row.Except.Aggregate(said.Text, (text, phrase) => text.Replace(phrase, "", StringComparison.OrdinalIgnoreCase))
        let match = row.Refused.Match(left)
        where match.Success
        select $"{said.Place}: «{match.Value}» in «{said.Text.Trim()}»: say {row.Say}";

    /// <summary>Words that neither hunspell nor the project's list knows, with where they stand.</summary>
    public static IEnumerable<string> Misspelt(string language, IEnumerable<Said> texts)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var said in texts)
        {
            foreach (Match word in Word(language).Matches(Formula.Replace(said.Text, " ")))
            {
                words.TryAdd(word.Value, said.Place);
            }
        }

        var known = File.ReadLines(Path.Combine(Folder, language + ".txt")).ToHashSet(StringComparer.Ordinal);
        return Unknown(language, words.Keys).Where(w => !known.Contains(w) && !known.Contains(w.ToLowerInvariant())).Select(w => $"{words[w]}: {w}");
    }

    private static readonly Regex Formula = new(@"\$[^$\n]*\$|\\\p{L}+|\{[\p{L}""][^}]*\}", RegexOptions.None, Limit);

    private static Regex Word(string language) => new(language == "en" ? @"(?<![\p{L}\d@:/.])[A-Za-z]+(?:['’][a-z]+)*(?![\p{L}@:/])" : @"[Ѐ-ӿ]+", RegexOptions.None, Limit);

    private static string[] Unknown(string language, IEnumerable<string> words)
    {
        var dictionary = language switch { "kk" => "kk_KZ", "ru" => "ru_RU", _ => "en_US" };
        File.Exists($"/usr/share/hunspell/{dictionary}.dic")
            .ShouldBeTrue($"hunspell's {dictionary} is missing: apt-get install hunspell hunspell-kk hunspell-ru hunspell-en-us");
        var start = new ProcessStartInfo("hunspell", ["-i", "utf-8", "-d", dictionary, "-l"])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, StandardInputEncoding = new System.Text.UTF8Encoding(false), StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        using var hunspell = Process.Start(start)!;
        var answer = hunspell.StandardOutput.ReadToEndAsync();
        foreach (var word in words)
        {
            hunspell.StandardInput.WriteLine(word);
        }

        hunspell.StandardInput.Close();
        hunspell.WaitForExit();
        return [.. answer.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<Row> Read(string file) =>
        from line in File.ReadLines(Path.Combine(Folder, file)).Skip(1)
        let cells = line.Split('\t')
        select new Row(cells[0], cells[1], new Regex(cells[2], RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Limit), cells[3], cells[4].Split('|', StringSplitOptions.RemoveEmptyEntries));

    private sealed record Row(string Language, string Where, Regex Refused, string Say, string[] Except);
}
