namespace Classroom.Lessons.Tests;

/// <summary>A step with a picture for the board: phones have the other one, and the teacher both.</summary>
public sealed class StepPictureRules
{
    private static readonly ImagePlan Small = new(new string('a', 64), 1, 1, RandomLesson.T("small"), null, "x");
    private static readonly ImagePlan Large = new(new string('b', 64), 1, 1, RandomLesson.T("large"), null, "x");

    [Fact]
    public void The_boards_own_picture_takes_the_place_of_the_phones_on_the_board_alone()
    {
        Seen(Small, Large, Audience.Board).ShouldBe((Large, null));
        Seen(Small, Large, Audience.Students).ShouldBe((Small, null));
        Seen(Small, Large, Audience.Teacher).ShouldBe((Small, Large));
    }

    [Fact]
    public void One_picture_is_everybodys()
    {
        foreach (var audience in new[] { Audience.Board, Audience.Students, Audience.Teacher })
        {
            Seen(Small, null, audience).ShouldBe((Small, null));
        }

        Seen(null, Large, Audience.Students).ShouldBe((null, null));
    }

    private static (ImagePlan? Image, ImagePlan? BoardImage) Seen(ImagePlan? image, ImagePlan? boardImage, Audience audience)
    {
        var run = new Run();
        var opening = RandomLesson.Opening(Guid.CreateVersion7());
        var plan = RandomLesson.Plan with { Steps = [RandomLesson.Plan.Steps[0] with { Image = image, BoardImage = boardImage }, .. RandomLesson.Plan.Steps.Skip(1)] };
        run.Do(opening with { Command = (OpenLesson)opening.Command with { Plan = plan } });
        run.Do(new(Guid.CreateVersion7(), new(Role.Teacher, RandomLesson.TeacherId, "Айгүл"), new StartLesson()));
        var step = (StepEntity)View.Of(run.State, audience).Single(e => e.Kind == "step" && e.Id == "s1").Value!;
        return (step.Image, step.BoardImage);
    }
}
