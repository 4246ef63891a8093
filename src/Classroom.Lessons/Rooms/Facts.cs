using System.Text.Json.Serialization;

namespace Classroom.Lessons;

// In all facts a room that is absent is the hub: so are the seats and boards of lessons that had one room.

[StoredAs("room-added", 1)]
public sealed record RoomAdded(int Room, string Name) : Fact;

[StoredAs("room-renamed", 1)]
public sealed record RoomRenamed(int? Room, string Name) : Fact;

[StoredAs("room-closed", 1)]
public sealed record RoomClosed(int Room) : Fact;

[StoredAs("moved-to-room", 1)]
public sealed record MovedToRoom(Guid StudentId, int? Room) : Fact;

[StoredAs("board-moved", 1)]
public sealed record BoardMoved(Guid BoardId, int? Room) : Fact;

public sealed partial record LessonState
{
    /// <summary>Names of the satellites that take part, by number from 2.</summary>
    public ImmutableDictionary<int, string> Rooms { get; init; } = ImmutableDictionary<int, string>.Empty;

    /// <summary>The highest number that a satellite ever had: a link to a closed room leads to no other.</summary>
    public int LastRoom { get; init; } = RoomsRules.Hub;

    /// <summary>What the teacher calls the hub; null: nothing.</summary>
    public string? HubName { get; init; }

    /// <summary>Boards that hang in a satellite.</summary>
    public ImmutableDictionary<Guid, int> BoardRooms { get; init; } = ImmutableDictionary<Guid, int>.Empty;

    [JsonIgnore]
    public bool HasSatellites => !Rooms.IsEmpty;
}
