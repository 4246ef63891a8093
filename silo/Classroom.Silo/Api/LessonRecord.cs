using Classroom.Kits;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Classroom.Silo.Api;

/// <summary>
/// A lesson's record as it leaves the server: the teacher's own view, so that nothing leaves which the teacher may not see, with the texts of
/// its explanations; every AI text says that it is one.
/// </summary>
public static class LessonRecord
{
    private static readonly JsonSerializerOptions Indented = new() { Encoder = LessonJson.Options.Encoder, WriteIndented = true };

    /// <param name="by">The lesson's teacher, or the server itself for somebody whom it has let in.</param>
    /// <returns><c>{exportedAt, seq, entities:[{kind, id, value, ai?}]}</c>, or why there is none.</returns>
    public static async Task<(JsonObject? Record, Refusal? Refusal)> ReadAsync(IClassroomGrain grain, Actor by, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(grain);
        ArgumentNullException.ThrowIfNull(time);
        var reader = new Reader(Audience.Teacher, by, Guid.Empty);
        var view = await grain.Sync(new SyncRequest(reader.Audience, reader.By, reader.DeviceId, 0));
        if (view.Snapshot is null)
        {
            return (null, view.Refusal ?? new Refusal("no-such-classroom"));
        }

        var entities = new JsonArray();
        foreach (var change in JsonNode.Parse(view.Snapshot)!.AsArray())
        {
            var (kind, entity, value) = (change!["k"]!.GetValue<string>(), change["id"]!.GetValue<string>(), change["v"]!.AsObject());
            // The names of the class are not of the lesson: they stay on this server.
            if (kind == "roster")
            {
                continue;
            }

            if (kind == "explanation")
            {
                foreach (var variant in value["variants"]!.AsArray())
                {
                    var text = await grain.ReadText(reader, Guid.Parse(entity), variant!["variant"]!.GetValue<string>(), 0);
                    variant["text"] = text.Text;
                    if (text.Text.Length > 0 && Variant.TryParse(variant["variant"]!.GetValue<string>(), out var of))
                    {
                        var measure = TextMeasure.Of(text.Text, of.Language);
                        variant["measure"] = new JsonObject { ["words"] = Math.Round(measure.Words, 1), ["longWords"] = Math.Round(measure.LongWords, 2) };
                    }

                    variant["ai"] = text.Text.Length == 0 ? null : Source(variant);
                    if (variant["provenance"] is null && text.Prepared is { } prepared)
                    {
                        variant["prepared"] = prepared;
                    }
                }
            }

            var entry = new JsonObject { ["kind"] = kind, ["id"] = entity, ["value"] = value.DeepClone() };
            if (Source(value) is { } ai)
            {
                entry["ai"] = ai;
            }

            entities.Add(entry);
        }

        return (new JsonObject { ["exportedAt"] = time.GetUtcNow(), ["seq"] = view.Seq, ["entities"] = entities }, null);
    }

    public static string Text(JsonObject record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.ToJsonString(Indented);
    }

    private static JsonObject? Source(JsonNode value) => value["provenance"] is not JsonObject source ? null : new JsonObject
    {
        // Lessons of earlier days do not say where a text is from that was stopped.
        ["generated"] = source["provider"]?.GetValue<string>() is { Length: > 0 } provider ? provider != Provenance.PreparedProvider : null,
        ["editedBy"] = value["editedBy"]?.DeepClone(),
        ["provenance"] = source.DeepClone(),
    };
}
