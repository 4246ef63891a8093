using System.Text.Json.Serialization;

namespace Classroom.Grains;

/// <summary>A join code was taken (<paramref name="Leased"/>) or given back by a classroom.</summary>
public sealed record JoinCodeEntry(Guid ClassroomId, bool Leased);

/// <summary>A teacher's classroom as it was opened, ended or reopened.</summary>
public sealed record TeacherEntry(ClassroomCard Card);

/// <summary>A student joined a lesson, or changed preferences (<paramref name="ClassroomId"/> null).</summary>
public sealed record StudentEntry(Guid? ClassroomId, Language Language, Level Level);

/// <summary>A call's tokens as held before it, or as settled after it.</summary>
/// <param name="Holder">The silo that makes the call; null: not known.</param>
public sealed record TokenEntry(Guid CallId, int Tokens, bool Settled, string? Holder = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(Camel<Language>), typeof(Camel<Level>)])]
[JsonSerializable(typeof(JoinCodeEntry))]
[JsonSerializable(typeof(TeacherEntry))]
[JsonSerializable(typeof(StudentEntry))]
[JsonSerializable(typeof(TokenEntry))]
internal sealed partial class JournalJson : JsonSerializerContext;
