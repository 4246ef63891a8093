using Orleans.Runtime;

namespace Classroom.Grains;

/// <summary>One live lesson in one class: the only writer of its stream. Key: classroom id. Called by the hub and the HTTP endpoints.</summary>
[Alias("classroom"), Version(6)]
public interface IClassroomGrain : IGrainWithGuidKey
{
    /// <summary>Decide, store, announce. Returns after the facts are durable.</summary>
    [Alias("execute")]
    Task<Reply> Execute(Envelope envelope, CancellationToken cancellationToken);

    /// <summary>Check who comes in and hand over what the connection is missing.</summary>
    [Alias("sync"), AlwaysInterleave]
    Task<SyncResponse> Sync(SyncRequest request);

    /// <summary>Who has this nickname, in a seat or at the door; null: nobody.</summary>
    [Alias("seatOf"), AlwaysInterleave]
    Task<SeatOwner?> SeatOf(string nickname);

    /// <summary>The rooms that a student may choose from, the hub first; none where there is the hub alone.</summary>
    [Alias("rooms"), AlwaysInterleave]
    Task<ImmutableArray<RoomCard>> Rooms();

    /// <summary>The lesson as the other group of a combined class is told of it; null: it was never opened.</summary>
    [Alias("group"), AlwaysInterleave]
    Task<GroupCard?> Group();

    /// <summary>The other group, for a board that may look at this one.</summary>
    [Alias("groupOf"), AlwaysInterleave]
    Task<BoardGroup> GroupOf(Guid board);

    /// <summary>The code in force, or null. It waits its turn: what is being stored may change it.</summary>
    [Alias("joinCode")]
    Task<string?> JoinCode();

    /// <summary>The code in force, or of an ended lesson the one that it had; null: it was never opened.</summary>
    [Alias("lastJoinCode")]
    Task<string?> LastJoinCode();

    /// <summary>Patches go to this process from now on; repeat within 90 s to stay subscribed. Returns the lesson's version.</summary>
    [Alias("subscribe")]
    Task<long> Subscribe(IClassroomObserver observer);

    [Alias("unsubscribe")]
    Task Unsubscribe(IClassroomObserver observer);

    /// <summary>Which students, boards and helpers are connected at one process just now. Kept in memory only; every subscribed process receives the students of all processes.</summary>
    [Alias("present"), AlwaysInterleave]
    Task Present(SiloAddress process, ImmutableArray<Guid> students);

    /// <summary>The same of a rehearsal's scripted students, by the process on which they are played.</summary>
    [Alias("presentPupils"), AlwaysInterleave]
    Task PresentPupils(SiloAddress process, ImmutableArray<Guid> students);

    /// <summary>
    /// The text of a variant from an offset: as stored, or as far as it is streamed; nothing of a preview for whoever is no teacher, and a refusal for
    /// whoever may not come in.
    /// </summary>
    [Alias("readText"), AlwaysInterleave]
    Task<TextSlice> ReadText(Reader reader, Guid explanationId, string variant, int offset);

    /// <summary>Whose a photo is, for who may look at it; a refusal for whoever may not come in.</summary>
    [Alias("ownerOfPhoto"), AlwaysInterleave]
    Task<PhotoOwner> OwnerOfPhoto(Reader reader, Guid photoId);

    /// <summary>Points of a stroke that is being drawn, for all boards. Nothing is stored. Null, or why they are passed on to nobody.</summary>
    [Alias("sketch"), AlwaysInterleave]
    Task<Refusal?> Sketch(Actor by, StrokePart part);
}

/// <param name="BrowserId">The browser that holds it, as this lesson knows it; null: not known.</param>
/// <param name="IsWaiting">The teacher has not let them in yet.</param>
/// <param name="Room">The satellite that it is in; null: the hub.</param>
/// <param name="IsBarred">That browser may not come in, in a lesson of before December 2026 under no other name either.</param>
[GenerateSerializer, Immutable]
public sealed record SeatOwner(
    [property: Id(0)] Guid StudentId, [property: Id(1)] Guid DeviceId, [property: Id(2)] Guid? BrowserId, [property: Id(3)] bool IsWaiting,
    [property: Id(4)] bool IsBarred = false, [property: Id(5)] int? Room = null);

/// <param name="StudentId">Null: there is no such photo for who asks.</param>
/// <param name="Shot">As of <see cref="PhotoAttached"/>.</param>
[GenerateSerializer, Immutable]
public sealed record PhotoOwner([property: Id(0)] Refusal? Refusal, [property: Id(1)] Guid? StudentId = null, [property: Id(2)] Guid Shot = default);

/// <param name="Name">Null: the hub, as long as its teacher calls it nothing.</param>
[GenerateSerializer, Immutable]
public sealed record RoomCard([property: Id(0)] int Number, [property: Id(1)] string? Name);

/// <param name="JoinCode">Null: it has ended.</param>
/// <param name="With">The other group that it knows of; null: none.</param>
[GenerateSerializer, Immutable]
public sealed record GroupCard(
    [property: Id(0)] Guid ClassroomId, [property: Id(1)] string ClassName, [property: Id(2)] Trilingual Title, [property: Id(3)] string? JoinCode,
    [property: Id(4)] bool Rehearsal, [property: Id(5)] Guid? With)
{
    /// <summary>A lesson has a code as long as it has not ended.</summary>
    public bool IsOver => JoinCode is null;
}

/// <param name="Refusal">It may not look at this lesson.</param>
/// <param name="Paired">It was given a ticket of this lesson.</param>
/// <param name="With">The other group's classroom; null: the class is not combined.</param>
/// <param name="Draws">It may draw here.</param>
[GenerateSerializer, Immutable]
public sealed record BoardGroup([property: Id(0)] Refusal? Refusal, [property: Id(1)] bool Paired, [property: Id(2)] Guid? With, [property: Id(3)] bool Draws);
