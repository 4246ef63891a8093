namespace Classroom.Tutor.Tests;

/// <summary>What a teacher is offered for a discussion pries into no child of the class and no child's home.</summary>
public sealed class PrivateLifeTests
{
    [Fact]
    public void Questions_that_pry_are_seen_and_questions_of_lessons_stay()
    {
        Sentences.Of("life").Where(q => !PrivateLife.IsIn(q)).ShouldBeEmpty();
        Sentences.Of("no-life").Where(q => PrivateLife.IsIn(q)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Екі топ Дариға көпір салады.", "Дариға", true)]
    [InlineData("Two teams build a bridge with Temirlan.", "Темирлан", true)]
    [InlineData("Две команды строят мост.", "Дарига", false)]
    [InlineData("Какой мост построил бы [P7]?", "Дарига", true)]
    [InlineData("Абай қара сөздерін не үшін жазды?", "Дариға", false)]
    [InlineData("", "Дариға", false)]
    public void Who_is_of_the_class_is_named_in_none(string text, string name, bool pries) => PrivateLife.IsIn(text, name).ShouldBe(pries);
}
