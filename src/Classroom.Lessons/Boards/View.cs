namespace Classroom.Lessons;

/// <summary>Kind <c>board</c>, id = board id, teacher only: a board that may look at the lesson.</summary>
/// <param name="Draws">It may draw on all boards.</param>
[Entity("board")]
public sealed record BoardEntity(DateTimeOffset PairedAt, bool Draws) : Entity;

/// <summary>The boards, for the teacher alone.</summary>
internal static class BoardsView
{
    internal static void Register(ViewTable view)
    {
        view.Entities(static s => s.Boards.Keys.Select(id => Board(s, id)));
        view.Changes<BoardPaired>(static c => [Board(c.After, c.Fact.BoardId), InkView.Pens(c.After)]);
        view.Changes<BoardLetDraw>(static c => [Board(c.After, c.Fact.BoardId), InkView.Pens(c.After)]);
        view.Changes<BoardConnected>(static _ => []);
        view.Changes<BoardUnpaired>(static c => [Board(c.After, c.Fact.BoardId), InkView.Pens(c.After)]);
    }

    private static VisibleEntity Board(LessonState s, Guid id) => new(EntityKey.Of<BoardEntity>(id), a =>
        a.IsTeacher && s.Boards.TryGetValue(id, out var at) ? new BoardEntity(at, s.Drawing.Contains(id)) : null, VisibleEntity.NoStudent);
}
