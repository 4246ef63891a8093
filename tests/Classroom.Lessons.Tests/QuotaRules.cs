namespace Classroom.Lessons.Tests;

/// <summary>What one seat may have stored in a lesson, and how much one student may press, whatever they send and however long.</summary>
public sealed class QuotaRules : LessonTest
{
    [Fact]
    public void A_seat_has_so_much_stored_in_a_lesson_and_no_more_and_the_others_write_on()
    {
        Start("s4");
        var text = new string('ә', WorkRules.MaxText);
        var drafts = 0;
        while (Refused(Dana, new SaveDraft("s4", text[..^1] + (drafts % 2), "", "", [])) is not { } refusal)
        {
            drafts++;
            ((long)drafts * WorkRules.MaxText).ShouldBeLessThan(Quota.Most, "it was never refused");
        }

        Run.State.Seats[Dana].Stored.ShouldBeInRange(Quota.Most - WorkRules.MaxText - Quota.Row, Quota.Most);
        Refused(Dana, new SaveDraft("s4", text, "", "", [])).ShouldBe("too-much");
        Ok(Ivan, new SaveDraft("s4", text, "", "", []));
        // What is small still fits, so that she can hand in what is there.
        Ok(Dana, new RaiseHand("көмек"));
        Ok(Teacher, new AnswerHand(Dana));
    }

    [Fact]
    public void A_child_who_types_for_forty_minutes_without_a_pause_comes_nowhere_near()
    {
        Start("s4");
        var (own, reflection, sources) = (new string('ө', WorkRules.MaxOwn), new string('ө', WorkRules.MaxOwn), ImmutableArray.Create(new string('s', WorkRules.MaxSource)));
        // As the client sends: a draft of so many letters waits for as many milliseconds.
        for (var (milliseconds, n) = (0, 0); milliseconds < 40 * 60 * 1000; n++)
        {
            var text = new string('ә', Math.Min(WorkRules.MaxText, 20 + (n * 20)));
            Ok(Dana, new SaveDraft("s4", text[..^1] + (n % 2), own, reflection, sources));
            milliseconds += Math.Max(1000, text.Length + own.Length + reflection.Length + WorkRules.MaxSource);
        }

        Run.State.Seats[Dana].Stored.ShouldBeLessThan(Quota.Most / 2);
    }

    [Fact]
    public void The_price_of_a_fact_holds_its_words_whatever_the_fact()
    {
        var (id, text) = (Guid.NewGuid(), new string('ә', 500));
        Fact[] long500 =
        [
            new DraftSaved("s", text[..200], text[..100], text[..100], [text[..100]]), new Contributed(id, "s", 1, text), new AnswerGiven("q", 1, [], null, text), new TutorAsked(id, "s", text), new TypedKept(TypedField.Idea, "s", 0, text),
            new FeedbackReplied(id, text), new HandRaised(text),
        ];
        long500.ShouldAllBe(static f => Quota.PriceOf(ImmutableArray.Create(f)) == Quota.Row + 500);
        // What has no words of its own is within the row, as the log keeps it: a letter is at most two bytes of these alphabets.
        var facts = Enumerable.Range(1, 20).SelectMany(static seed => Run.After(seed, 300).History).Where(static f => f.Meta.By.Role == Role.Student).ToList();
        facts.Select(static f => f.Fact.GetType()).Distinct().Count().ShouldBeGreaterThan(10);
        facts.ShouldAllBe(static f => FactCatalogue.Encode(f.Fact).Length <= 2 * Quota.PriceOf(ImmutableArray.Create(f.Fact)));
        var words = typeof(Fact).Assembly.GetTypes().Where(static t => t.IsSubclassOf(typeof(Fact))).Where(static t => t.GetProperties().Any(static p => p.Name is "Text" or "Topic" && p.PropertyType == typeof(string)));
        // A fact with words of a student is priced by them in Quota: a new one in this list belongs there, or is nobody's words.
        string[] known =
        [
            nameof(AnswerGiven), nameof(Contributed), nameof(DraftSaved), nameof(ExplanationFailed), nameof(ExplanationFinished), nameof(FeedbackReplied), nameof(HandRaised),
            nameof(StudentAnswered), nameof(TutorAsked), nameof(TypedKept), nameof(WorkReturned),
        ];
        words.Select(static t => t.Name).Order(StringComparer.Ordinal).ShouldBe(known);
    }

    [Fact]
    public void A_student_is_lost_at_so_many_sentences_of_an_explanation_and_no_more()
    {
        Start("s2");
        var id = Guid.CreateVersion7();
        Ok(Teacher, new RequestExplanation(id, "s2", "t1", null, ExplainMode.Plain, null, null, []));
        for (var i = 0; i < ExplanationsRules.MaxPressesEach; i++)
        {
            Ok(Dana, new PressConfusion(id, "kk-simple", i));
        }

        Refused(Dana, new PressConfusion(id, "kk-simple", ExplanationsRules.MaxPressesEach)).ShouldBe("too-many");
        Ok(Ivan, new PressConfusion(id, "ru-standard", 0));
        Ok(Dana, new ReleaseConfusion(id, "kk-simple", 0));
        Ok(Dana, new PressConfusion(id, "kk-simple", ExplanationsRules.MaxPressesEach));
    }
}
