namespace Classroom.Grains;

/// <summary>
/// What one append changes for one audience, encoded once. Invariant: a client at version v with <c>From &lt;= v &lt; Seq</c> that
/// applies it is at <c>Seq</c>; at <c>v &gt;= Seq</c> it drops it; at <c>v &lt; From</c> it has a gap and syncs again. A patch for all students
/// may start before a student's version (after a personal patch), so it shows no gap where a personal patch was lost.
/// </summary>
/// <param name="Changes">UTF-8 JSON array of entity changes. Never written to after it was made.</param>
[GenerateSerializer, Immutable]
public sealed record LessonPatch([property: Id(0)] long From, [property: Id(1)] long Seq, [property: Id(2)] byte[] Changes);

[GenerateSerializer, Immutable]
public sealed record StudentPatch([property: Id(0)] Guid StudentId, [property: Id(1)] LessonPatch Patch);

[GenerateSerializer, Immutable]
public sealed record HelperPatch([property: Id(0)] Guid HelperId, [property: Id(1)] LessonPatch Patch);

/// <summary>The patches of one append for every audience. A process whose last version is below <paramref name="Previous"/> missed one.</summary>
/// <param name="Students">For every student that has no patch of its own in <paramref name="Personal"/>.</param>
/// <param name="Removed">Students whose seat ended with this append: their connections are closed.</param>
/// <param name="Unpaired">Boards that may look no more: their connections are closed.</param>
/// <param name="Ended">The lesson has ended: the connections of all its boards and helpers are closed.</param>
/// <param name="Left">Students who are no more on this phone, while another child is: it connects anew.</param>
/// <param name="Helpers">For the helpers of rooms, of whom each sees its own room.</param>
/// <param name="Dismissed">Helpers who may look no more: their connections are closed.</param>
[GenerateSerializer, Immutable]
public sealed record PatchBatch(
    [property: Id(0)] long Previous,
    [property: Id(1)] long Seq,
    [property: Id(2)] LessonPatch? Teacher,
    [property: Id(3)] LessonPatch? Board,
    [property: Id(4)] LessonPatch? Students,
    [property: Id(5)] ImmutableArray<StudentPatch> Personal,
    [property: Id(6)] ImmutableArray<Guid> Removed,
    [property: Id(7)] ImmutableArray<StudentVariant> Variants,
    [property: Id(8)] ImmutableArray<StudentDevice> Devices,
    [property: Id(9)] ImmutableArray<Guid> Unpaired,
    [property: Id(10)] bool Ended,
    [property: Id(11)] ImmutableArray<StudentDevice> Left = default,
    [property: Id(12)] ImmutableArray<HelperPatch> Helpers = default,
    [property: Id(13)] ImmutableArray<Guid> Dismissed = default) : Announcement;

/// <summary>A connection comes in, or comes back with the last version it has (0: none).</summary>
[GenerateSerializer, Immutable]
public sealed record SyncRequest(
    [property: Id(0)] Audience Audience, [property: Id(1)] Actor By, [property: Id(2)] Guid DeviceId, [property: Id(3)] long Seq)
{
    public Reader Reader => new(Audience, By, DeviceId);
}

/// <summary>Either a refusal, or a whole view, or the patches that were missed.</summary>
/// <param name="Snapshot">UTF-8 JSON array of entity changes that make the whole view, or null.</param>
/// <param name="Variant">The explanation variant this connection reads.</param>
/// <param name="Student">With a refusal: the ticket's child is not on this phone any more, and this one is, who comes in instead.</param>
[GenerateSerializer, Immutable]
public sealed record SyncResponse(
    [property: Id(0)] Refusal? Refusal,
    [property: Id(1)] long Seq,
    [property: Id(2)] byte[]? Snapshot,
    [property: Id(3)] ImmutableArray<LessonPatch> Missed,
    [property: Id(4)] string Variant,
    [property: Id(5)] Guid? Student = null);
