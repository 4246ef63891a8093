using System.Text.Json;

namespace Classroom.Tutor.Tests;

/// <summary>The instructions to a model, what a child is told without one, and the words of the audit's report. The lists: <c>tests/Shared/Words</c>.</summary>
public sealed class WordingTests
{
    public static TheoryData<Language> Languages() => [.. Enum.GetValues<Language>()];

    [Theory]
    [MemberData(nameof(Languages))]
    public void No_template_says_a_word_that_is_refused(Language language) => Wording.Refused(Code(language), Templates(language), "templates").ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Languages))]
    public void What_a_child_reads_is_said_politely(Language language) =>
        Wording.Refused(Code(language), [.. new[] { "question", "care", "withheld", "prepared" }.Select(s => new Said(s, Template.Line("coach", language, s)))], "screens", "said").ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Languages))]
    public void The_report_of_an_audit_says_what_the_screens_say(Language language) => Wording.Refused(Code(language), Report(language), "screens", "said").ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_word_of_a_template_and_of_the_report_is_spelt_right(Language language) =>
        Wording.Misspelt(Code(language), [.. Templates(language), .. Report(language)]).ShouldBeEmpty("a term or a name goes into tests/Shared/Words");

    private static string Code(Language language) => language.ToString().ToLowerInvariant();

    private static List<Said> Templates(Language language)
    {
        var lines = (from file in Directory.GetFiles(Path.Combine(Checkout.Folder, "src", "Classroom.Tutor", "Templates"), $"*.{Code(language)}.md")
                     from line in File.ReadLines(file)
                     where !line.StartsWith('#') && !line.StartsWith("version:", StringComparison.Ordinal)
                     select new Said(Path.GetFileName(file), System.Text.RegularExpressions.Regex.Replace(line, @"\{\w+\}", $"{Wording.Placeholder}"))).ToList();
        lines.Count.ShouldBeGreaterThan(30);
        return lines;
    }

    private static List<Said> Report(Language language)
    {
        var words = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(Checkout.Folder, "src", "Classroom.Tutor.Audit", "Words", Code(language) + ".json")))!;
        return [.. words.Select(w => new Said(w.Key, System.Text.RegularExpressions.Regex.Replace(w.Value, @"\{\w+\}", $"{Wording.Placeholder}")))];
    }
}
