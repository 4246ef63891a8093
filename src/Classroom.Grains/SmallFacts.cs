using System.Text.Json.Serialization;

namespace Classroom.Grains;

/// <summary>A join code was taken (<paramref name="Leased"/>) or given back by a classroom.</summary>
public sealed record CodeFact(Guid ClassroomId, bool Leased);

/// <summary>A teacher's classroom as it was opened, ended or reopened.</summary>
public sealed record TeacherFact(ClassroomCard Card);

/// <summary>A student joined a lesson, or changed preferences (<paramref name="ClassroomId"/> null).</summary>
public sealed record StudentFact(Guid? ClassroomId, Language Language, Level Level);

/// <summary>A call's tokens as held before it, or as settled after it.</summary>
public sealed record TokenFact(Guid CallId, int Tokens, bool Settled);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(Camel<Language>), typeof(Camel<Level>)])]
[JsonSerializable(typeof(CodeFact))]
[JsonSerializable(typeof(TeacherFact))]
[JsonSerializable(typeof(StudentFact))]
[JsonSerializable(typeof(TokenFact))]
internal sealed partial class SmallContext : JsonSerializerContext;
