using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>
/// This lesson is one group of a combined class: the other one is a lesson of its own, in the same room, by the same teacher. Sent by the server to both, which
/// has looked whose they are. The same again changes nothing; a third is refused: <c>already-combined</c>.
/// </summary>
/// <param name="With">The other lesson's classroom.</param>
/// <param name="ClassName">As the other group is called.</param>
/// <param name="Title">Of its lesson.</param>
/// <param name="Instead">The other group of before, which has ended or knows of this one no more: this one takes its place.</param>
[Command(Roles.Teacher, Phases.BeforeEnd, ServerOnly = true)]
[GenerateSerializer, Immutable]
public sealed record CombineLesson(
    [property: Id(0)] Guid With, [property: Id(1)] string ClassName, [property: Id(2)] Trilingual Title, [property: Id(3)] Guid? Instead = null) : Command;

/// <summary>JSON of this topic's commands, facts and entities: each one of them is named here.</summary>
[JsonSerializable(typeof(CombineLesson))]
[JsonSerializable(typeof(LessonCombined))]
[JsonSerializable(typeof(GroupEntity))]
internal sealed partial class CombinedJson : JsonSerializerContext;
