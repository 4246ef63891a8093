namespace Classroom.Tutor.Tests;

/// <summary>What stands in a formula is mathematics to the guards, unless it says something in words.</summary>
public sealed class FormulaTests
{
    [Theory]
    [InlineData("Доля каждого равна $\\frac{3}{5}$.")]
    [InlineData("Бұл бүтіннің $\\frac{4}{5}$ бөлігіне тең.")]
    [InlineData("One part of the bread is $\\frac{5}{5}$ of it.")]
    [InlineData("Общее уравнение такое: $\\ce{6CO2 + 6H2O -> C6H12O6 + 6O2}$.")]
    public void A_fraction_is_no_mark(string text)
    {
        MarkTalk.IsIn(text).ShouldBeFalse();
        MarkTalk.Without(text).ShouldBe((text, 0));
        Claims.AreIn(text).ShouldBeFalse();
        LocalRules.Find(text, isAnswer: true).ShouldBeNull();
    }

    [Theory]
    [InlineData("Твоя оценка $\\text{пять}$.")]
    [InlineData("Your mark is $5$ out of $5$.")]
    [InlineData("$\\text{Your mark is 5 out of 5}$.")]
    public void A_mark_hides_in_no_formula(string text) => MarkTalk.IsIn(text).ShouldBeTrue();

    [Fact]
    public void A_sign_of_less_is_no_tag_and_an_address_hides_in_no_formula()
    {
        Markup.IsIn("Here $a<b>c$ holds.").ShouldBeFalse();
        Markup.IsIn("Here <b>it</b> holds.").ShouldBeTrue();
        Markup.HasLink("Look at $\\text{www.example.com}$.").ShouldBeTrue();
        Markup.HasLink("So \\[x\\](y) is none.").ShouldBeFalse();
    }

    [Theory]
    [InlineData("Find $\\alpha + \\Delta = 2^{3}$ now.")]
    [InlineData("Мұнда $x = 87011234567 \\cdot 2^3$ болады.")]
    [InlineData("Реакция $\\ce{6CO2 + 6H2O -> C6H12O6 + 6O2}$ идёт.")]
    public void A_formula_is_nobodys_name_or_number(string text) => new Pseudonyms().Hide(text, ["Дельта", "Альфа"]).ShouldBe(text);

    [Theory]
    [InlineData("Менің атым $Айгерім$.", "Айгерім")]
    [InlineData("Телефоным $87011234567$.", "87011234567")]
    [InlineData("$\\text{менің телефоным 87011234567}$", "87011234567")]
    [InlineData("$x^2 = \\text{менің телефоным 87011234567}$", "87011234567")]
    [InlineData("$\\mathrm{тел 87011234567} \\cdot 2$", "87011234567")]
    [InlineData("$x_1 \\text{\\textbf{87011234567}}$", "87011234567")]
    [InlineData("$мой_номер = 87011234567$", "87011234567")]
    [InlineData("$\\quad 87011234567$", "87011234567")]
    [InlineData("$\\text{Живу: ул. Абая 5, кв 3}$", "Абая 5")]
    [InlineData("$\\frac{1}{2} \\text{Живу: ул. Абая 5, кв 3}$", "Абая 5")]
    [InlineData("$x_1 @aigerim_07$", "aigerim_07")]
    [InlineData("$x_1 = aigerim@mail.kz$", "aigerim@")]
    [InlineData("Бұл $\\Айгерім = 5$.", "Айгерім")]
    [InlineData("Бұл $\\Tom = 5$.", "Tom")]
    public void A_child_hides_in_no_formula(string text, string secret) => new Pseudonyms().Hide(text, ["Айгерім", "Tom"]).ShouldNotContain(secret);

    [Fact]
    public void The_words_of_a_formula_are_of_no_language()
    {
        LanguageCheck.IsSentenceIn("Жалпы теңдеуі былай жазылады: $\\text{the light of the sun} + \\frac{numerator of}{the denominator}$.", Language.Kk).ShouldNotBe(false);
        LanguageCheck.IsSentenceIn("Жылдамдық мынаған тең: \\(v = \\frac{distance (of) the way}{time of the way}\\).", Language.Kk).ShouldNotBe(false);
    }
}
