namespace Classroom.Kits;

/// <summary>
/// A kit: one YAML file by one author and its pictures, with one or more lessons. Read by <see cref="KitLoader"/>; nothing changes it afterwards.
/// </summary>
/// <param name="Id">Stable, kebab-case, unique in a library.</param>
/// <param name="Version">The author's own version, such as 1.0.</param>
/// <param name="Hash">SHA-256, lower-case hex, of the YAML's bytes, followed by the hashes of its picture files where it has some: what a lesson's facts cite.</param>
/// <param name="Images">By their own hash.</param>
public sealed record Kit(string Id, string Version, Trilingual Title, IReadOnlyList<KitLesson> Lessons, string Hash, IReadOnlyDictionary<string, KitImage> Images);

/// <summary>
/// A lesson of a kit: the plan that a classroom opens with, and the texts that stay in the kit.
/// Invariant: the minutes of its steps add up to the plan's; each step stands at the same place in the plan.
/// </summary>
public sealed record KitLesson(LessonPlan Plan, IReadOnlyList<KitStep> Steps)
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
