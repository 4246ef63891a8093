namespace Classroom.Lessons;

/// <summary>Which boards may look at the lesson, and which of them may draw.</summary>
public static class BoardsRules
{
    /// <summary>More than a building has; the teacher takes one away to pair another.</summary>
    public const int MaxBoards = 24;

    internal static void Register(RuleTable rules)
    {
        rules.Decide<PairBoard>(static (state, pair, context) => pair.BoardId == Guid.Empty ? Decision.Refuse("bad-value")
            : state.Boards.ContainsKey(pair.BoardId) ? Decision.Nothing
            // A teacher pairs a new board each time; one that looks at the other group comes back with its old id.
            : context.By.Role == Role.System && state.Unpaired.Contains(pair.BoardId) ? Decision.Refuse("board-unpaired")
            : pair.Room is { } room && !RoomsRules.Exists(state, room) ? Decision.Refuse("no-such-room")
            : state.Boards.Count < MaxBoards ? Decision.Of(Paired(pair))
            : NeverSeen(state) is { } oldest ? Decision.Of(new BoardUnpaired(oldest), Paired(pair))
            : Decision.Refuse("too-many-boards", "max", MaxBoards));
        rules.Decide<ConnectBoard>(static (state, connect, _) =>
            state.Boards.ContainsKey(connect.BoardId) && !state.BoardsSeen.Contains(connect.BoardId) ? Decision.Of(new BoardConnected(connect.BoardId)) : Decision.Nothing);
        rules.Decide<LetBoardDraw>(static (state, let, context) => !state.Boards.ContainsKey(let.BoardId) ? Decision.Refuse("no-such-board")
            : InBothGroups(state, let, context.By, state.Drawing.Contains(let.BoardId) == let.Draws ? Decision.Nothing : Decision.Of(new BoardLetDraw(let.BoardId, let.Draws))));
        // Taken away again: the other group may not have heard of it. A board that it does not know yet is not let in there later.
        rules.Decide<UnpairBoard>(static (state, unpair, context) => state.Unpaired.Contains(unpair.BoardId) ? InBothGroups(state, unpair, context.By, Decision.Nothing)
            : state.Boards.ContainsKey(unpair.BoardId) || context.By.Role == Role.System ? InBothGroups(state, unpair, context.By, Decision.Of(new BoardUnpaired(unpair.BoardId)))
            : Decision.Refuse("no-such-board"));

        rules.Apply<BoardPaired>(static (state, b, meta) =>
            RoomsRules.Hang(Draw(state with { Boards = state.Boards.SetItem(b.BoardId, meta.At) }, b.BoardId, b.Draws == true), b.BoardId, b.Room));
        rules.Apply<BoardLetDraw>(static (state, b, _) => Draw(state, b.BoardId, b.Draws));
        rules.Apply<BoardConnected>(static (state, b, _) => state with { BoardsSeen = state.BoardsSeen.Add(b.BoardId) });
        rules.Apply<BoardUnpaired>(static (state, b, _) => state with
        {
            Boards = state.Boards.Remove(b.BoardId), BoardsSeen = state.BoardsSeen.Remove(b.BoardId), Unpaired = state.Unpaired.Add(b.BoardId),
            Drawing = state.Drawing.Remove(b.BoardId), BoardRooms = state.BoardRooms.Remove(b.BoardId),
        });
    }

    private static BoardPaired Paired(PairBoard pair) => new(pair.BoardId, pair.Draws, RoomsRules.Stored(pair.Room));

    private static LessonState Draw(LessonState state, Guid board, bool draws) =>
        state with { Drawing = draws ? state.Drawing.Add(board) : state.Drawing.Remove(board) };

    // What the other group's lesson was told is told nobody else.
    private static Decision InBothGroups(LessonState state, Command command, Actor by, Decision here) =>
        by.Role == Role.Teacher && state.OtherGroup is { } other ? here.Then(new TellGroup(other.ClassroomId, command)) : here;

    // A ticket that was given and never used is nobody's board: a press too much, a browser that went away.
    private static Guid? NeverSeen(LessonState state) => state.Boards.Where(b => !state.BoardsSeen.Contains(b.Key))
        .OrderBy(b => b.Value).ThenBy(b => b.Key).Select(b => (Guid?)b.Key).FirstOrDefault();
}
