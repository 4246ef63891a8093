using System.Collections;
using System.Reflection;

namespace Classroom.Lessons.Tests;

/// <summary>
/// Compares two values by all their public properties, all the way down. Records alone do not do it: they compare immutable collections
/// by reference. It remembers which properties were ever anything else than what they are when nobody sets them, since only of those a
/// loss can be seen.
/// </summary>
internal sealed class Structure
{
    private readonly Dictionary<PropertyInfo, HashSet<string>> _values = [];

    /// <summary>Properties that a constructor sets and that never got a value, and others that never changed.</summary>
    public IEnumerable<string> NeverSet => _values
        .Where(p => IsOfConstructor(p.Key) ? p.Value.All(v => v.Length == 0) : p.Value.Count < 2)
        .Select(p => $"{p.Key.DeclaringType!.Name}.{p.Key.Name}").Order(StringComparer.Ordinal);

    public List<string> Differences(object? expected, object? actual) => [.. Compare(expected, actual, "")];

    private IEnumerable<string> Compare(object? expected, object? actual, string path)
    {
        if (expected is null || actual is null || expected.GetType() != actual.GetType())
        {
            return Equals(expected, actual) ? [] : [$"{path}: {expected ?? "null"} became {actual ?? "null"}"];
        }

        return expected switch
        {
            DateTimeOffset at => at.EqualsExact((DateTimeOffset)actual) ? [] : [$"{path}: {at:O} became {actual:O}"],
            IDictionary map => Maps(map, (IDictionary)actual, path),
            string => Leaf(expected, actual, path),
            IEnumerable items => Items(items, (IEnumerable)actual, path),
            _ when IsLeaf(expected.GetType()) => Leaf(expected, actual, path),
            _ => Properties(expected, actual, path),
        };
    }

    private static bool IsLeaf(Type type) => type.IsPrimitive || type.IsEnum || type.Namespace == nameof(System);

    private static IEnumerable<string> Leaf(object expected, object actual, string path) =>
        Equals(expected, actual) ? [] : [$"{path}: {expected} became {actual}"];

    private IEnumerable<string> Maps(IDictionary expected, IDictionary actual, string path)
    {
        foreach (var key in expected.Keys.Cast<object>().Union(actual.Keys.Cast<object>()))
        {
            foreach (var difference in Compare(Of(expected, key), Of(actual, key), $"{path}[{key}]"))
            {
                yield return difference;
            }
        }

        static object? Of(IDictionary map, object key) => map.Contains(key) ? map[key] : null;
    }

    private IEnumerable<string> Items(IEnumerable expected, IEnumerable actual, string path)
    {
        // Of a set the order says nothing; what its items are called does.
        var isSet = expected.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ImmutableHashSet<>);
        var (one, other) = (List(expected, isSet), List(actual, isSet));
        return one.Count != other.Count ? [$"{path}: {one.Count} items became {other.Count}"]
            : one.Zip(other).SelectMany((pair, i) => Compare(pair.First, pair.Second, $"{path}[{i}]"));

        static List<object?> List(IEnumerable items, bool isSet) =>
            isSet ? [.. items.Cast<object?>().OrderBy(x => x?.ToString(), StringComparer.Ordinal)] : [.. items.Cast<object?>()];
    }

    private IEnumerable<string> Properties(object expected, object actual, string path)
    {
        foreach (var property in expected.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
        {
            var value = property.GetValue(expected);
            (_values.TryGetValue(property, out var values) ? values : _values[property] = []).Add(Text(property.PropertyType, value));
            foreach (var difference in Compare(value, property.GetValue(actual), $"{path}.{property.Name}"))
            {
                yield return difference;
            }
        }
    }

    private static bool IsOfConstructor(PropertyInfo property) =>
        property.DeclaringType!.GetConstructors().Any(c => c.GetParameters().Any(p => p.Name == property.Name));

    // Empty for what the type itself would put there.
    private static string Text(Type type, object? value) => value switch
    {
        null => "",
        string text => text,
        IEnumerable items => items.Cast<object?>().Count() is > 0 and var count ? $"{count} items" : "",
        _ => type.IsValueType && value.Equals(Activator.CreateInstance(type)) ? "" : value.ToString()!,
    };
}
