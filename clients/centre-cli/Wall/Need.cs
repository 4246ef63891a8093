using Ortaq.Centre.V1;

namespace Classroom.Centre.Cli;

/// <summary>Which sessions are shown.</summary>
/// <param name="Phase">"lobby", "live", or null for both.</param>
public sealed record Filter(bool OnlyNeeds, string? Find, string? Phase)
{
    public static readonly Filter None = new(false, null, null);

    public bool Lets(Tile tile)
    {
        ArgumentNullException.ThrowIfNull(tile);
        return (!OnlyNeeds || Need.Of(tile).IsAny)
            && (Phase is null || Phase == "live" == (tile.Phase == Ortaq.Centre.V1.Phase.Live))
            && (string.IsNullOrWhiteSpace(Find) || new[] { tile.Title.Kk, tile.Title.Ru, tile.Title.En, tile.ClassName, tile.TeacherName }
                .Any(t => t.Contains(Find.Trim(), StringComparison.OrdinalIgnoreCase)));
    }
}

/// <summary>What a session needs somebody for.</summary>
/// <param name="Waiting">Raised hands that nobody has claimed.</param>
/// <param name="Since">When the longest of them began to wait.</param>
/// <param name="Lost">Students.</param>
public readonly record struct Need(int Waiting, DateTimeOffset? Since, int Lost, int Idle, int Approvals)
{
    public bool IsAny => Waiting > 0 || Lost > 0 || Idle > 0 || Approvals > 0;

    public static Need Of(Tile tile)
    {
        ArgumentNullException.ThrowIfNull(tile);
        var free = tile.Hands.Where(h => h.ClaimedBy.Length == 0).ToList();
        return new(
            free.Count, free.Count == 0 ? null : free.Min(h => h.Since.ToDateTimeOffset()), (int)Math.Round(tile.Lost * tile.Joined), tile.Idle, tile.ApprovalsPending);
    }

    /// <summary>As the mentor's screen sorts: the longest wait nobody has claimed, then the share of the lost, then the silent.</summary>
    public static IEnumerable<Tile> Sorted(IEnumerable<Tile> tiles) => tiles
        .OrderBy(t => Of(t).Since ?? DateTimeOffset.MaxValue).ThenByDescending(t => t.Lost).ThenByDescending(t => t.Idle)
        .ThenBy(t => t.ClassName, StringComparer.CurrentCulture).ThenBy(t => t.ClassroomId, StringComparer.Ordinal);
}
