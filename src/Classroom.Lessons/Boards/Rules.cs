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
            : state.Boards.Count >= MaxBoards ? Decision.Refuse("too-many-boards", "max", MaxBoards)
            : Decision.Of(new BoardPaired(pair.BoardId)));
        rules.Decide<UnpairBoard>(static (state, unpair, _) => state.Unpaired.Contains(unpair.BoardId) ? Decision.Nothing
            : state.Boards.ContainsKey(unpair.BoardId) ? Decision.Of(new BoardUnpaired(unpair.BoardId)) : Decision.Refuse("no-such-board"));

        rules.Apply<BoardPaired>(static (state, b, meta) => state with { Boards = state.Boards.SetItem(b.BoardId, meta.At) });
        rules.Apply<BoardUnpaired>(static (state, b, _) => state with { Boards = state.Boards.Remove(b.BoardId), Unpaired = state.Unpaired.Add(b.BoardId) });
    }
}
