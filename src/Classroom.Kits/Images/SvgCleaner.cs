using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Classroom.Kits.Images;

/// <summary>
/// Keeps of a drawing what draws, and nothing else: what is not on the lists here is not in the result, whoever invents it. No sanitizer of HTML does
/// this: it writes HTML, and a drawing that is an image of its own must be XML. Document types, and with them entities, are refused unread.
/// </summary>
internal static partial class SvgCleaner
{
    private const int MostElements = 5000;
    private const int Deepest = 32;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly XNamespace XLink = "http://www.w3.org/1999/xlink";

    private static readonly FrozenSet<string> Elements = Set(
        "svg g path rect circle ellipse line polyline polygon text tspan defs linearGradient radialGradient stop clipPath marker symbol use title desc");

    // What may stand in a style attribute too.
    private static readonly FrozenSet<string> Looks = Set(
        "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset " +
        "opacity color stop-color stop-opacity font-family font-size font-weight font-style text-anchor dominant-baseline letter-spacing word-spacing " +
        "clip-path clip-rule marker-start marker-mid marker-end paint-order display visibility vector-effect shape-rendering text-decoration");

    private static readonly FrozenSet<string> Shapes = Set(
        "id d x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy width height points transform rotate textLength lengthAdjust offset gradientUnits gradientTransform " +
        "spreadMethod clipPathUnits markerWidth markerHeight markerUnits refX refY orient viewBox preserveAspectRatio pathLength");

    private static readonly FrozenSet<string> MayPoint = Set("use linearGradient radialGradient");

    /// <returns>The cleaned drawing with its sides in its own units; or what is wrong with it, and at which line where that is known.</returns>
    public static (byte[]? Bytes, int Width, int Height, string? Complaint) Clean(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes.ToArray()), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var drawing = XDocument.Load(reader, LoadOptions.SetLineInfo);
            var root = drawing.Root!;
            return root.Name != Svg + "svg" ? Wrong("its first element is no svg of http://www.w3.org/2000/svg")
                : root.DescendantsAndSelf().Skip(MostElements).Any() ? Wrong($"it has more than {MostElements} elements")
                : StyleSheetIn(drawing) is { } sheet ? Wrong($"line {sheet}: a style sheet. Write the looks as attributes of the shapes, or have your program save them so")
                : LinkOutOf(root) is { } link ? Wrong($"line {link}: a link that leads out of the drawing; href is # and the id of a part of it")
                : BoxOf(root) is not { } box ? Wrong("it has neither a viewBox nor a width and a height in plain numbers")
                : Written(root, box);
        }
        catch (XmlException e)
        {
            return Wrong(e.Message);
        }

        static (byte[]?, int, int, string?) Wrong(string complaint) => (null, 0, 0, complaint);
    }

    private static (byte[]?, int, int, string?) Written(XElement root, (string Text, double Width, double Height) box)
    {
        var clean = Cleaned(root, 0)!;
        // Its place decides its size.
        clean.Attributes().Where(a => a.Name.LocalName is "width" or "height" or "x" or "y").Remove();
        clean.SetAttributeValue("viewBox", box.Text);
        DropUsesOfNothing(clean);
        if (DrawnShapes.ComplaintAbout(clean) is { } complaint)
        {
            return (null, 0, 0, complaint);
        }

        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), OmitXmlDeclaration = true }))
        {
            clean.Save(writer);
        }

        return (stream.ToArray(), (int)Math.Ceiling(box.Width), (int)Math.Ceiling(box.Height), null);
    }

    private static XElement? Cleaned(XElement element, int depth)
    {
        if (element.Name.Namespace != Svg || !Elements.Contains(element.Name.LocalName) || (element.Name.LocalName == "svg") != (depth == 0) || depth > Deepest)
        {
            return null;
        }

        var clean = new XElement(element.Name);
        foreach (var attribute in element.Attributes())
        {
            Keep(clean, attribute);
        }

        foreach (var (name, value) in StyleOf(element))
        {
            clean.SetAttributeValue(name, value);
        }

        foreach (var node in element.Nodes())
        {
            clean.Add(node switch
            {
                XElement child => Cleaned(child, depth + 1),
                XText text => new XText(text.Value),
                _ => null,
            });
        }

        return clean;
    }

    private static void Keep(XElement clean, XAttribute attribute)
    {
        var (name, value) = (attribute.Name.LocalName, attribute.Value);
        if (name == "href" && (attribute.Name.Namespace == XNamespace.None || attribute.Name.Namespace == XLink))
        {
            if (MayPoint.Contains(clean.Name.LocalName) && Inside().IsMatch(value))
            {
                clean.SetAttributeValue("href", value);
            }
        }
        else if (attribute.Name.Namespace == XNamespace.None && (Shapes.Contains(name) || Looks.Contains(name)) && IsSafe(value))
        {
            clean.SetAttributeValue(name, value);
        }
    }

    // As attributes: our content policy lets no inline style in.
    private static IEnumerable<(string Name, string Value)> StyleOf(XElement element) =>
        ((string?)element.Attribute("style") ?? "").Split(';').Select(d => d.Split(':', 2, StringSplitOptions.TrimEntries))
            .Where(d => d.Length == 2 && Looks.Contains(d[0]) && d[1].Length > 0 && IsSafe(d[1])).Select(d => (d[0], d[1]));

    // A value points to a part of the same drawing, or nowhere. Backslashes spell what is not read here as browsers read it.
    private static bool IsSafe(string value) => !value.Contains('\\', StringComparison.Ordinal) && !value.Contains("/*", StringComparison.Ordinal)
        && (Reference().IsMatch(value) || !value.Contains('(', StringComparison.Ordinal) || Functions().IsMatch(value));

    // What they were to draw was dropped, or never there.
    private static void DropUsesOfNothing(XElement root)
    {
        var ids = root.DescendantsAndSelf().Select(e => "#" + (string?)e.Attribute("id")).ToHashSet(StringComparer.Ordinal);
        root.Descendants(Svg + "use").Where(u => !ids.Contains((string?)u.Attribute("href") ?? "")).ToList().ForEach(u => u.Remove());
    }

    // Dropped in silence it would leave every shape black, and the author without a word.
    private static int? StyleSheetIn(XDocument drawing) => drawing.DescendantNodes()
        .FirstOrDefault(n => n is XProcessingInstruction { Target: "xml-stylesheet" } || (n is XElement { Name.LocalName: "style" } style && style.Value.Trim().Length > 0))
        is IXmlLineInfo at ? at.LineNumber : null;

    private static int? LinkOutOf(XElement root) => root.DescendantsAndSelf().Attributes()
        .FirstOrDefault(a => a.Name.LocalName == "href" && (a.Name.Namespace == XNamespace.None || a.Name.Namespace == XLink) && !Inside().IsMatch(a.Value))
        is IXmlLineInfo at ? at.LineNumber : null;

    private static (string Text, double Width, double Height)? BoxOf(XElement root)
    {
        var numbers = ((string?)root.Attribute("viewBox") ?? $"0 0 {Side(root, "width")} {Side(root, "height")}").Split([' ', ',', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)
            .Select(n => double.TryParse(n, NumberStyles.Float, CultureInfo.InvariantCulture, out var v) && double.IsFinite(v) ? v : double.NaN).ToList();
        return numbers.Count == 4 && !numbers.Exists(double.IsNaN) && numbers[2] is > 0 and <= int.MaxValue && numbers[3] is > 0 and <= int.MaxValue
            ? (string.Join(' ', numbers.Select(n => n.ToString(CultureInfo.InvariantCulture))), numbers[2], numbers[3]) : null;
    }

    private static string Side(XElement root, string name) => ((string?)root.Attribute(name) ?? "").Replace("px", "", StringComparison.Ordinal).Trim();

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    [GeneratedRegex(@"^#[A-Za-z_][\w.-]*$", RegexOptions.NonBacktracking)]
    private static partial Regex Inside();

    [GeneratedRegex(@"^url\(\s*['""]?#[A-Za-z_][\w.-]*['""]?\s*\)$", RegexOptions.NonBacktracking)]
    private static partial Regex Reference();

    // Moves and colours.
    [GeneratedRegex(@"^\s*((matrix|translate|scale|rotate|skewX|skewY|rgb|rgba|hsl|hsla)\([\d\s.,eE%+-]*\)\s*,?\s*)+$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Functions();
}
