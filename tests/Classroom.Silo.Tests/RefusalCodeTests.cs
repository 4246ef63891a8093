using System.Text.RegularExpressions;

namespace Classroom.Silo.Tests;

/// <summary>Every refusal code that the program can give has words in the client, every code that has words is given, and WIRE.md lists the same.</summary>
public sealed partial class RefusalCodeTests
{
    /// <summary>What the client says by itself, without a server.</summary>
    private static readonly string[] OfTheClient = ["offline", "not-ours", "unknown"];

    private static readonly SortedSet<string> Given = new(Sources().SelectMany(CodesOf), StringComparer.Ordinal);

    [Fact]
    public void Every_code_that_is_given_has_words_and_every_code_with_words_is_given()
    {
        Given.Count.ShouldBeGreaterThan(90);
        var words = WordOf().Matches(File.ReadAllText(Path.Combine(Checkout.Folder, "clients", "web", "src", "i18n", "refusals", "en.ts")))
            .Select(m => m.Groups["code"].Value).ToList();
        Given.Except(words).ShouldBeEmpty("codes without words in clients/web/src/i18n/refusals");
        words.Except(Given).Except(OfTheClient).ShouldBeEmpty("words for codes that nothing gives");
    }

    [Fact]
    public void The_readme_of_the_wire_lists_the_codes_that_are_given_and_no_others()
    {
        var text = File.ReadAllText(Path.Combine(Checkout.Folder, "src", "Classroom.Lessons", "WIRE.md"));
        var listed = Listed().Matches(Aside().Replace(text[text.IndexOf("## Refusal codes", StringComparison.Ordinal)..], ""))
            .Select(m => m.Groups["code"].Value).ToList();
        Given.Except(listed).ShouldBeEmpty("codes that WIRE.md does not list");
        listed.Except(Given).ShouldBeEmpty("codes in WIRE.md that nothing gives");
    }

    private static IEnumerable<string> Sources() =>
        // A kit's errors are read by its author, and have codes of their own.
        new[] { "src", "silo" }.SelectMany(f => Directory.GetFiles(Path.Combine(Checkout.Folder, f), "*.cs", SearchOption.AllDirectories))
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(d => d is "obj" or "bin" or "Classroom.Kits"))
            .Select(f => Comment().Replace(File.ReadAllText(f), ""));

    // A code is written where it is given: in the statement that refuses or fails, or in a method that says what is refused.
    private static IEnumerable<string> CodesOf(string source) =>
        source.Split(';').Where(s => Gives().IsMatch(s)).Concat(RefusalTo().Matches(source).Select(m => m.Value))
            .SelectMany(s => Code().Matches(Compared().Replace(s, "")))
            .Concat(OfTheTutor().Matches(source)).Select(m => m.Groups["code"].Value);

    [GeneratedRegex(@"//.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(Refuse|Refused|Errors\.Of|Refusal|ErrorBody|TutorException|Fault)\(|\(null, ""[a-z-]+""\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Gives();

    [GeneratedRegex(@"string\? RefusalTo\(.*?\n    \}", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex RefusalTo();

    // A code that is compared (`Code == "..."`, a case of a switch) is given elsewhere.
    [GeneratedRegex(@"==\s*""[^""]*""|\bis (not )?\([^)]*\)|""[a-z-]+""(\s+or\s+""[a-z-]+"")*\s*=>", RegexOptions.ExplicitCapture)]
    private static partial Regex Compared();

    // One word alone may also be the name of an argument.
    [GeneratedRegex(@"""(?<code>[a-z]+(-[a-z]+)+)""|(?<=Refuse\()""(?<code>[a-z]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Code();

    // Faults of a model are told apart in tables.
    [GeneratedRegex(@"(?<!StoredAs\()""(?<code>tutor-[a-z]+|input-[a-z]+(-[a-z]+)*)""", RegexOptions.ExplicitCapture)]
    private static partial Regex OfTheTutor();

    [GeneratedRegex(@"^  ""?(?<code>[a-z]+(-[a-z]+)*)""?:", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex WordOf();

    // `code`, {arguments} and (remarks).
    [GeneratedRegex(@"`[^`]*`|\{[^}]*\}|\([^)]*\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Aside();

    [GeneratedRegex(@"(?<=[,:]\s*|\n\s*)(?<code>[a-z]+(-[a-z]+)*)\s*(?=[,.])", RegexOptions.ExplicitCapture)]
    private static partial Regex Listed();
}
