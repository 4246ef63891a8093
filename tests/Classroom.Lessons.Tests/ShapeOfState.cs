using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Classroom.Lessons.Tests;

/// <summary>
/// The shape of the state as a snapshot holds it: every type that is reachable, with the names and types of its properties. An old snapshot
/// of another shape would load with defaults in place of what it does not know, so each shape has a format of its own.
/// </summary>
public sealed class ShapeOfState
{
    // When this fails: raise LessonSnapshot.Format, and put the new hash here.
    private const string Format = "lesson.16";
    private const string Hash = "7cdb05a4ed037c1a";

    [Fact]
    public void A_changed_shape_of_the_state_has_a_new_format() => (LessonSnapshot.Format, HashOf(typeof(LessonState))).ShouldBe((Format, Hash));

    [Fact]
    public void The_hash_sees_a_field_that_is_added_renamed_or_of_another_type() =>
        new[] { HashOf(typeof(One)), HashOf(typeof(Added)), HashOf(typeof(Renamed)), HashOf(typeof(Retyped)) }.Distinct().Count().ShouldBe(4);

    private static string HashOf(Type root)
    {
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        Walk(root, [], lines, root.Name.Length > 0 ? "root" : "");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))))[..16];
    }

    private static void Walk(Type type, HashSet<Type> seen, SortedSet<string> lines, string name)
    {
        foreach (var argument in type.IsGenericType ? type.GetGenericArguments() : [])
        {
            Walk(argument, seen, lines, argument.Name);
        }

        if (type.Assembly != typeof(LessonState).Assembly && type.Assembly != typeof(ShapeOfState).Assembly || !seen.Add(type))
        {
            return;
        }

        if (type.IsEnum)
        {
            lines.Add($"{name}: {string.Join(',', Enum.GetNames(type))}");
            return;
        }

        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
        {
            lines.Add($"{name}.{property.Name}: {property.PropertyType}");
            Walk(property.PropertyType, seen, lines, property.PropertyType.Name);
        }
    }

    private sealed record One(int A);

    private sealed record Added(int A, int B);

    private sealed record Renamed(int C);

    private sealed record Retyped(long A);
}
