namespace Classroom.Lessons.Tests;

/// <summary>One more minute: asked once a student and step, counted for the teacher, nobody's name anywhere.</summary>
public sealed class MoreTimeRules : LessonTest
{
    public MoreTimeRules() => Start("s2");

    [Fact]
    public void The_teacher_sees_how_many_ask_in_the_step_and_the_board_nothing()
    {
        Ok(Dana, new AskForMoreTime());
        Ok(Ivan, new AskForMoreTime());
        Run.Do(By(Dana, new AskForMoreTime())).Decision.ShouldBe(Decision.Nothing, "asked already");

        Entities("moreTime").ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            c => c.Id.ShouldBe("s2"), c => c.Value.ShouldBe(new MoreTimeEntity(2)));
        Entities("moreTime", Audience.Board).ShouldBeEmpty();
        Entities("moreTime", Audience.Student(Dana)).ShouldBeEmpty();
        Entities("ownMoreTime", Audience.Student(Dana)).ShouldHaveSingleItem();
        Entities("ownMoreTime").ShouldBeEmpty("whoever asked is not for the teacher");
    }

    [Fact]
    public void In_the_next_step_it_may_be_asked_again()
    {
        Ok(Dana, new AskForMoreTime());
        Ok(Teacher, new GoToStep("s3"));
        Ok(Dana, new AskForMoreTime());

        Entities("moreTime").Select(c => c.Id).ShouldBe(["s2", "s3"], ignoreOrder: true);
    }

    [Fact]
    public void A_student_who_is_removed_asks_no_more()
    {
        Ok(Dana, new AskForMoreTime());
        Ok(Ivan, new AskForMoreTime());
        Ok(Teacher, new RemoveStudent(Dana));

        Entities("moreTime").Single().Value.ShouldBe(new MoreTimeEntity(1));
    }
}
