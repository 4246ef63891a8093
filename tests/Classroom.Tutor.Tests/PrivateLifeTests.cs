namespace Classroom.Tutor.Tests;

/// <summary>What a teacher is offered for a discussion pries into no child of the class and no child's home.</summary>
public sealed class PrivateLifeTests(Xunit.Abstractions.ITestOutputHelper output)
{
    [Fact]
    public void Questions_that_pry_are_seen_and_questions_of_lessons_stay()
    {
        Sentences.Of("life").Where(q => !PrivateLife.IsIn(q)).ShouldBeEmpty();
        Sentences.Of("no-life").Where(q => PrivateLife.IsIn(q)).ShouldBeEmpty();
    }

    // Written before the examples, which were tried on every other line.
    [Fact]
    public void In_other_words_too()
    {
        var (prying, lessons) = (Sentences.Of("life-fresh"), Sentences.Of("no-life-fresh"));
        output.WriteLine($"seen {prying.Share(q => PrivateLife.IsIn(q)):P1}, of the held back half {Sentences.HeldBack("life-fresh").Share(q => PrivateLife.IsIn(q)):P1}; lost {lessons.Share(q => PrivateLife.IsIn(q)):P1}");
        (prying.Count, lessons.Count).ShouldBe((120, 120));
        prying.Share(q => PrivateLife.IsIn(q)).ShouldBeGreaterThanOrEqualTo(0.93);
        lessons.Share(q => PrivateLife.IsIn(q)).ShouldBeLessThanOrEqualTo(0.02);
    }

    // Some children call themselves by a word of the lesson.
    [Theory]
    [InlineData("Жапырақ неге жасыл?\nПочему лист зелёный?\nWhy is a leaf green?", "Жапырақ", false)]
    [InlineData("Жапырақтың түсі күзде неге өзгереді? Бір жапырақ салыңдар.", "Жапырақ", false)]
    [InlineData("Leaf colours: why does a leaf turn red?", "Leaf", false)]
    [InlineData("Роза неге тікенді? Ауладағы роза қандай?", "Роза", false)]
    [InlineData("Күн қашан биік? Түсте күн қайда тұрады?", "Күн", false)]
    [InlineData("Сол жақтағы Жапырақ қандай жапырақ салды?", "Жапырақ", true)]
    [InlineData("Why is Leaf late? Draw a leaf.", "Leaf", true)]
    [InlineData("Leaf, what do you think of this leaf?", "Leaf", true)]
    [InlineData("Спросите у Розы, какая роза растёт дома.", "Роза", true)]
    [InlineData("Айгерім неге кешігеді?", "Айгерім", true)]
    public void A_nickname_that_is_a_word_names_a_child_where_it_is_used_as_a_name(string text, string name, bool names) => PrivateLife.IsIn(text, [name], "Жапырақ және жарық. Лист и свет. A leaf and light.").ShouldBe(names, text);

    [Theory]
    [InlineData("Екі топ Дариға көпір салады.", "Дариға", true)]
    [InlineData("Two teams build a bridge with Temirlan.", "Темирлан", true)]
    [InlineData("Две команды строят мост.", "Дарига", false)]
    [InlineData("Какой мост построил бы [P7]?", "Дарига", true)]
    [InlineData("Абай қара сөздерін не үшін жазды?", "Дариға", false)]
    [InlineData("", "Дариға", false)]
    public void Who_is_of_the_class_is_named_in_none(string text, string name, bool pries) => PrivateLife.IsIn(text, [name]).ShouldBe(pries);
}
