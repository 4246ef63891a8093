using System.Text.Json;

namespace Classroom.Tutor.Audit;

/// <summary>The golden set: <c>Sets/golden/*.json</c>, one file per ability, read as they are.</summary>
public static class GoldenSet
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new Camel<Language>(), new Camel<Level>() } };

    public static ImmutableArray<Case> Cases { get; } =
    [
        .. SetFiles.Names("golden/").SelectMany(n => JsonSerializer.Deserialize<ImmutableArray<Case>>(SetFiles.Text(n), Options)).Select(static c => c with
        {
            Names = c.Names.IsDefault ? [] : c.Names, Must = [], MustNot = [], Planted = [.. (c.Names.IsDefault ? [] : c.Names).Select(n => new Planted(n, "name")), .. PlantedNumbers.In(c.Text).Select(n => new Planted(n, "number"))],
            Set = "golden", Kind = c.Ability, Token = c.Bait == "injection" ? "БҮРКІТ-7" : "",
        }),
    ];
}
