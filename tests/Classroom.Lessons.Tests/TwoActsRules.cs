namespace Classroom.Lessons.Tests;

/// <summary>A question is shown in two acts: what the class answered, then what is right.</summary>
public sealed class TwoActsRules : LessonTest
{
    [Fact]
    public void The_first_act_shows_the_counts_and_nothing_of_the_key_and_the_second_shows_it()
    {
        Answered();
        Ok(Teacher, new ShowCounts("q1"));
        foreach (var audience in new[] { Audience.Board, Audience.Students })
        {
            Tally(audience).Rounds!.Value[0].Counts.ShouldBe([new("a", 1), new("b", 1)]);
            Question(audience).ShouldSatisfyAllConditions(
                q => q.Status.ShouldBe(QuestionStatus.Counted), q => q.Why.ShouldBeNull(), q => q.Options.ShouldAllBe(o => o.Correct == null && o.Why == null));
        }

        Ok(Teacher, new RevealResults("q1"));
        Question(Audience.Students).ShouldSatisfyAllConditions(q => q.Status.ShouldBe(QuestionStatus.Revealed), q => q.Why.ShouldNotBeNull(), q => q.Options[0].Correct.ShouldBe(true));
    }

    [Fact]
    public void After_the_first_act_nobody_answers_and_the_question_can_be_asked_again_with_both_rounds_kept()
    {
        Answered();
        Ok(Teacher, new ShowCounts("q1"));
        Refused(Ivan, new GiveAnswer("q1", ["a"], null, null)).ShouldBe("question-closed");
        Ok(Teacher, new AskAgain("q1"));
        Entities("tally", Audience.Students).ShouldBeEmpty("the class thinks anew");
        Ok(Ivan, new GiveAnswer("q1", ["a"], null, null));
        Ok(Teacher, new ShowCounts("q1"));
        Tally(Audience.Board).Rounds!.Value.Select(r => r.Answered).ShouldBe([2, 1]);
    }

    [Fact]
    public void Twice_out_of_order_or_with_nonsense_changes_nothing()
    {
        Start("s1");
        Refused(Teacher, new ShowCounts("q1")).ShouldBe("no-such-question");
        Ok(Teacher, new AskQuestion("q1", StemFirst: true));
        Refused(Teacher, new ShowCounts("q1", -1)).ShouldBe("bad-value");
        Refused(Dana, new ShowCounts("q1")).ShouldBe("wrong-role");
        Ok(Teacher, new ShowCounts("q1"));
        Question(Audience.Board).ShouldSatisfyAllConditions(q => q.Options.Length.ShouldBe(2), q => q.StemOnly.ShouldBeNull());
        Run.Do(new(Guid.CreateVersion7(), Teacher, new ShowCounts("q1"))).Decision.ShouldBe(Decision.Nothing);
        Ok(Teacher, new RevealResults("q1"));
        Run.Do(new(Guid.CreateVersion7(), Teacher, new ShowCounts("q1"))).Decision.ShouldBe(Decision.Nothing, "one does not go back");
        Ok(Teacher, new EndLesson());
        Refused(Teacher, new ShowCounts("q1")).ShouldNotBeNull();
    }

    [Fact]
    public void A_reveal_of_yesterday_is_both_acts()
    {
        Answered();
        Ok(Teacher, new RevealResults("q1"));
        Tally(Audience.Students).Rounds!.Value[0].Answered.ShouldBe(2);
        Question(Audience.Students).Options[0].Correct.ShouldBe(true);
    }

    [Fact]
    public void A_word_that_came_after_what_the_teacher_looked_at_waits_and_one_that_was_shown_stays()
    {
        Start("s1");
        Ok(Teacher, new AskQuestion("q4"));
        Ok(Dana, new GiveAnswer("q4", [], null, "жарық"));
        var seen = Run.State.Seq;
        Ok(Ivan, new GiveAnswer("q4", [], null, "су"));
        Ok(Teacher, new ShowCounts("q4", seen));
        Tally(Audience.Board).Rounds!.Value[0].Counts.Select(c => c.Key).ShouldBe(["жарық"]);
        Ok(Teacher, new HideWord("q4", "су", Hidden: false));
        Ok(Teacher, new RevealResults("q4", 0));
        Tally(Audience.Board).Rounds!.Value[0].Counts.Length.ShouldBe(2, "what stands on the board is not taken off by a late press");
    }

    [Fact]
    public void A_teachers_own_question_has_no_pictures_and_comes_back_from_nowhere()
    {
        Start("s1");
        var own = RandomLesson.Plan.Steps[0].Questions[0] with { Id = "own" };
        var picture = new ImagePlan(new string('a', 64), 1, 1, RandomLesson.T("x"), null, "x");
        Refused(Teacher, new AskOwnQuestion(own with { Image = picture })).ShouldBe("bad-value");
        Refused(Teacher, new AskOwnQuestion(own with { Returns = "q1" })).ShouldBe("bad-value");
        Refused(Teacher, new AskOwnQuestion(own with { Options = [.. own.Options.Select(o => o with { Image = picture })] })).ShouldBe("bad-value");
        Ok(Teacher, new AskOwnQuestion(own));
    }

    private void Answered()
    {
        Start("s1");
        Ok(Teacher, new AskQuestion("q1"));
        Ok(Dana, new GiveAnswer("q1", ["a"], null, null));
        Ok(Ivan, new GiveAnswer("q1", ["b"], null, null));
    }

    private QuestionEntity Question(Audience audience) => (QuestionEntity)Entities("question", audience).Single().Value!;

    private TallyEntity Tally(Audience audience) => (TallyEntity)Entities("tally", audience).Single().Value!;
}
