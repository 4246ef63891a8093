using System.Text;
using System.Text.Json.Nodes;
using Classroom.Lessons;
using Classroom.Storage;

namespace Classroom.Silo.Privacy;

/// <summary>All that is held about one student of a lesson, as the facts have it: what the student did, and what others wrote about that student.</summary>
public static class StudentRecord
{
    /// <param name="withThread">
    /// Whether what the student asked the tutor in private is in it, and what was typed and not sent. A teacher gets the first on the screen only, by a reason which the student sees, and the second nowhere.
    /// </param>
    /// <returns>Null when the lesson knows no such student.</returns>
    public static async Task<JsonObject?> ReadAsync(IFactLog log, Guid lesson, Guid student, DateTimeOffset now, bool withThread, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(log);
        var (state, facts) = (LessonState.Empty, new JsonArray());
        await foreach (var stored in log.ReadAsync($"classroom/{lesson}", 0, cancellationToken))
        {
            var fact = FactCatalogue.Decode(stored.Name, Encoding.UTF8.GetBytes(stored.Body));
            var by = FactCatalogue.DecodeActor(Encoding.UTF8.GetBytes(stored.Actor));
            if (IsAbout(fact, state, by, student) && (withThread || fact is not (TutorAsked or StudentAnswered or StudentNotAnswered or TypedKept)))
            {
                facts.Add(new JsonObject
                {
                    ["version"] = stored.Version, ["at"] = stored.At, ["by"] = JsonNode.Parse(stored.Actor), ["name"] = stored.Name,
                    ["fact"] = JsonNode.Parse(stored.Body), ["forgotten"] = stored.Unreadable is null ? null : true,
                });
            }

            state = Lesson.Apply(state, new RecordedFact(new FactMeta(stored.Version, stored.CommandId, by, stored.At), fact));
        }

        // Also where an older copy of the keys opened again what was forgotten.
        foreach (var fact in state.Forgotten.ContainsKey(student) ? facts.OfType<JsonObject>() : [])
        {
            if (fact["name"]!.GetValue<string>() != FactCatalogue.NameOf(typeof(StudentForgotten)))
            {
                (fact["fact"], fact["forgotten"]) = (new JsonObject(), true);
            }
        }

        return facts.Count == 0 ? null : new JsonObject
        {
            ["exportedAt"] = now, ["classroomId"] = lesson, ["studentId"] = student, ["className"] = state.Opened?.ClassName, ["teacher"] = state.Opened?.TeacherName, ["facts"] = facts,
        };
    }

    /// <summary>Who has or had a seat in a lesson, under the last name.</summary>
    public static async Task<IReadOnlyDictionary<Guid, string>> ListAsync(IFactLog log, Guid lesson, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(log);
        var names = new Dictionary<Guid, string>();
        await foreach (var stored in log.ReadAsync($"classroom/{lesson}", 0, cancellationToken))
        {
            var by = FactCatalogue.DecodeActor(Encoding.UTF8.GetBytes(stored.Actor));
            switch (FactCatalogue.Decode(stored.Name, Encoding.UTF8.GetBytes(stored.Body)))
            {
                case SeatTaken taken:
                    names[by.Id] = taken.Nickname;
                    break;
                case EntryRequested asked:
                    names[by.Id] = asked.Nickname;
                    break;
                case StudentRenamed renamed:
                    names[renamed.StudentId] = renamed.Nickname;
                    break;
                case StudentForgotten forgotten:
                    names.Remove(forgotten.StudentId);
                    break;
            }
        }

        return names;
    }

    /// <summary>Adds the photos to what is held of a student: each by its id, in base64.</summary>
    public static async Task<JsonObject> WithPhotosAsync(JsonObject record, PhotoStore photos, Guid lesson, Guid student, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(photos);
        var all = new JsonArray();
        foreach (var id in await photos.OfChildAsync(lesson, student, cancellationToken))
        {
            if (await photos.ReadAsync(lesson, id, student, cancellationToken) is { } bytes)
            {
                all.Add(new JsonObject { ["id"] = id, ["type"] = "image/jpeg", ["bytes"] = Convert.ToBase64String(bytes) });
            }
        }

        record["photos"] = all;
        return record;
    }

    private static bool IsAbout(Fact fact, LessonState state, Actor by, Guid student) =>
        (by.Role == Role.Student && by.Id == student) || fact.ChildIn(state, by) == student
        || (fact.GetType().GetProperty("StudentId")?.GetValue(fact) is Guid about && about == student);
}
