namespace Classroom.Lessons;

public enum AudienceKind { Teacher, Board, Students, Student, Mentor, Helper }

/// <summary>Who looks at a lesson. <c>Students</c> is what all students share; <c>Student</c> adds that student's own; <c>Helper</c> is the helper of a room.</summary>
/// <param name="StudentId">Of a helper: its id, from which the lesson knows the room.</param>
[GenerateSerializer, Immutable]
public readonly record struct Audience([property: Id(0)] AudienceKind Kind, [property: Id(1)] Guid StudentId)
{
    public static readonly Audience Teacher = new(AudienceKind.Teacher, Guid.Empty);
    public static readonly Audience Board = new(AudienceKind.Board, Guid.Empty);
    public static readonly Audience Students = new(AudienceKind.Students, Guid.Empty);
    public static readonly Audience Mentor = new(AudienceKind.Mentor, Guid.Empty);

    public bool IsTeacher => Kind == AudienceKind.Teacher;

    /// <summary>The teacher, or the board that the teacher shows.</summary>
    public bool IsStaff => Kind is AudienceKind.Teacher or AudienceKind.Board;

    public static Audience Student(Guid id) => new(AudienceKind.Student, id);

    public static Audience Helper(Guid id) => new(AudienceKind.Helper, id);

    public bool Is(Guid student) => Kind == AudienceKind.Student && StudentId == student;

    public bool IsTeacherOr(Guid student) => IsTeacher || Is(student);
}
