namespace Classroom.Lessons.Tests;

/// <summary>A question of the beginning that comes back at the end: what the class first answered stands beside what it answers now.</summary>
public sealed class ReturningQuestionRules
{
    private static readonly Guid Dana = new("00000000-0000-7000-8000-00000000000d");
    private static readonly Actor Teacher = new(Role.Teacher, RandomLesson.TeacherId, "Айгүл");
    private readonly Run _run = new();

    public ReturningQuestionRules()
    {
        var (first, second) = (RandomLesson.Plan.Steps[0], RandomLesson.Plan.Steps[1]);
        var plan = RandomLesson.Plan with
        {
            Steps = [first, second with { Questions = [first.Questions[0] with { Id = "back", Returns = "q1" }] }, .. RandomLesson.Plan.Steps.Skip(2)],
        };
        var opening = RandomLesson.Opening(Guid.CreateVersion7());
        _run.Do(opening with { Command = (OpenLesson)opening.Command with { Plan = plan } });
        Do(new(Role.Student, Dana), new TakeSeat("Дана", Language.Kk, Level.Simple, Guid.CreateVersion7(), false));
        Do(Teacher, new StartLesson());
        Do(Teacher, new AskQuestion("q1"));
    }

    [Fact]
    public void It_shows_what_the_class_first_answered_and_only_with_its_own_counts()
    {
        Answer("q1", "a");
        Do(Teacher, new AskAgain("q1"), again: true);
        Do(Teacher, new CloseQuestion("q1"));
        Do(Teacher, new AskAgain("q1"));
        Answer("q1", "b");
        AskBack();
        Of<QuestionEntity>("question", Audience.Students).Returns.ShouldBe("q1");
        Of<TallyEntity>("tally", Audience.Board).ShouldSatisfyAllConditions(t => t.Before.ShouldBeNull(), t => t.Rounds.ShouldBeNull());
        Of<TallyEntity>("tally", Audience.Teacher).Before!.Counts.ShouldBe([new("a", 1)], "the first round, not the one after the talk");
        Answer("back", "b");
        Do(Teacher, new ShowCounts("back"));
        var shown = Of<TallyEntity>("tally", Audience.Students);
        shown.Before!.Counts.ShouldBe([new("a", 1)]);
        shown.Rounds!.Value[0].Counts.ShouldBe([new("b", 1)]);
        View.Of(_run.State, Audience.Students).ShouldNotContain(e => e.Kind == "tally" && e.Id == "q1", "its own results were never shown");
    }

    [Fact]
    public void What_the_class_answers_to_a_first_that_is_still_open_is_the_teachers_until_it_is_closed()
    {
        AskBack();
        Do(Teacher, new ShowCounts("back"));
        Of<TallyEntity>("tally", Audience.Teacher).Before.ShouldBeNull("nobody answered: there is nothing to compare");
        BeforeIn(Answer("q1", "a"), a => a.Teacher)!.Answered.ShouldBe(1);
        Of<TallyEntity>("tally", Audience.Students).ShouldSatisfyAllConditions(t => t.Before.ShouldBeNull(), t => t.Rounds.ShouldNotBeNull());
        Of<TallyEntity>("tally", Audience.Board).Before.ShouldBeNull();
        BeforeIn(Do(Teacher, new CloseQuestion("q1")), a => a.Students)!.Answered.ShouldBe(1);
        Of<TallyEntity>("tally", Audience.Board).Before!.Answered.ShouldBe(1);
        Do(Teacher, new AskAgain("q1"));
        Of<TallyEntity>("tally", Audience.Board).Before!.Answered.ShouldBe(1, "its first round is over");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_first_that_is_shown_at_once_is_news_of_the_one_that_returned(bool key)
    {
        Answer("q1", "a");
        AskBack();
        Do(Teacher, new ShowCounts("back"));
        BeforeIn(Do(Teacher, key ? new RevealResults("q1") : new ShowCounts("q1")), a => a.Students)!.Answered.ShouldBe(1);
    }

    [Fact]
    public void Hands_that_were_counted_for_the_first_stand_in_the_comparison()
    {
        Answer("q1", "a");
        AskBack();
        var before = BeforeIn(Do(Teacher, new CountHands("q1", [new("b", 7)])), a => a.Teacher)!;
        (before.Answered, before.ByHand).ShouldBe((8, 7));
        Do(Teacher, new CloseQuestion("q1"));
        Do(Teacher, new ShowCounts("back"));
        Of<TallyEntity>("tally", Audience.Board).Before!.Counts.ShouldBe([new("b", 7, null, 7), new("a", 1)]);
        _run.Do(new(Guid.CreateVersion7(), Teacher, new CountHands("q1", [new("b", 8)]))).Decision.Refusal!.Code.ShouldBe("results-shown", "it stands beside the one that returned");
    }

    [Fact]
    public void One_whose_first_was_never_asked_is_a_question_like_any_other()
    {
        var run = new Run();
        var opening = RandomLesson.Opening(Guid.CreateVersion7());
        var first = RandomLesson.Plan.Steps[0];
        run.Do(opening with { Command = (OpenLesson)opening.Command with { Plan = RandomLesson.Plan with { Steps = [first with { Questions = [first.Questions[0] with { Returns = "gone" }] }] } } });
        run.Do(new(Guid.CreateVersion7(), Teacher, new StartLesson()));
        run.Do(new(Guid.CreateVersion7(), Teacher, new AskQuestion("q1")));
        run.Do(new(Guid.CreateVersion7(), Teacher, new ShowCounts("q1"))).Decision.Refusal.ShouldBeNull();
        ((TallyEntity)View.Of(run.State, Audience.Board).Single(e => e.Kind == "tally").Value!).Before.ShouldBeNull();
    }

    private static RoundEntity? BeforeIn(AudienceChanges? changes, Func<AudienceChanges, IEnumerable<EntityChange>> of) =>
        ((TallyEntity)of(changes!).Single(c => c.Kind == "tally" && c.Id == "back").Value!).Before;

    private void AskBack()
    {
        Do(Teacher, new GoToStep("s2"));
        Do(Teacher, new AskQuestion("back"));
    }

    private AudienceChanges? Answer(string question, string option) => Do(new(Role.Student, Dana), new GiveAnswer(question, [option], null, null));

    private AudienceChanges? Do(Actor by, Command command, bool again = false)
    {
        var (decision, changes) = _run.Do(new(Guid.CreateVersion7(), by, command));
        decision.Refusal.ShouldBeNull($"{command}");
        decision.Facts.IsEmpty.ShouldBe(again, $"{command}");
        return changes;
    }

    private T Of<T>(string kind, Audience audience)
        where T : Entity => (T)View.Of(_run.State, audience).Single(e => e.Kind == kind && e.Id == "back").Value!;
}
