using System.Collections;

namespace Classroom.Kits.Tests;

/// <summary>Walks a kit and yields every text in it, wherever it stands.</summary>
internal static class Texts
{
    public static IEnumerable<Trilingual> Of(object? node) => node switch
    {
        null or string => [],
        Trilingual text => [text],
        IDictionary map => Of(map.Values),
        IEnumerable items => items.Cast<object?>().SelectMany(Of),
        Enum => [],
        _ when node.GetType().Namespace is { } space && (space == typeof(Kit).Namespace || space == typeof(LessonPlan).Namespace) =>
            node.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0).SelectMany(p => Of(p.GetValue(node))),
        _ => [],
    };
}
