using System.Collections.Frozen;
using System.Reflection;

namespace Classroom.Tutor;

/// <summary>Instructions to a model: their text filled in, and the name and version that stand in every provenance.</summary>
/// <param name="Language">In which they are written; null: one file for all languages, in English.</param>
public sealed record Template(string Id, string Text, Language? Language = null)
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> Files = Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(n => n.Contains(".Templates.", StringComparison.Ordinal))
        .ToFrozenDictionary(n => n[(n.IndexOf(".Templates.", StringComparison.Ordinal) + ".Templates.".Length)..^".md".Length], Read, StringComparer.Ordinal);

    public static IEnumerable<string> Names => Files.Keys.Order(StringComparer.Ordinal);

    /// <summary>One file per ability and language; a language of null is a file for all three.</summary>
    /// <exception cref="KeyNotFoundException">There is no such template.</exception>
    public static Template Of(string ability, Language? language, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var name = NameOf(ability, language);
        var text = Files[name]["instructions"];
        foreach (var (key, value) in values)
        {
            text = text.Replace("{" + key + "}", value, StringComparison.Ordinal);
        }

        return new Template($"{name}@{Files[name]["version"]}", text, language);
    }

    /// <summary>A section of a template file that is said by itself.</summary>
    public static string Line(string ability, Language? language, string section) => Files[NameOf(ability, language)][section];

    public static Template Explain(Variant variant, ExplainMode mode, int grade) => Of("explain", variant.Language,
        ("grade", $"{grade}"),
        ("level", Line("explain", variant.Language, "level " + variant.Level.ToString().ToLowerInvariant())),
        ("mode", mode == ExplainMode.Plain ? "" : Line("explain", variant.Language, "mode " + mode.ToString().ToLowerInvariant())));

    private static string NameOf(string ability, Language? language) => language is { } l ? $"{ability}.{l.ToString().ToLowerInvariant()}" : ability;

    // "version: N", then sections that begin with a line "# name".
    private static FrozenDictionary<string, string> Read(string resource)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
        var sections = new Dictionary<string, string>(StringComparer.Ordinal);
        var name = "";
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith("version:", StringComparison.Ordinal))
            {
                sections["version"] = line["version:".Length..].Trim();
            }
            else if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                name = line[2..].Trim();
                sections[name] = "";
            }
            else
            {
                sections[name] = (sections.GetValueOrDefault(name, "") + "\n" + line).Trim();
            }
        }

        return sections.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
