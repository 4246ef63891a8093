using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Classroom.Storage;

/// <summary>
/// Every head that the checkpoints of a folder know, sorted by stream (byte order) and version. They are sorted in a temporary database, which
/// SQLite spills to the disk and removes, because years of checkpoints do not fit in memory.
/// </summary>
internal sealed class KnownHeads : IDisposable
{
    private readonly SqliteConnection _sorted = new("Data Source=;Pooling=False");
    private SqliteCommand? _query;
    private SqliteDataReader? _reader;

    public KnownHeads()
    {
        _sorted.Open();
        using var create = _sorted.CreateCommand();
        create.CommandText =
            "create table heads (stream text, version integer, hash blob, time text, primary key (stream, version, hash)) without rowid";
        create.ExecuteNonQuery();
    }

    /// <summary>Lines read.</summary>
    public long Checkpoints { get; private set; }

    public int Files { get; private set; }

    /// <summary>The head under the cursor; null behind the last.</summary>
    public (string Stream, long Version, byte[] Hash, DateTimeOffset Time)? Current { get; private set; }

    /// <summary>Reads a folder, once; the cursor then stands on the first head.</summary>
    /// <exception cref="IOException">The folder or a file in it cannot be read.</exception>
    public void Read(string folder, Action<Finding> broken, Action<string> note)
    {
        using var transaction = _sorted.BeginTransaction();
        using var insert = _sorted.CreateCommand();
        insert.CommandText = "insert or ignore into heads values ($stream, $version, $hash, $time)";
        var (stream, version, hash, time) = (
            insert.Parameters.Add("$stream", SqliteType.Text), insert.Parameters.Add("$version", SqliteType.Integer),
            insert.Parameters.Add("$hash", SqliteType.Blob), insert.Parameters.Add("$time", SqliteType.Text));
        foreach (var path in Directory.EnumerateFiles(folder, CheckpointFile.Pattern).Order(StringComparer.Ordinal))
        {
            Files++;
            foreach (var line in CheckpointReader.Read(path, broken, note))
            {
                Checkpoints++;
                time.Value = line.Time.ToString("O", CultureInfo.InvariantCulture);
                foreach (var head in line.Heads)
                {
                    (stream.Value, version.Value, hash.Value) = (head.Stream, head.Version, Convert.FromHexString(head.Hash));
                    insert.ExecuteNonQuery();
                }
            }
        }

        transaction.Commit();
        _query = _sorted.CreateCommand();
        _query.CommandText = "select stream, version, hash, time from heads order by stream, version";
        _reader = _query.ExecuteReader();
        Advance();
    }

    /// <summary>Moves the cursor to the next head.</summary>
    public void Advance() => Current = _reader!.Read()
        ? (_reader.GetString(0), _reader.GetInt64(1), (byte[])_reader.GetValue(2), DateTimeOffset.Parse(_reader.GetString(3), CultureInfo.InvariantCulture))
        : null;

    public void Dispose()
    {
        _reader?.Dispose();
        _query?.Dispose();
        _sorted.Dispose();
    }
}
