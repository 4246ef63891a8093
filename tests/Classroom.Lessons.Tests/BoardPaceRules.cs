namespace Classroom.Lessons.Tests;

/// <summary>What is set from the console or from a board that may draw: a minute more, and whether boards show where the class is lost.</summary>
public sealed class BoardPaceRules : LessonTest
{
    private static readonly Actor Board = new(Role.Board, new("00000000-0000-7000-8000-0000000000c1"));

    [Fact]
    public void A_minute_more_is_of_its_step_and_everybody_sees_it()
    {
        Start("s2");
        Ok(Teacher, new PairBoard(Board.Id, true));
        Pace(Audience.Board).MinutesAdded.ShouldBeNull();
        Ok(Teacher, new AddMinute("s2"));
        Ok(Board, new AddMinute("s2"));
        new[] { Audience.Teacher, Audience.Board, Audience.Student(Dana) }.Select(a => Pace(a).MinutesAdded).ShouldAllBe(m => m == 2);
        Tiles.Of(Run.State, Guid.NewGuid(), Run.Now).StepMinutes.ShouldBe(12);

        Ok(Teacher, new GoToStep("s3"));
        Pace(Audience.Board).MinutesAdded.ShouldBeNull();
        Ok(Teacher, new GoToStep("s2"));
        Pace(Audience.Board).MinutesAdded.ShouldBe(2);
        Refused(Teacher, new AddMinute("s4")).ShouldBe("step-not-reached");
        Refused(Teacher, new AddMinute("s9")).ShouldBe("no-such-step");
        Refused(Teacher, new AddMinute(null!)).ShouldBe("no-such-step");
        Refused(new Actor(Role.Board, Guid.Empty), new AddMinute("s2")).ShouldBe("board-read-only");
        for (var i = 2; i < LifecycleRules.MaxMinutesAdded; i++)
        {
            Ok(Teacher, new AddMinute("s2"));
        }

        Refused(Teacher, new AddMinute("s2")).ShouldBe("too-many");
        Ok(Teacher, new EndLesson());
        Refused(Teacher, new AddMinute("s2")).ShouldBe("lesson-ended");
    }

    [Fact]
    public void A_minute_more_is_of_the_discussion_that_runs()
    {
        Start("s3");
        Ok(Teacher, new AddMinute("s3"));
        Ok(Teacher, new RequestPrompts("s3"));
        Ok(Actor.System, new ProposePrompts("s3", [RandomLesson.Prompt("p1"), RandomLesson.Prompt("p2")], RandomLesson.Source));
        Ok(Teacher, new PickPrompt("s3", "p1", null));
        Discussed().ShouldBe([null, null, null], "it came before");
        Run.Do(new(Guid.CreateVersion7(), Teacher, new AddMinute("s3"))).AudienceChanges!.Students.Select(c => c.Kind).ShouldBe(["pace", "prompt"], ignoreOrder: true);
        Discussed().ShouldBe([1, 1, 1]);
        Ok(Teacher, new PickPrompt("s3", "p2", null));
        Discussed().ShouldBe([null, null, null], "another begins anew");

        List<int?> Discussed() => [.. new[] { Audience.Teacher, Audience.Board, Audience.Student(Dana) }.Select(a => ((PromptEntity)Entities("prompt", a).Single().Value!).MinutesAdded)];
    }

    [Fact]
    public void The_teacher_takes_the_heat_off_the_boards_and_still_sees_it()
    {
        var id = Explained();
        Ok(Dana, new PressConfusion(id, "kk-simple", 0));
        Entities("heat", Audience.Board).Count.ShouldBe(1);
        var (_, changes) = Run.Do(new(Guid.CreateVersion7(), Teacher, new ShowHeat(false)));
        changes!.Board.Single(c => c.Kind == "heat").Value.ShouldBeNull();
        Run.Do(new(Guid.CreateVersion7(), Teacher, new ShowHeat(false))).Decision.ShouldBe(Decision.Nothing);
        Ok(Ivan, new PressConfusion(id, "kk-simple", 0));
        (Entities("heat", Audience.Board).Count, Entities("heat").Count, Pace(Audience.Board).HeatHidden, Pace(Audience.Student(Dana)).HeatHidden).ShouldBe((0, 1, true, null));
        Ok(Teacher, new ShowHeat(true));
        ((HeatEntity)Entities("heat", Audience.Board).Single().Value!).Spots.Single().Count.ShouldBe(2);
        Refused(Dana, new ShowHeat(false)).ShouldBe("wrong-role");
    }

    [Fact]
    public void Heat_says_how_many_read_that_text()
    {
        var id = Explained();
        Ok(Dana, new PressConfusion(id, "kk-simple", 0));
        Ok(Ivan, new PressConfusion(id, "kk-standard", 0));
        Readers().ShouldBe([1, 0], "one reads that text, and nobody the board's");

        var (_, changes) = Run.Do(By(Ivan, new ChangePreferences(Language.Kk, Level.Simple)));
        changes!.Board.Single(c => c.Kind == "heat").Value.ShouldNotBeNull();
        Readers().ShouldBe([2, 0]);
        Ok(Ivan, new ChangePreferences(Language.En, Level.Advanced));
        Readers().ShouldBe([1, 0], "a text of their own is on its way");
        Ok(Actor.System, new FailVariant(id, "en-advanced", "no-prepared-text", "", [], RandomLesson.Source));
        Readers().ShouldBe([1, 1], "who has no text of their own reads with the board");
        Ok(Guid.CreateVersion7(), new TakeSeat("Ұлан", Language.Kk, Level.Simple, Guid.CreateVersion7(), true));
        Readers().ShouldBe([2, 1]);
        Ok(Teacher, new RemoveStudent(Ivan, false));
        Readers().ShouldBe([2, 0]);

        IEnumerable<int> Readers() => ((HeatEntity)Entities("heat", Audience.Board).Single().Value!).Spots.OrderBy(s => s.Variant, StringComparer.Ordinal).Select(s => s.Readers);
    }

    [Fact]
    public void The_stem_comes_first_and_the_options_when_the_teacher_shows_them()
    {
        Start("s1");
        Ok(Teacher, new PairBoard(Board.Id, true));
        Refused(Teacher, new AskQuestion("q2", StemFirst: true)).ShouldBe("bad-options", "an open question is all stem");
        Ok(Teacher, new AskQuestion("q1", StemFirst: true));
        foreach (var audience in new[] { Audience.Board, Audience.Student(Dana) })
        {
            Question(audience).ShouldSatisfyAllConditions(q => q.Options.ShouldBeEmpty(), q => q.StemOnly.ShouldBe(true));
        }

        Question(Audience.Teacher).Options.Length.ShouldBe(2);
        Refused(Dana, new GiveAnswer("q1", ["a"], null, null)).ShouldBe("options-not-shown", "what is not seen cannot be guessed");
        Refused(Dana, new ShowOptions("q1")).ShouldBe("wrong-role");
        Refused(Teacher, new ShowOptions("q9")).ShouldBe("no-such-question");
        Ok(Board, new ShowOptions("q1"));
        Run.Do(new(Guid.CreateVersion7(), Teacher, new ShowOptions("q1"))).Decision.ShouldBe(Decision.Nothing);
        Question(Audience.Student(Dana)).ShouldSatisfyAllConditions(q => q.Options.Length.ShouldBe(2), q => q.StemOnly.ShouldBeNull(), q => q.Options[0].Correct.ShouldBeNull());
        Ok(Dana, new GiveAnswer("q1", ["a"], null, null));
        Ok(Teacher, new RevealResults("q1"));
        Ok(Teacher, new AskQuestion("q1", StemFirst: true));
        Question(Audience.Board).StemOnly.ShouldBeNull("the second round is of options that are known");
    }

    [Fact]
    public void A_reveal_shows_the_options_too()
    {
        Start("s1");
        Ok(Teacher, new AskQuestion("q1", StemFirst: true));
        Ok(Teacher, new RevealResults("q1"));
        Question(Audience.Board).Options.Length.ShouldBe(2);
    }

    private QuestionEntity Question(Audience audience) => (QuestionEntity)Entities("question", audience).Single().Value!;

    private PaceEntity Pace(Audience audience) => (PaceEntity)Entities("pace", audience).Single().Value!;
}
