namespace Classroom.Lessons.Tests;

/// <summary>A snapshot gives back the state it was made of.</summary>
public sealed class SnapshotTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(77)]
    public void A_lesson_goes_on_from_its_snapshot_as_if_never_stored(int seed)
    {
        var run = Run.After(seed, 400);
        LessonSnapshot.TryDecode(LessonSnapshot.Format, LessonSnapshot.Encode(run.State), out var back).ShouldBeTrue();
        foreach (var audience in new[] { Audience.Teacher, Audience.Board, Audience.Students }.Concat(run.State.Seats.Keys.Select(Audience.Student)))
        {
            Run.Text(View.Of(back, audience)).ShouldBe(Run.Text(View.Of(run.State, audience)));
        }

        var next = new Envelope(Guid.CreateVersion7(), new Actor(Role.Teacher, RandomLesson.TeacherId), new GoToStep("s1"));
        Lesson.Decide(back, next, run.Now, RandomLesson.IsDoubted).Facts.ShouldBe(Lesson.Decide(run.State, next, run.Now, RandomLesson.IsDoubted).Facts);
    }

    [Fact]
    public void A_snapshot_holds_every_property_of_the_state_and_of_all_that_is_in_it()
    {
        var structure = new Structure();
        structure.Differences(LessonState.Empty, LessonState.Empty).ShouldBeEmpty();
        foreach (var commands in Lessons())
        {
            var run = new Run();
            foreach (var (i, envelope) in commands.Index())
            {
                run.Do(envelope, announce: false);
                if (i % 25 == 23)
                {
                    StateIsInItsSnapshot(i);
                }
            }

            StateIsInItsSnapshot(int.MaxValue);

            void StateIsInItsSnapshot(int after)
            {
                LessonSnapshot.TryDecode(LessonSnapshot.Format, LessonSnapshot.Encode(run.State), out var back).ShouldBeTrue();
                structure.Differences(run.State, back).ShouldBeEmpty($"after {after} commands");
            }
        }

        string.Join("\n", structure.NeverSet.Except(NotOfTheState)).ShouldBe("", "what is never set cannot be seen to be lost: let the lessons here set it");
    }

    // The grain puts the classroom's id into what it asks of an explanation; the state has none.
    private static readonly string[] NotOfTheState = ["ExplanationOrder.ClassroomId"];

    [Fact]
    public void The_full_lesson_is_accepted_command_by_command()
    {
        var run = new Run();
        FullLesson.Commands().ShouldAllBe(e => run.Do(e, false).Decision.Facts.Length > 0);
    }

    private static IEnumerable<IEnumerable<Envelope>> Lessons()
    {
        yield return FullLesson.Commands();
        for (var seed = 1; seed <= 12; seed++)
        {
            yield return new RandomLesson(seed).Commands(600);
            yield return new RandomLesson(seed).Discussion(150);
        }
    }

    [Fact]
    public void A_snapshot_of_another_format_or_broken_is_not_used()
    {
        LessonSnapshot.TryDecode("lesson.99", LessonSnapshot.Encode(Run.After(1, 20).State), out _).ShouldBeFalse();
        LessonSnapshot.TryDecode(LessonSnapshot.Format, "{\"plan\":"u8, out _).ShouldBeFalse();
        LessonSnapshot.TryDecode(LessonSnapshot.Format, "{}"u8, out _).ShouldBeFalse();
    }
}
