namespace Classroom.Kits.Tests;

/// <summary>The kits that ship: they load, a teacher can run them, and they keep the rules of a good text.</summary>
public class ShippedKitsTests
{
    private static readonly KitLibrary Library = KitLibrary.LoadAll(KitLibrary.ShippedFolder);

    public static TheoryData<string> Files() => [.. Directory.GetDirectories(KitLibrary.ShippedFolder).Select(f => Path.GetFileName(f)!).Order()];

    public static TheoryData<string> Ids() => [.. Library.Kits.Select(k => k.Id)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_shipped_kit_loads_without_an_error(string file)
    {
        var result = KitLoader.Load(Path.Combine(KitLibrary.ShippedFolder, file));

        string.Join('\n', result.Errors).ShouldBe("");
        result.Ok.ShouldBeTrue();
        file.ShouldBe(result.Kit!.Id);
        result.Kit.Hash.Length.ShouldBe(64);
    }

    [Fact]
    public void The_four_of_them() =>
        Library.Kits.Select(k => k.Id).ShouldBe(["ai-literacy", "animation", "fractions", "photosynthesis"]);

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_lesson_fits_a_school_hour(string id)
    {
        foreach (var lesson in Library.Find(id)!.Lessons)
        {
            lesson.Plan.Minutes.ShouldBeInRange(30, 45);
            lesson.Steps.Sum(s => s.Plan.Minutes).ShouldBe(lesson.Plan.Minutes);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_lesson_uses_all_six_kinds_of_step(string id) =>
        Steps(id).Select(s => s.Plan.Kind).Distinct().Count().ShouldBe(6);

    [Theory]
    [MemberData(nameof(Ids))]
    public void No_picture_is_only_on_phones_which_a_class_may_not_have(string id) =>
        Steps(id).Where(s => s.Plan.BoardImage is not null).Select(s => s.Plan.Image).ShouldAllBe(i => i == null || Steps(id).Any(s =>
            s.Plan.BoardImage == i || (s.Plan.Image == i && s.Plan.BoardImage == null) || s.Plan.Topics.Any(t => t.Image == i) || s.Plan.Questions.Any(q => q.Image == i || q.WhyImage == i)));

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_lesson_ends_with_a_reflection_and_rests_from_devices_at_least_once(string id)
    {
        Steps(id)[^1].Plan.Kind.ShouldBe(StepKind.Reflect);
        Steps(id).ShouldContain(s => !s.Plan.Devices);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Sentences_are_aligned_in_every_level_and_mode(string id)
    {
        foreach (var e in Steps(id).SelectMany(s => s.Explanations))
        {
            foreach (var level in Enum.GetValues<Level>())
            {
                Counts(e, level).Distinct().Count().ShouldBe(1, $"{e.Id} {level}");
                Counts(e, level)[0].ShouldBeInRange(4, 8);
            }

            foreach (var mode in Enum.GetValues<ExplainMode>().Where(m => m != ExplainMode.Plain))
            {
                Counts(e, Level.Simple, mode).Distinct().Count().ShouldBe(1, $"{e.Id} {mode}");
                Counts(e, Level.Simple, mode)[0].ShouldBeInRange(3, 6);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_line_of_an_explanation_is_one_sentence_in_every_language(string id)
    {
        foreach (var e in Steps(id).SelectMany(s => s.Explanations))
        {
            foreach (var variant in from level in Enum.GetValues<Level>() from language in Enum.GetValues<Language>() select new Variant(language, level))
            {
                e.Sentences(variant).ShouldBe(e.Text(variant).Split('\n'));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Work_is_assessed_by_two_criteria_of_two_descriptors(string id)
    {
        var task = Steps(id).Select(s => s.Plan.Task).OfType<TaskPlan>().Single();

        task.Criteria.Length.ShouldBe(2);
        task.Criteria.ShouldAllBe(c => c.Descriptors.Length == 2);
        task.MinOwnWords.ShouldBeGreaterThan(0);
        task.AsksReflection.ShouldBeTrue();
    }

    [Fact]
    public void Photosynthesis_asks_in_all_five_ways() =>
        Steps("photosynthesis").SelectMany(s => s.Plan.Questions).Select(q => q.Kind).Distinct().Count().ShouldBe(5);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Texts_speak_calmly_and_hold_no_Latin_look_alikes(string id)
    {
        foreach (var text in Texts.Of(Library.Find(id)!))
        {
            foreach (var one in new[] { text.Kk, text.Ru, text.En })
            {
                one.ShouldNotContain("!");
                one.ShouldNotContain("\u00A0");
            }

            foreach (var word in Formulas.Without(text.Kk + " " + text.Ru, " ").Split(' ', '\n', '-', '/'))
            {
                var mixed = word.Any(char.IsAsciiLetter) && word.Any(c => c is >= '\u0400' and <= '\u04FF');
                mixed.ShouldBeFalse($"Latin letters inside the Cyrillic word \"{word}\"");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Russian_holds_no_Kazakh_letters_and_English_no_Cyrillic(string id)
    {
        foreach (var text in Texts.Of(Library.Find(id)!))
        {
            text.Ru.Any(c => "әғқңөұүһіӘҒҚҢӨҰҮҺІ".Contains(c, StringComparison.Ordinal)).ShouldBeFalse(text.Ru);
            text.En.Any(c => c is >= '\u0400' and <= '\u04FF').ShouldBeFalse(text.En);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rehearsal_has_lines_wherever_students_write(string id)
    {
        foreach (var step in Steps(id))
        {
            foreach (var question in step.Plan.Questions.Where(q => q.Kind is QuestionKind.Open or QuestionKind.WordCloud))
            {
                step.Samples.Answers[question.Id].Count.ShouldBeGreaterThanOrEqualTo(5, question.Id);
            }

            step.Prompts.ShouldAllBe(p => step.Samples.Ideas[p.Id].Count >= 2);
            if (step.Plan.Task is { } task)
            {
                var shortest = step.Samples.Works.Select(w => w.Text.Each().Min(Words)).ToList();
                shortest.Count.ShouldBeGreaterThanOrEqualTo(4);
                shortest.Count(n => n < task.MinOwnWords).ShouldBe(1, "one is below what is asked for");
            }
        }

        static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Count(w => w.Any(char.IsLetterOrDigit));
    }

    private static List<int> Counts(KitExplanation e, Level level, ExplainMode mode = ExplainMode.Plain) =>
        [.. Enum.GetValues<Language>().Select(l => e.Sentences(new Variant(l, level), mode).Count)];

    private static IReadOnlyList<KitStep> Steps(string id) => Library.Find(id)!.Lessons.Single().Steps;
}
