using System.Diagnostics;
using Orleans.Runtime;

namespace Classroom.Grains;

/// <summary>The commands that a batch is of, for its span. Empty while nobody traces.</summary>
internal sealed class Origins
{
    private const int MaxKept = 64;
    private readonly List<ActivityContext> _kept = [];

    /// <summary>What runs from here on is of other turns too: the one that began it must not stand for them.</summary>
    public static void Leave()
    {
        Activity.Current = null;
        RequestContext.Clear();
    }

    public void Note()
    {
        if (Tracing.Origin is { } origin && _kept.Count < MaxKept)
        {
            _kept.Add(origin);
        }
    }

    /// <summary>The span of what was noted; the next one begins anew.</summary>
    public Activity? Begin(string name)
    {
        if (_kept.Count == 0)
        {
            return null;
        }

        var span = Tracing.Begin(name, ActivityKind.Producer, _kept);
        _kept.Clear();
        return span;
    }
}
