namespace Classroom.Lessons.Tests;

/// <summary>A team's ideas are the team's until the teacher shares them with the class.</summary>
public sealed class IdeaRules : LessonTest
{
    private readonly Guid _idea = Guid.CreateVersion7();

    public IdeaRules()
    {
        Start("s3");
        Ok(Teacher, new RequestPrompts("s3"));
        Ok(Actor.System, new ProposePrompts("s3", [RandomLesson.Prompt("p1")], RandomLesson.Source));
        Ok(Teacher, new PickPrompt("s3", "p1", null));
        Refused(Dana, new Contribute(_idea, "s3", "Ағаш")).ShouldBe("no-team");
        Ok(Teacher, new FormTeams(2, false));
        Ok(Dana, new Contribute(_idea, "s3", "Ағаш"));
    }

    [Fact]
    public void Another_team_neither_sees_nor_votes_for_an_idea_until_it_is_shared()
    {
        Seen(Dana).ShouldBeTrue();
        Seen(Ivan).ShouldBeFalse();
        OnBoard().ShouldBeFalse();
        Refused(Ivan, new Upvote(_idea, true)).ShouldBe("no-such-idea");

        Ok(Teacher, new ShareContributions("s3"));

        Seen(Ivan).ShouldBeTrue();
        OnBoard().ShouldBeTrue();
        Ok(Ivan, new Upvote(_idea, true));
    }

    [Fact]
    public void Nobody_votes_for_an_own_idea_shared_or_not()
    {
        Refused(Dana, new Upvote(_idea, true)).ShouldBe("own-idea");
        Refused(Dana, new Upvote(_idea, false)).ShouldBe("own-idea");
        Ok(Teacher, new ShareContributions("s3"));
        Refused(Dana, new Upvote(_idea, true)).ShouldBe("own-idea");
        Run.State.Contributions[_idea].Votes.ShouldBeEmpty();
    }

    [Fact]
    public void A_student_who_moves_sees_the_ideas_of_the_new_team_and_no_longer_those_of_the_old()
    {
        Ok(Teacher, new MoveToTeam(Ivan, 1));
        Seen(Ivan).ShouldBeTrue();
        Ok(Ivan, new Upvote(_idea, true));
        Ok(Teacher, new MoveToTeam(Ivan, 2));
        Seen(Ivan).ShouldBeFalse();
        Refused(Ivan, new Upvote(_idea, false)).ShouldBe("no-such-idea");
    }

    [Fact]
    public void An_idea_stays_with_its_team_when_the_teams_are_formed_anew()
    {
        Ok(Teacher, new FormTeams(1, false));
        Seen(Ivan).ShouldBeTrue();
        Ok(Teacher, new FormTeams(2, false));
        Seen(Dana).ShouldBeTrue();
        Seen(Ivan).ShouldBeFalse();
    }

    [Fact]
    public void A_hidden_idea_is_nobodys_but_the_teachers_and_takes_no_votes()
    {
        Ok(Teacher, new ShareContributions("s3"));
        Ok(Teacher, new HideContribution(_idea, true));
        (Seen(Dana), Seen(Ivan), OnBoard()).ShouldBe((false, false, false));
        Entities("contribution", Audience.Teacher).ShouldHaveSingleItem();
        Refused(Ivan, new Upvote(_idea, true)).ShouldBe("no-such-idea");
        Ok(Teacher, new HideContribution(_idea, false));
        Seen(Ivan).ShouldBeTrue();
    }

    private bool Seen(Guid student) => Entities("contribution", Audience.Student(student)).Count == 1;

    private bool OnBoard() => Entities("contribution", Audience.Board).Count == 1;
}
