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

    private PaceEntity Pace(Audience audience) => (PaceEntity)Entities("pace", audience).Single().Value!;
}
