using System.Collections.Frozen;
using System.Reflection;

namespace Classroom.Tutor;

/// <summary>The lists beside this file, compiled in: <c>#</c> begins a comment, <c>key:</c> a line of one kind.</summary>
internal static class WordLists
{
    public static IEnumerable<string> Lines(string file)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var name = assembly.GetManifestResourceNames().Single(n => n.EndsWith($".Names.{file}.txt", StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }

    public static IEnumerable<string> Words(string file, string? key = null) =>
        Lines(file).Where(l => key is null || l.StartsWith(key + ":", StringComparison.Ordinal))
            .SelectMany(l => (key is null ? l : l[(key.Length + 1)..]).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Words of a list as they are compared: small, Kazakh letters as their nearest Russian ones.</summary>
    public static FrozenSet<string> Set(string file, params ReadOnlySpan<string> keys)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        if (keys.IsEmpty)
        {
            all.UnionWith(Words(file).Select(Plain));
        }

        foreach (var key in keys)
        {
            all.UnionWith(Words(file, key).Select(Plain));
        }

        return all.ToFrozenSet(StringComparer.Ordinal);
    }

    public static string Plain(string word) => NameWord.Loosen(word.ToLowerInvariant());
}
