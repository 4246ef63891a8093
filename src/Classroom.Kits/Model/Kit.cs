namespace Classroom.Kits;

/// <summary>
/// A kit: one YAML file by one author, with one or more lessons. Read by <see cref="KitLoader"/>; nothing changes it afterwards.
/// </summary>
/// <param name="Id">Stable, kebab-case, unique in a library.</param>
/// <param name="Version">The author's own version, such as 1.0.</param>
/// <param name="Hash">SHA-256 of the file's bytes, lower-case hex: what a lesson's facts cite.</param>
public sealed record Kit(string Id, string Version, Trilingual Title, IReadOnlyList<KitLesson> Lessons, string Hash);

/// <summary>
/// A lesson of a kit: the plan that a classroom opens with, and what the author wrote beside it, which stays in the kit.
/// Invariant: the minutes of its steps add up to the plan's; each step stands at the same place in the plan.
/// </summary>
public sealed record KitLesson(
    LessonPlan Plan, Trilingual? Prerequisite, IReadOnlyList<Trilingual> Goals, IReadOnlyList<Trilingual> Materials, IReadOnlyList<KitStep> Steps)
{
    public string Id => Plan.LessonId;
}

/// <summary>A step of a lesson: its plan, and the texts that the prepared tutor reads here when they are asked for.</summary>
/// <param name="DescriptorHints">By the id of a descriptor of the step's task.</param>
/// <param name="Samples">For rehearsals.</param>
/// <param name="Hints">What the prepared tutor offers to a student who presses "I am stuck", mildest first.</param>
public sealed record KitStep(
    StepPlan Plan,
    IReadOnlyList<KitExplanation> Explanations,
    IReadOnlyList<PromptText> Prompts,
    IReadOnlyDictionary<string, DescriptorHints> DescriptorHints,
    IReadOnlyList<Trilingual> Hints,
    StepSamples Samples)
{
    public string Id => Plan.Id;
}

/// <summary>One next step for the student in each case: what the prepared tutor drafts and the teacher releases.</summary>
public sealed record DescriptorHints(Trilingual Met, Trilingual Partly, Trilingual NotYet);
