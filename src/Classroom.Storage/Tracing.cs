using System.Diagnostics;

namespace Classroom.Storage;

/// <summary>
/// The program's own spans. What several commands share (a commit, a batch of announcements) happens after their turns: it belongs to the first
/// command's trace and links to the others. While nobody traces, nothing is kept.
/// </summary>
public static class Tracing
{
    public const string Name = "Ortaq";
    public static readonly ActivitySource Source = new(Name);

    /// <summary>What runs now, for a span that is made of it later; null while nobody traces.</summary>
    public static ActivityContext? Origin => Source.HasListeners() ? Activity.Current?.Context : null;

    /// <summary>A span of all of these; null when none of them is traced.</summary>
    public static Activity? Begin(string name, ActivityKind kind, IReadOnlyList<ActivityContext> origins)
    {
        ArgumentNullException.ThrowIfNull(origins);
        return origins.Count == 0 ? null
            : Source.StartActivity(name, kind, origins[0], links: origins.Count == 1 ? null : origins.Skip(1).Distinct().Select(o => new ActivityLink(o)));
    }
}
