namespace Classroom.Lessons.Tests;

/// <summary>A combined class: a lesson knows its other group, and nothing of what happens there.</summary>
public sealed class CombinedRulesTests : LessonTest
{
    private static readonly Guid Fourth = new("00000000-0000-7000-8000-0000000000e4");
    private static readonly Guid Fifth = new("00000000-0000-7000-8000-0000000000e5");
    private static readonly Guid Seventh = new("00000000-0000-7000-8000-0000000000e7");
    private static readonly Guid Board = new("00000000-0000-7000-8000-0000000000c1");

    [Fact]
    public void Teacher_and_boards_see_the_other_group_and_no_student_does()
    {
        Ok(Teacher, With(Fourth)).Facts.ShouldBe([new LessonCombined(Fourth, "4", RandomLesson.T("Сабақ 2"))]);
        foreach (var staff in new[] { Audience.Teacher, Audience.Board })
        {
            Entities("group", staff).ShouldHaveSingleItem().ShouldBe(new EntityChange("group", Fourth.ToString(), new GroupEntity("4", RandomLesson.T("Сабақ 2"))));
        }

        Entities("group", Audience.Students).ShouldBeEmpty();
        Entities("group", Audience.Student(Dana)).ShouldBeEmpty();
    }

    [Fact]
    public void The_same_again_changes_nothing_and_a_third_group_is_refused()
    {
        Ok(Teacher, With(Fourth));
        Run.Do(new(Guid.CreateVersion7(), Teacher, With(Fourth))).Decision.ShouldBe(Decision.Nothing);
        Refused(Teacher, With(Fifth)).ShouldBe("already-combined");
        Refused(Teacher, With(Fifth) with { Instead = Fifth }).ShouldBe("already-combined", "another one's place");
    }

    [Fact]
    public void Another_takes_the_place_of_one_that_has_ended()
    {
        Ok(Teacher, With(Fourth));
        var (decision, changes) = Run.Do(new(Guid.CreateVersion7(), Teacher, With(Fifth) with { Instead = Fourth }));
        decision.Facts.ShouldHaveSingleItem();
        changes!.Board.Select(c => (c.Id, c.Value is null)).ShouldBe([(Fourth.ToString(), true), (Fifth.ToString(), false)], "the one of before is gone from every screen");
        Entities("group").ShouldHaveSingleItem().Id.ShouldBe(Fifth.ToString());
    }

    [Fact]
    public void It_may_be_combined_from_its_opening_on()
    {
        var run = new Run();
        var opening = RandomLesson.Opening(Guid.CreateVersion7());
        run.Do(opening with { Command = (OpenLesson)opening.Command with { With = With(Fourth) } }).AudienceChanges!.Teacher.ShouldContain(c => c.Kind == "group" && c.Id == Fourth.ToString());
        run.State.OtherGroup.ShouldBe(new OtherGroup(Fourth, "4", RandomLesson.T("Сабақ 2")));
    }

    [Fact]
    public void A_rehearsal_nobody_and_a_lesson_that_is_over_are_combined_with_nothing()
    {
        Refused(Teacher, With(Guid.Empty)).ShouldBe("bad-id");
        Refused(Teacher, With(Fourth) with { Title = null! }).ShouldBe("bad-id");
        Refused(Dana, With(Fourth)).ShouldBe("wrong-role");
        Refused(new Actor(Role.Teacher, Fifth), With(Fourth)).ShouldBe("foreign-classroom");
        var opening = RandomLesson.Opening(Guid.CreateVersion7());
        var rehearsed = (OpenLesson)opening.Command with { Rehearsal = true, Seed = Fourth };
        new Run().Do(opening with { Command = rehearsed with { With = With(Fourth) } }).Decision.Refusal!.Code.ShouldBe("rehearsal-alone");
        var rehearsal = new Run();
        rehearsal.Do(opening with { Command = rehearsed });
        rehearsal.Do(new(Guid.CreateVersion7(), Teacher, With(Fourth))).Decision.Refusal!.Code.ShouldBe("rehearsal-alone");
        Ok(Teacher, new StartLesson());
        Ok(Teacher, new EndLesson());
        Refused(Teacher, With(Fourth)).ShouldBe("lesson-ended");
    }

    [Fact]
    public void A_board_that_is_unpaired_loses_both_groups_and_comes_back_to_neither_by_itself()
    {
        Ok(Teacher, new PairBoard(Board));
        Ok(Teacher, new UnpairBoard(Board)).Effects.ShouldBeEmpty("there is no other group");
        Ok(Teacher, With(Fourth));
        Ok(Actor.System, new PairBoard(Fifth));
        Ok(Teacher, new UnpairBoard(Fifth)).Effects.ShouldBe([new TellGroup(Fourth, new UnpairBoard(Fifth))]);
        Refused(Actor.System, new PairBoard(Fifth)).ShouldBe("board-unpaired");
        Run.Do(new(Guid.CreateVersion7(), Teacher, new UnpairBoard(Fifth))).Decision.Effects.ShouldBe([new TellGroup(Fourth, new UnpairBoard(Fifth))], "who presses again tells the other lesson again, which may not have heard");
        Ok(Actor.System, new PairBoard(Fourth));
        Ok(Actor.System, new UnpairBoard(Fourth)).Effects.ShouldBeEmpty("the other lesson said it: it is not told again");
        Ok(Actor.System, new UnpairBoard(Seventh));
        Refused(Actor.System, new PairBoard(Seventh)).ShouldBe("board-unpaired", "it was taken away there before it asked here");
        Refused(Teacher, new UnpairBoard(Guid.CreateVersion7())).ShouldBe("no-such-board");
    }

    [Fact]
    public void What_a_board_may_draw_holds_in_both_groups()
    {
        Ok(Teacher, new PairBoard(Board));
        Ok(Teacher, new LetBoardDraw(Board, true)).Effects.ShouldBeEmpty("there is no other group");
        Ok(Teacher, With(Fourth));
        Ok(Teacher, new LetBoardDraw(Board, false)).Effects.ShouldBe([new TellGroup(Fourth, new LetBoardDraw(Board, false))]);
        Ok(Actor.System, new LetBoardDraw(Board, true)).Effects.ShouldBeEmpty();
        Run.State.Drawing.ShouldContain(Board);
    }

    private static CombineLesson With(Guid other) => new(other, "4", RandomLesson.T("Сабақ 2"));
}
