using Classroom.Centre.Cli;
using Google.Protobuf.WellKnownTypes;
using Ortaq.Centre.V1;
using Spectre.Console;

namespace Classroom.Centre.Tests;

/// <summary>The terminal's wall as text: what stands on it, in which order and language, and what must not reach a terminal.</summary>
public sealed class WallViewTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Those_who_wait_longest_stand_first_then_the_lost_then_the_silent()
    {
        var tiles = new[]
        {
            Tile("calm"), Tile("silent", idle: 3), Tile("lost", lost: 0.25), Tile("claimed", hands: [Hand("Дана", 20, "Жанна")]),
            Tile("waits-short", hands: [Hand("Ерлан", 2)]), Tile("waits-long", hands: [Hand("Айгерім", 9), Hand("Дана", 1)]),
        };
        Need.Sorted(tiles).Select(t => t.ClassroomId).ShouldBe(["waits-long", "waits-short", "lost", "silent", "calm", "claimed"]);
        tiles.Where(new Filter(true, null, null).Lets).Select(t => t.ClassroomId).ShouldBe(["silent", "lost", "waits-short", "waits-long"]);
        tiles.Where(new Filter(false, " ЖАРЫҚ ", null).Lets).Count().ShouldBe(6);
        tiles.Where(new Filter(false, "никто", null).Lets).ShouldBeEmpty();
        tiles.Where(new Filter(false, null, "lobby").Lets).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("kk", "күтіп тұр: 1 · 9 мин", "түсінбегені: 6 · 25%", "Фотосинтез", "жоспар бойынша")]
    [InlineData("ru", "ждут: 1 · 9 мин", "не поняли: 6 · 25%", "Фотосинтез (ru)", "по плану")]
    [InlineData("en", "1 waiting · 9 min", "6 lost · 25%", "Photosynthesis", "on plan")]
    public void It_speaks_the_language_that_was_asked_for(string language, params string[] words)
    {
        var picture = Draw([Tile("a", lost: 0.25, hands: [Hand("Айгерім", 9)]), Tile("b")], Words.In(language));
        words.ShouldAllBe(w => picture.Contains(w, StringComparison.Ordinal), picture);
    }

    [Fact]
    public void An_empty_wall_and_a_server_that_is_away_say_so()
    {
        Draw([], Words.In("en")).ShouldContain("No lesson is on at the centre now.");
        Draw([], Words.In("ru"), isAway: true).ShouldContain("Связь с сервером прервалась");
    }

    [Fact]
    public void What_a_child_typed_is_text_and_no_command_to_the_terminal()
    {
        var picture = Draw([Tile("a", hands: [Hand("[red]\u001b]0;x\a\u009b2J", 1, topic: "[link=http://x]a\nb")])], Words.In("kk"));
        picture.ShouldContain("[red] ]0;x");
        picture.ShouldContain("[link=http://x]a b");
        picture.Where(c => char.IsControl(c) && c != '\n').ShouldBeEmpty();
    }

    [Fact]
    public void Each_language_has_words_of_its_own_and_a_plural()
    {
        Words.In("ru").Students(1).ShouldBe("1 ученик");
        Words.In("ru").Students(22).ShouldBe("22 ученика");
        Words.In("ru").Students(12).ShouldBe("12 учеников");
        Words.In("en").Students(1).ShouldBe("1 student");
        new[] { "kk", "ru", "en" }.Select(l => Words.In(l).Order).Distinct().Count().ShouldBe(3);
        Should.Throw<FailureException>(() => Words.In("de"));
    }

    private static string Draw(IReadOnlyCollection<Tile> tiles, Words words, bool isAway = false)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 140;
        console.Write(WallView.Of(tiles, Now, words, isAway));
        return text.ToString().Replace("\r", "", StringComparison.Ordinal);
    }

    private static Hand Hand(string nickname, int minutes, string claimedBy = "", string topic = "жарық") =>
        new() { Nickname = nickname, Topic = topic, Since = Timestamp.FromDateTimeOffset(Now.AddMinutes(-minutes)), ClaimedBy = claimedBy };

    private static Tile Tile(string id, double lost = 0, int idle = 0, Hand[]? hands = null) => new()
    {
        ClassroomId = id, ClassName = "7Б", TeacherName = "Айгүл Маратқызы", Phase = Phase.Live, Joined = 24, Lost = lost, Idle = idle,
        Title = new Trilingual { Kk = "Фотосинтез: жарық", Ru = "Фотосинтез (ru)", En = "Photosynthesis" }, StepTitle = new Trilingual { Kk = "Талқылау", Ru = "Обсуждение", En = "Discuss" },
        StepIndex = 1, StepCount = 4, StepMinutes = 15, Minutes = 45, StepStartedAt = Timestamp.FromDateTimeOffset(Now.AddMinutes(-10)),
        StartedAt = Timestamp.FromDateTimeOffset(Now.AddMinutes(-22)), Hands = { hands ?? [] },
    };
}
