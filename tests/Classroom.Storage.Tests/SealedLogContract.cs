using System.Text;
using System.Text.Json.Nodes;
using Classroom.Tests;

namespace Classroom.Storage.Tests;

/// <summary>What is a child's is sealed before it is hashed and stored, and opens with that child's key alone.</summary>
public abstract class SealedLogContract : IAsyncLifetime
{
    private static readonly Guid Lesson = Guid.Parse("00000000-0000-7000-8000-00000000000a");
    private static readonly Guid Dana = Guid.Parse("00000000-0000-7000-8000-00000000000d");
    private static readonly Guid Arman = Guid.Parse("00000000-0000-7000-8000-0000000000aa");
    private static readonly string Stream = $"classroom/{Lesson}";
    private static readonly MasterKey Master = MasterKey.Of(new byte[32]);
    private static readonly PersonalFields Fields = new(new Dictionary<string, IReadOnlyDictionary<string, string>>
    {
        ["said.1"] = new Dictionary<string, string> { ["text"] = "\"\"", ["sources"] = "[]", ["mark"] = "0" },
    }, static () => new ActorOwners());

    private readonly ManualTime _time = new();
    private TestDatabase _database = null!;
    private IFactLog _stored = null!;
    private IKeyStore _store = null!;

    protected abstract Task<TestDatabase> MakeAsync();

    public async Task InitializeAsync()
    {
        _database = await MakeAsync();
        await Migrator.MigrateAsync(_database.Settings, default);
        _stored = _database.OpenLog(new());
        _store = new SqliteKeyStore(Path.Combine(Path.GetDirectoryName(_database.File)!, "keys.db"));
        await _store.PrepareAsync(Master, default);
    }

    public async Task DisposeAsync()
    {
        await ((IAsyncDisposable)_stored).DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_fact_comes_back_as_it_was_and_is_not_in_the_table()
    {
        var log = Open();
        var body = """{"id":7,"text":"Жапырақ \"күнге\" {бұрылады} \\ 🌿","sources":["кітап","\"sealed\":{\"of\":\""],"mark":5,"after":[1,{"text":"not this one"}]}""";
        await AppendAsync(log, 0, (body, Dana), ("""{"id":8,"text":null}""", Dana), ("""{"id":9}""", Dana));

        var facts = await ReadAsync(Open());
        JsonNode.DeepEquals(JsonNode.Parse(facts[0].Body), JsonNode.Parse(body)).ShouldBeTrue(facts[0].Body);
        facts.ShouldAllBe(f => f.Unreadable == null);

        var stored = (await ReadAsync(_stored))[0].Body;
        stored.ShouldNotContain("Жапырақ");
        stored.ShouldNotContain("кітап");
        (await Verifier.RunAsync(_database.Settings, null, default, Fields)).Notes.ShouldBeEmpty();
        stored.ShouldContain("not this one", Case.Sensitive, "what is open stays open");
        JsonNode.Parse(stored)!["sealed"]!["of"]!.GetValue<Guid>().ShouldBe(Dana);
        (await Verifier.RunAsync(_database.Settings, null, default)).IsWhole.ShouldBeTrue();
    }

    [Fact]
    public async Task Words_of_nearly_one_length_look_the_same()
    {
        await AppendAsync(Open(), 0, ("""{"text":"a"}""", Dana), ("""{"text":"abcdefgh"}""", Dana));
        (await ReadAsync(_stored)).Select(f => f.Body.Length).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Once_the_key_is_destroyed_nothing_personal_is_left_and_the_others_are()
    {
        var (log, keys) = OpenWithKeys();
        await AppendAsync(log, 0, ("""{"id":1,"text":"Дана жазды","sources":["кітап"],"mark":5}""", Dana), ("""{"id":2,"text":"Арман жазды"}""", Arman));
        await log.SaveSnapshotAsync(Stream, new StoredSnapshot(2, "f", "Дана жазды"u8.ToArray()), default);
        (await Open().LoadSnapshotAsync(Stream, default))!.Body.ShouldBe("Дана жазды"u8.ToArray());
        (await _stored.LoadSnapshotAsync(Stream, default))!.Body.AsSpan().IndexOf("Дана"u8).ShouldBe(-1);

        await keys.DestroyAsync(Lesson, Dana, default);

        foreach (var reader in new[] { log, Open() })
        {
            var facts = await ReadAsync(reader);
            JsonNode.DeepEquals(JsonNode.Parse(facts[0].Body), JsonNode.Parse("""{"id":1,"text":"","sources":[],"mark":0}""")).ShouldBeTrue(facts[0].Body);
            facts[0].Unreadable.ShouldBe(Dana);
            facts[1].Body.ShouldContain("Арман жазды");
            (await reader.LoadSnapshotAsync(Stream, default)).ShouldBeNull();
        }

        (await Should.ThrowAsync<StorageUnavailableException>(() => AppendAsync(log, 2, ("""{"text":"again"}""", Dana)))).Message.ShouldContain("was forgotten");
        (await Should.ThrowAsync<StorageUnavailableException>(() => AppendAsync(Open(), 2, ("""{"text":"again"}""", Dana)))).Message.ShouldContain("was forgotten");
        await log.SaveSnapshotAsync(Stream, new StoredSnapshot(3, "f", "Арман"u8.ToArray()), default);
        (await Open().LoadSnapshotAsync(Stream, default))!.Body.ShouldBe("Арман"u8.ToArray());
        (await Verifier.RunAsync(_database.Settings, null, default)).IsWhole.ShouldBeTrue();
    }

    [Fact]
    public async Task Another_process_reads_nothing_of_it_ten_seconds_later()
    {
        var (one, other) = (OpenWithKeys(), OpenWithKeys());
        await AppendAsync(one.Log, 0, ("""{"text":"Дана жазды"}""", Dana));
        (await ReadAsync(other.Log))[0].Body.ShouldContain("Дана");
        await one.Keys.DestroyAsync(Lesson, Dana, default);

        _time.Advance(ChildKeys.ReadsAgainAfter);

        (await ReadAsync(other.Log))[0].Body.ShouldNotContain("Дана");
    }

    [Fact]
    public async Task An_append_asks_the_key_store_once_a_child_and_not_again()
    {
        var counted = new Counted(_store);
        var log = new SealedLog(_stored, new ChildKeys(counted, Master, _time), Fields);
        await ReadAsync(log);
        for (var i = 0; i < 20; i++)
        {
            await AppendAsync(log, i, ($$"""{"text":"{{i}}"}""", i % 2 == 0 ? Dana : Arman));
        }

        counted.Asked.ShouldBe(3, "the lesson, and two children");
    }

    [Fact]
    public async Task A_key_that_is_missing_is_not_taken_for_a_child_that_was_forgotten()
    {
        await AppendAsync(Open(), 0, ("""{"text":"Дана жазды"}""", Dana));
        var another = new SqliteKeyStore(Path.Combine(Path.GetDirectoryName(_database.File)!, "others.db"));
        await another.PrepareAsync(Master, default);
        (await Should.ThrowAsync<StorageUnavailableException>(() => ReadAsync(new SealedLog(_stored, new ChildKeys(another, Master, _time), Fields))))
            .Message.ShouldContain("restore the key store");
    }

    [Fact]
    public async Task What_was_moved_to_another_place_does_not_open()
    {
        var log = Open();
        await AppendAsync(log, 0, ("""{"id":1,"text":"first"}""", Dana), ("""{"id":2,"text":"second"}""", Dana));
        var first = (await ReadAsync(_stored))[0].Body;
        await _database.RunAsync("update facts set body = @body where version = 2", ("@body", first));
        (await Should.ThrowAsync<StorageUnavailableException>(() => ReadAsync(Open()))).Message.ShouldContain("does not open");
    }

    [Fact]
    public async Task A_fact_of_before_is_read_as_it_is()
    {
        await _stored.AppendAsync(Stream, 0, Guid.CreateVersion7(), [new NewFact("said.1", "{}", _time.GetUtcNow(), """{"text":"\"sealed\":{\"of\":\"nobody"}""")], default);
        (await ReadAsync(Open()))[0].Body.ShouldContain("nobody");
        (await Verifier.RunAsync(_database.Settings, null, default, Fields)).Notes.ShouldHaveSingleItem().ShouldStartWith("1 lessons hold");
    }

    [Fact]
    public async Task Of_a_forgotten_child_facts_of_before_are_read_without_a_word_from_wherever_on()
    {
        await StoreOpenAsync(0, ("""{"id":1,"text":"Дана жазды"}""", Dana), ("""{"id":2,"text":"Арман жазды"}""", Arman), ("""{"id":3,"mark":5}""", Dana));
        var (log, keys) = OpenWithKeys();
        await AppendAsync(log, 3, ("""{"id":4,"text":"Дана тағы жазды"}""", Dana), ("""{"id":5,"text":"Арман тағы жазды"}""", Arman));
        await StoreOpenAsync(5, ("""{"id":6,"text":"Дана соңғы рет жазды"}""", Dana));
        string.Concat((await ReadAsync(log)).Select(f => f.Body)).ShouldContain("Дана жазды");

        await keys.DestroyAsync(Lesson, Dana, default);

        foreach (var reader in new[] { log, Open() })
        {
            for (var after = 0; after < 6; after++)
            {
                var facts = await ReadAsync(reader, after);
                facts.Select(f => f.Version).ShouldBe(Enumerable.Range(after + 1, 6 - after).Select(v => (long)v));
                facts.Where(f => f.Unreadable == Dana).Select(f => f.Version).ShouldBe(new long[] { 1, 3, 4, 6 }.Where(v => v > after));
                facts.Where(f => f.Unreadable is null).ShouldAllBe(f => f.Body.Contains("Арман", StringComparison.Ordinal));
                var text = string.Concat(facts.Select(f => f.Body));
                text.ShouldNotContain("Дана");
                text.ShouldNotContain("\"mark\":5");
            }
        }

        (await Verifier.RunAsync(_database.Settings, null, default, Fields)).ShouldSatisfyAllConditions(v => v.IsWhole.ShouldBeTrue(), v => v.Notes.ShouldHaveSingleItem().ShouldContain("not out of the table"));
    }

    [Fact]
    public async Task A_snapshot_says_who_was_forgotten_since()
    {
        var (log, keys) = OpenWithKeys();
        await _stored.SaveSnapshotAsync(Stream, new StoredSnapshot(1, "f", "Дана, Арман"u8.ToArray()), default);
        (await log.LoadSnapshotAsync(Stream, default))!.Gone.ShouldBeEmpty();
        // Sealed with another child's key alone: Dana never had one.
        await AppendAsync(log, 0, ("""{"text":"Арман жазды"}""", Arman));
        await log.SaveSnapshotAsync(Stream, new StoredSnapshot(2, "f", "Дана, Арман"u8.ToArray()), default);

        await keys.DestroyAsync(Lesson, Dana, default);

        (await log.LoadSnapshotAsync(Stream, default))!.Gone.ShouldBe([Dana]);
        (await Open().LoadSnapshotAsync(Stream, default))!.Gone.ShouldBe([Dana]);
    }

    [Fact]
    public async Task What_is_personal_and_nobodys_is_not_stored()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => Open().AppendAsync(
            Stream, 0, Guid.CreateVersion7(), [new NewFact("said.1", "{}", _time.GetUtcNow(), """{"text":"whose?"}""")], default));
        (await ReadAsync(_stored)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Other_streams_pass_through()
    {
        await Open().AppendAsync("teacher/" + Dana, 0, Guid.CreateVersion7(), [new NewFact("said.1", "{}", _time.GetUtcNow(), """{"text":"open"}""")], default);
        await Open().SaveSnapshotAsync("health", new StoredSnapshot(1, "f", [2, 3]), default);
        (await Open().LoadSnapshotAsync("health", default))!.Body.ShouldBe([2, 3]);
    }

    [Theory]
    [InlineData(new byte[] { 2 })]
    [InlineData(new byte[] { 2, 255, 255, 255, 255 })]
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 1 })]
    [InlineData(new byte[] { 2, 127, 255, 255, 255, 1, 2, 3 })]
    public async Task A_damaged_snapshot_is_none(byte[] body)
    {
        await _stored.SaveSnapshotAsync(Stream, new StoredSnapshot(1, "f", body), default);
        (await Open().LoadSnapshotAsync(Stream, default)).ShouldBeNull();
    }

    private SealedLog Open() => OpenWithKeys().Log;

    private (SealedLog Log, ChildKeys Keys) OpenWithKeys()
    {
        var keys = new ChildKeys(_store, Master, _time);
        return (new SealedLog(_stored, keys, Fields), keys);
    }

    private async Task AppendAsync(IFactLog log, long expected, params (string Body, Guid Child)[] facts) => (await log.AppendAsync(
        Stream, expected, Guid.CreateVersion7(), [.. facts.Select(f => new NewFact("said.1", ActorOf(f.Child), _time.GetUtcNow(), f.Body, f.Child))], default)).Status.ShouldBe(AppendStatus.Appended);

    // As a program of before there were keys did.
    private async Task StoreOpenAsync(long expected, params (string Body, Guid Child)[] facts) => (await _stored.AppendAsync(
        Stream, expected, Guid.CreateVersion7(), [.. facts.Select(f => new NewFact("said.1", ActorOf(f.Child), _time.GetUtcNow(), f.Body))], default)).Status.ShouldBe(AppendStatus.Appended);

    private static string ActorOf(Guid child) => $$"""{"id":"{{child}}"}""";

    private static async Task<List<StoredFact>> ReadAsync(IFactLog log, long after = 0)
    {
        var all = new List<StoredFact>();
        await foreach (var fact in log.ReadAsync(Stream, after, default))
        {
            all.Add(fact);
        }

        return all;
    }

    private sealed class Counted(IKeyStore real) : IKeyStore
    {
        public int Asked { get; private set; }

        public Task<Guid> PrepareAsync(MasterKey master, CancellationToken cancellationToken) => real.PrepareAsync(master, cancellationToken);

        public Task<IReadOnlyList<StoredKey>> LoadAsync(Guid lesson, CancellationToken cancellationToken)
        {
            Asked++;
            return real.LoadAsync(lesson, cancellationToken);
        }

        public Task<StoredKey> AddAsync(Guid lesson, Guid child, byte[] wrapped, DateTimeOffset at, CancellationToken cancellationToken)
        {
            Asked++;
            return real.AddAsync(lesson, child, wrapped, at, cancellationToken);
        }

        public Task OrderAsync(Erasure erasure, CancellationToken cancellationToken) => real.OrderAsync(erasure, cancellationToken);

        public Task<IReadOnlyList<Erasure>> OrderedAsync(CancellationToken cancellationToken) => real.OrderedAsync(cancellationToken);

        public Task DestroyAsync(Guid lesson, Guid child, DateTimeOffset at, CancellationToken cancellationToken) => real.DestroyAsync(lesson, child, at, cancellationToken);

        public Task<int> DestroyAsync(IReadOnlyList<(Guid Lesson, Guid Child)> children, DateTimeOffset at, CancellationToken cancellationToken) => real.DestroyAsync(children, at, cancellationToken);

        public Task<ForgottenNote> ForgottenAsync(CancellationToken cancellationToken) => real.ForgottenAsync(cancellationToken);

        public Task NoteForgottenAsync(ForgottenNote note, CancellationToken cancellationToken) => real.NoteForgottenAsync(note, cancellationToken);

        public Task RequireAsync(CancellationToken cancellationToken) => real.RequireAsync(cancellationToken);

        public Task ProbeAsync(DateTimeOffset at, CancellationToken cancellationToken) => real.ProbeAsync(at, cancellationToken);

        public Task<int> SeeDayAsync(DateOnly day, DateOnly since, CancellationToken cancellationToken) => real.SeeDayAsync(day, since, cancellationToken);

        public Task<IReadOnlyList<Guid>> LessonsWithKeysOfBeforeAsync(DateTimeOffset time, Guid after, int most, CancellationToken cancellationToken) =>
            real.LessonsWithKeysOfBeforeAsync(time, after, most, cancellationToken);
    }
}

public sealed class SqliteSealedLogTests : SealedLogContract
{
    protected override Task<TestDatabase> MakeAsync() => TestDatabase.SqliteAsync();
}

public sealed class PostgresSealedLogTests : SealedLogContract
{
    protected override Task<TestDatabase> MakeAsync() => TestDatabase.PostgresAsync();
}
