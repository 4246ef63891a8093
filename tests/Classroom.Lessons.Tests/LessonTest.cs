namespace Classroom.Lessons.Tests;

/// <summary>The base of every suite of rules: an open lesson with two students in its lobby.</summary>
public abstract class LessonTest
{
    protected static readonly Guid Dana = new("00000000-0000-7000-8000-00000000000d");
    protected static readonly Guid Ivan = new("00000000-0000-7000-8000-00000000001a");
    protected static readonly Actor Teacher = new(Role.Teacher, RandomLesson.TeacherId, "Айгүл");
    internal Run Run { get; } = new();

    protected LessonTest()
    {
        Run.Do(RandomLesson.Opening(Guid.CreateVersion7()));
        Ok(Dana, new TakeSeat("Дана", Language.Kk, Level.Simple, Guid.CreateVersion7(), false));
        Ok(Ivan, new TakeSeat("Иван", Language.Ru, Level.Standard, Guid.CreateVersion7(), true));
    }

    protected Guid Explained()
    {
        Start("s2");
        var id = Guid.CreateVersion7();
        Ok(Teacher, new RequestExplanation(id, "s2", "t1", null, ExplainMode.Plain, null, null, []));
        foreach (var variant in new[] { "kk-standard", "kk-simple", "ru-standard" })
        {
            Ok(Actor.System, new FinishVariant(id, variant, "Бір. Екі. Үш.", [4, 9, 13], RandomLesson.Source));
        }

        return id;
    }

    protected Guid HandedIn()
    {
        Start("s4");
        HandIn();
        var id = Guid.CreateVersion7();
        Ok(Teacher, new RequestFeedback(id, Dana, "s4")).Effects.OfType<AskTutorForFeedback>().Single().FeedbackId.ShouldBe(id);
        return id;
    }

    protected void HandIn()
    {
        Ok(Dana, new SaveDraft("s4", "бұл үш сөз", "өзім", "ойландым", []));
        Ok(Dana, new HandIn("s4"));
    }

    protected void Start(string step)
    {
        Ok(Teacher, new StartLesson());
        Run.Do(new(Guid.CreateVersion7(), Teacher, new GoToStep(step))).Decision.Refusal.ShouldBeNull();
    }

    protected static Envelope By(Guid student, Command command) => new(Guid.CreateVersion7(), new Actor(Role.Student, student), command);

    protected Decision Ok(Guid student, Command command) => Ok(new Actor(Role.Student, student), command);

    protected Decision Ok(Actor by, Command command)
    {
        var decision = Run.Do(new(Guid.CreateVersion7(), by, command)).Decision;
        decision.Refusal.ShouldBeNull($"{command}");
        decision.Facts.ShouldNotBeEmpty($"{command}");
        return decision;
    }

    protected string? Refused(Guid student, Command command) => Refused(new Actor(Role.Student, student), command);

    protected string? Refused(Actor by, Command command) => Run.Do(new(Guid.CreateVersion7(), by, command)).Decision.Refusal?.Code;

    protected List<EntityChange> Entities(string kind, Audience? audience = null) =>
        [.. View.Of(Run.State, audience ?? Audience.Teacher).Where(n => n.Kind == kind)];
}
