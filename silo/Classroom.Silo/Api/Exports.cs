using System.Text.Json;
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

    // The teacher's own view, so that nothing leaves which the teacher may not see; every AI text says that it is one.
    private static async Task<IResult> ExportAsync(Guid id, HttpContext context, IGrainFactory grains, TimeProvider time)
    {
        var teacher = Caller.ActorOf(context.User);
        if (!await grains.GetGrain<ITeacherGrain>(teacher.Id).Owns(id))
        {
            return Errors.Of(StatusCodes.Status403Forbidden, "foreign-classroom");
        }

        var grain = grains.GetGrain<IClassroomGrain>(id);
        var view = await grain.Sync(new SyncRequest(Audience.Teacher, teacher, Guid.Empty, 0));
        if (view.Snapshot is null)
        {
            return Errors.Of(view.Refusal ?? new Refusal("no-such-classroom"));
        }

        var entities = new JsonArray();
        foreach (var change in JsonNode.Parse(view.Snapshot)!.AsArray())
        {
            var (kind, entity, value) = (change!["k"]!.GetValue<string>(), change["id"]!.GetValue<string>(), change["v"]!.AsObject());
            if (kind == "explanation")
            {
                foreach (var variant in value["variants"]!.AsArray())
                {
                    var text = await grain.ReadText(Guid.Parse(entity), variant!["variant"]!.GetValue<string>(), 0, isTeacher: true);
                    variant["text"] = text.Text;
                    variant["ai"] = Source(variant);
                }
            }

            var entry = new JsonObject { ["kind"] = kind, ["id"] = entity, ["value"] = value.DeepClone() };
            if (Source(value) is { } ai)
            {
                entry["ai"] = ai;
            }

            entities.Add(entry);
        }

        context.Response.Headers.ContentDisposition = $"attachment; filename=\"ortaq-{id:N}.json\"";
        return Results.Text(
            new JsonObject { ["exportedAt"] = time.GetUtcNow(), ["seq"] = view.Seq, ["entities"] = entities }.ToJsonString(
                new JsonSerializerOptions { Encoder = LessonJson.Options.Encoder, WriteIndented = true }), "application/json");
    }

    private static JsonObject? Source(JsonNode value) => value["provenance"] is not JsonObject source ? null : new JsonObject
    {
        ["generated"] = source["provider"]?.GetValue<string>() != Provenance.PreparedProvider,
        ["editedBy"] = value["editedBy"]?.DeepClone(),
        ["provenance"] = source.DeepClone(),
    };

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
