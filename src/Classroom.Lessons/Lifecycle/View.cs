namespace Classroom.Lessons;

public sealed record StepHead(string Id, StepKind Kind, int Minutes, bool Devices, Trilingual Title);

/// <summary>Kind <c>plan</c>, one, id "". What does not change while a lesson runs, except the code.</summary>
/// <param name="JoinCode">Teacher and board, while students can join.</param>
/// <param name="Marks">Teacher only: lowest and highest mark of the scale.</param>
/// <param name="Rehearsal">True: a scripted class. Every screen says so.</param>
/// <param name="Preparation">Teacher only.</param>
[Entity("plan", OnBoard = true)]
public sealed record PlanEntity(
    Trilingual Title, Trilingual Subject, string ClassName, string TeacherName, int GradeFrom, int GradeTo, int Minutes,
    ImmutableArray<StepHead> Steps, string? JoinCode, ImmutableArray<int>? Marks, bool? Rehearsal = null, Preparation? Preparation = null) : Entity;

/// <summary>Kind <c>pace</c>, one, id "". Where the lesson is.</summary>
/// <param name="MinutesAdded">To the current step, beyond the plan; absent where there are none.</param>
/// <param name="EachChild">Children who share a phone answer one by one; absent otherwise.</param>
/// <param name="ClassSize">Teacher and board: pupils of the class; absent where it is not known.</param>
/// <param name="HeatHidden">Boards do not show where the class is lost; absent otherwise.</param>
[Entity("pace", OnBoard = true)]
public sealed record PaceEntity(
    LessonPhase Phase, string? StepId, DateTimeOffset? StepStartedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt,
    bool Locked, int Joined, bool AiOn, string BoardVariant, int? MinutesAdded = null, bool? HeatHidden = null, bool? EachChild = null, int? ClassSize = null) : Entity;

/// <summary>Kind <c>step</c>, id = step id. Students and the board have only steps that were reached.</summary>
/// <param name="AiPolicy">Whether a student may ask the tutor in this step.</param>
/// <param name="Image">As this audience sees it: a board may have one of its own.</param>
/// <param name="Hints">Teacher only.</param>
/// <param name="BoardImage">Teacher only: what the board shows in the place of the phones' picture; absent where both show the same.</param>
[Entity("step", OnBoard = true)]
public sealed record StepEntity(
    Trilingual? Board, Trilingual? Student, Trilingual? Teacher, ImmutableArray<TopicPlan>? Topics,
    ImmutableArray<QuestionPlan>? Questions, bool HasPrompts, TaskPlan? Task, AiPolicy? AiPolicy,
    ImagePlan? Image = null, ImmutableArray<Trilingual>? Hints = null, ImagePlan? BoardImage = null) : Entity;

/// <summary>The plan, the pace and the steps, as each audience sees them.</summary>
internal static class LifecycleView
{
    internal static void Register(ViewTable view)
    {
        view.Entities(static s => [Plan(s), Pace(s), .. s.Plan.Steps.Select(x => Step(s, x.Id))]);
        view.Changes<LessonOpened>(c => view.All(c.After));
        view.Changes<LessonStarted>(static c =>
            [Pace(c.After), Step(c.After, c.Fact.StepId), .. c.After.Seats.Keys.Select(id => SeatsView.Seat(c.After, id)), .. RoomsView.Counts(c.After)]);
        view.Changes<StepStarted>(static c => [Pace(c.After), Step(c.After, c.Fact.StepId), .. RoomsView.Counts(c.After)]);
        view.Changes<MinuteAdded>(static c => DiscussionRules.Of(c.After, c.Fact.StepId).Picked is null ? [Pace(c.After)] : [Pace(c.After), DiscussionView.Prompt(c.After, c.Fact.StepId)]);
        view.Changes<HeatShown>(static c => [Pace(c.After), .. c.After.Explanations.Keys.Select(id => ExplanationsView.Heat(c.After, id)), .. RoomsView.Counts(c.After)]);
        view.Changes<LessonEnded>(static c => [Plan(c.After), Pace(c.After)]);
        view.Changes<LessonReopened>(static c => [Plan(c.After), Pace(c.After)]);
        view.Changes<LobbyLocked>(static c => [Pace(c.After)]);
        view.Changes<LobbyUnlocked>(static c => [Pace(c.After)]);
        view.Changes<BoardVariantSet>(static c => [Pace(c.After)]);
        view.Changes<AiSwitched>(static c => [Pace(c.After)]);
    }

    internal static VisibleEntity Plan(LessonState s) => new(EntityKey.Of<PlanEntity>(), a => new PlanEntity(
        s.Plan.Title, s.Plan.Subject, s.Opened!.ClassName, s.Opened.TeacherName, s.Plan.GradeFrom, s.Plan.GradeTo, s.Plan.Minutes,
        [.. s.Plan.Steps.Select(x => new StepHead(x.Id, x.Kind, x.Minutes, x.Devices, x.Title))],
        a.IsStaff ? s.JoinCode : null,
        a.IsTeacher ? [.. s.Opened.Scale.Bands.Select(b => b.Mark)] : null,
        s.Opened.Rehearsal,
        a.IsTeacher ? s.Plan.Preparation : null), null);

    internal static VisibleEntity Pace(LessonState s) => new(EntityKey.Of<PaceEntity>(), a => new PaceEntity(
        s.Phase, s.StepId, s.StepStartedAt, s.StartedAt, s.EndedAt, s.Locked, s.Seats.Count, s.AiOn, s.BoardVariant.ToString(),
        LifecycleRules.Added(s, s.StepId) is > 0 and var added ? added : null, a.IsStaff && s.HeatHidden ? true : null, s.EachChild ? true : null, a.IsStaff ? s.ClassSize : null), null);

    internal static VisibleEntity Step(LessonState s, string id) => new(EntityKey.Of<StepEntity>(id), a =>
    {
        var step = s.Step(id)!;
        if (!a.IsTeacher && !s.Reached.Contains(id))
        {
            return null;
        }

        var task = step.Task is null ? null : step.Task with { AiPolicy = s.PolicyOf(step) };
        return a.Kind switch
        {
            AudienceKind.Teacher => new StepEntity(
                step.Board, step.Student, step.Teacher, step.Topics, step.Questions, step.HasPrompts, task, s.PolicyOf(step),
                step.Image, step.Hints, step.BoardImage),
            AudienceKind.Board => new StepEntity(step.Board, null, null, null, null, step.HasPrompts, task, null, step.BoardImage ?? step.Image),
            _ => new StepEntity(null, step.Student, null, null, null, step.HasPrompts, task, s.PolicyOf(step), step.Image),
        };
    }, null);
}
