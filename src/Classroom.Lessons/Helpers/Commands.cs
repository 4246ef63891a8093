using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>An adult who is no teacher of the lesson may help in this room from now on, in the place of who might before. Sent by the server, which makes the link.</summary>
/// <param name="Room">Null: the hub.</param>
[Command(Roles.Teacher, Phases.BeforeEnd, ServerOnly = true)]
[GenerateSerializer, Immutable]
public sealed record InviteHelper([property: Id(0)] Guid HelperId, [property: Id(1)] int? Room = null) : Command;

/// <summary>This link opens nothing any more.</summary>
[Command(Roles.Teacher, Phases.Any)]
[GenerateSerializer, Immutable]
public sealed record DismissHelper([property: Id(0)] Guid HelperId) : Command;

/// <summary>Who came by the link says how children and teacher may call her. Said once: a claim that stands on a phone stays hers.</summary>
[Command(Roles.Helper, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record ComeAsHelper([property: Id(0)] string Name) : Command;

/// <summary>JSON of this topic's commands, facts and entities: each one of them is named here.</summary>
[JsonSerializable(typeof(InviteHelper))]
[JsonSerializable(typeof(DismissHelper))]
[JsonSerializable(typeof(ComeAsHelper))]
[JsonSerializable(typeof(HelperInvited))]
[JsonSerializable(typeof(HelperDismissed))]
[JsonSerializable(typeof(HelperCame))]
[JsonSerializable(typeof(HelperEntity))]
[JsonSerializable(typeof(HelpedEntity))]
[JsonSerializable(typeof(ChildEntity))]
internal sealed partial class HelpersJson : JsonSerializerContext;
