namespace Classroom.Tutor.Tests;

public sealed class SentenceCutterTests
{
    [Theory]
    [InlineData("Бір. Екі. Үш", "Бір.|Екі.")]
    [InlineData("Су 3.5 литр. Ол аз.", "Су 3.5 литр.")]
    [InlineData("Тамыр, жапырақ т.б. Мүшелері бар. Иә", "Тамыр, жапырақ т.б. Мүшелері бар.")]
    [InlineData("Это, напр., дуб и др. Деревья растут. Да", "Это, напр., дуб и др. Деревья растут.")]
    [InlineData("А. С. Пушкин писал. Мы читаем. Да", "А. С. Пушкин писал.|Мы читаем.")]
    [InlineData("Неге? Себебі «жарық керек.» Иә", "Неге?|Себебі «жарық керек.»")]
    [InlineData("1. Су құй. 2. Күт. 3. Қара", "1. Су құй.|2. Күт.")]
    [InlineData("Бір жол\nЕкінші жол\n", "Бір жол|Екінші жол")]
    [InlineData("Wait… Then go. Now", "Wait…|Then go.")]
    [InlineData("x = 2.5 м. y = 3", "")]
    [InlineData("Ол ойланды. «Неге?» деп сұрады. Иә", "Ол ойланды.|«Неге?» деп сұрады.")]
    [InlineData("Он думал. “Почему?” и спросил. Да", "Он думал.|“Почему?” и спросил.")]
    [InlineData("It rained. \"Why?\" she asked. Yes", "It rained.|\"Why?\" she asked.")]
    [InlineData("Су керек. (Жарық та.) Иә", "Су керек.|(Жарық та.)")]
    [InlineData("Он молчал. — Почему? — спросил я. Да", "Он молчал.|— Почему?|— спросил я.")]
    [InlineData("Бәрі өседі. - Неге? Иә", "Бәрі өседі.|- Неге?")]
    [InlineData("It grows. *Always* so. Yes", "It grows.|*Always* so.")]
    [InlineData("Су бар. 3 жапырақ. Иә", "Су бар.|3 жапырақ.")]
    [InlineData("He said “Go.” Then left. Yes", "He said “Go.”|Then left.")]
    [InlineData("He said \"Go.\" Then left. Yes", "He said \"Go.\"|Then left.")]
    [InlineData("(Су керек.) Иә. Ол", "(Су керек.)|Иә.")]
    [InlineData("[Су керек.] Иә. Ол", "[Су керек.]|Иә.")]
    [InlineData("Ол ‘жарық.’ Иә. Ол", "Ол ‘жарық.’|Иә.")]
    [InlineData("Неге?! Себебі. Ол", "Неге?!|Себебі.")]
    [InlineData("Тоқта! Қара. Ол", "Тоқта!|Қара.")]
    [InlineData("Мұнда $x = 1. Y$ бар. Ол", "Мұнда $x = 1. Y$ бар.")]
    [InlineData("Ең кіші $x$. $y$ тең. Ол", "Ең кіші $x$.|$y$ тең.")]
    [InlineData("Бар: $$x.\nY. Z$$ Иә. Ол", "Бар: $$x.\nY. Z$$ Иә.")]
    [InlineData("So \\[\na. B\n\\] holds. \\(c\\) too. It", "So \\[\na. B\n\\] holds.|\\(c\\) too.")]
    [InlineData("It costs $5. We pay. It", "It costs $5.|We pay.")]
    [InlineData("It costs \\$5. We pay. It", "It costs \\$5.|We pay.")]
    [InlineData("Бағасы 5$. Аламыз. Ол", "Бағасы 5$.|Аламыз.")]
    [InlineData("It costs $5. We pay 7$. It", "It costs $5.|We pay 7$.")]
    [InlineData("It is $5. X = 7$. Yes. So", "It is $5.|X = 7$.|Yes.")]
    [InlineData("It is $5 a piece. Then x = 7$. So. It", "It is $5 a piece.|Then x = 7$.|So.")]
    [InlineData("From $5 to 7$. We pay. It", "From $5 to 7$.|We pay.")]
    [InlineData("Курс ($) растёт. Мы ($) ждём. Да", "Курс ($) растёт.|Мы ($) ждём.")]
    [InlineData("So $x.$2 is none. It", "So $x.$2 is none.")]
    [InlineData("See e.g. Leaves fall. Yes", "See e.g. Leaves fall.")]
    public void Sentences_end_where_a_reader_says_they_do(string text, string expected)
    {
        foreach (var size in new[] { 1, 2, 3, 7, text.Length })
        {
            Cut(text, size).ShouldBe(expected, $"in pieces of {size}");
        }

        // However a model's answer comes in two, it is the same text.
        for (var at = 1; at < text.Length; at++)
        {
            Cut(text, [text[..at], text[at..]]).ShouldBe(expected, $"in two at {at}");
        }
    }

    [Theory]
    [InlineData("Бұл $\\text{a.")]
    [InlineData("Бұл \\(a. B.")]
    [InlineData("Бар: $$x = 1.")]
    public void Nothing_is_settled_within_a_formula(string text)
    {
        var cutter = new SentenceCutter();
        cutter.Add(text).ShouldBeEmpty();
        cutter.Settle().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Бұл $x$.")]
    [InlineData("It costs $5, and we pay 7$.")]
    [InlineData("Бағасы ($).")]
    [InlineData("It costs $5.")]
    [InlineData("It costs $5 a piece.")]
    public void What_ends_is_settled(string text)
    {
        var cutter = new SentenceCutter();
        cutter.Add(text);
        cutter.Settle().ShouldBe([text.Length]);
    }

    private static string Cut(string text, int size) => Cut(text, [.. text.Chunk(size).Select(c => new string(c))]);

    private static string Cut(string text, string[] pieces)
    {
        var (cutter, ends) = (new SentenceCutter(), new List<int>());
        foreach (var piece in pieces)
        {
            ends.AddRange(cutter.Add(piece));
        }

        return string.Join('|', ends.Select((end, i) => text[(i == 0 ? 0 : ends[i - 1])..end].Trim()));
    }
}
