using System.Globalization;
using Ortaq.Centre.V1;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Classroom.Centre.Cli;

/// <summary>The wall as it is drawn: a table of sessions by need, and under it who waits for help, by topic. Pure: tiles and a time in, a picture out.</summary>
public static class WallView
{
    private const int MostHands = 12;

    /// <param name="isAway">The server does not answer just now: what is shown is what it said last.</param>
    public static IRenderable Of(IReadOnlyCollection<Tile> tiles, DateTimeOffset now, Words words, bool isAway = false)
    {
        ArgumentNullException.ThrowIfNull(tiles);
        ArgumentNullException.ThrowIfNull(words);
        var rows = new List<IRenderable>
        {
            new Markup($"[bold]{words.Title.EscapeMarkup()}[/] · {words.Sessions(tiles.Count, tiles.Sum(t => t.Joined)).EscapeMarkup()} · [grey]{words.Order.EscapeMarkup()}[/]"),
        };
        if (isAway)
        {
            rows.Add(new Markup($"[black on yellow] {words.Away.EscapeMarkup()} [/]"));
        }

        rows.Add(tiles.Count == 0 ? new Markup($"[grey]{words.None.EscapeMarkup()}[/]") : Sessions(tiles, now, words));
        if (tiles.Any(t => t.Hands.Count > 0))
        {
            rows.Add(new Markup($"[bold]{words.Hands.EscapeMarkup()}[/]"));
            rows.Add(Hands(tiles, now, words));
        }

        return new Rows(rows);
    }

    private static Table Sessions(IEnumerable<Tile> tiles, DateTimeOffset now, Words words)
    {
        var table = new Table { Border = TableBorder.Rounded, Expand = true, ShowRowSeparators = true }.BorderColor(Color.Grey);
        table.AddColumn(new TableColumn(words.Need).NoWrap());
        table.AddColumn(new TableColumn(words.Class).NoWrap());
        table.AddColumn(new TableColumn(words.Lesson));
        table.AddColumn(new TableColumn(words.Step));
        table.AddColumn(new TableColumn(words.Time).RightAligned().NoWrap());
        foreach (var tile in Need.Sorted(tiles))
        {
            table.AddRow(
                new Markup(NeedOf(tile, now, words)), Text(tile.ClassName, tile.Joined > 0 ? words.Students(tile.Joined) : null), Text(words.Of(tile.Title), tile.TeacherName),
                Text(tile.StepTitle is null ? words.Lobby : $"{tile.StepIndex + 1}/{tile.StepCount} · {words.Of(tile.StepTitle)}"),
                Time(tile, now, words));
        }

        return table;
    }

    // Red: somebody waits or is lost; yellow: look here; green: all is well.
    private static string NeedOf(Tile tile, DateTimeOffset now, Words words)
    {
        var (waiting, since, lost, idle, approvals) = Need.Of(tile);
        var parts = new List<string>();
        Add("bold red", waiting > 0, $"{words.Waits(waiting)} · {words.Minutes(MinutesSince(since ?? now, now))}");
        Add("red", lost > 0, string.Create(CultureInfo.InvariantCulture, $"{words.Lost(lost)} · {Math.Round(100 * tile.Lost)}%"));
        Add("yellow", idle > 0, words.Idle(idle));
        Add("blue", approvals > 0, words.Approvals(approvals));
        Add("green", parts.Count == 0 && tile.Phase == Phase.Live, words.OnPlan);
        return string.Join('\n', parts);

        void Add(string style, bool when, string text)
        {
            if (when)
            {
                parts.Add($"[{style}]{text.EscapeMarkup()}[/]");
            }
        }
    }

    private static Markup Time(Tile tile, DateTimeOffset now, Words words)
    {
        if (tile.StartedAt is null)
        {
            return new Markup("");
        }

        var passed = MinutesSince(tile.StartedAt.ToDateTimeOffset(), now);
        var over = tile.StepStartedAt is null ? 0 : MinutesSince(tile.StepStartedAt.ToDateTimeOffset(), now) - tile.StepMinutes;
        var text = $"{passed} / {words.Minutes(tile.Minutes)}".EscapeMarkup();
        return new Markup((passed > tile.Minutes ? $"[red]{text}[/]" : text) + (over > 0 ? $"\n[yellow]{words.Late(over).EscapeMarkup()}[/]" : ""));
    }

    private static Table Hands(IEnumerable<Tile> tiles, DateTimeOffset now, Words words)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = false }.AddColumns("", "", "", "", "");
        var hands = tiles.SelectMany(t => t.Hands.Select(h => (Hand: h, Tile: t))).OrderBy(h => h.Hand.ClaimedBy.Length > 0).ThenBy(h => h.Hand.Since).ToList();
        foreach (var (hand, tile) in hands.Take(MostHands))
        {
            table.AddRow(
                new Markup($"[bold]{words.Minutes(MinutesSince(hand.Since.ToDateTimeOffset(), now)).EscapeMarkup()}[/]"), Text(hand.Nickname), Text(tile.ClassName),
                Text(string.IsNullOrWhiteSpace(hand.Topic) ? words.NoTopic : hand.Topic),
                new Markup(hand.ClaimedBy.Length == 0 ? "" : $"[green]{words.OnTheWay.EscapeMarkup()}: {Shown(hand.ClaimedBy).EscapeMarkup()}[/]"));
        }

        if (hands.Count > MostHands)
        {
            table.AddRow($"[grey]+{hands.Count - MostHands}[/]");
        }

        return table;
    }

    private static Markup Text(string text, string? below = null) =>
        new(Shown(text).EscapeMarkup() + (below is null ? "" : $"\n[grey]{Shown(below).EscapeMarkup()}[/]"));

    // A child chose it: what a terminal would obey (escape sequences) and what would break a row is not printed.
    private static string Shown(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    private static int MinutesSince(DateTimeOffset then, DateTimeOffset now) => Math.Max(0, (int)(now - then).TotalMinutes);
}
