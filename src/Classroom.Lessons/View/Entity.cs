using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;

namespace Classroom.Lessons;

/// <summary>The value of one entity of a view. Which fields are filled depends on the audience; a field that is not for it is absent.</summary>
public abstract record Entity;

/// <summary>The kind of an entity on the wire, and which audiences receive it at all.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EntityAttribute(string kind) : Attribute
{
    public string Kind { get; } = kind;

    /// <summary>Boards see some of these; a board does not even receive that any other has changed.</summary>
    public bool OnBoard { get; init; }

    /// <summary>A student's own and nobody else's, not the teacher's either.</summary>
    public bool StudentsOnly { get; init; }

    /// <summary>A room's helper's, who receives nothing else.</summary>
    public bool HelpersOnly { get; init; }
}

/// <summary>The name of one entity in a view: its kind and its id within that kind.</summary>
public readonly record struct EntityKey(EntityAttribute Kind, string Id)
{
    private static readonly ConcurrentDictionary<Type, EntityAttribute> Kinds = new();

    public static EntityKey Of<T>(object? id = null) where T : Entity =>
        new(KindOf(typeof(T)), id is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{id}"));

    public static EntityAttribute KindOf(Type entity) => Kinds.GetOrAdd(entity, static type => type.GetCustomAttribute<EntityAttribute>()
        ?? throw new InvalidOperationException($"{type.Name} has no kind: it needs [Entity]."));

    public bool Equals(EntityKey other) => Kind.Kind == other.Kind.Kind && Id == other.Id;

    public override int GetHashCode() => HashCode.Combine(Kind.Kind, Id);
}

/// <summary>
/// One entity of a lesson as one audience now sees it; a null <paramref name="Value"/> means it is no longer to be seen. A view is the fold
/// of these: a map from (kind, id) to the last value. On the wire: <c>{"k":kind,"id":id,"v":value}</c>.
/// </summary>
public sealed record EntityChange(string Kind, string Id, Entity? Value);
