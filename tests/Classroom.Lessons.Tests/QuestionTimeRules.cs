namespace Classroom.Lessons.Tests;

/// <summary>A question's own time: given to an open question, added to, over, and gone with its round.</summary>
public sealed class QuestionTimeRules : LessonTest
{
    private static readonly Actor Board = new(Role.Board, new("00000000-0000-7000-8000-0000000000c1"));

    [Fact]
    public void The_time_runs_from_now_and_everybody_sees_when_it_ends()
    {
        Asked();
        Question(Audience.Board).EndsAt.ShouldBeNull();
        var (_, changes) = Run.Do(new(Guid.CreateVersion7(), Teacher, new TimeQuestion("q1", 60)));
        foreach (var audience in new[] { Audience.Teacher, Audience.Board, Audience.Student(Dana) })
        {
            Question(audience).EndsAt.ShouldBe(Run.Now.AddSeconds(60));
        }

        changes!.Students.Select(c => c.Kind).ShouldBe(["question"]);
        changes.Board.Select(c => c.Kind).ShouldBe(["question"]);
    }

    [Fact]
    public void More_is_added_to_what_is_left_and_begins_anew_once_it_is_over()
    {
        Asked();
        Ok(Teacher, new TimeQuestion("q1", 60));
        var end = Run.Now.AddSeconds(60);
        Ok(Board, new TimeQuestion("q1", 60));
        Question().EndsAt.ShouldBe(end.AddSeconds(60), "to what is left, and not from now");

        Run.Now = end.AddSeconds(300);
        Ok(Teacher, new TimeQuestion("q1", 60));
        Question().EndsAt.ShouldBe(Run.Now.AddSeconds(60), "from now: it was over");
    }

    [Fact]
    public void Time_that_is_over_closes_nothing()
    {
        Asked();
        Ok(Teacher, new TimeQuestion("q1", 30));
        Run.Now = Run.Now.AddMinutes(5);
        Question().Status.ShouldBe(QuestionStatus.Open);
        Ok(Dana, new GiveAnswer("q1", ["a"], null, null));
        Question().EndsAt.ShouldNotBeNull("it is over, and everybody is still told so");
    }

    [Fact]
    public void It_ends_with_its_round_however_that_ends_and_the_next_round_has_none()
    {
        Asked();
        foreach (var end in new Command[] { new CloseQuestion("q1"), new ShowCounts("q1"), new RevealResults("q1") })
        {
            Ok(Teacher, new TimeQuestion("q1", 60));
            Ok(Teacher, end);
            Question().EndsAt.ShouldBeNull($"{end}");
            Ok(Teacher, new AskAgain("q1"));
            Question().EndsAt.ShouldBeNull($"{end}");
        }
    }

    [Fact]
    public void A_stem_without_its_options_has_time_to_think()
    {
        Start("s1");
        Ok(Teacher, new AskQuestion("q1", StemFirst: true));
        Ok(Teacher, new TimeQuestion("q1", 60));
        var end = Run.Now.AddSeconds(60);
        Ok(Teacher, new ShowOptions("q1"));
        Question(Audience.Student(Dana)).EndsAt.ShouldBe(end, "what is left goes on under the options");
    }

    [Fact]
    public void A_time_to_think_that_is_over_is_not_the_time_to_answer()
    {
        Start("s1");
        Ok(Teacher, new AskQuestion("q1", StemFirst: true));
        Ok(Teacher, new TimeQuestion("q1", 30));
        Run.Now = Run.Now.AddSeconds(30);
        Ok(Teacher, new ShowOptions("q1"));
        Question(Audience.Student(Dana)).EndsAt.ShouldBeNull("else the options would come with the word that their time is over");
    }

    [Fact]
    public void What_cannot_be_timed_is_refused()
    {
        Ok(Teacher, new PairBoard(Board.Id, true));
        Refused(Teacher, new TimeQuestion("q1", 60)).ShouldBe("not-started");
        Start("s1");
        Refused(Teacher, new TimeQuestion("q1", 60)).ShouldBe("no-such-question", "it is planned and was not asked");
        Refused(Teacher, new TimeQuestion(null!, 60)).ShouldBe("no-such-question");
        Ok(Teacher, new AskQuestion("q1"));
        foreach (var seconds in new[] { int.MinValue, -60, 0, QuestionsRules.MinSeconds - 1, QuestionsRules.MaxSeconds + 1, int.MaxValue })
        {
            Refused(Teacher, new TimeQuestion("q1", seconds)).ShouldBe("bad-value", $"{seconds} s");
        }

        Refused(Dana, new TimeQuestion("q1", 60)).ShouldBe("wrong-role");
        Refused(new Actor(Role.Board, Guid.Empty), new TimeQuestion("q1", 60)).ShouldBe("board-read-only");
        Ok(Teacher, new TimeQuestion("q1", QuestionsRules.MinSeconds));
        Ok(Board, new TimeQuestion("q1", QuestionsRules.MaxSeconds));
        Ok(Teacher, new CloseQuestion("q1"));
        Refused(Teacher, new TimeQuestion("q1", 60)).ShouldBe("question-closed");
        Ok(Teacher, new RevealResults("q1"));
        Refused(Teacher, new TimeQuestion("q1", 60)).ShouldBe("question-closed");
        Ok(Teacher, new EndLesson());
        Refused(Teacher, new TimeQuestion("q1", 60)).ShouldBe("lesson-ended");
    }

    [Fact]
    public void Half_an_hour_is_the_most_that_may_be_left()
    {
        Asked();
        for (var i = 0; i < 3; i++)
        {
            Ok(Teacher, new TimeQuestion("q1", QuestionsRules.MaxSeconds));
        }

        var end = Question().EndsAt;
        var refusal = Run.Do(new(Guid.CreateVersion7(), Teacher, new TimeQuestion("q1", 60))).Decision.Refusal.ShouldNotBeNull();
        (refusal.Code, refusal.Args["max"]).ShouldBe(("too-much-time", "30"));
        Question().EndsAt.ShouldBe(end);
        Run.Now = Run.Now.AddMinutes(1);
        Ok(Teacher, new TimeQuestion("q1", 60)).Facts.ShouldBe([new QuestionTimed("q1", end!.Value.AddSeconds(60))], "a minute has gone");
    }

    private void Asked()
    {
        Start("s1");
        Ok(Teacher, new PairBoard(Board.Id, true));
        Ok(Teacher, new AskQuestion("q1"));
    }

    private QuestionEntity Question(Audience? audience = null) => (QuestionEntity)Entities("question", audience).Single().Value!;
}
