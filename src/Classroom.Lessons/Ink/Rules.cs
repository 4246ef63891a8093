namespace Classroom.Lessons;

/// <summary>What boards draw over the steps of a lesson. Which boards may draw is the teacher's (<see cref="BoardsRules"/>), and asked by the permission.</summary>
public static class InkRules
{
    /// <summary>Of one stroke. The client draws a longer one with fewer points.</summary>
    public const int MaxPoints = 400;

    /// <summary>Over one step at a time: a board full of small writing.</summary>
    public const int MaxStrokes = 600;

    /// <summary>Numbers of all points over one step, and of all that a lesson stores.</summary>
    public const int MaxNumbers = 60_000;
    public const int MaxStored = 600_000;

    /// <summary>Of a lesson, whatever they are: a board that draws and erases without end would fill the log. A hand that does something each second takes over five hours.</summary>
    public const int MaxActs = 20_000;

    internal static void Register(RuleTable rules)
    {
        rules.Decide<DrawStroke>(static (state, draw, _) => Draw(state, draw));
        rules.Decide<EraseStrokes>(static (state, erase, _) => Step(state, erase.StepId)
            ?? (erase.StrokeIds.IsDefaultOrEmpty ? Decision.Refuse("empty")
                : erase.StrokeIds.Length > MaxStrokes ? Decision.Refuse("too-many", "max", MaxStrokes)
                : Of(state, erase.StepId).Strokes.Select(s => s.Id).Intersect(erase.StrokeIds).ToImmutableArray() is { IsEmpty: false } there
                    ? Decision.Of(new StrokesErased(erase.StepId, there)) : Decision.Nothing));
        rules.Decide<ClearInk>(static (state, clear, _) => Step(state, clear.StepId)
            ?? (Of(state, clear.StepId).Strokes.IsEmpty ? Decision.Nothing : Decision.Of(new InkCleared(clear.StepId))));
        rules.Decide<UndoInk>(static (state, undo, context) => Step(state, undo.StepId)
            ?? (Of(state, undo.StepId) is var sheet && sheet.LastOf(context.By.Id) < 0 ? Decision.Nothing
                : sheet.Undo(context.By.Id) is var after && after.Strokes.Length > sheet.Strokes.Length && IsFull(after) ? Decision.Refuse("ink-full") : Act(state, new InkUndone(undo.StepId))));

        rules.Apply<StrokeDrawn>(static (state, d, meta) => With(state, d.StepId, s => s.Draw(meta.By.Id, new InkStroke(d.StrokeId, meta.Seq, d.Tool, d.Colour, d.Points))) with
        {
            InkStored = state.InkStored + d.Points.Length, InkActs = state.InkActs + 1,
        });
        rules.Apply<StrokesErased>(static (state, e, meta) => With(state, e.StepId, s => s.Erase(meta.By.Id, x => e.StrokeIds.Contains(x.Id))) with { InkActs = state.InkActs + 1 });
        rules.Apply<InkCleared>(static (state, c, meta) => With(state, c.StepId, s => s.Erase(meta.By.Id, static _ => true)) with { InkActs = state.InkActs + 1 });
        rules.Apply<InkUndone>(static (state, u, meta) => With(state, u.StepId, s => s.Undo(meta.By.Id)) with { InkActs = state.InkActs + 1 });
    }

    internal static InkSheet Of(LessonState state, string stepId) => state.Ink.GetValueOrDefault(stepId, InkSheet.Empty);

    /// <summary>Why points of a stroke that is being drawn are not passed on, or null. Asked for every few of them, so it looks at no sheet.</summary>
    public static Refusal? RefusalTo(LessonState state, Actor by, StrokePart part)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(part);
        return Permission.RefusalTo(Lesson.Commands.Of<DrawStroke>(), state, by, null) is { } code ? new Refusal(code)
            : (Step(state, part.StepId) ?? Part(part))?.Refusal;
    }

    private static Decision? Part(StrokePart part) =>
        part.StrokeId == Guid.Empty || !Enum.IsDefined(part.Tool) || !Enum.IsDefined(part.Colour) || part.From is < 0 or > MaxLive ? Decision.Refuse("bad-value")
        : part is { From: 0, Points.IsDefaultOrEmpty: true } ? null : InkPoints.RefusalTo(part.Points, MaxPoints);

    // While it is drawn a stroke has all its points; what is stored is thinned.
    private const int MaxLive = 20_000;

    private static Decision Draw(LessonState state, DrawStroke draw)
    {
        if (draw.StrokeId == Guid.Empty || !Enum.IsDefined(draw.Tool) || !Enum.IsDefined(draw.Colour))
        {
            return Decision.Refuse("bad-value");
        }

        if ((Step(state, draw.StepId) ?? InkPoints.RefusalTo(draw.Points, MaxPoints)) is { } refused)
        {
            return refused;
        }

        var sheet = Of(state, draw.StepId);
        return sheet.Knows(draw.StrokeId) ? Decision.Nothing
            : IsFull(sheet, 1, draw.Points.Length) ? Decision.Refuse("ink-full")
            : state.InkStored + draw.Points.Length > MaxStored ? Decision.Refuse("ink-used-up")
            : Act(state, new StrokeDrawn(draw.StrokeId, draw.StepId, draw.Tool, draw.Colour, draw.Points));
    }

    // What takes strokes away is never refused: it has an end where nothing is drawn or brought back.
    private static Decision Act(LessonState state, Fact fact) => state.InkActs >= MaxActs ? Decision.Refuse("ink-used-up") : Decision.Of(fact);

    // Also what is brought back: others may have drawn in its place.
    private static bool IsFull(InkSheet sheet, int strokes = 0, int numbers = 0) =>
        sheet.Strokes.Length + strokes > MaxStrokes || sheet.Strokes.Sum(static s => s.Points.Length) + numbers > MaxNumbers;

    // The class may have gone on while the stroke was on its way: it stays where it was drawn.
    private static Decision? Step(LessonState state, string? id) => state.Step(id) is null ? Decision.Refuse("no-such-step")
        : state.Reached.Contains(id!) ? null : Decision.Refuse("step-not-reached");

    private static LessonState With(LessonState state, string stepId, Func<InkSheet, InkSheet> change) =>
        state with { Ink = state.Ink.SetItem(stepId, change(Of(state, stepId))) };
}
