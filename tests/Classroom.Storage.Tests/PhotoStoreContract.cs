using System.Security.Cryptography;
using System.Text;
using Classroom.Tests;
using Npgsql;

namespace Classroom.Storage.Tests;

/// <summary>Photos of children: sealed in the table, opened as what they were closed as, and gone with the child's key.</summary>
#pragma warning disable CA1001 // Disposed with the test, by xunit's own way.
public abstract class PhotoStoreContract : IAsyncLifetime
#pragma warning restore CA1001
{
    private static readonly byte[] Picture = [.. Encoding.UTF8.GetBytes("a drawing of a poplar"), .. new byte[5000]];
    private static readonly (Guid Lesson, Guid Dana, Guid Ivan) Of = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
    private readonly ManualTime _time = new();
    private TestDatabase _database = null!;
    private NpgsqlDataSource? _source;
    private ChildKeys _keys = null!;
    private PhotoStore _photos = null!;

    protected abstract Task<TestDatabase> MakeAsync();

    public async Task InitializeAsync()
    {
        _database = await MakeAsync();
        await Migrator.MigrateAsync(_database.Settings, default);
        _source = _database.Settings.Postgres is { } postgres ? NpgsqlDataSource.Create(postgres) : null;
        var store = new SqliteKeyStore(Path.Combine(Path.GetDirectoryName(_database.File)!, "keys.db"));
        var master = MasterKey.Of(RandomNumberGenerator.GetBytes(32));
        await store.PrepareAsync(master, default);
        var rows = new SealedPhotos(_database.Settings, _time, _source);
        _photos = new PhotoStore(rows, _keys = new ChildKeys(store, master, _time, rows));
    }

    public async Task DisposeAsync()
    {
        _keys.Dispose();
        if (_source is not null)
        {
            await _source.DisposeAsync();
        }

        await _database.DisposeAsync();
    }

    [Fact]
    public async Task What_is_kept_is_sealed_and_comes_back_as_it_was()
    {
        var id = Guid.CreateVersion7();
        await _photos.AddAsync(Of.Lesson, id, Of.Dana, Picture, default);
        await _photos.AddAsync(Of.Lesson, id, Of.Dana, new byte[3], default);
        (await _photos.ReadAsync(Of.Lesson, id, Of.Dana, default)).ShouldBe(Picture, "the same again changes nothing");
        (await RowsAsync()).Single().AsSpan().IndexOf("poplar"u8).ShouldBe(-1);
        (await _photos.ReadAsync(Of.Lesson, id, Of.Ivan, default)).ShouldBeNull();
        (await _photos.ReadAsync(Of.Ivan, id, Of.Dana, default)).ShouldBeNull();
        (await _photos.OfChildAsync(Of.Lesson, Of.Dana, default)).ShouldBe([id]);
        await _photos.RemoveAsync(Of.Lesson, id, default);
        (await _photos.ReadAsync(Of.Lesson, id, Of.Dana, default)).ShouldBeNull();
        (await RowsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_row_that_was_moved_to_another_child_opens_for_nobody()
    {
        var id = Guid.CreateVersion7();
        await _photos.AddAsync(Of.Lesson, id, Of.Dana, Picture, default);
        await _photos.AddAsync(Of.Lesson, Guid.CreateVersion7(), Of.Ivan, Picture, default);
        await RunAsync($"update photos set child = '{Of.Ivan}' where id = '{id}'");
        (await _photos.ReadAsync(Of.Lesson, id, Of.Ivan, default)).ShouldBeNull();
        (await _photos.ReadAsync(Of.Lesson, id, Of.Dana, default)).ShouldBeNull();
    }

    [Fact]
    public async Task With_a_childs_key_its_photos_go_and_none_comes_after()
    {
        var (id, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await _photos.AddAsync(Of.Lesson, id, Of.Dana, Picture, default);
        await _photos.AddAsync(Of.Lesson, other, Of.Ivan, Picture, default);
        await _keys.DestroyAsync(Of.Lesson, Of.Dana, default);
        (await RowsAsync()).Count.ShouldBe(1);
        (await _photos.ReadAsync(Of.Lesson, id, Of.Dana, default)).ShouldBeNull();
        (await _photos.ReadAsync(Of.Lesson, other, Of.Ivan, default)).ShouldBe(Picture);
        await Should.ThrowAsync<StorageUnavailableException>(() => _photos.AddAsync(Of.Lesson, id, Of.Dana, Picture, default));
        (await RowsAsync()).Count.ShouldBe(1);
    }

    private async Task<List<byte[]>> RowsAsync()
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select bytes from photos";
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<byte[]>();
        while (await reader.ReadAsync())
        {
            rows.Add((byte[])reader.GetValue(0));
        }

        return rows;
    }

    private async Task RunAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Ids of this test.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private async Task<System.Data.Common.DbConnection> OpenAsync()
    {
        System.Data.Common.DbConnection connection = _source is not null ? _source.CreateConnection() : new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_database.File}");
        await connection.OpenAsync();
        return connection;
    }
}

public sealed class PostgresPhotoStore : PhotoStoreContract
{
    protected override Task<TestDatabase> MakeAsync() => TestDatabase.PostgresAsync();
}

public sealed class SqlitePhotoStore : PhotoStoreContract
{
    protected override Task<TestDatabase> MakeAsync() => TestDatabase.SqliteAsync();
}
