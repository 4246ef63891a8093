using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

// Two of them build the program, into the same folders.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Classroom.Deploy.Tests;

/// <summary>What stands in <c>deploy</c>, read as its programs read it.</summary>
internal static partial class Files
{
    public static string Folder { get; } = Path.Combine(Checkout.Folder, "deploy");

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name));

    /// <summary>A file of one document, its anchors merged. Every value is text.</summary>
    public static JsonNode Yaml(string name)
    {
        using var text = new StringReader(Text(name));
        var read = new DeserializerBuilder().Build().Deserialize(new MergingParser(new Parser(text)));
        return JsonNode.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(read))!;
    }

    public static IEnumerable<string> Strings(this JsonNode? node) => node is null ? [] : node.AsArray().Select(n => n!.GetValue<string>());

    public static string String(this JsonNode? node) => node!.GetValue<string>();

    public static Dictionary<string, string> Map(this JsonNode? node) =>
        node is null ? [] : node.AsObject().ToDictionary(p => p.Key, p => p.Value?.GetValue<string>() ?? "", StringComparer.Ordinal);

    /// <summary>An exact version: another day, another machine, the same program.</summary>
    public static void ShouldBePinned(this string image) => image.ShouldMatch("^[^:@]+:[a-z]?[0-9]+\\.[0-9]+[a-z0-9.-]*$");

    /// <summary>A name of an environment variable that the program reads, or that .NET does.</summary>
    public static void ShouldBeASetting(this string name)
    {
        if (name is "Urls" or "ASPNETCORE_ENVIRONMENT" or "ASPNETCORE_HTTP_PORTS" or "DOTNET_EnableDiagnostics")
        {
            return;
        }

        var parts = name.Split("__");
        Sections.ShouldContainKey(parts[0], name);
        var type = Sections[parts[0]];
        foreach (var part in parts.Skip(1))
        {
            type = type.GetProperty(part)?.PropertyType.ShouldNotBeNull() ?? throw new ShouldAssertException($"{name}: {type.Name} has no {part}");
        }
    }

    // The sections as the program registers them.
    private static readonly Dictionary<string, Type> Sections = Registered()
        .Matches(File.ReadAllText(Path.Combine(Checkout.Folder, "silo", "Classroom.Silo", "Hosting", "SettingsSetup.cs")))
        .ToDictionary(m => m.Groups["section"].Value, m => OptionsOf(m.Groups["type"].Value), StringComparer.Ordinal);

    private static Type OptionsOf(string name) =>
        new[] { typeof(Silo.Hosting.DataOptions), typeof(Grains.StreamingOptions), typeof(Tutor.ModelOptions) }
            .SelectMany(t => t.Assembly.GetExportedTypes()).Single(t => t.Name == name);

    [GeneratedRegex("AddSettings<(?<type>\\w+)>\\(\"(?<section>\\w+)\"\\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Registered();
}
