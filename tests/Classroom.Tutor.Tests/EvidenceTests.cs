using Classroom.Kits;

namespace Classroom.Tutor.Tests;

/// <summary>Feedback without a model: the child's own sentences beside the descriptors they speak of, or none; never a verdict.</summary>
public sealed class EvidenceTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private static readonly (string Kit, Language Language, string Work, string[] Of)[] Works =
    [
        ("photosynthesis", Language.Kk, "Жапыраққа су мен көмірқышқыл газы керек. Ағаштың өсуі күнге байланысты. Көлеңкедегі жапырақтың түсі ақшыл. Мұны кітаптан оқыдым.",
            ["Жапыраққа су мен көмірқышқыл газы керек.", "Ағаштың өсуі күнге байланысты.", "Көлеңкедегі жапырақтың түсі ақшыл."]),
        ("photosynthesis", Language.Ru, "Листу нужны вода и свет. Дерево у окна растёт быстрее. Я увидел тень под веткой, цвет бледный. Про газ прочитал в книге.",
            ["Листу нужны вода и свет.", "Дерево у окна растёт быстрее.", "Я увидел тень под веткой, цвет бледный.", "Про газ прочитал в книге."]),
        ("photosynthesis", Language.En, "A leaf needs water and dioxide. The tree grows faster at the window. I noticed the shade and the pale colour. I read the rest in a book.",
            ["A leaf needs water and dioxide.", "The tree grows faster at the window.", "I noticed the shade and the pale colour.", "I read the rest in a book."]),
    ];

    [Fact]
    public async Task Sentences_stand_beside_the_descriptors_they_speak_of_each_once_and_nothing_is_judged()
    {
        foreach (var (kit, language, work, of) in Works)
        {
            var draft = await PreparedAsync(kit, language, work);
            draft.Items.ShouldAllBe(i => i.Verdict == null && i.NextStep == "");
            var quotes = draft.Items.Select(i => i.Quote).Where(q => q.Length > 0).ToList();
            quotes.ShouldBeUnique();
            quotes.Count.ShouldBeGreaterThanOrEqualTo(2, $"{kit} {language}: {string.Join(" / ", draft.Items.Select(i => i.Quote))}");
            quotes.ShouldAllBe(q => of.Contains(q));
            draft.Hints.Length.ShouldBe(draft.Items.Length);
            draft.Hints.ShouldAllBe(h => h.NotYet.Length > 0 && h.Partly.Length > 0 && h.Met.Length > 0);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("и")]
    [InlineData("ааа ббб ввв ггг. Қызыл көжек домбыра тартты. Blue cats dance loudly tonight.")]
    [InlineData("Мен бүгін мектепке келдім. Түскі ас дәмді болды.")]
    [InlineData("Сегодня мы играли в футбол. Вечером пойдём в кино.")]
    public async Task Where_nothing_is_about_it_there_is_no_evidence(string work)
    {
        foreach (var language in Enum.GetValues<Language>())
        {
            (await PreparedAsync("photosynthesis", language, work)).Items.ShouldAllBe(i => i.Quote == "" && i.Verdict == null);
        }
    }

    [Fact]
    public void A_word_of_every_descriptor_tells_none_from_another()
    {
        Evidence.Of("Дерево стоит высокое и красивое.", ["Дерево и вода рядом", "Дерево и почва рядом"]).ShouldBe(["", ""]);
        Evidence.Of("Дерево стоит в сухой почве.", ["Дерево и почва рядом", "Дерево и солнце рядом"]).ShouldBe(["Дерево стоит в сухой почве.", ""]);
    }

    // "Writes what it shows", "объясняет, почему": such words are in any descriptor and in any work.
    [Fact]
    public void What_descriptors_are_worded_with_is_no_evidence()
    {
        Evidence.Of("Я пишу, почему это так, и показываю каждый день.", ["Пишет и показывает, почему"]).ShouldBe([""]);
        Evidence.Of("Мен бұл жерде неге екенін көрсетіп жаздым.", ["Неге екенін көрсетіп жазады"]).ShouldBe([""]);
    }

    [Fact]
    public void Letters_with_marks_of_their_own_are_letters() =>
        Evidence.Of("Осенью желтыи\u0306 лист опадает с берёзы.", ["Называет: жёлтый лист берёзы"])[0].ShouldStartWith("Осенью");

    [Fact]
    public void A_sentence_stands_for_one_descriptor_and_a_short_word_for_none()
    {
        Evidence.Of("Дерево стоит в сухой почве у окошка.", ["Называет почву", "Называет окошко"]).Count(e => e.Length > 0).ShouldBe(1);
        Evidence.Of("Мой кот сегодня спит.", ["Рисует кота"]).ShouldBe([""]);
    }

    [Fact]
    public void One_endless_sentence_is_shown_by_its_parts()
    {
        var work = string.Join(", ", Enumerable.Range(0, 20).Select(i => $"день {i} прошёл тихо")) + ", почва стала сухой";
        Evidence.Of(work, ["Описывает почву и влагу"])[0].ShouldBe("почва стала сухой");
    }

    [Fact]
    public void Words_of_the_work_itself_are_told_from_words_of_its_matter()
    {
        Sentences.Of("work-talk").Share(AboutWork.IsIn).ShouldBeGreaterThanOrEqualTo(0.95);
        Sentences.Of("no-work-talk").Where(AboutWork.IsIn).ShouldBeEmpty();
    }

    // Written before the examples, which were tried on every other line.
    [Fact]
    public void A_sentence_that_judges_itself_or_speaks_to_whoever_judges_is_no_evidence()
    {
        static bool IsNone(string said) => AboutWork.IsIn(said) || Orders.AreIn(said);
        var (judged, matter) = (Sentences.Of("work-talk-fresh"), Sentences.Of("no-work-talk-fresh"));
        output.WriteLine($"seen {judged.Share(IsNone):P1}, of the held back half {Sentences.HeldBack("work-talk-fresh").Share(IsNone):P1}; lost {matter.Share(IsNone):P1}");
        (judged.Count, matter.Count).ShouldBe((120, 120));
        judged.Share(IsNone).ShouldBeGreaterThanOrEqualTo(0.9);
        matter.Share(IsNone).ShouldBeLessThanOrEqualTo(0.02);
    }

    [Theory]
    [InlineData("Называет свет и воду", "Называет свет и воду", true)]
    [InlineData("Листу нужны свет и вода", "Называет свет и воду", false)]
    [InlineData("I name light and water.", "Names light and water", true)]
    [InlineData("Жарық пен суды атайды", "Жарық пен суды атайды", true)]
    [InlineData("Жапыраққа жарық пен су керек", "Жарық пен суды атайды", false)]
    [InlineData("", "Называет свет", false)]
    [InlineData("Свет", "Свет", false)]
    [InlineData("I name light and water: light comes from the sun and water from the root of the tree.", "Names light and water.", false)]
    public void Whoever_repeats_a_descriptor_has_shown_nothing(string quote, string descriptor, bool repeats) => Evidence.Repeats(quote, descriptor).ShouldBe(repeats);

    private static async Task<FeedbackDraft> PreparedAsync(string kit, Language language, string work)
    {
        var kits = KitLibrary.LoadAll(KitLibrary.ShippedFolder);
        var lesson = kits.Kits.First(k => k.Id == kit).Lessons[0];
        var step = lesson.Plan.Steps.First(s => s.Task is not null);
        var tutor = new PreparedTutor(kits, new PreparedTutorOptions { WordDelay = TimeSpan.Zero }, TimeProvider.System);
        return await tutor.Ask(new FeedbackRequest(Sample.Call("feedback"), lesson.Plan, step, language, work, "", false), default);
    }
}
