using Microsoft.Data.Sqlite;

namespace Classroom.Storage.Tests;

public sealed class SqliteFactLogTests : FactLogContract
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"ortaq-{Guid.NewGuid():N}.db");

    protected override async Task<(IFactLog, IFactLog)> MakeAsync()
    {
        var settings = DatabaseSettings.ForFile(_file);
        await Migrator.MigrateAsync(settings, default);
        await Migrator.MigrateAsync(settings, default);
        return (new SqliteFactLog(settings.Sqlite), new SqliteFactLog(settings.Sqlite));
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(_file) + "*"))
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_newer_schema_is_refused()
    {
        await using (var connection = new SqliteConnection(DatabaseSettings.ForFile(_file).Sqlite))
        {
            connection.Open();
            await using var command = connection.CreateCommand();
            command.CommandText = "insert into schema_version (number, name) values (9999, 'from the future')";
            await command.ExecuteNonQueryAsync();
        }

        var error = await Should.ThrowAsync<InvalidOperationException>(() => Migrator.MigrateAsync(DatabaseSettings.ForFile(_file), default));
        error.Message.ShouldContain("9999");
    }

    [Fact]
    public async Task A_command_is_looked_up_by_its_id_and_not_by_going_through_its_lesson()
    {
        await using var connection = new SqliteConnection(DatabaseSettings.ForFile(_file).Sqlite);
        connection.Open();
        await using var command = connection.CreateCommand();
        command.CommandText = "explain query plan " + SqliteWriter.Stored;
        command.Parameters.AddWithValue("$stream", "a");
        command.Parameters.AddWithValue("$command", "b");
        await using var reader = await command.ExecuteReaderAsync();
        (await reader.ReadAsync()).ShouldBeTrue();
        reader.GetString(3).ShouldBe("SEARCH facts USING INDEX facts_by_command (stream=? AND command_id=?)");
    }

    [Fact]
    public async Task A_log_of_the_file_that_is_taken_away_while_it_holds_something_is_named()
    {
        var settings = DatabaseSettings.ForFile(_file);
        var own = new OwnDatabase(new ChangedHeads(), settings.Sqlite);
        own.Begin();
        // Who has it open has counted what is in it; whoever comes next makes an empty one of that name.
        await using var open = SqliteFiles.OpenWhole(settings.Sqlite + ";Pooling=false", own);
        await using var command = open.CreateCommand();
        command.CommandText = "create table held (x); insert into held values (1)";
        await command.ExecuteNonQueryAsync();
        File.Delete(_file + "-wal");

        for (var again = 0; again < 2; again++)
        {
            var found = await Should.ThrowAsync<DatabaseDiffersException>(() => own.LookAsync(null, default));
            found.Fault.ShouldBe(DatabaseFault.Missing);
            found.Message.ShouldContain("-wal was taken away");
        }
    }

    [Fact]
    public async Task A_database_that_cannot_be_written_acknowledges_nothing()
    {
        await using var log = new SqliteFactLog(new SqliteConnectionStringBuilder { DataSource = _file, Mode = SqliteOpenMode.ReadOnly }.ToString());
        await Should.ThrowAsync<StorageUnavailableException>(() => Append(log, "a", 0, Facts("one")));
        (await Read("a", 0)).ShouldBeEmpty();
    }
}
