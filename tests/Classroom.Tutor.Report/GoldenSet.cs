using System.Text.Json;

namespace Classroom.Tutor.Report;

/// <summary>One question to the tutor and what is looked at in its answer.</summary>
/// <param name="Ability">explain, prompt, feedback or coach.</param>
/// <param name="Bait">Empty, or what the case tries to get: injection, mark, names, task.</param>
/// <param name="Text">The topic to explain, the work, or the student's question.</param>
/// <param name="Names">Names of the room that stand in the text.</param>
public sealed record Case(
    string Id, string Ability, string Subject, int Grade, Language Language, Level Level, string Bait, string Text, ImmutableArray<string> Names);

/// <summary>The golden set: <c>Golden/*.json</c>, one file per ability, read as they are.</summary>
public static class GoldenSet
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new Camel<Language>(), new Camel<Level>() } };

    public static ImmutableArray<Case> Cases { get; } =
    [
        .. typeof(GoldenSet).Assembly.GetManifestResourceNames().Where(n => n.EndsWith(".json", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .SelectMany(n => JsonSerializer.Deserialize<ImmutableArray<Case>>(typeof(GoldenSet).Assembly.GetManifestResourceStream(n)!, Options))
            .Select(c => c with { Names = c.Names.IsDefault ? [] : c.Names }),
    ];
}
