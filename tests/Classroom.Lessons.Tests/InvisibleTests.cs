namespace Classroom.Lessons.Tests;

/// <summary>What nobody sees is taken out of what children write; words, their order and emoji stay.</summary>
public sealed class InvisibleTests : LessonTest
{
    private const string Tags = "\U000e0068\U000e0069";

    [Theory]
    [InlineData("жа\u200bпы\u2060рақ\ufeff", "жапырақ")]
    [InlineData("\u202eтипс\u202c", "типс")]
    [InlineData("\u2066a\u2067b\u2068c\u2069\u200e\u200f\u061c", "abc")]
    [InlineData("лист" + Tags + "!", "лист!")]
    [InlineData("а\u00adб\u034fв\u115f\u1160г\u3164д\uffa0", "абвгд")]
    [InlineData("a\0b\u0007c\u001b[31m\u0085d\u007f", "abc[31md")]
    [InlineData("бір\u2028екі\u2029үш", "бір\nекі\nүш")]
    [InlineData("x\ufe0ey\u200dz\u200c", "xyz")]
    [InlineData("бір\r\n\tекі ", "бір\r\n\tекі ")]
    [InlineData("👩‍🔬 👨‍👩‍👧‍👦 ❤️ 🏳️‍🌈 ✈️ 1️⃣ #️⃣ ⚠️ 👍🏽", "👩‍🔬 👨‍👩‍👧‍👦 ❤️ 🏳️‍🌈 ✈️ 1️⃣ #️⃣ ⚠️ 👍🏽")]
    [InlineData("й й ё қ́ é", "й й ё қ́ é")]
    [InlineData("а\u2800б\ufffcв", "а бв")]
    [InlineData("\U0001d173x\U0001bca0y\U000e0101z\U000e0001", "xyz")]
    [InlineData("𝑥² 𐐀 🏽", "𝑥² 𐐀 🏽")]
    [InlineData("", "")]
    public void It_goes_and_the_rest_stays(string text, string shown)
    {
        Invisible.Without(text).ShouldBe(shown);
        // In pieces of any size it is the same, though a sign is cut in two.
        for (var size = 1; size < 5; size++)
        {
            var reader = new Invisible.Reader();
            string.Concat(text.Chunk(size).Select(c => reader.Read(new string(c)))).ShouldBe(shown);
        }
    }

    [Fact]
    public void Half_a_sign_that_never_gets_its_other_half_goes_and_one_that_stands_alone_stays_nothing_more() =>
        (Invisible.Without("лист\ud83d"), Invisible.Without("\udc00лист")).ShouldBe(("лист", "\udc00лист"));

    [Fact]
    public void What_a_child_writes_is_kept_without_it()
    {
        Start("s2");
        Ok(Teacher, new SetAiPolicy("s2", AiPolicy.Ask));
        Ok(Dana, new RaiseHand("\u202eкөмек\u200b"));
        Run.State.Hands[Dana].Topic.ShouldBe("көмек");
        Ok(Teacher, new GoToStep("s4"));
        Ok(Dana, new SaveDraft("s4", "жа\u200bпырақ\ncүт\u2066", "өз\u2060ім", "о\ufeffй", ["кі\u200bтап"]));
        var draft = Run.State.Works.Values.ShouldHaveSingleItem();
        (draft.Text, draft.OwnContribution, draft.Reflection, draft.Sources.ShouldHaveSingleItem()).ShouldBe(("жапырақ\ncүт", "өзім", "ой", "кітап"));
        var exchange = Guid.CreateVersion7();
        Ok(Dana, new SaveDraft("s4", "бір екі үш төрт бес алты жеті сегіз тоғыз он", "өзім", "ой", []));
        Ok(Dana, new AskTutor(exchange, "s4", "Не\u200bге " + Tags + "жасыл?"));
        Run.State.Exchanges[exchange].Question.ShouldBe("Неге жасыл?");
        // Nothing that is seen is nothing.
        Refused(Ivan, new AskTutor(Guid.CreateVersion7(), "s2", "\u200b\u2060")).ShouldBe("empty");
        Ok(Ivan, new SaveDraft("s4", null!, null!, null!, default));
        Refused(Ivan, new AskTutor(Guid.CreateVersion7(), "s2", null!)).ShouldBe("empty");
    }

    [Fact]
    public void What_turns_an_idea_around_is_refused_by_name_as_before_and_the_rest_is_taken_out()
    {
        Start("s3");
        Ok(Teacher, new RequestPrompts("s3"));
        Ok(Actor.System, new ProposePrompts("s3", [RandomLesson.Prompt("p1")], RandomLesson.Source));
        Ok(Teacher, new PickPrompt("s3", "p1", null));
        Ok(Teacher, new FormTeams(2, false));
        Refused(Dana, new Contribute(Guid.CreateVersion7(), "s3", "\u202eидея")).ShouldBe("bad-sign");
        Ok(Dana, new Contribute(Guid.CreateVersion7(), "s3", "ағ\u200bаш" + Tags));
        Run.State.Contributions.Values.ShouldHaveSingleItem().Text.ShouldBe("ағаш");
    }
}
