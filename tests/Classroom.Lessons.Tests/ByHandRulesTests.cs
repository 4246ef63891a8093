namespace Classroom.Lessons.Tests;

/// <summary>A class without phones, or a part of it: hands that the teacher counts are answers like others, marked as counted, and never more than the class.</summary>
public sealed class ByHandRulesTests : LessonTest
{
    private static readonly Actor Board = new(Role.Board, new Guid("00000000-0000-7000-8000-0000000000b0"));

    [Fact]
    public void Hands_for_an_option_are_added_to_answers_from_phones_and_marked()
    {
        Ask("q1");
        Ok(Dana, new GiveAnswer("q1", ["a"], null, null));
        Ok(Teacher, Hands("q1", ("a", 7), ("b", 4), ("b2", 0)));
        var round = Tally("q1").Rounds!.Value.Single();
        (round.Answered, round.ByHand).ShouldBe((12, 11));
        round.Counts.ShouldBe([new CountEntity("a", 8, null, 7), new CountEntity("b", 4, null, 4)]);
        Tally("q1", Audience.Board).ShouldSatisfyAllConditions(t => t.Answered.ShouldBe(12), t => t.Rounds.ShouldBeNull("nobody is led before the results are shown"));
        Entities("tally", Audience.Students).ShouldBeEmpty();
        Ok(Teacher, Hands("q1", ("a", 5)));
        Tally("q1").Rounds!.Value.Single().Answered.ShouldBe(6, "what is counted anew takes the place of what was");
        Ok(Teacher, new ShowCounts("q1"));
        Refused(Teacher, Hands("q1", ("a", 6))).ShouldBe("results-shown", "who saw what the class answered is not counted after it");
        Ok(Teacher, new RevealResults("q1"));
        Tally("q1", Audience.Student(Dana)).Rounds!.Value.Single().Counts.Single().ByHand.ShouldBe(5);
        Refused(Teacher, Hands("q1", ("a", 6))).ShouldBe("results-shown");
        Ok(Teacher, new AskAgain("q1"));
        Ok(Teacher, Hands("q1", ("b", 2)));
        Tally("q1").Rounds!.Value.Select(r => r.ByHand).ShouldBe([5, 2], "each round has its own");
        Ok(Teacher, new CountHands("q1", []));
        Tally("q1").Rounds!.Value[1].ByHand.ShouldBeNull();
    }

    [Fact]
    public void There_are_never_more_hands_than_pupils_without_an_answer()
    {
        Ask("q1");
        Ok(Teacher, new SetClassSize(10));
        Pace().ClassSize.ShouldBe(10);
        Ok(Dana, new GiveAnswer("q1", ["a"], null, null));
        var refusal = Run.Do(new(Guid.CreateVersion7(), Teacher, Hands("q1", ("a", 6), ("b", 4)))).Decision.Refusal!;
        (refusal.Code, refusal.Args["max"]).ShouldBe(("more-than-class", "9"));
        Ok(Teacher, Hands("q1", ("a", 6), ("b", 3)));
        Ok(Teacher, new SetClassSize(null));
        Ok(Teacher, Hands("q1", ("a", 200)));
        Refused(Teacher, Hands("q1", ("a", 301))).ShouldBe("bad-value");
        Refused(Teacher, Hands("q1", ("a", -1))).ShouldBe("bad-value");
        foreach (var size in new[] { 0, -3, 301 })
        {
            Refused(Teacher, new SetClassSize(size)).ShouldBe("bad-value");
        }

        Entities("pace", Audience.Students).Single().Value.ShouldBeOfType<PaceEntity>().ClassSize.ShouldBeNull();
    }

    [Theory]
    [InlineData("q1", "z", "no-such-option")]
    [InlineData("q3", "6", "out-of-scale")]
    [InlineData("q3", "04", "out-of-scale")]
    [InlineData("q3", "төрт", "out-of-scale")]
    [InlineData("q4", " ", "empty")]
    [InlineData("q2", "", "empty")]
    [InlineData("q9", "a", "no-such-question")]
    public void What_is_no_answer_to_a_question_is_not_counted(string question, string key, string code)
    {
        Ask(question == "q9" ? "q1" : question);
        Refused(Teacher, Hands(question, (key, 2))).ShouldBe(code);
    }

    [Fact]
    public void A_scale_and_words_are_counted_as_well_and_a_word_is_one_however_it_is_written()
    {
        Ask("q3");
        Ok(Teacher, Hands("q3", ("4", 9), ("5", 2)));
        Tally("q3").Answered.ShouldBe(11);
        Ok(Teacher, new AskQuestion("q4"));
        Ok(Dana, new GiveAnswer("q4", [], null, "Су"));
        Ok(Teacher, Hands("q4", ("су", 3), ("жарық", 2)));
        Tally("q4").Rounds!.Value.Single().Counts.ShouldBe([new CountEntity("су", 4, null, 3), new CountEntity("жарық", 2, null, 2)]);
        Ok(Teacher, Hands("q4", ("су", 2), ("жарық", 1), (" СУ! ", 2), ("Жарық", 1)));
        Run.State.Questions["q4"].Hands.Single().Counts.ShouldBe([new HandCount("су", 4), new HandCount("жарық", 2)], "a word however it is typed");
        Refused(Teacher, Hands("q4", ("су", 300), ("СУ", 300))).ShouldBe("more-than-class");
        Refused(Teacher, Hands("q3", ("4", 1), ("4", 1))).ShouldBe("bad-value", "the same value twice");
        Refused(Teacher, Hands("q4", (new string('ж', 41), 3))).ShouldBe("too-long");
        Refused(Teacher, new CountHands("q4", default)).ShouldBe("bad-value");
        Refused(Teacher, new CountHands("q4", [.. Enumerable.Range(0, 31).Select(i => new HandCount("сөз" + i, 1))])).ShouldBe("bad-value");
        Ok(Teacher, new AskQuestion("q2"));
        Ok(Teacher, Hands("q2", ("Жапырақ күнге бұрылады", 1)));
        ((QuestionEntity)Entities("question", Audience.Board).Single(e => e.Id == "q2").Value!).Picked.ShouldBe(["Жапырақ күнге бұрылады"]);
    }

    [Fact]
    public void The_teacher_counts_at_the_console_or_at_a_board_that_draws_and_nobody_else()
    {
        Ask("q1");
        Refused(Board, Hands("q1", ("a", 3))).ShouldBe("board-read-only");
        Refused(Dana, Hands("q1", ("a", 3))).ShouldBe("wrong-role");
        Ok(Teacher, new PairBoard(Board.Id, true));
        Ok(Board, Hands("q1", ("a", 3)));
        Refused(Board, new SetClassSize(12)).ShouldBe("wrong-role");
        Ok(Teacher, new CloseQuestion("q1"));
        Ok(Board, Hands("q1", ("a", 4)));
        Ok(Teacher, new EndLesson());
        Refused(Teacher, Hands("q1", ("a", 5))).ShouldBe("lesson-ended");
    }

    [Fact]
    public void Nothing_is_counted_before_the_class_has_the_options()
    {
        Start("s1");
        Ok(Teacher, new AskQuestion("q1", StemFirst: true));
        Refused(Teacher, Hands("q1", ("a", 3))).ShouldBe("options-not-shown");
    }

    [Fact]
    public void Hands_of_who_is_lost_stand_in_the_heat_beside_presses_or_for_the_whole()
    {
        Ok(Teacher, new SetClassSize(12));
        var id = Explained();
        Ok(Dana, new PressConfusion(id, "kk-standard", 1));
        Ok(Teacher, new CountLost(id, 4, "kk-standard", 1));
        Ok(Teacher, new CountLost(id, 6));
        var heat = (HeatEntity)Entities("heat", Audience.Board).Single().Value!;
        heat.WholeByHand.ShouldBe(6);
        var spot = heat.Spots.Single();
        (spot.Count, spot.ByHand, spot.Who).ShouldBe((5, 4, null));
        spot.Readers.ShouldBe(10, "who has no phone reads with the board");
        Tiles.Of(Run.State, Guid.Empty, Run.Now).Lost.ShouldBe(7 / 12.0);
        Refused(Teacher, new CountLost(id, 12, "kk-standard", 1)).ShouldBe("more-than-class");
        Refused(Teacher, new CountLost(id, 2, "kk-standard", 9)).ShouldBe("no-such-sentence");
        Refused(Teacher, new CountLost(id, 2, "en-simple", 1)).ShouldBe("no-such-variant");
        Refused(Teacher, new CountLost(id, 2, "kk-standard")).ShouldBe("bad-value");
        Refused(Teacher, new CountLost(id, -1)).ShouldBe("bad-value");
        Refused(Teacher, new CountLost(Guid.Empty, 1)).ShouldBe("no-such-explanation");
        Ok(Teacher, new CountLost(id, 0, "kk-standard", 1));
        Ok(Teacher, new CountLost(id, 0));
        Run.State.Explanations[id].LostHands.ShouldBeEmpty();
        Run.Do(new(Guid.CreateVersion7(), Teacher, new CountLost(id, 0))).Decision.Facts.ShouldBeEmpty();
    }

    [Fact]
    public void Hands_are_taken_back_however_small_the_room_has_become()
    {
        Ask("q1");
        Ok(Dana, new GiveAnswer("q1", ["a"], null, null));
        Ok(Ivan, new GiveAnswer("q1", ["a"], null, null));
        Ok(Teacher, Hands("q1", ("a", 7), ("b", 2)));
        Ok(Teacher, new SetClassSize(1));
        Refused(Teacher, Hands("q1", ("a", 8), ("b", 2))).ShouldBe("more-than-class");
        Ok(Teacher, Hands("q1", ("a", 6), ("b", 2)));
        Ok(Teacher, Hands("q1", ("a", 0), ("b", 0)));
        Run.State.Questions["q1"].Hands.ShouldBeEmpty();
        Refused(Teacher, Hands("q1", ("a", 1))).ShouldBe("more-than-class");
        Ok(Teacher, new SetClassSize(null));
        Ok(Teacher, Hands("q1", ("a", 7)));
        Ok(Teacher, new SetClassSize(1));
        Ok(Teacher, new CountHands("q1", []));
    }

    [Fact]
    public void So_are_hands_of_who_is_lost()
    {
        var id = Explained();
        Ok(Dana, new PressConfusion(id, "kk-standard", 1));
        Ok(Ivan, new PressConfusion(id, "kk-standard", 1));
        Ok(Teacher, new SetClassSize(9));
        Ok(Teacher, new CountLost(id, 5, "kk-standard", 1));
        Ok(Teacher, new SetClassSize(1));
        Refused(Teacher, new CountLost(id, 6, "kk-standard", 1)).ShouldBe("more-than-class");
        Ok(Teacher, new CountLost(id, 4, "kk-standard", 1));
        Ok(Teacher, new CountLost(id, 0, "kk-standard", 1));
        Run.State.Explanations[id].LostHands.ShouldBeEmpty();
    }

    [Fact]
    public void Hands_are_no_news_to_phones_before_anything_is_shown()
    {
        Ask("q1");
        var (decision, changes) = Run.Do(new(Guid.CreateVersion7(), Teacher, Hands("q1", ("a", 3))));
        decision.Refusal.ShouldBeNull();
        changes!.Students.ShouldBeEmpty();
        changes.Board.ShouldContain(c => c.Kind == "tally");
    }

    [Fact]
    public void A_board_goes_on_from_the_hands_that_were_counted_and_knows_nothing_else_of_the_answers()
    {
        Ask("q1");
        Tally("q1", Audience.Board).Hands.ShouldBeNull();
        Ok(Dana, new GiveAnswer("q1", ["a"], null, null));
        Ok(Teacher, Hands("q1", ("a", 3)));
        var tally = Tally("q1", Audience.Board);
        tally.Hands!.Value.Single().Counts.ShouldBe([new HandCount("a", 3)]);
        tally.Rounds.ShouldBeNull();
        Ok(Teacher, new RevealResults("q1"));
        Tally("q1", Audience.Student(Dana)).Hands.ShouldBeNull();
        Ok(Teacher, new AskAgain("q1"));
        Tally("q1", Audience.Board).Hands.ShouldBeNull("each round has its own");
    }

    private void Ask(string question)
    {
        Start("s1");
        Ok(Teacher, new AskQuestion(question));
    }

    private static CountHands Hands(string question, params (string Key, int Count)[] counts) => new(question, [.. counts.Select(c => new HandCount(c.Key, c.Count))]);

    private TallyEntity Tally(string id, Audience? audience = null) => (TallyEntity)Entities("tally", audience).Single(e => e.Id == id).Value!;

    private PaceEntity Pace() => (PaceEntity)Entities("pace").Single().Value!;
}
