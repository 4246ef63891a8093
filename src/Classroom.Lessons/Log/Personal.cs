using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace Classroom.Lessons;

/// <summary>
/// What this property of a fact holds is a child's: words that the child wrote, or that others wrote about it. It is stored under that child's key
/// (<see cref="Fact.ChildIn"/>), and is blank once the child was forgotten. A test asks of every text in every fact whether it is personal.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PersonalAttribute : Attribute;

/// <summary>The personal properties of facts, for whoever seals them: their names in JSON, and what stands for each when it cannot be read.</summary>
public static class PersonalProperties
{
    /// <summary>By the fact's stored name; facts without any are absent.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Placeholders { get; } = FactCatalogue.Types
        .Select(type => (Name: FactCatalogue.NameOf(type), Fields: Of(LessonJson.Options.GetTypeInfo(type))))
        .Where(f => f.Fields.Count > 0).ToDictionary(f => f.Name, f => f.Fields, StringComparer.Ordinal);

    private static IReadOnlyDictionary<string, string> Of(JsonTypeInfo fact) => fact.Properties
        .Where(p => p.AttributeProvider?.IsDefined(typeof(PersonalAttribute), inherit: false) == true)
        .ToDictionary(p => p.Name, p => PlaceholderOf(p.PropertyType), StringComparer.Ordinal);

    // Whatever the rules fold must be there; nobody sees it, since a forgotten child leaves the state.
    private static string PlaceholderOf(Type type) =>
        type == typeof(string) ? "\"\""
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) ? "[]"
        : Nullable.GetUnderlyingType(type) is not null ? "null"
        : type == typeof(int) ? "0"
        : throw new InvalidOperationException($"A personal {type.Name} has no placeholder.");
}
