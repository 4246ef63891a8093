namespace Classroom.Lessons;

/// <summary>Kind <c>stroke</c>, id = stroke id, teacher and boards: ink over a step. Students' phones get none of it.</summary>
/// <param name="Number">Strokes lie over each other in this order.</param>
/// <param name="Points">As <see cref="InkPoints"/> says.</param>
[Entity("stroke", OnBoard = true)]
public sealed record StrokeEntity(string StepId, long Number, InkTool Tool, InkColour Colour, ImmutableArray<int> Points) : Entity;

/// <summary>Kind <c>ink</c>, id = step id, teacher and boards: which boards have something there to take back.</summary>
[Entity("ink", OnBoard = true)]
public sealed record InkEntity(ImmutableArray<Guid> Undo) : Entity;

/// <summary>Kind <c>pens</c>, one, id "", teacher and boards: the boards that may draw.</summary>
[Entity("pens", OnBoard = true)]
public sealed record PensEntity(ImmutableArray<Guid> Boards) : Entity;

/// <summary>The ink of all steps, for whoever shows a board, and for the lesson's record.</summary>
internal static class InkView
{
    internal static void Register(ViewTable view)
    {
        view.Entities(static s => [Pens(s), .. s.Ink.Keys.Select(step => Undo(s, step))]);
        view.Entities(static s => s.Ink.SelectMany(sheet => sheet.Value.Strokes.Select(stroke => Stroke(s, sheet.Key, stroke.Id))));
        view.Changes<StrokeDrawn>(static c => [Stroke(c.After, c.Fact.StepId, c.Fact.StrokeId), .. Undone(c.Before, c.After, c.Fact.StepId)]);
        view.Changes<StrokesErased>(static c => Changed(c.Before, c.After, c.Fact.StepId));
        view.Changes<InkCleared>(static c => Changed(c.Before, c.After, c.Fact.StepId));
        view.Changes<InkUndone>(static c => Changed(c.Before, c.After, c.Fact.StepId));
    }

    internal static VisibleEntity Pens(LessonState s) => new(EntityKey.Of<PensEntity>(), a =>
        a.IsStaff ? new PensEntity([.. s.Drawing.Order()]) : null, VisibleEntity.NoStudent);

    // Which strokes came or went; the others are said already.
    private static IEnumerable<VisibleEntity> Changed(LessonState before, LessonState s, string step)
    {
        var (old, now) = (Ids(before, step), Ids(s, step));
        return old.Except(now).Concat(now.Except(old)).Select(id => Stroke(s, step, id)).Concat(Undone(before, s, step));
    }

    private static IEnumerable<VisibleEntity> Undone(LessonState before, LessonState s, string step) =>
        before.Ink.ContainsKey(step) && Undoers(before, step).SequenceEqual(Undoers(s, step)) ? [] : [Undo(s, step)];

    private static VisibleEntity Stroke(LessonState s, string step, Guid id) => new(EntityKey.Of<StrokeEntity>(id), a =>
        a.IsStaff && InkRules.Of(s, step).Strokes.FirstOrDefault(x => x.Id == id) is { } stroke
            ? new StrokeEntity(step, stroke.Number, stroke.Tool, stroke.Colour, stroke.Points) : null, VisibleEntity.NoStudent);

    private static VisibleEntity Undo(LessonState s, string step) => new(EntityKey.Of<InkEntity>(step), a =>
        a.IsStaff ? new InkEntity([.. Undoers(s, step)]) : null, VisibleEntity.NoStudent);

    private static IEnumerable<Guid> Undoers(LessonState s, string step)
    {
        var sheet = InkRules.Of(s, step);
        return sheet.Acts.Select(a => a.By).Distinct().Where(by => sheet.LastOf(by) >= 0).Order();
    }

    private static HashSet<Guid> Ids(LessonState s, string step) => [.. InkRules.Of(s, step).Strokes.Select(x => x.Id)];
}
