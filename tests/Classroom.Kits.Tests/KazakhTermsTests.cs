namespace Classroom.Kits.Tests;

/// <summary>One thing has one word in all the kits, so that a picture says what its lesson says.</summary>
public sealed class KazakhTermsTests
{
    [Theory]
    [InlineData("көрсеткіш", "an arrow is көрсеткі; көрсеткіш is a figure of a table")]
    [InlineData("кілт сурет", "a key picture is негізгі сурет; кілт opens a door")]
    [InlineData("кілт кадр", "a key frame is негізгі кадр")]
    [InlineData("қате белгі", "белгі is a feature of what is learned; a label is атау")]
    [InlineData("алма белгісі", "a label is атау")]
    [InlineData("екі белгінің", "a label is атау")]
    [InlineData("аралас сынып", "several grades in one room are біріктірілген сынып; аралас is of two languages")]
    [InlineData("үш байқау", "what is seen in an experiment is бақылау; байқау is a contest")]
    [InlineData("теңдікке", "6CO₂ + 6H₂O → is теңдеу")]
    [InlineData("сұрақ сұра", "сұрақ қою")]
    public void No_kit_has_a_second_word_for_it(string word, string instead)
    {
        foreach (var kit in Directory.GetDirectories(KitLibrary.ShippedFolder))
        {
            File.ReadLines(Path.Combine(kit, "kit.yaml")).Where(l => l.Contains(word, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(instead);
        }
    }
}
