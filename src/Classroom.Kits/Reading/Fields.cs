using Classroom.Kits.Yaml;

namespace Classroom.Kits.Reading;

/// <summary>
/// The fields of one group, asked for by name. What nobody asked for is an unknown field, so the reader itself is the schema.
/// </summary>
internal sealed class Fields
{
    private readonly Spot _spot;
    private readonly Dictionary<string, YamlEntry> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    private Fields(Spot spot) => _spot = spot;

    public Spot Spot => _spot;

    /// <returns>null, with an error, when the node is not a group of fields.</returns>
    public static Fields? Open(Spot spot)
    {
        if (spot.Node is not YamlMap map)
        {
            spot.Error(KitErrorCodes.WrongType, "a group of fields (name: value) is expected here");
            return null;
        }

        var fields = new Fields(spot);
        foreach (var entry in map.Entries)
        {
            if (!fields._entries.TryAdd(entry.Key, entry))
            {
                spot.Errors.Add(KitErrorCodes.DuplicateField, entry.At, spot.Join(entry.Key), "this field is written twice");
            }
        }

        return fields;
    }

    public Spot? Optional(string name)
    {
        _asked.Add(name);
        return _entries.TryGetValue(name, out var entry)
            ? _spot with { Node = entry.Value, Path = _spot.Join(name), At = entry.At }
            : null;
    }

    public Spot? Required(string name)
    {
        var spot = Optional(name);
        if (spot is null)
        {
            _spot.ErrorAt(name, KitErrorCodes.MissingField, $"the field \"{name}\" is missing");
        }

        return spot;
    }

    public string Text(string name, int max) => Required(name)?.Text(max) ?? "";

    public string Id(HashSet<string> seen) => Required("id")?.Id(seen) ?? "";

    public int Number(string name, int min, int max) => Required(name)?.Number(min, max) ?? 0;

    /// <summary>Whether all of these are there and are numbers, so that they can be compared.</summary>
    public bool AreNumbers(params string[] names) => names.All(n => Optional(n) is { IsNumber: true });

    public bool Flag(string name) => Required(name)?.Flag() ?? false;

    public Trilingual Trilingual(string name, int max, TextKind kind = TextKind.Words) => Required(name)?.Trilingual(max, kind) ?? Words.NoText;

    public Trilingual? OptionalTrilingual(string name, int max, TextKind kind = TextKind.Words) => Optional(name)?.Trilingual(max, kind);

    public IReadOnlyList<Trilingual> Trilinguals(string name, int max, TextKind kind = TextKind.Words) =>
        Required(name)?.Items(Limits.Items, s => s.Trilingual(max, kind)) ?? [];

    public IReadOnlyList<T> OptionalItems<T>(string name, int max, Func<Spot, T> read) => Optional(name)?.Items(max, read) ?? [];

    /// <summary>A field that exists in the format but makes no sense in this place.</summary>
    public void Refuse(string name, string why) => Optional(name)?.Error(KitErrorCodes.FieldNotHere, why);

    /// <summary>Call last: reports what was never asked for, with the nearest name that was.</summary>
    public void Close()
    {
        foreach (var entry in _entries.Values.Where(e => !_asked.Contains(e.Key)))
        {
            var near = _asked.Where(n => !_entries.ContainsKey(n)).MinBy(n => Distance(n, entry.Key));
            var hint = near is not null && Distance(near, entry.Key) <= 2 ? $"; did you mean \"{near}\"?" : "";
            _spot.Errors.Add(KitErrorCodes.UnknownField, entry.At, _spot.Join(entry.Key), $"there is no field \"{entry.Key}\" here{hint}");
        }
    }

    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 2)
        {
            return 3;
        }

        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(cost, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
