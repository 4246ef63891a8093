using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Classroom.Lessons.Tests;

/// <summary>
/// Yesterday's facts still load: one stored example for each name and version. A file is written once, when its fact is new
/// (set ORTAQ_WRITE_GOLDEN=1), and never changed after a release.
/// </summary>
public sealed class GoldenTests
{
    private static readonly string Folder = Path.Combine(Folders.Project, "Golden");

    // Before the first test reads a file: the run that writes them finds them too.
    static GoldenTests()
    {
        if (Folders.WritesGolden)
        {
            WriteMissing();
        }
    }

    public static TheoryData<string> Names => [.. FactCatalogue.Types.Select(FactCatalogue.NameOf).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stored_fact_loads_and_is_written_the_same(string name)
    {
        var path = Path.Combine(Folder, name + ".json");
        File.Exists(path).ShouldBeTrue($"Golden/{name}.json is missing; run with ORTAQ_WRITE_GOLDEN=1 if the fact is new, which writes it from the lessons of RandomLesson");
        var stored = File.ReadAllText(path);
        var fact = FactCatalogue.Decode(name, Encoding.UTF8.GetBytes(stored));
        Holds(JsonNode.Parse(FactCatalogue.Encode(fact)), JsonNode.Parse(stored)).ShouldBeTrue("nothing that was stored is lost");
    }

    // A field that is new since then may be written; none that was stored may be missing or different.
    private static bool Holds(JsonNode? now, JsonNode? stored) => (now, stored) switch
    {
        (JsonObject n, JsonObject s) => s.All(p => n.TryGetPropertyValue(p.Key, out var value) && Holds(value, p.Value)),
        (JsonArray n, JsonArray s) => n.Count == s.Count && n.Zip(s).All(p => Holds(p.First, p.Second)),
        _ => JsonNode.DeepEquals(now, stored),
    };

    [Fact]
    public void An_unknown_fact_is_refused_by_name() =>
        Should.Throw<InvalidDataException>(() => FactCatalogue.Decode("time-travelled.9", "{}"u8)).Message.ShouldContain("time-travelled.9");

    [Fact]
    public void There_is_one_golden_file_for_each_fact_and_none_beside() =>
        Directory.GetFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!)
            .ShouldBe(FactCatalogue.Types.Select(FactCatalogue.NameOf), ignoreOrder: true);

    private static void WriteMissing()
    {
        var examples = Enumerable.Range(0, 200).SelectMany(seed => Run.After(seed, 500).History).Select(h => h.Fact)
            .Concat([new AiSwitched(false), new AiPolicySet("s4", AiPolicy.Draft), new FeedbackFailed(RandomLesson.TeacherId, "tutor-busy"), new PromptsFailed("s3", "tutor-cut")])
            .GroupBy(f => f.GetType());
        foreach (var group in examples)
        {
            var path = Path.Combine(Folder, FactCatalogue.NameOf(group.Key) + ".json");
            if (!File.Exists(path))
            {
                File.WriteAllText(path, Encoding.UTF8.GetString(FactCatalogue.Encode(group.First())) + "\n");
            }
        }
    }
}

/// <summary>The web client folds what the server says with a reducer of its own: these vectors hold it to the same result.</summary>
public sealed class VectorTests
{
    [Fact]
    public void The_web_clients_vectors_are_what_the_server_says()
    {
        var vectors = new JsonArray();
        foreach (var seed in new[] { 3, 11, 29 })
        {
            var (run, frames, student) = (new Run(), new JsonArray(), Guid.Empty);
            foreach (var envelope in new RandomLesson(seed).Commands(90))
            {
                if (run.Do(envelope).AudienceChanges is not { } said)
                {
                    continue;
                }

                if (student == Guid.Empty && run.State.Seats.Count > 0)
                {
                    student = run.State.Seats.Keys.First();
                    frames.Add(new JsonObject { ["snapshot"] = Json(View.Of(run.State, Audience.Student(student))), ["seq"] = run.State.Seq });
                }
                else if (student != Guid.Empty)
                {
                    if (said.Removed.Contains(student))
                    {
                        break;
                    }

                    frames.Add(new JsonObject { ["patch"] = Json(said.Personal.GetValueOrDefault(student, said.Students)), ["seq"] = run.State.Seq });
                }
            }

            vectors.Add(new JsonObject { ["seed"] = seed, ["frames"] = frames, ["view"] = Json(View.Of(run.State, Audience.Student(student))) });
        }

        var path = Path.Combine(Folders.Checkout, "clients", "web", "tests", "vectors.json");
        var text = vectors.ToJsonString(new JsonSerializerOptions { Encoder = LessonJson.Options.Encoder, WriteIndented = false }) + "\n";
        if (Folders.WritesGolden)
        {
            File.WriteAllText(path, text);
        }

        JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllText(path)), JsonNode.Parse(text)).ShouldBeTrue("run with ORTAQ_WRITE_GOLDEN=1 if the wire changed on purpose");
    }

    // The order of entities within one frame is free; the file wants one.
    private static JsonNode Json(IEnumerable<EntityChange> changes) => JsonNode.Parse(Run.Text(changes))!;
}
