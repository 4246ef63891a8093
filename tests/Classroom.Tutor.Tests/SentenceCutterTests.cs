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
    public void Sentences_end_where_a_reader_says_they_do(string text, string expected)
    {
        foreach (var size in new[] { 1, 2, 3, 7, text.Length })
        {
            Cut(text, size).ShouldBe(expected, $"in pieces of {size}");
        }
    }

    private static string Cut(string text, int size)
    {
        var (cutter, ends) = (new SentenceCutter(), new List<int>());
        for (var i = 0; i < text.Length; i += size)
        {
            ends.AddRange(cutter.Add(text[i..Math.Min(text.Length, i + size)]));
        }

        return string.Join('|', ends.Select((end, i) => text[(i == 0 ? 0 : ends[i - 1])..end].Trim()));
    }
}
