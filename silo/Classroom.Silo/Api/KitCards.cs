namespace Classroom.Silo.Api;

/// <summary>A kit as a teacher chooses from it.</summary>
public sealed record KitCard(string Id, string Version, Trilingual Title, IEnumerable<LessonCard> Lessons);

public sealed record LessonCard(
    string Id, Trilingual Title, Trilingual Subject, int GradeFrom, int GradeTo, int Minutes, IEnumerable<StepHead> Steps, Preparation? Preparation);
