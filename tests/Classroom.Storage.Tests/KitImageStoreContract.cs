using Classroom.Tests;
using Npgsql;

namespace Classroom.Storage.Tests;

/// <summary>Pictures of kits stay for the lessons that were opened with them, and no longer than a school year after the last of these.</summary>
public abstract class KitImageStoreContract : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private TestDatabase _database = null!;
    private NpgsqlDataSource? _source;
    private KitImageStore _images = null!;

    protected abstract Task<TestDatabase> MakeAsync();

    public async Task InitializeAsync()
    {
        _database = await MakeAsync();
        await Migrator.MigrateAsync(_database.Settings, default);
        _source = _database.Settings.Postgres is { } postgres ? NpgsqlDataSource.Create(postgres) : null;
        _images = new KitImageStore(_database.Settings, _time, _source);
    }

    public async Task DisposeAsync()
    {
        if (_source is not null)
        {
            await _source.DisposeAsync();
        }

        await _database.DisposeAsync();
    }

    [Fact]
    public async Task What_a_lesson_was_opened_with_is_read_by_its_hash()
    {
        await AddAsync("a", "b");
        await AddAsync("a", "b");
        var read = (await _images.ReadAsync("a", default)).ShouldNotBeNull();
        read.Type.ShouldBe("image/png");
        read.Bytes.ToArray().ShouldBe([1, 2]);
        (await _images.ReadAsync("c", default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_picture_of_a_kit_that_is_gone_goes_a_school_year_after_its_last_lesson()
    {
        await AddAsync("gone", "used");
        _time.Advance(KitImageStore.KeptFor - TimeSpan.FromDays(1));
        await AddAsync("used", "new");
        (await _images.ReadAsync("gone", default)).ShouldNotBeNull("its lessons may still be looked at");
        _time.Advance(TimeSpan.FromDays(2));
        await AddAsync("new");
        (await _images.ReadAsync("gone", default)).ShouldBeNull();
        (await _images.ReadAsync("used", default)).ShouldNotBeNull("a lesson was opened with it since");
        await AddAsync("gone");
        (await _images.ReadAsync("gone", default)).ShouldNotBeNull("its kit is back");
    }

    private Task AddAsync(params string[] hashes) => _images.AddAsync(hashes.Select(h => new StoredImage(h, "image/png", new byte[] { 1, 2 })), default);
}

public sealed class PostgresKitImageStore : KitImageStoreContract
{
    protected override Task<TestDatabase> MakeAsync() => TestDatabase.PostgresAsync();
}

public sealed class SqliteKitImageStore : KitImageStoreContract
{
    protected override Task<TestDatabase> MakeAsync() => TestDatabase.SqliteAsync();
}
