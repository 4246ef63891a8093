using Classroom.Tests;

namespace Classroom.Storage.Tests;

/// <summary>A log of three streams with eight facts each, and checkpoints after the fourth and the eighth of each.</summary>
public sealed class Witnessed : IAsyncDisposable
{
    public const int Length = 8;
    public static readonly string[] Streams = ["classroom/a", "classroom/b", "student/c"];
    private readonly ChangedHeads _changed = new();
    private readonly CheckpointFile _file;

    private Witnessed(TestDatabase database)
    {
        (Database, Log) = (database, database.OpenLog(_changed));
        _file = new CheckpointFile(database.Checkpoints, Time);
    }

    public TestDatabase Database { get; }

    public IFactLog Log { get; }

    public ManualTime Time { get; } = new();

    public static async Task<Witnessed> MakeAsync(TestDatabase database)
    {
        await Migrator.MigrateAsync(database.Settings, default);
        var log = new Witnessed(database);
        for (var version = 0; version < Length; version++)
        {
            foreach (var stream in Streams)
            {
                await log.AppendAsync(stream, version);
            }

            if (version % 4 == 3)
            {
                log.Checkpoint();
            }
        }

        return log;
    }

    public async Task AppendAsync(string stream, long expected)
    {
        Time.Advance(TimeSpan.FromSeconds(1) + TimeSpan.FromTicks(1234567));
        var result = await Log.AppendAsync(stream, expected, Guid.CreateVersion7(), [Fact(stream, expected + 1)], default);
        result.Status.ShouldBe(AppendStatus.Appended);
    }

    public NewFact Fact(string stream, long version) =>
        new("answer-given.1", $$"""{"role":"student","seat":{{version}}}""", Time.GetUtcNow(), BodyOf(stream, version));

    public static string BodyOf(string stream, long version) => $$"""{"text":"Жапырақ {{stream}} {{version}}"}""";

    public void Checkpoint() => _file.Write(_changed.Take());

    public Task<Verification> VerifyAsync(bool checkpoints = true) =>
        Verifier.RunAsync(Database.Settings, checkpoints ? Database.Checkpoints : null, default);

    /// <summary>What an attacker does who knows how hashes are made: edits a fact and computes all hashes behind it anew.</summary>
    public async Task RewriteAsync(string stream, long edited)
    {
        var previous = FactHash.None.ToArray();
        var facts = new List<StoredFact>();
        await foreach (var fact in Log.ReadAsync(stream, 0, default))
        {
            facts.Add(fact.Version == edited ? fact with { Body = """{"text":"forged"}""" } : fact);
        }

        foreach (var fact in facts)
        {
            previous = FactHash.Of(previous, stream, fact.Version, fact.CommandId, fact.Name, fact.Actor, fact.At, fact.Body);
            await Database.RunAsync(
                "update facts set body = @body, hash = @hash where stream = @stream and version = @version",
                ("@body", fact.Body), ("@hash", previous), ("@stream", stream), ("@version", fact.Version));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)Log).DisposeAsync();
        await Database.DisposeAsync();
    }
}
