using System.Collections.Immutable;

namespace Classroom.Lessons;

/// <summary>Why a command was not carried out: a code the client words, with its arguments. Codes: see README.</summary>
[GenerateSerializer, Immutable]
public sealed record Refusal(
    [property: Id(0)] string Code, [property: Id(1)] ImmutableDictionary<string, string> Args)
{
    public Refusal(string code) : this(code, ImmutableDictionary<string, string>.Empty) { }

    public Refusal(string code, string name, object value)
        : this(code, ImmutableDictionary<string, string>.Empty.Add(name, FormattableString.Invariant($"{value}"))) { }
}

/// <summary>The outcome of a command. Accepted means durable. <paramref name="Seq"/> is the lesson's version after it.</summary>
[GenerateSerializer, Immutable]
public sealed record Reply([property: Id(0)] long Seq, [property: Id(1)] Refusal? Refusal)
{
    public static Reply Refused(string code) => new(0, new Refusal(code));
}

/// <summary>
/// Notices of one append for one audience, encoded once. Invariant: a client at version v with <c>From &lt;= v &lt; Seq</c> that
/// applies it is at <c>Seq</c>; at <c>v &gt;= Seq</c> it drops it; at <c>v &lt; From</c> it has a gap and asks again.
/// </summary>
/// <param name="Json">UTF-8 JSON array of notices. Never changed after it was made.</param>
[GenerateSerializer, Immutable]
public sealed record Frame([property: Id(0)] long From, [property: Id(1)] long Seq, [property: Id(2)] byte[] Json);

[GenerateSerializer, Immutable]
public sealed record StudentFrame([property: Id(0)] Guid StudentId, [property: Id(1)] Frame Frame);

/// <summary>What one append says to every audience. A process whose last version is not <paramref name="Previous"/> missed one.</summary>
/// <param name="Students">For every student that has no frame of its own in <paramref name="Personal"/>.</param>
/// <param name="Gone">Students whose seat ended with this append: their connections are closed.</param>
[GenerateSerializer, Immutable]
public sealed record LessonFrames(
    [property: Id(0)] Guid ClassroomId,
    [property: Id(1)] long Previous,
    [property: Id(2)] long Seq,
    [property: Id(3)] Frame? Teacher,
    [property: Id(4)] Frame? Board,
    [property: Id(5)] Frame? Students,
    [property: Id(6)] ImmutableArray<StudentFrame> Personal,
    [property: Id(7)] ImmutableArray<Guid> Gone,
    [property: Id(8)] ImmutableArray<StudentVariant> Variants,
    [property: Id(9)] ImmutableArray<StudentDevice> Devices);

/// <summary>The device a seat belongs to from now on; others of the same seat are closed.</summary>
[GenerateSerializer, Immutable]
public sealed record StudentDevice([property: Id(0)] Guid StudentId, [property: Id(1)] Guid DeviceId);

/// <summary>The variant a student reads from now on.</summary>
[GenerateSerializer, Immutable]
public sealed record StudentVariant([property: Id(0)] Guid StudentId, [property: Id(1)] string Variant);

/// <summary>A piece of an explanation. The client's text becomes <c>text[..Offset] + Chunk</c>.</summary>
/// <param name="Ends">Sentence ends that have become certain, as absolute offsets; they may lie before <paramref name="Offset"/>.</param>
/// <param name="OnBoard">The board and the teacher's first tab show this variant.</param>
/// <param name="Preview">For teachers' screens only.</param>
[GenerateSerializer, Immutable]
public sealed record TextFrame(
    [property: Id(0)] Guid ClassroomId,
    [property: Id(1)] Guid ExplanationId,
    [property: Id(2)] string Variant,
    [property: Id(3)] int Offset,
    [property: Id(4)] string Chunk,
    [property: Id(5)] ImmutableArray<int> Ends,
    [property: Id(6)] bool OnBoard,
    [property: Id(7)] bool Preview = false);

[GenerateSerializer, Immutable]
public sealed record TextSlice([property: Id(0)] int Offset, [property: Id(1)] string Text, [property: Id(2)] ImmutableArray<int> Ends);

/// <summary>Somebody's screen comes in, or comes back with the last version it has (0: none).</summary>
[GenerateSerializer, Immutable]
public sealed record Entrance(
    [property: Id(0)] Audience Audience, [property: Id(1)] Actor By, [property: Id(2)] Guid DeviceId, [property: Id(3)] long Seq);

/// <summary>Either a refusal, or a whole view, or the frames that were missed.</summary>
/// <param name="Snapshot">UTF-8 JSON array of notices that make the whole view, or null.</param>
/// <param name="Variant">The explanation variant this screen reads.</param>
[GenerateSerializer, Immutable]
public sealed record Welcome(
    [property: Id(0)] Refusal? Refusal,
    [property: Id(1)] long Seq,
    [property: Id(2)] byte[]? Snapshot,
    [property: Id(3)] ImmutableArray<Frame> Missed,
    [property: Id(4)] string Variant);

/// <summary>What an explanation needs to be told. Made by the domain, carried out by the explanation grain.</summary>
[GenerateSerializer, Immutable]
public sealed record ExplanationOrder(
    [property: Id(0)] Guid ClassroomId,
    [property: Id(1)] Guid ExplanationId,
    [property: Id(2)] string KitId,
    [property: Id(3)] string KitHash,
    [property: Id(4)] string LessonId,
    [property: Id(5)] string StepId,
    [property: Id(6)] string? TopicId,
    [property: Id(7)] Trilingual Topic,
    [property: Id(8)] ExplainMode Mode,
    [property: Id(9)] string? Passage,
    [property: Id(10)] ImmutableArray<Variant> Variants,
    [property: Id(11)] Variant BoardVariant,
    [property: Id(12)] int Grade,
    [property: Id(13)] bool AiOn,
    [property: Id(14)] bool Preview = false);

/// <summary>What a variant already says before it is gone on with.</summary>
[GenerateSerializer, Immutable]
public sealed record VariantStart([property: Id(0)] string Variant, [property: Id(1)] string Text, [property: Id(2)] ImmutableArray<int> Ends);

/// <summary>An order with what the telling needs besides, which is no part of the facts.</summary>
/// <param name="Starts">Variants that are gone on with; the others begin at the beginning.</param>
/// <param name="Names">Names of the room, none of which may leave for a model.</param>
[GenerateSerializer, Immutable]
public sealed record ExplanationTask(
    [property: Id(0)] ExplanationOrder Order,
    [property: Id(1)] ImmutableArray<VariantStart> Starts,
    [property: Id(2)] Guid TeacherId,
    [property: Id(3)] ImmutableArray<string> Names);

/// <summary>One live session on a mentor's wall.</summary>
/// <param name="Lost">Share of students with a pressed sentence in the running step, 0..1.</param>
/// <param name="Idle">Students without any act for five minutes while devices are in use.</param>
[GenerateSerializer, Immutable]
public sealed record Tile(
    [property: Id(0)] Guid ClassroomId,
    [property: Id(1)] Trilingual Title,
    [property: Id(2)] string ClassName,
    [property: Id(3)] string TeacherName,
    [property: Id(4)] LessonPhase Phase,
    [property: Id(5)] Trilingual? StepTitle,
    [property: Id(6)] int StepIndex,
    [property: Id(7)] int StepCount,
    [property: Id(8)] int StepMinutes,
    [property: Id(9)] DateTimeOffset? StepStartedAt,
    [property: Id(10)] int Minutes,
    [property: Id(11)] DateTimeOffset? StartedAt,
    [property: Id(12)] int Joined,
    [property: Id(13)] double Lost,
    [property: Id(14)] int Idle,
    [property: Id(15)] int ApprovalsPending,
    [property: Id(16)] ImmutableArray<TileHand> Hands);

[GenerateSerializer, Immutable]
public sealed record TileHand(
    [property: Id(0)] Guid StudentId,
    [property: Id(1)] string Nickname,
    [property: Id(2)] string Topic,
    [property: Id(3)] DateTimeOffset Since,
    [property: Id(4)] string? ClaimedBy,
    [property: Id(5)] DateTimeOffset? ClaimedAt,
    [property: Id(6)] Guid? ClaimedById = null);

/// <summary>One classroom on a teacher's home page.</summary>
[GenerateSerializer, Immutable]
public sealed record ClassroomCard(
    [property: Id(0)] Guid ClassroomId,
    [property: Id(1)] Trilingual Title,
    [property: Id(2)] string ClassName,
    [property: Id(3)] DateTimeOffset OpenedAt,
    [property: Id(4)] DateTimeOffset? EndedAt);
