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
    public void A_late_answer_to_the_first_is_news_of_the_one_that_returned()
    {
        AskBack();
        Do(Teacher, new ShowCounts("back"));
        var changes = Answer("q1", "a");
        ((TallyEntity)changes!.Students.Single(c => c.Kind == "tally" && c.Id == "back").Value!).Before!.Answered.ShouldBe(1);
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
