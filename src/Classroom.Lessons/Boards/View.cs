namespace Classroom.Lessons;

/// <summary>Kind <c>board</c>, id = board id: a board that may look at the lesson. Boards: only those in a satellite, so that each knows where it hangs.</summary>
/// <param name="PairedAt">Teacher only.</param>
/// <param name="Draws">Teacher only: it may draw on all boards.</param>
/// <param name="Room">The satellite that it hangs in; absent: the hub.</param>
[Entity("board", OnBoard = true)]
public sealed record BoardEntity(DateTimeOffset? PairedAt, bool? Draws, int? Room) : Entity;

/// <summary>The boards, for the teacher; where each hangs, for themselves.</summary>
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

    internal static VisibleEntity Board(LessonState s, Guid id) => new(EntityKey.Of<BoardEntity>(id), a =>
        !s.Boards.TryGetValue(id, out var at) ? null
        : a.IsTeacher ? new BoardEntity(at, s.Drawing.Contains(id), RoomsRules.OfBoard(s, id))
        : a.Kind == AudienceKind.Board && RoomsRules.OfBoard(s, id) is { } room ? new BoardEntity(null, null, room)
        : null, VisibleEntity.NoStudent);
}
