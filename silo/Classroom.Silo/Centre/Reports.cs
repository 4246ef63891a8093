using System.Text.Json;
using System.Text.Json.Nodes;
using Classroom.Silo.Api;
using Ortaq.Centre.V1;

namespace Classroom.Silo.Centre;

/// <summary>A lesson's record with what a centre lists it by in fields of their own.</summary>
internal static class Reports
{
    /// <returns>Null when the lesson has not ended.</returns>
    public static Report? Of(Guid classroomId, JsonObject record)
    {
        var (plan, pace) = (Entity(record, "plan"), Entity(record, "pace"));
        return pace["phase"]!.GetValue<string>() != "ended" ? null : new Report
        {
            ClassroomId = classroomId.ToString(),
            Title = Messages.Of(plan["title"].Deserialize(LessonJson.Of<Classroom.Lessons.Trilingual>())!),
            ClassName = plan["className"]!.GetValue<string>(),
            TeacherName = plan["teacherName"]!.GetValue<string>(),
            StartedAt = Messages.Of(pace["startedAt"]?.GetValue<DateTimeOffset>()),
            EndedAt = Messages.Of(pace["endedAt"]?.GetValue<DateTimeOffset>()),
            Joined = pace["joined"]!.GetValue<int>(),
            RecordJson = LessonRecord.Text(record),
        };
    }

    private static JsonNode Entity(JsonObject record, string kind) =>
        record["entities"]!.AsArray().First(e => e!["kind"]!.GetValue<string>() == kind)!["value"]!;
}
