using System.Text.Json.Nodes;
using Classroom.Silo.Auth;
using Classroom.Storage;

namespace Classroom.Silo.Api;

/// <summary>An entry of the register of incidents. Holds no text of a child.</summary>
public sealed record IncidentRow(string Lesson, DateTimeOffset At, string? Ability, string? Kind, string? Category, string? StepId);

/// <summary>What leaves: a lesson's record for its teacher, the register of incidents for the admin.</summary>
public static class Exports
{
    private const int MaxDays = 366;

    public static void MapExports(this WebApplication app)
    {
        app.MapGet("/api/classrooms/{id:guid}/export", ExportAsync).RequireAuthorization(Policies.Teacher);
        app.MapGet("/api/incidents", IncidentsAsync).Produces<IncidentRow[]>().RequireAuthorization(Policies.Admin);
    }

    private static async Task<IResult> ExportAsync(Guid id, HttpContext context, IGrainFactory grains, AccessLog access, TimeProvider time)
    {
        var teacher = Caller.ActorOf(context.User);
        if (!await grains.GetGrain<ITeacherGrain>(teacher.Id).Owns(id))
        {
            return Errors.Of(StatusCodes.Status403Forbidden, "foreign-classroom");
        }

        var (record, refusal) = await LessonRecord.ReadAsync(grains.GetGrain<IClassroomGrain>(id), teacher, time);
        if (record is null)
        {
            return Errors.Of(refusal!);
        }

        await access.AddAsync(Privacy.PrivacySetup.Text(teacher), "lesson-exported.1", id, null, CancellationToken.None);
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"ortaq-{id:N}.json\"";
        return Results.Text(LessonRecord.Text(record), "application/json");
    }

    private static async Task<IResult> IncidentsAsync(int? days, IncidentRegister register, TimeProvider time, CancellationToken cancellationToken)
    {
        var rows = await register.ReadAsync(time.GetUtcNow().AddDays(-Math.Clamp(days ?? 30, 1, MaxDays)), cancellationToken);
        return Results.Json(rows.Select(r =>
        {
            var fact = JsonNode.Parse(r.Body)!;
            return new IncidentRow(
                r.Lesson, r.At, (string?)fact["ability"], (string?)fact["kind"], (string?)fact["category"], (string?)fact["stepId"]);
        }));
    }
}
