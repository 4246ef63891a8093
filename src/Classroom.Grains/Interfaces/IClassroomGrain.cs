namespace Classroom.Grains;

/// <summary>One live lesson in one class: the only writer of its stream. Key: classroom id. Called by the hub and the HTTP endpoints.</summary>
[Alias("classroom"), Version(1)]
public interface IClassroomGrain : IGrainWithGuidKey
{
    /// <summary>Decide, store, announce. Returns after the facts are durable.</summary>
    [Alias("execute")]
    Task<Reply> Execute(Envelope envelope, CancellationToken cancellationToken);

    /// <summary>Check who comes in and hand over what the connection is missing.</summary>
    [Alias("sync"), AlwaysInterleave]
    Task<SyncResponse> Sync(SyncRequest request);

    /// <summary>The seat with this nickname, if one is taken; for coming back from another device.</summary>
    [Alias("seatOf"), AlwaysInterleave]
    Task<Guid?> SeatOf(string nickname);

    /// <summary>The code in force, or null. It waits its turn: what is being stored may change it.</summary>
    [Alias("joinCode")]
    Task<string?> JoinCode();

    /// <summary>Patches go to this process from now on; repeat within 90 s to stay subscribed. Returns the lesson's version.</summary>
    [Alias("subscribe")]
    Task<long> Subscribe(IClassroomObserver observer);

    [Alias("unsubscribe")]
    Task Unsubscribe(IClassroomObserver observer);

    /// <summary>Which students are connected at one process just now. Kept in memory only; every subscribed process receives the students of all processes.</summary>
    [Alias("present"), AlwaysInterleave]
    Task Present(string process, ImmutableArray<Guid> students);

    /// <summary>
    /// The text of a variant from an offset: as stored, or as far as it is streamed; nothing of a preview for whoever is no teacher.
    /// </summary>
    [Alias("readText"), AlwaysInterleave]
    Task<TextSlice> ReadText(Guid explanationId, string variant, int offset, bool isTeacher);
}

/// <summary>A process that shows a lesson to browsers. Not one per browser.</summary>
public interface IClassroomObserver : IGrainObserver
{
    [OneWay]
    Task Patches(PatchBatch batch);

    [OneWay]
    Task Text(TextChunk chunk);

    /// <summary>All students that are connected, at whichever process.</summary>
    [OneWay]
    Task Presence(Guid classroomId, ImmutableArray<Guid> students);

    /// <summary>This activation is over, and the next one knows nobody: subscribe again at once.</summary>
    [OneWay]
    Task Deactivated(Guid classroomId);

    /// <summary>The lesson cannot be stored just now, or can be again.</summary>
    [OneWay]
    Task Saving(Guid classroomId, bool works);
}
