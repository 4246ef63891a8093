using Classroom.Lessons;

namespace Classroom.Kits.Tests;

/// <summary>A sentence as the server's voice gets it: its formulas in words of its language, and no sign of TeX or Markdown.</summary>
public sealed class SpokenFormulasTests
{
    [Theory]
    [InlineData(Language.Kk, "Бұл $\\frac{3}{5}$ бөлігі.", "Бұл алымы 3, бөлімі 5 бөлігі.")]
    [InlineData(Language.Ru, "Площадь: $S = a^2$.", "Площадь: S равно a в квадрате.")]
    [InlineData(Language.En, "So $x_1 + 2 \\cdot 3 = 7$ here.", "So x sub 1 plus 2 times 3 equals 7 here.")]
    [InlineData(Language.Kk, "**Су** — $25\\%$.", "Су — 25 пайыз.")]
    [InlineData(Language.Ru, "Без формул.", "Без формул.")]
    public void Formulas_are_words(Language language, string text, string spoken) =>
        SpokenFormulas.In(text, language).ShouldBe(spoken);
}
