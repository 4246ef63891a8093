using Google.Protobuf.WellKnownTypes;
using Ortaq.Centre.V1;

namespace Classroom.Silo.Centre;

/// <summary>The lesson's own records as messages of <c>centre.proto</c>.</summary>
internal static class Messages
{
    public static Ortaq.Centre.V1.Tile Of(Classroom.Lessons.Tile tile)
    {
        var message = new Ortaq.Centre.V1.Tile
        {
            ClassroomId = tile.ClassroomId.ToString(),
            Title = Of(tile.Title),
            ClassName = tile.ClassName,
            TeacherName = tile.TeacherName,
            Phase = tile.Phase == LessonPhase.Lobby ? Phase.Lobby : Phase.Live,
            StepTitle = tile.StepTitle is { } step ? Of(step) : null,
            StepIndex = tile.StepIndex,
            StepCount = tile.StepCount,
            StepMinutes = tile.StepMinutes,
            StepStartedAt = Of(tile.StepStartedAt),
            Minutes = tile.Minutes,
            StartedAt = Of(tile.StartedAt),
            Joined = tile.Joined,
            Lost = tile.Lost,
            Idle = tile.Idle,
            ApprovalsPending = tile.ApprovalsPending,
        };
        message.Hands.AddRange(tile.Hands.Select(h => new Ortaq.Centre.V1.Hand
        {
            StudentId = h.StudentId.ToString(), Nickname = h.Nickname, Topic = h.Topic, Since = Of(h.Since), ClaimedBy = h.ClaimedBy ?? "",
        }));
        return message;
    }

    public static Ortaq.Centre.V1.Trilingual Of(Classroom.Lessons.Trilingual text) => new() { Kk = text.Kk, Ru = text.Ru, En = text.En };

    public static Timestamp? Of(DateTimeOffset? at) => at is { } known ? Timestamp.FromDateTimeOffset(known) : null;

    public static Ortaq.Centre.V1.Fact Of(Guid classroomId, Classroom.Storage.StoredFact fact) => new()
    {
        ClassroomId = classroomId.ToString(), Version = fact.Version, CommandId = fact.CommandId.ToString(), Name = fact.Name,
        ActorJson = fact.Actor, At = Of(fact.At), BodyJson = fact.Body, Forgotten = fact.Unreadable?.ToString() ?? "",
    };
}
