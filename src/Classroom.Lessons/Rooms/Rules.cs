namespace Classroom.Lessons;

/// <summary>
/// The rooms of a lesson: the hub, where the teacher is, and satellites. Invariant: every seat, board and entry is in the hub or in a satellite that takes
/// part. Invariant: a team formed while there are satellites is of one room.
/// </summary>
public static class RoomsRules
{
    /// <summary>The number of the hub, in commands and links. Facts and entities leave it out.</summary>
    public const int Hub = 1;

    public const int MaxSatellites = 8;

    /// <summary>It stands beside others in one line of a phone.</summary>
    public const int MaxName = 24;

    internal static void Register(RuleTable rules)
    {
        rules.Decide<AddRoom>(static (state, add, _) => Spelling.OneLine(add.Name ?? "") is var name && FaultOf(name) is { } fault ? new Decision([], [], fault)
            : IsTaken(state, name, but: 0) ? Decision.Refuse("room-exists")
            : state.Rooms.Count >= MaxSatellites ? Decision.Refuse("too-many", "max", MaxSatellites)
            : Decision.Of(new RoomAdded(state.LastRoom + 1, name)));
        rules.Decide<RenameRoom>(static (state, rename, _) => Spelling.OneLine(rename.Name ?? "") is var name && !Exists(state, rename.Room) ? Decision.Refuse("no-such-room")
            : FaultOf(name) is { } fault ? new Decision([], [], fault)
            : NameOf(state, rename.Room) == name ? Decision.Nothing
            : IsTaken(state, name, rename.Room) ? Decision.Refuse("room-exists")
            : Decision.Of(new RoomRenamed(Stored(rename.Room), name)));
        rules.Decide<CloseRoom>(static (state, close, _) => state.Rooms.ContainsKey(close.Room) ? Decision.Of(new RoomClosed(close.Room))
            : close.Room > Hub && close.Room <= state.LastRoom ? Decision.Nothing : Decision.Refuse("no-such-room"));
        rules.Decide<MoveToRoom>(static (state, move, _) => !state.Seats.TryGetValue(move.StudentId, out var seat) ? Decision.Refuse("no-such-student")
            : !Exists(state, move.Room) ? Decision.Refuse("no-such-room")
            : seat.Room == Stored(move.Room) ? Decision.Nothing
            // Who shares a phone sits where it is.
            : Decision.Of([.. Phones.Of(state, move.StudentId).Select(id => new MovedToRoom(id, Stored(move.Room)))]));
        rules.Decide<MoveBoard>(static (state, move, _) => !state.Boards.ContainsKey(move.BoardId) ? Decision.Refuse("no-such-board")
            : !Exists(state, move.Room) ? Decision.Refuse("no-such-room")
            : OfBoard(state, move.BoardId) == Stored(move.Room) ? Decision.Nothing : Decision.Of(new BoardMoved(move.BoardId, Stored(move.Room))));

        rules.Apply<RoomAdded>(static (state, r, _) => state with { Rooms = state.Rooms.SetItem(r.Room, r.Name), LastRoom = Math.Max(state.LastRoom, r.Room) });
        rules.Apply<RoomRenamed>(static (state, r, _) => r.Room is { } room ? state with { Rooms = state.Rooms.SetItem(room, r.Name) } : state with { HubName = r.Name });
        rules.Apply<RoomClosed>(static (state, r, _) => HelpersRules.Without(HandsByRoom.Closed(state, r.Room), HelpersRules.ClosedWith(state, r.Room)) with
        {
            Rooms = state.Rooms.Remove(r.Room),
            Seats = state.Seats.SetItems(state.Seats.Where(s => s.Value.Room == r.Room).Select(s => KeyValuePair.Create(s.Key, s.Value with { Room = null }))),
            Entries = state.Entries.SetItems(state.Entries.Where(e => e.Value.Room == r.Room).Select(e => KeyValuePair.Create(e.Key, e.Value with { Room = null }))),
            BoardRooms = state.BoardRooms.RemoveRange(state.BoardRooms.Where(b => b.Value == r.Room).Select(b => b.Key)),
        });
        rules.Apply<MovedToRoom>(static (state, m, _) => SeatsRules.Change(HelpersRules.Left(WithEntries(state, m), m.StudentId), m.StudentId, s => s with { Room = m.Room, Team = s.Team is null ? null : TeamThere(state, s, m.Room) }));
        rules.Apply<BoardMoved>(static (state, b, _) => Hang(state, b.BoardId, b.Room));
    }

    public static bool Exists(LessonState state, int room)
    {
        ArgumentNullException.ThrowIfNull(state);
        return room == Hub || state.Rooms.ContainsKey(room);
    }

    /// <summary>Who comes in where there are several rooms says which one; a room that is there no more is said anew. Where there is one, nothing is to be said.</summary>
    internal static Refusal? RefusalTo(LessonState state, int? room) =>
        !state.HasSatellites || (room is { } r && Exists(state, r)) ? null : new Refusal("which-room");

    /// <summary>Where who said this room sits, as facts have it: a link to a satellite that was the only one leads to the hub.</summary>
    internal static int? SeatIn(LessonState state, int? room) => state.HasSatellites ? Stored(room) : null;

    internal static string? NameOf(LessonState state, int room) => room == Hub ? state.HubName : state.Rooms.GetValueOrDefault(room);

    internal static int? OfBoard(LessonState state, Guid board) => state.BoardRooms.TryGetValue(board, out var room) ? room : null;

    /// <summary>As facts have it.</summary>
    internal static int? Stored(int? room) => room == Hub ? null : room;

    internal static LessonState Hang(LessonState state, Guid board, int? room) =>
        state with { BoardRooms = room is { } r ? state.BoardRooms.SetItem(board, r) : state.BoardRooms.Remove(board) };

    /// <summary>Rooms with somebody in them, the hub first, and who sits there.</summary>
    internal static ImmutableArray<IGrouping<int, Seat>> Seated(LessonState state) => [.. state.Seats.Values.GroupBy(s => s.Room ?? Hub).OrderBy(g => g.Key)];

    /// <summary>Of one room at least: who sits in another one is not of it.</summary>
    internal static bool IsElsewhere(LessonState state, int team, Seat seat) => state.Seats.Values.Any(s => s.Team == team && s.StudentId != seat.StudentId && s.Room != seat.Room);

    // Who shares the phone and was moved before sits there already: one phone is in one team.
    private static int? TeamThere(LessonState state, Seat seat, int? room) =>
        state.Seats.Values.FirstOrDefault(s => s.DeviceId == seat.DeviceId && s.StudentId != seat.StudentId && s.Room == room) is { } mate ? mate.Team
        : state.Seats.Values.Where(s => s.Room == room && s.Team is not null && s.StudentId != seat.StudentId).GroupBy(s => s.Team)
            .OrderBy(t => t.Count()).ThenBy(t => t.Key).FirstOrDefault()?.Key;

    // Who waits to be let in at a phone goes where it goes.
    private static LessonState WithEntries(LessonState state, MovedToRoom move) => !state.Seats.TryGetValue(move.StudentId, out var seat) ? state : state with
    {
        Entries = state.Entries.SetItems(state.Entries.Where(e => e.Value.DeviceId == seat.DeviceId).Select(e => KeyValuePair.Create(e.Key, e.Value with { Room = move.Room }))),
    };

    private static Refusal? FaultOf(string name) => name.Length > MaxName ? new Refusal("too-long", "max", MaxName) : Spelling.RefusalTo(name);

    private static bool IsTaken(LessonState state, string name, int but) => state.Rooms.Where(r => r.Key != but).Select(r => r.Value)
        .Concat(but == Hub || state.HubName is null ? [] : [state.HubName]).Any(other => Spelling.Skeleton(other) == Spelling.Skeleton(name));
}
