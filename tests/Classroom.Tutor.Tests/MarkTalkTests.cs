using Xunit.Abstractions;

namespace Classroom.Tutor.Tests;

/// <summary>A mark is seen in any wording; a fraction, a count, a price, a wind is none.</summary>
public sealed class MarkTalkTests(ITestOutputHelper output)
{
    [Fact]
    public void The_sets_are_as_large_as_they_should_be()
    {
        Sentences.Of("marks").Count.ShouldBeGreaterThanOrEqualTo(300);
        Sentences.Of("no-marks").Count.ShouldBeGreaterThanOrEqualTo(300);
        Sentences.Of("marks").Intersect(Sentences.Of("no-marks")).ShouldBeEmpty();
    }

    [Fact]
    public void Of_a_hundred_marks_ninety_five_are_seen_and_of_the_held_back_half_too()
    {
        Sentences.Of("marks").Share(MarkTalk.IsIn).ShouldBeGreaterThanOrEqualTo(0.95);
        Sentences.HeldBack("marks").Share(MarkTalk.IsIn).ShouldBeGreaterThanOrEqualTo(0.95);
    }

    [Fact]
    public void Of_a_hundred_innocent_sentences_two_at_most_are_taken_out_and_of_the_held_back_half_too()
    {
        Sentences.Of("no-marks").Share(Deleted).ShouldBeLessThanOrEqualTo(0.02);
        Sentences.HeldBack("no-marks").Share(Deleted).ShouldBeLessThanOrEqualTo(0.02);
    }

    // Written by other hands that knew neither rules nor examples.
    [Theory]
    [InlineData("other", 0.94, 0.01)]
    [InlineData("last", 0.95, 0.02)]
    [InlineData("third", 0.9, 0.01)]
    [InlineData("fourth", 0.95, 0.015)]
    public void Said_of_a_childs_work_the_sets_of_other_hands_are_held(string set, double seen, double taken)
    {
        var (marks, none) = (Sentences.Rows("marks-" + set).ConvertAll(r => r[^1]), Sentences.Rows("no-marks-" + set).ConvertAll(r => r[^1]));
        output.WriteLine($"seen {marks.Share(MarkTalk.IsOfWork):P1}, taken {none.Share(MarkTalk.IsOfWork):P1}; said in a lesson {marks.Share(MarkTalk.IsIn):P1}, {none.Share(MarkTalk.IsIn):P1}");
        marks.Share(MarkTalk.IsOfWork).ShouldBeGreaterThanOrEqualTo(seen);
        none.Share(MarkTalk.IsOfWork).ShouldBeLessThanOrEqualTo(taken);
    }

    // Blind at first: 87.5 % seen, 0.4 % taken. Its misses were then looked at.
    [Fact]
    public void Said_in_a_lesson_a_set_of_another_hand_is_held()
    {
        Sentences.Rows("marks-fourth").ConvertAll(r => r[^1]).Share(MarkTalk.IsIn).ShouldBeGreaterThanOrEqualTo(0.94);
        Sentences.Rows("no-marks-fourth").ConvertAll(r => r[^1]).Share(MarkTalk.IsIn).ShouldBeLessThanOrEqualTo(0.005);
        Sentences.Rows("no-marks-praise").ConvertAll(r => r[^1]).Share(MarkTalk.IsOfWork).ShouldBeLessThanOrEqualTo(0.08, "praise without a value is praise");
    }

    // The held half of a set of kinds that the others have few of: games' points, bars, papers of a school, classes of an age; sums, shares and scores of matches in words.
    // Its other half is among the examples. Before: 62.3 % seen and 7.4 % taken, of works 71.1 % and 12.6 %. The sixth was written after all rules: blind 77.8 % and 0 %, of works
    // 77.8 % and 9.5 %; its misses were then looked at.
    [Theory]
    [InlineData("fifth", 0.88, 0.02, 0.9, 0.035)]
    [InlineData("sixth", 0.9, 0.02, 0.9, 0.03)]
    public void Of_newer_kinds_marks_are_seen_and_sums_shares_and_scores_stay(string set, double seen, double taken, double seenOfWorks, double takenOfWorks)
    {
        var (marks, none) = (Sentences.Rows("marks-" + set).ConvertAll(r => r[1]), Sentences.Rows("no-marks-" + set).ConvertAll(r => r[1]));
        output.WriteLine($"seen {marks.Share(MarkTalk.IsIn):P1}, taken {none.Share(MarkTalk.IsIn):P1}; of works {marks.Share(MarkTalk.IsOfWork):P1}, {none.Share(MarkTalk.IsOfWork):P1}");
        marks.Share(MarkTalk.IsIn).ShouldBeGreaterThanOrEqualTo(seen);
        none.Share(MarkTalk.IsIn).ShouldBeLessThanOrEqualTo(taken);
        marks.Share(MarkTalk.IsOfWork).ShouldBeGreaterThanOrEqualTo(seenOfWorks);
        none.Share(MarkTalk.IsOfWork).ShouldBeLessThanOrEqualTo(takenOfWorks);
    }

    // Bold letters of a "fancy text" page, which are other characters: what examples know and what rules know.
    [Fact]
    public void A_mark_in_drawn_letters_is_seen_as_in_plain_ones()
    {
        static string Drawn(string text) => string.Concat(text.Select(c => c switch
        {
            >= 'A' and <= 'Z' => char.ConvertFromUtf32(0x1d400 + c - 'A'),
            >= 'a' and <= 'z' => char.ConvertFromUtf32(0x1d41a + c - 'a'),
            _ => $"{c}",
        }));

        foreach (var set in new[] { "marks-answers", "marks-fourth" })
        {
            var marks = Sentences.Rows(set).Where(r => r[0] == "en").Select(r => r[^1]).Where(MarkTalk.IsIn).ToList();
            // Whose name is drawn is not known by its capital.
            marks.ConvertAll(Drawn).Share(MarkTalk.IsIn).ShouldBeGreaterThanOrEqualTo(0.98);
        }

        foreach (var mark in new[] { "Ⓐ+ for this answer.", "Твоя оценка: 𝟓.", "𝐆𝐫𝐚𝐝𝐞: 𝐀" })
        {
            MarkTalk.IsIn(mark).ShouldBeTrue(mark);
        }
    }

    // What a coach or an explanation says: the one half was tuned on, the other looked at last.
    [Theory]
    [InlineData("tune")]
    [InlineData("last")]
    public void Said_in_a_lesson_marks_are_seen_and_numbers_stay(string half)
    {
        foreach (var language in Enum.GetValues<Language>().Select(l => $"{l}".ToLowerInvariant()))
        {
            List<string> Rows(string set) => [.. Sentences.Rows(set).Where(r => r[0] == language && r[1] == half).Select(r => r[2])];
            var (marks, none) = (Rows("marks-answers"), Rows("no-marks-answers"));
            (marks.Count, none.Count).ShouldBe((46, 46));
            output.WriteLine($"{language} {half}: seen {marks.Share(MarkTalk.IsIn):P1}, taken {none.Share(MarkTalk.IsIn):P1}");
            marks.Share(MarkTalk.IsIn).ShouldBeGreaterThanOrEqualTo(0.95, language);
            none.Count(Deleted).ShouldBeLessThanOrEqualTo(1, language);
        }
    }

    [Theory]
    [InlineData("Your answer is better than Dima's.")]
    [InlineData("Everyone else wrote more than you.")]
    [InlineData("Ты справился лучше Мадины.")]
    [InlineData("Все остальные написали больше тебя.")]
    [InlineData("Сен [P2]-ден жақсы орындадың.")]
    [InlineData("Басқалардың бәрі сенен көп жазды.")]
    public void A_child_is_compared_with_nobody_on_any_ability(string text)
    {
        MarkTalk.IsIn(text).ShouldBeTrue();
        MarkTalk.IsOfWork(text).ShouldBeTrue();
    }

    [Theory]
    [InlineData("This way of drawing is better than a table.")]
    [InlineData("Newton understood it better than Aristotle, as you read.")]
    [InlineData("Nomads knew the steppe better than you would think.")]
    [InlineData("Марс меньше Земли, а Юпитер больше.")]
    [InlineData("Алия бежит быстрее Тимура; кто придёт первым?")]
    [InlineData("Мыс токты шыныдан жақсы өткізеді.")]
    [InlineData("Сен екі есе көп су құйсаң, не болады?")]
    public void Things_and_peoples_are_compared(string text) => MarkTalk.IsIn(text).ShouldBeFalse();

    [Fact]
    public void Praise_is_no_mark() => Sentences.Rows("no-marks-praise").Select(r => r[^1]).Where(MarkTalk.IsIn).ShouldBeEmpty();

    [Fact]
    public void No_question_of_the_audit_is_taken_for_a_mark() =>
        new[] { "kk", "ru", "en" }.SelectMany(l => Sentences.Rows("knowledge." + l)).Select(r => r[3]).Where(MarkTalk.IsIn).ShouldBeEmpty();

    [Fact]
    public void Each_family_is_seen()
    {
        var families = File.ReadAllText(Path.Combine(Checkout.Folder, "tests/Classroom.Tutor.Tests/Sets/marks.txt"))
            .Split("# ", StringSplitOptions.RemoveEmptyEntries).Select(f => f.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToList();
        families.Count.ShouldBe(6);
        foreach (var family in families)
        {
            family.Skip(1).ToList().Share(MarkTalk.IsIn).ShouldBeGreaterThanOrEqualTo(0.95, family[0]);
        }
    }

    [Fact]
    public void No_line_of_the_shipped_kits_is_taken_out() => Sentences.OfTheKits().Where(Deleted).ShouldBeEmpty();

    [Theory]
    [InlineData("ocenka 5")]
    [InlineData("bagan bes")]
    [InlineData("Oцeнкa 5")]
    [InlineData("Grаde: A")]
    [InlineData("О ц е н к а: 5")]
    [InlineData("Оценка 5️⃣")]
    [InlineData("⭐⭐⭐⭐")]
    [InlineData("💯")]
    public void A_disguised_mark_is_seen(string text) => MarkTalk.IsIn(text).ShouldBeTrue();

    [Theory]
    [InlineData("Твоя оценка? Пять.")]
    [InlineData("Хороший план. Оценка за него: пять. Добавь вывод.")]
    public void A_mark_among_sentences_goes(string text)
    {
        var (kept, dropped) = MarkTalk.Without(text);
        dropped.ShouldBeGreaterThan(0);
        MarkTalk.IsIn(kept).ShouldBeFalse(kept);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("\ud83d \u20e3 \u200b")]
    [InlineData("1️⃣ Сначала посмотри. 2️⃣ Потом нарисуй.")]
    public void Nothing_is_no_mark(string text) => MarkTalk.IsIn(text).ShouldBeFalse();

    private static bool Deleted(string text) => MarkTalk.Without(text).Dropped > 0;
}
