namespace Classroom.Storage.Tests;

/// <summary>What every fact log promises. Inherited by each implementation.</summary>
public abstract class FactLogContract : IAsyncLifetime
{
    protected IFactLog Log { get; private set; } = null!;

    /// <summary>Another log on the same database, as a second process would have.</summary>
    protected IFactLog Other { get; private set; } = null!;

    protected abstract Task<(IFactLog One, IFactLog Other)> MakeAsync();

    public async Task InitializeAsync() => (Log, Other) = await MakeAsync();

    public virtual async Task DisposeAsync()
    {
        await ((IAsyncDisposable)Log).DisposeAsync();
        await ((IAsyncDisposable)Other).DisposeAsync();
    }

    [Fact]
    public async Task Appended_facts_are_read_back_in_order_from_a_version()
    {
        (await Append("a", 0, Facts("one", "two"))).ShouldBe(new AppendResult(AppendStatus.Appended, 2));
        (await Append("a", 2, Facts("three"))).ShouldBe(new AppendResult(AppendStatus.Appended, 3));
        (await Read("a", 0)).Select(f => (f.Version, f.Body)).ShouldBe([(1, Body("one")), (2, Body("two")), (3, Body("three"))]);
        (await Read("a", 2)).Select(f => f.Version).ShouldBe([3]);
        (await Read("b", 0)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Everything_of_a_fact_comes_back_as_it_went_in()
    {
        var (id, at) = (Guid.CreateVersion7(), new DateTimeOffset(2026, 9, 1, 9, 30, 15, 123, TimeSpan.FromHours(5)));
        await Log.AppendAsync("a", 0, id, [new NewFact("answer-given.1", """{"role":"student"}""", at, """{"text":"Жапырақ «жасыл»\n'; drop table facts; --"}""")], default);
        var fact = (await Read("a", 0)).Single();
        fact.ShouldBe(new StoredFact(1, id, "answer-given.1", """{"role":"student"}""", fact.At, """{"text":"Жапырақ «жасыл»\n'; drop table facts; --"}"""));
        fact.At.ToUniversalTime().ShouldBe(at.ToUniversalTime());
    }

    [Fact]
    public async Task A_writer_with_the_wrong_version_is_refused_and_nothing_is_added()
    {
        await Append("a", 0, Facts("one"));
        (await Append("a", 0, Facts("other"))).ShouldBe(new AppendResult(AppendStatus.Conflict, 1));
        (await Append("a", 7, Facts("other"))).ShouldBe(new AppendResult(AppendStatus.Conflict, 1));
        (await Read("a", 0)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_repeated_command_adds_nothing_and_tells_the_first_version()
    {
        var id = Guid.CreateVersion7();
        await Log.AppendAsync("a", 0, id, Facts("one", "two"), default);
        await Append("a", 2, Facts("three"));
        (await Log.AppendAsync("a", 3, id, Facts("one", "two"), default)).ShouldBe(new AppendResult(AppendStatus.Repeated, 2));
        (await Other.AppendAsync("a", 0, id, Facts("one", "two"), default)).ShouldBe(new AppendResult(AppendStatus.Repeated, 2));
        (await Read("a", 0)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Of_two_processes_that_carry_out_the_same_command_one_stores_it_and_both_know()
    {
        for (var round = 0; round < 300; round++)
        {
            var (id, stream) = (Guid.CreateVersion7(), "twice/" + round);
            var results = await Task.WhenAll(
                Log.AppendAsync(stream, 0, id, Facts("one"), default), Other.AppendAsync(stream, 0, id, Facts("one"), default),
                Append("beside/" + round, 0, Facts("one")));
            results.Select(r => r.Status).ShouldBe(
                results[0].Status == AppendStatus.Appended ? [AppendStatus.Appended, AppendStatus.Repeated, AppendStatus.Appended]
                    : [AppendStatus.Repeated, AppendStatus.Appended, AppendStatus.Appended]);
            (await Read(stream, 0)).ShouldHaveSingleItem();
            (await Read("beside/" + round, 0)).ShouldHaveSingleItem();
        }
    }

    [Fact]
    public async Task The_same_command_id_in_two_streams_is_two_commands()
    {
        var id = Guid.CreateVersion7();
        await Log.AppendAsync("a", 0, id, Facts("one"), default);
        (await Log.AppendAsync("b", 0, id, Facts("one"), default)).Status.ShouldBe(AppendStatus.Appended);
    }

    [Fact]
    public async Task Of_two_writers_racing_for_a_version_exactly_one_wins()
    {
        for (var version = 0L; version < 40; version++)
        {
            var results = await Task.WhenAll(Append("race", version, Facts("x")), Append(Other, "race", version, Facts("y")));
            results.Count(r => r.Status == AppendStatus.Appended).ShouldBe(1);
        }

        (await Read("race", 0)).Select(f => f.Version).ShouldBe(Enumerable.Range(1, 40).Select(i => (long)i));
    }

    [Fact]
    public async Task Many_streams_at_once_are_committed_together_and_all_are_there()
    {
        var appends = Enumerable.Range(0, 300).Select(i => Append("many/" + i, 0, Facts("one", "two")));
        (await Task.WhenAll(appends)).ShouldAllBe(r => r.Status == AppendStatus.Appended);
        foreach (var i in new[] { 0, 150, 299 })
        {
            (await Read("many/" + i, 0)).Count.ShouldBe(2);
        }
    }

    [Fact]
    public async Task A_conflict_in_a_batch_does_not_touch_its_neighbours()
    {
        await Append("c/3", 0, Facts("one"));
        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Append("c/" + i, 0, Facts("x"))));
        results.Count(r => r.Status == AppendStatus.Appended).ShouldBe(9);
        results[3].Status.ShouldBe(AppendStatus.Conflict);
    }

    [Fact]
    public async Task Appends_of_one_stream_in_one_batch_follow_each_other()
    {
        var first = Append("chain", 0, Facts("one"));
        var second = Append("chain", 1, Facts("two"));
        (await Task.WhenAll(first, second)).ShouldAllBe(r => r.Status == AppendStatus.Appended);
    }

    [Fact]
    public async Task The_newest_snapshot_is_kept()
    {
        (await Log.LoadSnapshotAsync("a", default)).ShouldBeNull();
        await Log.SaveSnapshotAsync("a", new StoredSnapshot(200, "f", [1, 2]), default);
        await Log.SaveSnapshotAsync("a", new StoredSnapshot(400, "f", [3]), default);
        await Other.SaveSnapshotAsync("a", new StoredSnapshot(300, "f", [9]), default);
        var kept = await Log.LoadSnapshotAsync("a", default);
        kept!.Version.ShouldBe(400);
        kept.Body.ShouldBe([3]);
    }

    protected Task<AppendResult> Append(string stream, long expected, IReadOnlyList<NewFact> facts) => Append(Log, stream, expected, facts);

    protected static Task<AppendResult> Append(IFactLog log, string stream, long expected, IReadOnlyList<NewFact> facts) =>
        log.AppendAsync(stream, expected, Guid.CreateVersion7(), facts, default);

    protected async Task<List<StoredFact>> Read(string stream, long after)
    {
        var facts = new List<StoredFact>();
        await foreach (var fact in Log.ReadAsync(stream, after, default))
        {
            facts.Add(fact);
        }

        return facts;
    }

    protected static NewFact[] Facts(params string[] bodies) =>
        [.. bodies.Select(b => new NewFact("test.1", "{}", DateTimeOffset.UnixEpoch, Body(b)))];

    private static string Body(string text) => $$"""{"t":"{{text}}"}""";
}
