using System.Collections.Immutable;

namespace Classroom.Lessons;

/// <summary>One live lesson in one class: the only writer of its stream. Key: classroom id. Called by the hub and the HTTP endpoints.</summary>
[Alias("classroom")]
public interface IClassroomGrain : IGrainWithGuidKey
{
    /// <summary>Decide, store, announce. Returns after the facts are durable.</summary>
    [Alias("execute")]
    Task<Reply> Execute(Envelope envelope, CancellationToken cancellationToken);

    /// <summary>Check who comes in and hand over what the screen is missing.</summary>
    [Alias("enter")]
    Task<Welcome> Enter(Entrance entrance);

    /// <summary>The seat with this nickname, if one is taken; for coming back from another device.</summary>
    [Alias("seatOf")]
    Task<Guid?> SeatOf(string nickname);

    /// <summary>Announcements go to this process from now on; repeat within 60 s to stay subscribed.</summary>
    [Alias("subscribe")]
    Task<long> Subscribe(IClassroomObserver observer);

    [Alias("unsubscribe")]
    Task Unsubscribe(IClassroomObserver observer);

    /// <summary>Which students are connected at one process just now. Kept in memory only.</summary>
    [Alias("present")]
    Task Present(string process, ImmutableArray<Guid> students);

    /// <summary>The stored text of a finished or broken-off variant, from an offset; null while it is still being told.</summary>
    [Alias("storedText")]
    Task<TextSlice?> StoredText(Guid explanationId, string variant, int offset, bool isTeacher);
}

/// <summary>A process that shows a lesson to browsers. Not one per browser.</summary>
public interface IClassroomObserver : IGrainObserver
{
    [OneWay]
    Task Frames(LessonFrames frames);

    [OneWay]
    Task Text(TextFrame text);

    [OneWay]
    Task Presence(Guid classroomId, ImmutableArray<Guid> students);

    /// <summary>This activation is over, and the next one knows nobody: subscribe again at once.</summary>
    [OneWay]
    Task Gone(Guid classroomId);

    /// <summary>The lesson cannot be stored just now, or can be again.</summary>
    [OneWay]
    Task Saving(Guid classroomId, bool works);
}

/// <summary>One streamed explanation and its variants. Key: explanation id. Tells the observers text, the classroom only the end.</summary>
[Alias("explanation")]
public interface IExplanationGrain : IGrainWithGuidKey
{
    /// <summary>Begin telling the variants that are not being told already.</summary>
    [Alias("start")]
    Task Start(ExplanationTask task, ImmutableArray<IClassroomObserver> observers);

    /// <summary>What was told to the teacher alone goes to everybody from now on.</summary>
    [Alias("release")]
    Task Release();

    [Alias("stop")]
    Task Stop();

    [Alias("attach")]
    Task Attach(IClassroomObserver observer);

    /// <summary>What has been told of a variant so far, from an offset (UTF-16 units); nothing while it is in preview and the reader is no teacher.</summary>
    [Alias("read")]
    Task<TextSlice> Read(Guid classroomId, string variant, int offset, bool isTeacher);
}

/// <summary>A learner across lessons. Key: student id. Told by the join endpoint.</summary>
[Alias("student")]
public interface IStudentGrain : IGrainWithGuidKey
{
    [Alias("joined")]
    Task Joined(Guid classroomId, Language language, Level level);

    [Alias("prefer")]
    Task Prefer(Language language, Level level);

    [Alias("lessons")]
    Task<ImmutableArray<Guid>> Lessons();
}

/// <summary>A teacher: the classrooms opened. Key: account id.</summary>
[Alias("teacher")]
public interface ITeacherGrain : IGrainWithGuidKey
{
    [Alias("opened")]
    Task Opened(ClassroomCard card);

    [Alias("ended")]
    Task Ended(Guid classroomId, DateTimeOffset? at);

    [Alias("classrooms")]
    Task<ImmutableArray<ClassroomCard>> Classrooms();

    [Alias("owns")]
    Task<bool> Owns(Guid classroomId);
}

/// <summary>A join code: which classroom it leads to while that is open. Key: the code, upper case, without separators.</summary>
[Alias("joincode")]
public interface IJoinCodeGrain : IGrainWithStringKey
{
    /// <summary>Take the code for a classroom; false if another one holds it.</summary>
    [Alias("lease")]
    Task<bool> Lease(Guid classroomId);

    [Alias("release")]
    Task Release(Guid classroomId);

    [Alias("resolve")]
    Task<Guid?> Resolve();
}

/// <summary>A mentors' wall. Key: centre id. Told by classrooms at most once a second each.</summary>
[Alias("centre")]
public interface ICentreGrain : IGrainWithGuidKey
{
    [Alias("report")]
    Task Report(Tile tile);

    [Alias("watch")]
    Task<ImmutableArray<Tile>> Watch(ICentreObserver observer);

    [Alias("holds")]
    Task<bool> Holds(Guid classroomId);
}

public interface ICentreObserver : IGrainObserver
{
    [OneWay]
    Task Tiles(Guid centreId, ImmutableArray<Tile> tiles);
}

/// <summary>
/// Tokens spent in one scope: a lesson, a teacher's day, everybody's day. Key: the scope. Called around every call to a model.
/// Invariant: what is held counts as spent, so a limit is overshot by one call at most.
/// </summary>
[Alias("tokens")]
public interface ITokenGrain : IGrainWithStringKey
{
    /// <summary>Hold tokens for a call before it is made. False: the limit is reached. The same call twice holds once.</summary>
    [Alias("hold")]
    Task<bool> Hold(Guid callId, int tokens, int limit);

    /// <summary>What the call really used. Repeating it changes nothing.</summary>
    [Alias("settle")]
    Task Settle(Guid callId, int tokens);

    [Alias("spent")]
    Task<long> Spent();
}
