using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>A field into which a child writes and which is sent by a press. A work is none of them: its drafts are saved while it grows.</summary>
[JsonConverter(typeof(Camel<TypedField>))]
public enum TypedField { Answer, Idea }

/// <summary>Keep what a child has typed and not sent yet, so that another phone of the same child has it too; an empty text takes it away.</summary>
/// <param name="Of">The question (<see cref="TypedField.Answer"/>) or the step (<see cref="TypedField.Idea"/>).</param>
[Command(Roles.Student, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record KeepTyped([property: Id(0)] TypedField Field, [property: Id(1)] string Of, [property: Id(2)] string Text) : Command;

/// <summary>JSON of this topic's commands, facts and entities: each one of them is named here.</summary>
[JsonSerializable(typeof(KeepTyped))]
[JsonSerializable(typeof(TypedKept))]
[JsonSerializable(typeof(TypedEntity))]
internal sealed partial class TypedJson : JsonSerializerContext;
