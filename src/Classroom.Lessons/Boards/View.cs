namespace Classroom.Lessons;

/// <summary>Kind <c>board</c>, id = board id, teacher only: a board that may look at the lesson.</summary>
[Entity("board")]
public sealed record BoardEntity(DateTimeOffset PairedAt) : Entity;

/// <summary>The boards, for the teacher alone.</summary>
internal static class BoardsView
{
    internal static void Register(ViewTable view)
    {
        view.Entities(static s => s.Boards.Keys.Select(id => Board(s, id)));
        view.Changes<BoardPaired>(static c => [Board(c.After, c.Fact.BoardId)]);
        view.Changes<BoardConnected>(static _ => []);
        view.Changes<BoardUnpaired>(static c => [Board(c.After, c.Fact.BoardId)]);
    }

    private static VisibleEntity Board(LessonState s, Guid id) => new(EntityKey.Of<BoardEntity>(id), a =>
        a.IsTeacher && s.Boards.TryGetValue(id, out var at) ? new BoardEntity(at) : null, VisibleEntity.NoStudent);
}
