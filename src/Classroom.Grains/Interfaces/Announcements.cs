namespace Classroom.Grains;

/// <summary>What a lesson says to the processes that show it. Each process hears what one activation says in the order in which it was said.</summary>
[GenerateSerializer, Immutable]
public abstract record Announcement;

/// <summary>The lesson's version when this process subscribed, in its place among the patches: whoever has less by then has missed some.</summary>
[GenerateSerializer, Immutable]
public sealed record VersionNow([property: Id(0)] long Seq) : Announcement;

/// <summary>All students and helpers that are connected, at whichever process.</summary>
/// <param name="InRooms">Who is connected in the room of each helper, and no other.</param>
[GenerateSerializer, Immutable]
public sealed record PresenceNow([property: Id(0)] ImmutableArray<Guid> Students, [property: Id(1)] ImmutableArray<RoomPresence> InRooms = default) : Announcement;

/// <summary>Students and boards of a helper's room that are connected.</summary>
[GenerateSerializer, Immutable]
public sealed record RoomPresence([property: Id(0)] Guid HelperId, [property: Id(1)] ImmutableArray<Guid> Present);

/// <summary>The lesson cannot be stored just now, or can be again.</summary>
[GenerateSerializer, Immutable]
public sealed record SavingNow([property: Id(0)] bool Works) : Announcement;

/// <summary>Some points of a stroke that a board is drawing just now.</summary>
[GenerateSerializer, Immutable]
public sealed record StrokeNow([property: Id(0)] StrokePart Part) : Announcement;

/// <summary>This activation is over, and the next one knows nobody: subscribe again at once.</summary>
[GenerateSerializer, Immutable]
public sealed record ActivationOver : Announcement;

/// <summary>A process that shows lessons to browsers. Not one per browser.</summary>
public interface IClassroomObserver : IGrainObserver
{
    /// <summary>
    /// Returns when they were taken: the next ones come after that. A batch of which no answer came is sent again, so each may come twice: a
    /// patch that is not new changes nothing, and text stands at its offset.
    /// </summary>
    Task Announce(Guid classroomId, ImmutableArray<Announcement> announcements);
}
