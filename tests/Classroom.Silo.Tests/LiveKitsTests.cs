using System.Text;
using Classroom.Kits;
using Classroom.Silo.Hosting;
using Classroom.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Classroom.Silo.Tests;

/// <summary>Kits of a real Postgres that hangs, and of one that changes between two questions.</summary>
public sealed class LiveKitsTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan TestPatience = TimeSpan.FromMinutes(1);
    private static readonly byte[] Yaml = Encoding.UTF8.GetBytes(
        KitText.Of("fractions").Replace("id: fractions", "id: mine", StringComparison.Ordinal));
    private readonly ManualTime _time = new();
    private TestPostgres _postgres = null!;
    private NpgsqlDataSource _source = null!;
    private KitStore _store = null!;
    private LiveKits _kits = null!;

    public async Task InitializeAsync()
    {
        _postgres = await TestPostgres.CreateAsync();
        var settings = new DatabaseSettings(_postgres.ConnectionString, "");
        await Migrator.MigrateAsync(settings, default);
        // A look that hangs does so until the test lets it go.
        _source = NpgsqlDataSource.Create(_postgres.ConnectionString + ";Command Timeout=0");
        _store = new KitStore(settings, _time, _source);
        _kits = new LiveKits(Options.Create(new KitsOptions()), _store, _time, NullLogger<LiveKits>.Instance);
        await _store.AddAsync("mine", "1", "mine.yaml", Yaml, default);
    }

    public async Task DisposeAsync()
    {
        await _source.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    public void Dispose() => _kits.Dispose();

    [Fact]
    public async Task Of_many_who_ask_a_database_that_hangs_all_are_answered_after_one_patience_and_it_is_asked_once()
    {
        await using var hanging = await LockedAsync();
        var first = _kits.RefreshAsync(default);
        await WaitingAsync(1);
        var others = Enumerable.Range(0, 30).Select(_ => _kits.RefreshAsync(default)).ToList();
        others.ShouldAllBe(o => !o.IsCompleted);
        _time.Advance(LiveKits.Patience);
        foreach (var answer in await Task.WhenAll(others.Append(first)).WaitAsync(TestPatience))
        {
            (answer.Find("fractions"), answer.Find("mine")).ShouldSatisfyAllConditions(a => a.Item1.ShouldNotBeNull(), a => a.Item2.ShouldBeNull());
        }

        (await LocksWaitedForAsync()).ShouldBe(1);
        var patient = _kits.RefreshWhollyAsync(default);
        await hanging.DisposeAsync();
        await patient.WaitAsync(TestPatience);
        _kits.Now.Find("mine").ShouldNotBeNull();
    }

    [Fact]
    public async Task Who_asks_while_a_look_goes_on_is_told_what_was_there_when_he_asked()
    {
        var first = await LockedAsync();
        var look = _kits.RefreshWhollyAsync(default);
        await WaitingAsync(1);
        // In this order: the look lists, another edition comes, and the look stands still before it is over.
        var adding = AddBehindAsync("insert into kits (id, hash, file_name, yaml, added_at) select 'mine', '2', file_name, $1, added_at from kits", Edition(2));
        await WaitingAsync(2);
        var locking = LockedAsync();
        await WaitingAsync(3);
        await first.DisposeAsync();
        await adding.WaitAsync(TestPatience);
        var second = await locking.WaitAsync(TestPatience);
        await WaitingAsync(1);
        var asked = _kits.RefreshWhollyAsync(default);
        await second.DisposeAsync();
        await Task.WhenAll(look, asked).WaitAsync(TestPatience);
        _kits.Now.Find("mine")!.Version.ShouldBe("2.0");
    }

    [Fact]
    public async Task An_edition_that_another_process_was_just_given_is_found_and_one_that_is_nowhere_is_the_one_offered()
    {
        var hash = KitLoader.Parse(Yaml, "mine.yaml").Kit!.Hash;
        _kits.Now.Find("mine").ShouldBeNull("nobody has looked");
        (await _kits.FindAsync("mine", hash, default)).ShouldNotBeNull().Hash.ShouldBe(hash);
        // A lesson that names the next edition must not be taught this one.
        var newer = Edition(2);
        var next = KitLoader.Parse(newer, "mine.yaml").Kit!.Hash;
        await _store.AddAsync("mine", next, "mine.yaml", newer, default);
        (await _kits.FindAsync("mine", next, default)).ShouldNotBeNull().Hash.ShouldBe(next);
        (await _kits.FindAsync("mine", hash, default)).ShouldNotBeNull().Hash.ShouldBe(hash);
        (await _kits.FindAsync("mine", "nowhere", default)).ShouldNotBeNull().Hash.ShouldBe(next);
        (await _kits.FindAsync("none", "nowhere", default)).ShouldBeNull();
    }

    [Fact]
    public async Task An_edition_that_goes_between_two_questions_and_comes_again_is_offered_again()
    {
        var first = await LockedAsync();
        var look = _kits.RefreshWhollyAsync(default);
        await WaitingAsync(1);
        // Stands behind the list and before the file: gone when the second question is asked.
        var deleting = AddBehindAsync("delete from kits where $1::bytea is not null", []);
        await WaitingAsync(2);
        await first.DisposeAsync();
        await Task.WhenAll(look, deleting).WaitAsync(TestPatience);
        _kits.Now.Find("mine").ShouldBeNull();
        await _store.AddAsync("mine", "1", "mine.yaml", Yaml, default);
        await _kits.RefreshWhollyAsync(default);
        _kits.Now.Find("mine").ShouldNotBeNull();
    }

    private static byte[] Edition(int number) => Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(Yaml).Replace("version: \"1.0\"", $"version: \"{number}.0\"", StringComparison.Ordinal));

    /// <summary>Nobody else gets at the kits until it is disposed of.</summary>
    private async Task<NpgsqlConnection> LockedAsync()
    {
        var connection = new NpgsqlConnection(_postgres.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("begin; lock table kits in access exclusive mode", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>As <see cref="LockedAsync"/>, in the queue of those who wait; and then this.</summary>
    private async Task AddBehindAsync(string sql, byte[] value)
    {
        await using var connection = await LockedAsync();
#pragma warning disable CA2100 // The tests make it.
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = value } } };
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
        await using var commit = new NpgsqlCommand("commit", connection);
        await commit.ExecuteNonQueryAsync();
    }

    private async Task WaitingAsync(int count)
    {
        using var patience = new CancellationTokenSource(TestPatience);
        while (await LocksWaitedForAsync() != count)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private async Task<long> LocksWaitedForAsync()
    {
        await using var command = _source.CreateCommand("select count(*) from pg_locks l join pg_database d on d.oid = l.database where d.datname = current_database() and not l.granted");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
