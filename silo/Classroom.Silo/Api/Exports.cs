using System.Text.Json;
using System.Text.Json.Nodes;
using Classroom.Silo.Auth;
using Classroom.Silo.Hubs;
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
        var welcome = await grain.Enter(new Entrance(Audience.Teacher, teacher, Guid.Empty, 0));
        if (welcome.Snapshot is null)
        {
            return Errors.Of(welcome.Refusal ?? new Refusal("no-such-classroom"));
        }

        var things = new JsonArray();
        foreach (var notice in JsonNode.Parse(welcome.Snapshot)!.AsArray())
        {
            var (kind, thing, value) = (notice!["k"]!.GetValue<string>(), notice["id"]!.GetValue<string>(), notice["v"]!.AsObject());
            if (kind == "explanation")
            {
                foreach (var variant in value["variants"]!.AsArray())
                {
                    var text = await grain.StoredText(Guid.Parse(thing), variant!["variant"]!.GetValue<string>(), 0, isTeacher: true);
                    variant["text"] = text?.Text ?? "";
                    variant["ai"] = Source(variant);
                }
            }

            var entry = new JsonObject { ["kind"] = kind, ["id"] = thing, ["value"] = value.DeepClone() };
            if (Source(value) is { } ai)
            {
                entry["ai"] = ai;
            }

            things.Add(entry);
        }

        context.Response.Headers.ContentDisposition = $"attachment; filename=\"ortaq-{id:N}.json\"";
        return Results.Text(
            new JsonObject { ["exportedAt"] = time.GetUtcNow(), ["seq"] = welcome.Seq, ["things"] = things }.ToJsonString(
                new JsonSerializerOptions { Encoder = WireJson.Options.Encoder, WriteIndented = true }), "application/json");
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
