namespace Classroom.Lessons;

[StoredAs("stroke-drawn", 1)]
public sealed record StrokeDrawn(Guid StrokeId, string StepId, InkTool Tool, InkColour Colour, ImmutableArray<int> Points) : Fact;

[StoredAs("strokes-erased", 1)]
public sealed record StrokesErased(string StepId, ImmutableArray<Guid> StrokeIds) : Fact;

[StoredAs("ink-cleared", 1)]
public sealed record InkCleared(string StepId) : Fact;

/// <summary>The last act over the step of whose command it is, as <see cref="InkSheet.LastOf"/> finds it, is taken back.</summary>
[StoredAs("ink-undone", 1)]
public sealed record InkUndone(string StepId) : Fact;

public sealed partial record LessonState
{
    /// <summary>What is drawn over each step, by step id.</summary>
    public ImmutableDictionary<string, InkSheet> Ink { get; init; } = ImmutableDictionary<string, InkSheet>.Empty;

    /// <summary>Numbers of all points that were ever stored in this lesson, erased ones too.</summary>
    public int InkStored { get; init; }

    /// <summary>All that was ever done with ink in this lesson.</summary>
    public int InkActs { get; init; }
}

/// <param name="Number">Strokes lie over each other in this order.</param>
public sealed record InkStroke(Guid Id, long Number, InkTool Tool, InkColour Colour, ImmutableArray<int> Points);

/// <summary>Something a board did that it can take back: the stroke it drew, or those it took away.</summary>
public sealed record InkAct(Guid By, Guid? Drawn, ImmutableArray<InkStroke> Erased);

/// <summary>The ink of one step. Invariant: a stroke is either drawn or in one act's <see cref="InkAct.Erased"/>, never in both.</summary>
/// <param name="Strokes">In their order.</param>
/// <param name="Acts">The newest last; what is too old to be undone is gone.</param>
public sealed record InkSheet(ImmutableArray<InkStroke> Strokes, ImmutableArray<InkAct> Acts)
{
    public const int MaxActs = 50;

    public static readonly InkSheet Empty = new([], []);

    internal bool Knows(Guid stroke) => Strokes.Any(s => s.Id == stroke) || Acts.Any(a => a.Erased.Any(s => s.Id == stroke));

    /// <summary>The place among the acts of what this board can take back, or -1. A stroke that somebody erased since is not there to be taken back.</summary>
    internal int LastOf(Guid by)
    {
        for (var i = Acts.Length - 1; i >= 0; i--)
        {
            if (Acts[i].By == by && (Acts[i].Drawn is not { } drawn || Strokes.Any(s => s.Id == drawn)))
            {
                return i;
            }
        }

        return -1;
    }

    internal InkSheet Draw(Guid by, InkStroke stroke) => With(Strokes.Add(stroke), new InkAct(by, stroke.Id, []));

    internal InkSheet Erase(Guid by, Func<InkStroke, bool> which) =>
        With(Strokes.RemoveAll(s => which(s)), new InkAct(by, null, [.. Strokes.Where(which)]));

    internal InkSheet Undo(Guid by)
    {
        var at = LastOf(by);
        if (at < 0)
        {
            return this;
        }

        var act = Acts[at];
        return new InkSheet([.. Strokes.Where(s => s.Id != act.Drawn).Concat(act.Erased).OrderBy(s => s.Number)], Acts.RemoveAt(at));
    }

    private InkSheet With(ImmutableArray<InkStroke> strokes, InkAct act) =>
        new(strokes, Acts.Length < MaxActs ? Acts.Add(act) : Acts.RemoveAt(0).Add(act));
}
