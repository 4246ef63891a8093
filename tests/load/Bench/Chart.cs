using System.Globalization;
using System.Net;
using System.Text;

namespace Classroom.Load;

/// <summary>A scenario as bars: for each metric ours above, the baseline below, on a scale of the metric's own.</summary>
public static class Chart
{
    private const int Left = 260;
    private const int Width = 360;
    private const int Row = 46;

    public static string Of(string title, IReadOnlyList<(string Name, string Unit, double? Ours, double? Baseline)> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var svg = new StringBuilder();
        var height = 40 + (rows.Count * Row);
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 820 {height}\" font-family=\"sans-serif\" font-size=\"13\">");
        Add($"<rect width=\"820\" height=\"{height}\" fill=\"#fff\"/><text x=\"10\" y=\"24\" font-size=\"16\" font-weight=\"bold\">{WebUtility.HtmlEncode(title)}: ours (green), baseline (grey)</text>");
        for (var i = 0; i < rows.Count; i++)
        {
            var (name, unit, ours, baseline) = rows[i];
            var (top, most) = (40 + (i * Row), Math.Max(Math.Max(ours ?? 0, baseline ?? 0), 1e-9));
            Add($"<text x=\"{Left - 10}\" y=\"{top + 22}\" text-anchor=\"end\">{WebUtility.HtmlEncode(name)}</text>");
            Bar(top + 2, ours, most, unit, "#1f8a5b");
            Bar(top + 20, baseline, most, unit, "#9aa5ab");
        }

        return svg.Append("</svg>\n").ToString();

        void Bar(int y, double? value, double most, string unit, string colour)
        {
            if (value is { } v)
            {
                Add($"<rect x=\"{Left}\" y=\"{y}\" width=\"{Math.Max(1, v / most * Width):0}\" height=\"16\" fill=\"{colour}\"/>");
                Add($"<text x=\"{Left + Math.Max(1, v / most * Width) + 6:0}\" y=\"{y + 13}\">{v:0.##} {unit}</text>");
            }
        }

        void Add(FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}
