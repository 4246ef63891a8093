using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>Why a student was forgotten. A choice and no text: a sentence would be about the child again.</summary>
[JsonConverter(typeof(Camel<ForgetReason>))]
public enum ForgetReason
{
    /// <summary>The child or its parents asked for it.</summary>
    Family,

    /// <summary>Something came in that should not have.</summary>
    Mistake,

    /// <summary>It was kept for as long as it may be. The server's own reason.</summary>
    Retention,

    /// <summary>The key is destroyed and the facts do not say so, as after an older backup was restored. The server's own reason.</summary>
    KeyGone,
}

/// <summary>Forget a student: whatever the child wrote here, or others wrote about it, is gone from every screen and can never be read again. Before, during and after the lesson.</summary>
[Command(Roles.Teacher | Roles.Admin | Roles.System, Phases.Any)]
[GenerateSerializer, Immutable]
public sealed record ForgetStudent([property: Id(0)] Guid StudentId, [property: Id(1)] ForgetReason Reason) : Command;

/// <summary>JSON of this topic's commands, facts and entities: each one of them is named here.</summary>
[JsonSerializable(typeof(ForgetStudent))]
[JsonSerializable(typeof(StudentForgotten))]
[JsonSerializable(typeof(ForgottenEntity))]
internal sealed partial class ForgettingJson : JsonSerializerContext;
