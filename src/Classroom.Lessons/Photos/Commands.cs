using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>A photo of a drawing, a page or a model goes with a student's work. The server sends it, and keeps the picture itself after it, sealed.</summary>
/// <param name="PhotoId">Made by the phone: the same photo sent again is the same.</param>
/// <param name="Shot">The same in the copies that several children on a phone have of one photo.</param>
/// <param name="Width">In pixels, as <paramref name="Height"/>; the server has read both from the picture.</param>
[Command(Roles.Student, Phases.SinceStart, ServerOnly = true)]
[GenerateSerializer, Immutable]
public sealed record AttachPhoto(
    [property: Id(0)] string StepId, [property: Id(1)] Guid PhotoId, [property: Id(2)] Guid Shot, [property: Id(3)] int Width, [property: Id(4)] int Height) : Command;

/// <summary>Take a photo out of a work that is not handed in; of several children each their own copy of it. The server sends it, and deletes the pictures after it.</summary>
[Command(Roles.Student, Phases.SinceStart, ServerOnly = true, Together = true)]
[GenerateSerializer, Immutable]
public sealed record RemovePhoto([property: Id(0)] Guid PhotoId) : Command;

/// <summary>JSON of this topic's commands, facts and entities: each one of them is named here.</summary>
[JsonSerializable(typeof(AttachPhoto))]
[JsonSerializable(typeof(RemovePhoto))]
[JsonSerializable(typeof(PhotoAttached))]
[JsonSerializable(typeof(PhotoRemoved))]
[JsonSerializable(typeof(PhotoEntity))]
internal sealed partial class PhotosJson : JsonSerializerContext;
