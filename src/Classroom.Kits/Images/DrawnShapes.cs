using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Classroom.Kits.Images;

/// <summary>
/// How much a browser draws of a cleaned drawing: a part counts as often as a use, a clip-path or a marker draws it. A few lines of parts that draw parts
/// could else be a thousand million shapes.
/// </summary>
internal sealed partial class DrawnShapes
{
    public const int Most = 20_000;
    public const int MostNested = 8;
    private const long Countless = 1_000_000_000;
    private static readonly HashSet<string> Stored = new(["defs", "clipPath", "marker", "symbol", "linearGradient", "radialGradient"], StringComparer.Ordinal);

    private readonly Dictionary<string, XElement> _parts;
    private readonly Dictionary<XElement, (long Shapes, long Corners)> _known = [];
    private readonly HashSet<XElement> _open = [];
    private bool _isEndless;

    private DrawnShapes(XElement root) => _parts = root.DescendantsAndSelf().Where(e => e.Attribute("id") is not null)
        .GroupBy(e => (string)e.Attribute("id")!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);

    /// <returns>What is wrong with it; null when it can be drawn.</returns>
    public static string? ComplaintAbout(XElement root)
    {
        var drawn = new DrawnShapes(root);
        var (shapes, _) = drawn.Of(root, 0);
        return drawn._isEndless ? $"a part of it draws itself, or parts draw parts more than {MostNested} deep"
            : shapes > Most ? $"it draws more than {Most} shapes: what a use, a clip-path or a marker draws counts every time" : null;
    }

    private (long Shapes, long Corners) Of(XElement element, int nested)
    {
        if (_known.TryGetValue(element, out var known))
        {
            return known;
        }

        if (nested > MostNested || !_open.Add(element))
        {
            _isEndless = true;
            return default;
        }

        var (shapes, corners) = (1L, CornersOf(element));
        foreach (var drawn in element.Elements().Where(e => !Stored.Contains(e.Name.LocalName)).Select(e => Of(e, nested)))
        {
            (shapes, corners) = (shapes + drawn.Shapes, corners + drawn.Corners);
        }

        if (element.Name.LocalName == "use" && Part(((string?)element.Attribute("href") ?? "").TrimStart('#')) is { } used)
        {
            var drawn = Of(used, nested + 1);
            (shapes, corners) = (shapes + drawn.Shapes, corners + drawn.Corners);
        }

        foreach (var attribute in element.Attributes())
        {
            var isMarker = attribute.Name.LocalName.StartsWith("marker-", StringComparison.Ordinal);
            if ((isMarker || attribute.Name.LocalName == "clip-path") && Reference().Match(attribute.Value) is { Success: true } match && Part(match.Groups["id"].Value) is { } part)
            {
                // What it has inside inherits its markers.
                shapes += Of(part, nested + 1).Shapes * (isMarker ? corners : 1);
            }
        }

        _open.Remove(element);
        return _known[element] = (Math.Min(shapes, Countless), Math.Min(corners, Countless));
    }

    private XElement? Part(string id) => _parts.GetValueOrDefault(id);

    // Every number may be a corner of its own.
    private static long CornersOf(XElement element) => element.Name.LocalName switch
    {
        "path" => Number().Count((string?)element.Attribute("d") ?? ""),
        "polyline" or "polygon" => Number().Count((string?)element.Attribute("points") ?? ""),
        "line" => 2,
        _ => 0,
    };

    [GeneratedRegex(@"#(?<id>[^)'""\s]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\d*\.?\d+", RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}
