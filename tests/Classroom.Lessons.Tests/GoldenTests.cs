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
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Golden");

    public static TheoryData<string> Names => [.. FactCatalogue.Types.Select(FactCatalogue.NameOf).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stored_fact_loads_and_is_written_the_same(string name)
    {
        var stored = File.ReadAllText(Path.Combine(Folder, name + ".json"));
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
    public void There_is_one_golden_file_for_each_fact_and_none_beside()
    {
        if (Environment.GetEnvironmentVariable("ORTAQ_WRITE_GOLDEN") == "1")
        {
            WriteMissing();
        }

        Directory.GetFiles(Path.Combine(Source(), "Golden"), "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!)
            .ShouldBe(FactCatalogue.Types.Select(FactCatalogue.NameOf), ignoreOrder: true);
    }

    private static void WriteMissing()
    {
        var examples = Enumerable.Range(0, 200).SelectMany(seed => Run.After(seed, 500).History).Select(h => h.Fact)
            .Concat([new AiSwitched(false), new AiPolicySet("s4", AiPolicy.Draft), new FeedbackFailed(RandomLesson.TeacherId, "tutor-busy"), new PromptsFailed("s3", "tutor-cut")])
            .GroupBy(f => f.GetType());
        foreach (var group in examples)
        {
            var path = Path.Combine(Source(), "Golden", FactCatalogue.NameOf(group.Key) + ".json");
            if (!File.Exists(path))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, Encoding.UTF8.GetString(FactCatalogue.Encode(group.First())) + "\n");
            }
        }
    }

    private static string Source()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Classroom.Lessons.Tests.csproj")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
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
                    if (said.Gone.Contains(student))
                    {
                        break;
                    }

                    frames.Add(new JsonObject { ["notices"] = Json(said.Personal.GetValueOrDefault(student, said.Students)), ["seq"] = run.State.Seq });
                }
            }

            vectors.Add(new JsonObject { ["seed"] = seed, ["frames"] = frames, ["view"] = Json(View.Of(run.State, Audience.Student(student))) });
        }

        var path = Path.Combine(Root(), "clients", "web", "tests", "vectors.json");
        var text = vectors.ToJsonString(new JsonSerializerOptions { Encoder = LessonJson.Options.Encoder, WriteIndented = false }) + "\n";
        if (Environment.GetEnvironmentVariable("ORTAQ_WRITE_GOLDEN") == "1")
        {
            File.WriteAllText(path, text);
        }

        JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllText(path)), JsonNode.Parse(text)).ShouldBeTrue("run with ORTAQ_WRITE_GOLDEN=1 if the wire changed on purpose");
    }

    // The order of things within one frame is free; the file wants one.
    private static JsonNode Json(IEnumerable<EntityChange> notices) => JsonNode.Parse(Run.Text(notices))!;

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Classroom.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}

/// <summary>A snapshot gives back the state it was made of.</summary>
public sealed class SnapshotTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(77)]
    public void A_lesson_goes_on_from_its_snapshot_as_if_never_stored(int seed)
    {
        var run = Run.After(seed, 400);
        LessonSnapshot.TryDecode(LessonSnapshot.Format, LessonSnapshot.Encode(run.State), out var back).ShouldBeTrue();
        back.Seq.ShouldBe(run.State.Seq);
        back.Seen.Count.ShouldBe(run.State.Seen.Count);
        foreach (var audience in new[] { Audience.Teacher, Audience.Board, Audience.Students }.Concat(run.State.Seats.Keys.Select(Audience.Student)))
        {
            Run.Text(View.Of(back, audience)).ShouldBe(Run.Text(View.Of(run.State, audience)));
        }

        var next = new Envelope(Guid.CreateVersion7(), new Actor(Role.Teacher, RandomLesson.TeacherId), new GoToStep("s1"));
        Lesson.Decide(back, next, run.Now).Facts.ShouldBe(Lesson.Decide(run.State, next, run.Now).Facts);
    }

    [Fact]
    public void A_snapshot_of_another_format_or_broken_is_not_used()
    {
        LessonSnapshot.TryDecode("lesson.99", LessonSnapshot.Encode(Run.After(1, 20).State), out _).ShouldBeFalse();
        LessonSnapshot.TryDecode(LessonSnapshot.Format, "{\"plan\":"u8, out _).ShouldBeFalse();
        LessonSnapshot.TryDecode(LessonSnapshot.Format, "{}"u8, out _).ShouldBeFalse();
    }
}
