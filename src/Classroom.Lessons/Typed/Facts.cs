using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <param name="Of">As of <see cref="KeepTyped"/>.</param>
/// <param name="Round">Of the question; 0 of an idea.</param>
[StoredAs("typed-kept", 1)]
public sealed record TypedKept(TypedField Field, string Of, int Round, [property: Personal] string Text) : Fact;

public sealed partial record LessonState
{
    /// <summary>What children have typed and not sent. Nobody but the child sees it, on whichever phone it is.</summary>
    public ImmutableDictionary<TypedKey, Typed> Typed { get; init; } = ImmutableDictionary<TypedKey, Typed>.Empty;
}

[JsonConverter(typeof(TypedKeyConverter))]
public readonly record struct TypedKey(Guid StudentId, TypedField Field, string Of)
{
    public override string ToString() => $"{StudentId}/{(Field == TypedField.Answer ? "answer" : "idea")}/{Of}";
}

public sealed record Typed(string Text, int Round);
