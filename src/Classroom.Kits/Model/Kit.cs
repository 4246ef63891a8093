namespace Classroom.Kits;

/// <summary>
/// A kit: one YAML file by one author, with one or more lessons. Read by <see cref="KitLoader"/>; nothing changes it afterwards.
/// </summary>
/// <param name="Id">Stable, kebab-case, unique in a library.</param>
/// <param name="Version">The author's own version, such as 1.0.</param>
/// <param name="Hash">SHA-256 of the file's bytes, lower-case hex: what a lesson's facts cite.</param>
public sealed record Kit(string Id, string Version, Trilingual Title, IReadOnlyList<Lesson> Lessons, string Hash);

/// <summary>A lesson of a kit. Invariant: the minutes of its steps add up to <paramref name="Minutes"/>.</summary>
public sealed record Lesson(
    string Id,
    Trilingual Title,
    Trilingual Subject,
    int GradeFrom,
    int GradeTo,
    int Minutes,
    Trilingual? Prerequisite,
    IReadOnlyList<Trilingual> Goals,
    IReadOnlyList<Trilingual> Materials,
    IReadOnlyList<Step> Steps);

public enum StepKind
{
    Explain,
    Discuss,
    Ask,
    Make,
    Reflect,
    Unplugged,
}

/// <summary>A step of a lesson: what the board, the student and the teacher each see while it lasts.</summary>
/// <param name="Devices">Whether phones or PCs are used here. The printed plan cites it: phones are banned elsewhere.</param>
/// <param name="Board">Markdown, very short: read from the last row.</param>
/// <param name="Hints">What the prepared tutor offers to a student who presses "I am stuck", mildest first.</param>
public sealed record Step(
    string Id,
    StepKind Kind,
    int Minutes,
    bool Devices,
    Trilingual Title,
    Trilingual Board,
    Trilingual Student,
    Trilingual Teacher,
    IReadOnlyList<Explanation> Explanations,
    IReadOnlyList<Question> Questions,
    IReadOnlyList<Prompt> Prompts,
    MakeTask? Task,
    IReadOnlyList<Trilingual> Hints);
