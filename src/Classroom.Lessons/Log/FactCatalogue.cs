using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Classroom.Lessons;

/// <summary>The stored name of every fact, and its JSON. Golden files in the tests hold yesterday's facts.</summary>
public static class FactCatalogue
{
    private static readonly FrozenDictionary<string, JsonTypeInfo> ByName = Topics.Rules.Facts.ToFrozenDictionary(
        Pinned, LessonJson.Options.GetTypeInfo, StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, (string Name, JsonTypeInfo Json)> ByType = ByName.ToFrozenDictionary(
        f => f.Value.Type, f => (f.Key, f.Value));

    private static readonly JsonTypeInfo<Actor> ActorJson = LessonJson.Of<Actor>();

    public static IEnumerable<Type> Types => ByType.Keys;

    /// <summary>For example <c>answer-given.1</c>.</summary>
    public static string NameOf(Type fact) => ByType[fact].Name;

    public static byte[] Encode(Fact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return JsonSerializer.SerializeToUtf8Bytes(fact, ByType[fact.GetType()].Json);
    }

    /// <exception cref="InvalidDataException">The name is unknown: the log was written by a newer version.</exception>
    public static Fact Decode(string name, ReadOnlySpan<byte> json)
    {
        var type = ByName.GetValueOrDefault(name) ?? throw new InvalidDataException($"Unknown fact '{name}': written by a newer version?");
        return (Fact?)JsonSerializer.Deserialize(json, type) ?? throw new InvalidDataException($"Fact '{name}' is null.");
    }

    public static byte[] EncodeActor(Actor actor) => JsonSerializer.SerializeToUtf8Bytes(actor, ActorJson);

    public static Actor DecodeActor(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, ActorJson)!;

    private static string Pinned(Type fact) => fact.GetCustomAttribute<StoredAsAttribute>()?.ToString()
        ?? throw new InvalidOperationException($"{fact.Name} has no pinned name: it needs [StoredAs].");
}
