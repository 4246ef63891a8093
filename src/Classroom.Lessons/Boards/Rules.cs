namespace Classroom.Lessons;

/// <summary>Which boards may look at the lesson.</summary>
public static class BoardsRules
{
    /// <summary>More than a building has; the teacher takes one away to pair another.</summary>
    public const int MaxBoards = 24;

    internal static void Register(RuleTable rules)
    {
        rules.Decide<PairBoard>(static (state, pair, _) => pair.BoardId == Guid.Empty ? Decision.Refuse("bad-value")
            : state.Boards.ContainsKey(pair.BoardId) ? Decision.Nothing
            : state.Boards.Count < MaxBoards ? Decision.Of(new BoardPaired(pair.BoardId))
            : NeverSeen(state) is { } oldest ? Decision.Of(new BoardUnpaired(oldest), new BoardPaired(pair.BoardId))
            : Decision.Refuse("too-many-boards", "max", MaxBoards));
        rules.Decide<ConnectBoard>(static (state, connect, _) =>
            state.Boards.ContainsKey(connect.BoardId) && !state.BoardsSeen.Contains(connect.BoardId) ? Decision.Of(new BoardConnected(connect.BoardId)) : Decision.Nothing);
        rules.Decide<UnpairBoard>(static (state, unpair, _) => state.Unpaired.Contains(unpair.BoardId) ? Decision.Nothing
            : state.Boards.ContainsKey(unpair.BoardId) ? Decision.Of(new BoardUnpaired(unpair.BoardId)) : Decision.Refuse("no-such-board"));

        rules.Apply<BoardPaired>(static (state, b, meta) => state with { Boards = state.Boards.SetItem(b.BoardId, meta.At) });
        rules.Apply<BoardConnected>(static (state, b, _) => state with { BoardsSeen = state.BoardsSeen.Add(b.BoardId) });
        rules.Apply<BoardUnpaired>(static (state, b, _) => state with
        {
            Boards = state.Boards.Remove(b.BoardId), BoardsSeen = state.BoardsSeen.Remove(b.BoardId), Unpaired = state.Unpaired.Add(b.BoardId),
        });
    }

    // A ticket that was given and never used is nobody's board: a press too much, a browser that went away.
    private static Guid? NeverSeen(LessonState state) => state.Boards.Where(b => !state.BoardsSeen.Contains(b.Key))
        .OrderBy(b => b.Value).ThenBy(b => b.Key).Select(b => (Guid?)b.Key).FirstOrDefault();
}
