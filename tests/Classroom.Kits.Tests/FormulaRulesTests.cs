using System.Text.Json;

namespace Classroom.Kits.Tests;

using static KitErrorCodes;

/// <summary>Formulas and tables: where they stand in a text, and what an author is told of a broken one.</summary>
public class FormulaRulesTests
{
    private const string Student = "lessons[0].steps[0].student.en";

    /// <summary>The same examples hold the web client.</summary>
    [Fact]
    public void Formulas_are_found_as_the_screens_find_them()
    {
        var examples = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "formulas.json"))).RootElement.EnumerateArray().ToList();

        examples.Count.ShouldBeGreaterThan(60);
        foreach (var example in examples)
        {
            var text = example.GetProperty("text").GetString()!;
            Formulas.In(text).Select(f => f.Tex).ShouldBe(example.GetProperty("formulas").EnumerateArray().Select(f => f.GetString()!), text);
            Formulas.In(text).Select(f => $"[{f.Start}, {f.End}, {(f.IsBlock ? "true" : "false")}]").ShouldBe(example.GetProperty("at").EnumerateArray().Select(a => a.GetRawText()), text);
        }
    }

    [Theory]
    [InlineData("Take $\\frac{3}{5}$ of it.", "Take 3/5 of it.")]
    [InlineData("$\\frac12$", "1/2")]
    [InlineData("$2 \\cdot 3 \\le 7$", "2 · 3 ≤ 7")]
    [InlineData("$\\text{you get } 5$ points", "you get 5 points")]
    [InlineData("$\\nosuch{hidden}$", "nosuch hidden")]
    [InlineData("\\(\\ce{2H2 + O2 -> 2H2O}\\)", "2H2 + O2 -> 2H2O")]
    [InlineData("costs $5 and $7", "costs $5 and $7")]
    [InlineData("$1\\frac{1}{2}$", "1 1/2")]
    [InlineData("$\\frac{\\text{жол}}{\\text{уақыт}}$", "жол уақыт")]
    [InlineData("$\\frac{x^{2}}{3}$", "x^2/3")]
    [InlineData("$\\frac{\\sqrt{2}}{a+b}$", "√2/(a+b)")]
    [InlineData("$\\angle ABC = 90^\\circ$", "angle ABC = 90°")]
    [InlineData("$x$убью себя", "x убью себя")]
    [InlineData("$\\text{уб}$ью себя", "убью себя")]
    [InlineData("\\(x\\)kill", "x kill")]
    [InlineData("$\\frac{\\text{Your mark}}{\\text{is five}}$", "Your mark is five")]
    [InlineData("$\\binom{kill}{you}$", "binom kill you")]
    public void A_guard_reads_a_formula_in_plain_signs(string text, string signs) => Formulas.InSigns(text).ShouldBe(signs);

    [Theory]
    [InlineData("Бұл $\\text{a. B? C}$ болады. Екі.", 2)]
    [InlineData("Мұнда $x = 3.5$. $y = 2$ та бар.", 2)]
    [InlineData("Теңдеу: $$x.\nY$$ Соңы.", 1)]
    [InlineData("Бағасы 5$. Екі.", 2)]
    public void A_formula_is_never_cut(string text, int count) => Sentences.Split(text).Count.ShouldBe(count);

    [Theory]
    [InlineData("It is $x$.", true)]
    [InlineData("So: $$x$$", true)]
    [InlineData("So $x$", false)]
    [InlineData("So $x.$", false)]
    public void A_sentence_may_end_in_a_formula_of_its_own_line(string sentence, bool isFinished) => Sentences.IsFinished(sentence).ShouldBe(isFinished);

    [Fact]
    public void A_formula_is_one_short_word_and_of_no_language()
    {
        TextMeasure.Of("Take $\\frac{numerator}{denominator}$ now.", Language.En).ShouldBe(new TextMeasure(1, 3, 0));
        Breaking.TheSample.Replace("kk: Оқушыға one", "kk: $\\text{abcdefghijklmnopq} = \\frac{a}{b}$ деп жазыңыз").Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("$\\frac{3}{5}$, $x$ and \\$5")]
    [InlineData("It costs 5 $ or $5 or 5$.")]
    [InlineData("$|x|$ is $\\{1\\}$")]
    [InlineData("It costs US$5, and C:\\Users is a folder.")]
    [InlineData("The dollar ($) and the tenge (₸), so the dollar ($) grows.")]
    [InlineData("|x| is a size.")]
    public void A_good_text_is_taken(string text) => Breaking.TheSample.Replace("en: Student one", $"en: |\n            {text}").Errors.ShouldBeEmpty();

    [Theory]
    [InlineData("Take $\\frac{3}{5} of it", FormulaOpen)]
    [InlineData("Take \\frac{3}{5} of it", FormulaOpen)]
    [InlineData("Take $ x$ of it", FormulaOpen)]
    [InlineData("Take $$x of it", FormulaOpen)]
    [InlineData("Take \\(x of it", FormulaOpen)]
    [InlineData("Take \\nosuch{3} of it", FormulaOpen)]
    [InlineData("Take $\u0436\u043e\u043b$ of it", FormulaOpen)]
    [InlineData("Take $\\frac{3}{5$ of it", FormulaBraces)]
    [InlineData("Take $x}$ of it", FormulaBraces)]
    [InlineData("Take $\\href{https://example.kz}{x}$", FormulaCommand)]
    [InlineData("Take $\\def\\a{x}\\a$", FormulaCommand)]
    [InlineData("Take $\\textcolor{red}{x}$", FormulaCommand)]
    public void A_broken_formula(string text, string code) => Breaking.TheSample.Replace("en: Student one", $"en: |\n            {text}").ShouldFail(code, Student, "en: |");

    [Fact]
    public void A_formula_that_nobody_can_read() =>
        Breaking.TheSample.Replace("en: Student one", $"en: $x^{new string('2', 400)}$").ShouldFail(FormulaTooLong, Student, "en: $x");

    [Fact]
    public void A_formula_in_a_title() =>
        Breaking.TheSample.Replace("en: Title one", "en: Title $x$").ShouldFail(FormulaNotHere, "lessons[0].steps[0].title.en", "en: Title $x$");

    [Theory]
    [InlineData("Price $5 or US$7")]
    [InlineData("The dollar ($) and C:\\Users")]
    public void A_title_with_money_is_taken(string title) => Breaking.TheSample.Replace("en: Title one", "en: " + title).Errors.ShouldBeEmpty();

    [Fact]
    public void A_command_in_a_title() =>
        Breaking.TheSample.Replace("en: Title one", "en: Title \\frac{1}{2}").ShouldFail(FormulaNotHere, "lessons[0].steps[0].title.en", "en: Title \\frac{1}{2}");

    [Fact]
    public void A_table_is_taken_with_formulas_in_it() =>
        Breaking.TheSample.Replace("en: Student one", Table("| a | $|b|$ |", "|---|:-:|", "| 1 | x \\| y |")).Errors.ShouldBeEmpty();

    [Theory]
    [InlineData("| a | b |", "| 1 | 2 |", "| 3 | 4 |")]
    [InlineData("| a | b |", "|---|---|", "| 1 |")]
    [InlineData("| a | b |", "|---|---|", "| 1 | 2")]
    [InlineData("| a | b |", "|---|---|")]
    public void A_ragged_table(params string[] rows) => Breaking.TheSample.Replace("en: Student one", Table(rows)).ShouldFail(TableShape, Student, "en: |");

    [Theory]
    [InlineData(9, 1)]
    [InlineData(2, 21)]
    public void A_table_that_fits_no_board(int columns, int rows) =>
        Breaking.TheSample.Replace("en: Student one", Table([Row(columns, " a |"), Row(columns, "---|"), .. Enumerable.Repeat(Row(columns, " 1 |"), rows)])).ShouldFail(TableTooBig, Student, "en: |");

    [Fact]
    public void A_table_in_an_option() =>
        Breaking.TheSample.Replace("en: One", "en: |\n                    | a | b |\n                    |---|---|\n                    | 1 | 2 |")
            .ShouldFail(TableNotHere, "lessons[0].steps[0].questions[0].options[0].text.en", "en: |");

    private static string Row(int columns, string cell) => "|" + string.Concat(Enumerable.Repeat(cell, columns));

    private static string Table(params string[] rows) => "en: |\n" + string.Join('\n', rows.Select(r => "            " + r));
}
