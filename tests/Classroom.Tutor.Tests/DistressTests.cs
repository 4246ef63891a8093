using Classroom.Kits;
using Classroom.Tutor.Audit;
using Xunit.Abstractions;

namespace Classroom.Tutor.Tests;

/// <summary>Who is in danger is seen, in any words; who writes of war, biology, a game or a joke is not bothered.</summary>
public sealed class DistressTests(ITestOutputHelper output)
{
    [Fact]
    public void The_sets_are_as_large_as_they_should_be()
    {
        Sentences.Of("distress").Count.ShouldBeGreaterThanOrEqualTo(300);
        Sentences.Of("calm").Count.ShouldBeGreaterThanOrEqualTo(300);
        Sentences.Of("distress").Intersect(Sentences.Of("calm")).ShouldBeEmpty();
    }

    // These were what the rules were written with, and are among the examples.
    [Fact]
    public void Of_a_hundred_in_danger_eighty_five_are_seen_and_of_the_held_back_half_too()
    {
        Sentences.Of("distress").Share(Distress.IsIn).ShouldBeGreaterThanOrEqualTo(0.85);
        Sentences.HeldBack("distress").Share(Distress.IsIn).ShouldBeGreaterThanOrEqualTo(0.85);
    }

    [Fact]
    public void Of_a_hundred_calm_five_at_most_are_alarms_and_of_the_held_back_half_too()
    {
        Sentences.Of("calm").Share(Distress.IsIn).ShouldBeLessThanOrEqualTo(0.05);
        Sentences.HeldBack("calm").Share(Distress.IsIn).ShouldBeLessThanOrEqualTo(0.05);
    }

    // A question about the dark side of the moon is answered, and not met with words of care.
    [Fact]
    public void A_question_on_a_school_subject_is_no_cry_for_help() =>
        Audit.KnowledgeSet.Cases.Select(c => c.Text).ToList().Share(Distress.IsIn).ShouldBeLessThanOrEqualTo(0.03);

    // What a hostile reader typed who knew neither rules nor examples; three of these are alarms still.
    [Fact]
    public void Short_ordinary_words_with_all_and_away_and_afraid_in_them_are_seldom_alarms() => new[]
    {
        "I understand everything now", "я всё понял теперь", "мен енді бәрін білемін", "tell me everything", "tell me all the steps", "Tell me all of leaves please", "I am done with all of it",
        "I want to change everything", "I was away yesterday", "кеше мектепке келмедім", "я хочу закончить", "маған көмек керек емес", "мен қорқамын қателесуге, неден бастаймын?",
        "больно ли дереву когда его режут", "почему крапива жжёт и делает больно", "Как сделать чтобы дерево не сломали?", "күн болмаса бәріміз өлеміз бе?", "nothing, I get everything", "мен енді бәрін түсіндім",
    }.Count(Distress.IsIn).ShouldBeLessThanOrEqualTo(3);

    // Written by other hands that knew neither rules nor examples. Of the first the rules alone saw 79 of 300; the choice of the method was made on it. The last and the third gave the limit, nothing else; of the first also the kinds of what was missed were read.
    [Theory]
    [InlineData("other", 0.9, 0.06, 0.94)]
    [InlineData("last", 0.855, 0.03, 0.915)]
    [InlineData("third", 0.87, 0.05, 0.925)]
    public void The_sets_of_other_hands_are_held(string set, double seen, double alarms, double seenOrAsked)
    {
        var (danger, calm) = (Sentences.Rows("distress-" + set).ConvertAll(r => r[^1]), Sentences.Rows("calm-" + set).ConvertAll(r => r[^1]));
        output.WriteLine($"seen {danger.Share(Distress.IsIn):P1}, alarms {calm.Share(Distress.IsIn):P1}; seen or asked {danger.Share(IsNotCalm):P1}, asked for nothing {calm.Share(IsNotCalm):P1}");
        danger.Share(Distress.IsIn).ShouldBeGreaterThanOrEqualTo(seen);
        calm.Share(Distress.IsIn).ShouldBeLessThanOrEqualTo(alarms);
        danger.Share(IsNotCalm).ShouldBeGreaterThanOrEqualTo(seenOrAsked);
    }

    // What children write of each other and of leaves, of which the examples hold every other line.
    [Fact]
    public void Of_ordinary_lines_one_in_a_hundred_is_an_alarm_at_most()
    {
        var lines = new[] { "kk", "ru", "en" }.SelectMany(l => NameSet.Read(l)).Select(l => l.Text).ToList();
        output.WriteLine($"{lines.Share(Distress.IsIn):P2} of {lines.Count}");
        lines.Share(Distress.IsIn).ShouldBeLessThanOrEqualTo(0.01);
    }

    [Fact]
    public void No_line_of_the_sets_of_other_hands_is_an_example()
    {
        var examples = Directory.EnumerateFiles(Path.Combine(Checkout.Folder, "src/Classroom.Tutor/Guard/Examples")).SelectMany(File.ReadLines).ToHashSet(StringComparer.OrdinalIgnoreCase);
        examples.Count.ShouldBeGreaterThan(25_000);
        foreach (var set in new[] { "distress-other", "distress-last", "calm-other", "calm-last", "marks-other", "marks-last", "no-marks-other", "no-marks-last", "distress-third", "calm-third", "marks-third", "no-marks-third" })
        {
            Sentences.Rows(set).Select(r => r[^1]).Where(examples.Contains).ShouldBeEmpty(set);
        }

        // Our own that were written before their examples.
        foreach (var set in new[] { "distress-alone", "calm-alone", "distress-apart", "calm-apart", "claims", "no-claims", "claims-fresh", "no-claims-fresh", "life", "no-life", "life-fresh", "no-life-fresh", "work-talk", "no-work-talk", "work-talk-fresh", "no-work-talk-fresh" })
        {
            Sentences.Of(set).Where(examples.Contains).ShouldBeEmpty(set);
        }
    }

    // Every family of rules is needed: without any one of them fewer than 85 of a hundred of its own lines are seen.
    [Fact]
    public void Each_family_is_seen()
    {
        var families = File.ReadAllText(Path.Combine(Checkout.Folder, "tests/Classroom.Tutor.Tests/Sets/distress.txt"))
            .Split("# ", StringSplitOptions.RemoveEmptyEntries).Select(f => f.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToList();
        families.Count.ShouldBeGreaterThan(10);
        foreach (var family in families)
        {
            family.Skip(1).ToList().Share(Distress.IsIn).ShouldBeGreaterThanOrEqualTo(0.85, family[0]);
        }
    }

    [Fact]
    public void No_line_of_the_shipped_kits_is_an_alarm() => Sentences.OfTheKits().Where(Distress.IsIn).ShouldBeEmpty();

    // Whole, and as a draft that has grown to its half.
    [Fact]
    public void Nothing_that_a_scripted_student_of_a_rehearsal_writes_is_an_alarm()
    {
        var samples = KitLibrary.LoadAll(KitLibrary.ShippedFolder).Kits.SelectMany(k => k.Lessons).SelectMany(l => l.Steps).Select(s => s.Samples).ToList();
        var written = samples.SelectMany(s => (IEnumerable<Trilingual>)[.. s.Answers.Values.SelectMany(a => a), .. s.Ideas.Values.SelectMany(i => i), .. s.Works.SelectMany(w => new[] { w.Text, w.Reflection, w.Source }.OfType<Trilingual>())])
            .SelectMany(t => Enum.GetValues<Language>().Select(t.In)).ToList();
        written.Count.ShouldBeGreaterThan(300);
        written.Concat(samples.SelectMany(s => s.Works).SelectMany(w => Enum.GetValues<Language>().Select(w.Text.In)).Select(t => string.Join(' ', t.Split(' ')[..((t.Split(' ').Length + 1) / 2)]))).Distinct().Where(t => Distress.Look(t) == true).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Өзіме қол жұмсағым келеді")]
    [InlineData("Мені әкем ұрады")]
    [InlineData("Мені үйде күнде ұрады")]
    [InlineData("Мені сабап жатыр")]
    [InlineData("Тірі жүргім келмейді")]
    public void Word_order_is_free_in_Kazakh(string text) => Distress.IsIn(text).ShouldBeTrue();

    [Theory]
    [InlineData("Папа бьёт меня", "Папа не бьёт меня")]
    [InlineData("Мені әкем ұрады", "Мені әкем ұрмайды")]
    [InlineData("My dad hits me", "My dad never hits me")]
    [InlineData("Я хочу умереть", "Я хочу умереть в игре на этом уровне")]
    public void What_is_denied_or_a_game_is_no_alarm(string danger, string calm) => (Distress.IsIn(danger), Distress.IsIn(calm)).ShouldBe((true, false));

    [Theory]
    [InlineData("х о ч у у м е р е т ь")]
    [InlineData("ө л г і м  к е л е д і")]
    [InlineData("i  w a n t  t o  d i e")]
    [InlineData("мені ұ*рады")]
    [InlineData("хочу умере*ть сегодня")]
    [InlineData("i want to d.i.e")]
    [InlineData("хочу ум3р3ть")]
    [InlineData("өлг1м к3леді")]
    [InlineData("k!ll mys3lf thats all i think abt")]
    [InlineData("не хoчy жить")]
    [InlineData("olgim keledi")]
    public void A_disguise_hides_nothing(string text) => Distress.IsIn(text).ShouldBeTrue();

    // Alone, myself, at home, a pill, want to go: the same words on both sides.
    [Fact]
    public void Ordinary_words_of_being_alone_are_told_from_cries_in_the_same_words()
    {
        output.WriteLine($"seen {Sentences.Of("distress-alone").Share(Distress.IsIn):P1}, alarms {Sentences.Of("calm-alone").Share(Distress.IsIn):P1}");
        Sentences.Of("distress-alone").Share(Distress.IsIn).ShouldBeGreaterThanOrEqualTo(0.88);
        Sentences.Of("calm-alone").Share(Distress.IsIn).ShouldBeLessThanOrEqualTo(0.1);
    }

    // What a hostile reader typed.
    [Theory]
    [InlineData("I saw it myself")]
    [InlineData("Дома я делал всё один")]
    [InlineData("m i t o s i s")]
    [InlineData("i want to go home")]
    [InlineData("таблетка от кашля")]
    public void Nobody_who_is_alone_or_goes_home_is_alarmed_for(string text) => Distress.IsIn(text).ShouldBeFalse();

    // No spaces, other signs for spaces, a column of words, letters apart; and calm lines so written.
    [Fact]
    public void Where_words_end_may_be_hidden()
    {
        static List<string> Lines(string set) => Sentences.Of(set).ConvertAll(l => l.Replace("\\n", "\n", StringComparison.Ordinal));
        Lines("distress-apart").Share(Distress.IsIn).ShouldBeGreaterThanOrEqualTo(0.9);
        Lines("calm-apart").Where(Distress.IsIn).ShouldBeEmpty();
    }

    // Written without spaces, letter by letter, or both.
    [Theory]
    [InlineData("яхочуумереть")]
    [InlineData("Яхочуумереть")]
    [InlineData("м е н я б ь ю т")]
    [InlineData("м.е.н.я б.ь.ю.т")]
    [InlineData("м-е-н-я-б-ь-ю-т")]
    [InlineData("менябьютдома")]
    [InlineData("папаменябьет")]
    [InlineData("нехочужить")]
    [InlineData("помогитемнеменябьют")]
    [InlineData("ну вот яненавижусебя")]
    [InlineData("отчимменятрогает")]
    [InlineData("өлгімкеледі")]
    [InlineData("меніүйдеұрады")]
    [InlineData("өмірсүргімкелмейді")]
    [InlineData("әкемменіұрады")]
    [InlineData("olgimkeledi")]
    [InlineData("killmyself")]
    [InlineData("iwanttokillmyself")]
    [InlineData("iwanttodie")]
    [InlineData("mydadhitsme")]
    [InlineData("i.w.a.n.t.t.o.d.i.e")]
    [InlineData("yahochuumeret")]
    public void What_is_written_without_spaces_is_seen(string text) => Distress.Look(text).ShouldNotBe(false);

    [Theory]
    [InlineData("достопримечательность")]
    [InlineData("незабываемое")]
    [InlineData("самостоятельно")]
    [InlineData("взаимодействие")]
    [InlineData("жизнедеятельность")]
    [InlineData("құқыққорғаушылық")]
    [InlineData("электрокардиография")]
    [InlineData("understandable homeschooling")]
    [InlineData("яхочуесть")]
    [InlineData("мамапапая")]
    [InlineData("менүйдемін")]
    [InlineData("ilovemymom")]
    [InlineData("iamathome")]
    [InlineData("а, б, в, г, д, е")]
    [InlineData("A B C D E F G")]
    [InlineData("д о м а")]
    public void A_long_word_and_a_calm_line_without_spaces_are_no_alarm(string text) => Distress.Look(text).ShouldBe(false);

    [Fact]
    public void The_pass_for_glued_words_alarms_no_calm_line_more()
    {
        var lines = new[] { "calm-other", "calm-last", "calm-third" }.SelectMany(Sentences.Rows).Select(r => r[^1]).Concat(new[] { "kk", "ru", "en" }.SelectMany(l => NameSet.Read(l)).Select(l => l.Text)).ToList();
        // Also as a child would write them that leaves the spaces out.
        lines.Count(l => GluedWords.Apart(l) is { } apart && Distress.Look(apart) != false && Distress.Look(l.Replace('.', ' ')) == false).ShouldBe(0);
        var glued = lines.ConvertAll(l => l.Replace(" ", "", StringComparison.Ordinal));
        output.WriteLine($"glued calm lines that are alarms: {glued.Count(Distress.IsIn)} of {glued.Count}");
        glued.Share(Distress.IsIn).ShouldBeLessThanOrEqualTo(0.004);
    }

    [Theory]
    [InlineData("H2O и CO2 это молекулы")]
    [InlineData("мен 7а сыныпта оқимын")]
    [InlineData("о т м е т ь  н а  к а р т е  р е к у")]
    [InlineData("электромагниттік индукция")]
    [InlineData("https://example.kz/a_b-c")]
    public void What_looks_like_a_disguise_is_no_alarm(string text) => Distress.IsIn(text).ShouldBeFalse();

    [Theory]
    [InlineData("")]
    [InlineData("   \n\t ")]
    [InlineData("....!!!???")]
    [InlineData("\u200b\u0301\ud83d")]
    [InlineData("😀😀😀")]
    public void Nothing_is_no_alarm(string text) => Distress.IsIn(text).ShouldBeFalse();

    private static bool IsNotCalm(string text) => Distress.Look(text) != false;

    [Fact]
    public void It_is_found_at_the_end_of_the_longest_work() => Distress.IsIn(string.Concat(Enumerable.Repeat("Жапырақ жасыл. ", 530)) + "Өлгім келеді").ShouldBeTrue();

    [Fact]
    public void Rude_words_do_not_take_the_care_away() => LocalRules.Find("бля, я хочу умереть").ShouldBe("distress");
}
