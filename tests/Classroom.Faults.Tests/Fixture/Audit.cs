using System.Text;
using System.Text.Json.Nodes;
using Classroom.Lessons;

namespace Classroom.Faults.Tests;

/// <summary>
/// Reads a lesson's log past the server and compares: with the ledger (nothing acknowledged is lost, nothing is there twice), and the
/// screens with the fold of the log (everybody has resumed with the state of a fresh snapshot).
/// </summary>
public sealed class Audit(Func<Task<IFactLog>> open)
{
    private readonly List<StoredFact> _facts = [];
    private LessonState _state = LessonState.Empty;

    public IReadOnlyList<StoredFact> Facts => _facts;

    /// <summary>Looks at everything there is now, and throws if an invariant does not hold.</summary>
    public async Task CheckAsync(ClassUnderFault room)
    {
        ArgumentNullException.ThrowIfNull(room);
        await ReadAsync(room.Stream, room.Silo.KeysFolder);
        CheckLog(_facts, room.Ledger.All);
        await CheckScreensAsync(room);
    }

    /// <summary>Versions without holes; each acknowledged command once, where its acknowledgement said, with what it said; none twice.</summary>
    public static void CheckLog(IReadOnlyList<StoredFact> facts, ICollection<Sent> sent)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(sent);
        facts.Select(f => f.Version).ShouldBe(Enumerable.Range(1, facts.Count).Select(v => (long)v), "versions have holes or forks");
        Lost(facts, sent).ShouldBeEmpty("acknowledged and lost");
        foreach (var own in sent.Where(s => s.Seq is not null).GroupBy(s => s.By))
        {
            own.OrderBy(s => s.Order).Select(s => s.Seq!.Value).ShouldBeInOrder(SortDirection.Ascending, "somebody's commands changed their order");
        }

        var stored = facts.ToLookup(f => f.CommandId);
        sent.Where(s => stored[s.CommandId].Count() > 1).ShouldBeEmpty("one command, stored twice");
        // The same effect under another id would be a double too: each mark stands in one fact.
        var marks = sent.Select(s => s.Mark).ToHashSet(StringComparer.Ordinal);
        facts.SelectMany(f => MarksOf(f.Body)).Where(marks.Contains).CountBy(m => m).Where(m => m.Value > 1).ShouldBeEmpty("one effect, stored twice");
    }

    /// <summary>Acknowledged commands that are not where their acknowledgement said.</summary>
    public static List<Sent> Lost(IReadOnlyList<StoredFact> facts, ICollection<Sent> sent)
    {
        var stored = facts.ToLookup(f => f.CommandId);
        return [.. sent.Where(s => s.Seq is { } seq
            && !stored[s.CommandId].Any(f => f.Version == seq && f.Body.Contains(s.Mark, StringComparison.Ordinal)))];
    }

    public static async Task<List<StoredFact>> ReadAsync(IFactLog log, string stream, long after = 0)
    {
        ArgumentNullException.ThrowIfNull(log);
        var facts = new List<StoredFact>();
        await foreach (var fact in log.ReadAsync(stream, after, default))
        {
            facts.Add(fact);
        }

        return facts;
    }

    /// <summary>Past the server, and with its keys: what a child sent is sealed in the table.</summary>
    public static async Task<List<StoredFact>> ReadSealedAsync(IFactLog log, string stream, string keysFolder, long after = 0)
    {
        using var keys = new ChildKeys(
            new SqliteKeyStore(Path.Combine(keysFolder, "keys.db")), MasterKey.FromFile(Path.Combine(keysFolder, "master.key"), create: false), TimeProvider.System);
        return await ReadAsync(new SealedLog(log, keys, FactOwners.Personal), stream, after);
    }

    private async Task ReadAsync(string stream, string keysFolder)
    {
        var log = await open();
        try
        {
            foreach (var stored in await ReadSealedAsync(log, stream, keysFolder, _facts.Count))
            {
                _facts.Add(stored);
                var meta = new FactMeta(stored.Version, stored.CommandId, FactCatalogue.DecodeActor(Encoding.UTF8.GetBytes(stored.Actor)), stored.At);
                _state = Lesson.Apply(_state, new RecordedFact(meta, FactCatalogue.Decode(stored.Name, Encoding.UTF8.GetBytes(stored.Body))));
            }
        }
        finally
        {
            await ((IAsyncDisposable)log).DisposeAsync();
        }
    }

    private async Task CheckScreensAsync(ClassUnderFault room)
    {
        foreach (var learner in room.Learners)
        {
            await SameAsync(learner.Wire, Audience.Student(learner.Id));
            var work = learner.Wire.Get("work", $"{learner.Id}/{room.MakeStep}")?["text"]?.GetValue<string>();
            work.ShouldBe(learner.Acknowledged.GetValueOrDefault("SaveDraft")?[^1], "the last draft acknowledged is the one on the screen");
            var ideas = _state.Contributions.Values.Count(c => c.StudentId == learner.Id);
            ideas.ShouldBe(learner.Acknowledged.GetValueOrDefault("Contribute")?.Count ?? 0, "each idea once");
        }

        await SameAsync(room.Host.Teacher, Audience.Teacher);
        await using var fresh = await WireClient.ConnectAsync(room.Silo.Url, cookie: room.Host.TeacherCookie);
        await fresh.SyncAsync(room.Host.ClassroomId);
        await SameAsync(fresh, Audience.Teacher);
    }

    private async Task SameAsync(WireClient screen, Audience audience)
    {
        var expected = JsonNode.Parse(LessonJson.Encode(View.Of(_state, audience)))!.AsArray()
            .ToDictionary(n => (n!["k"]!.GetValue<string>(), n["id"]!.GetValue<string>()), n => n!["v"]!.ToJsonString());
        try
        {
            await screen.UntilAsync(s => s.Shows(expected), "the state of a fresh snapshot");
        }
        catch (TimeoutException e)
        {
            var (key, value) = expected.FirstOrDefault(x => screen.Get(x.Key.Item1, x.Key.Item2)?.ToJsonString() != x.Value);
            throw new InvalidOperationException($"{audience} does not show the lesson. {key}: {value} but {screen.Get(key.Item1, key.Item2)?.ToJsonString()}", e);
        }
    }

    private static IEnumerable<string> MarksOf(string body) =>
        body.Split('"').Where(part => part.StartsWith("жапырақ-", StringComparison.Ordinal));
}
