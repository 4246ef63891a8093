using Classroom.Kits;
using Lesson = Classroom.Kits.Lesson;
using Question = Classroom.Kits.Question;
using Trilingual = Classroom.Lessons.Trilingual;

namespace Classroom.Tutor;

/// <summary>A kit's lesson as the plan a classroom opens with: everything but what the tutor reads in the kit itself.</summary>
public static class KitPlans
{
    public static LessonPlan Of(Kit kit, Lesson lesson)
    {
        ArgumentNullException.ThrowIfNull(kit);
        ArgumentNullException.ThrowIfNull(lesson);
        return new LessonPlan(
            kit.Id, kit.Version, kit.Hash, lesson.Id, Text(lesson.Title), Text(lesson.Subject), lesson.GradeFrom, lesson.GradeTo, lesson.Minutes,
            [.. lesson.Steps.Select(Step)]);
    }

    public static Trilingual Text(Kits.Trilingual text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(text.Kk, text.Ru, text.En);
    }

    private static Trilingual? Maybe(Kits.Trilingual? text) => text is null ? null : Text(text);

    private static StepPlan Step(Step s) => new(
        s.Id, (Lessons.StepKind)(int)s.Kind, s.Minutes, s.Devices, Text(s.Title), Text(s.Board), Text(s.Student), Text(s.Teacher),
        [.. s.Explanations.Select(e => new TopicPlan(e.Id, Text(e.Topic)))],
        [.. s.Questions.Select(q => Question(s.Id, q))],
        s.Prompts.Count > 0, s.Task is null ? null : Task(s.Task));

    // A question's id is unique in the lesson: its step's id stands before it.
    private static QuestionPlan Question(string step, Question q) => new(
        step + "." + q.Id, (Lessons.QuestionKind)(int)q.Kind, Text(q.Text),
        [.. q.Options.Select(o => new OptionPlan(o.Id, Text(o.Text), o.Correct, Maybe(o.Why)))],
        q.Scale?.Min ?? 0, q.Scale?.Max ?? 0, Maybe(q.Scale?.MinLabel), Maybe(q.Scale?.MaxLabel), Maybe(q.Solution));

    private static TaskPlan Task(MakeTask t) => new(
        Text(t.Title), Text(t.Text), (Lessons.AiPolicy)(int)t.AiPolicy, t.MinOwnWords, t.AsksReflection, t.AsksSources,
        [.. t.Criteria.Select(c => new CriterionPlan(c.Id, Text(c.Title), [.. c.Descriptors.Select(d => new DescriptorPlan(d.Id, Text(d.Text)))]))]);
}
