using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Classroom.Storage;

/// <summary>
/// Keys that seal tickets and cookies, kept in the database so that they survive a restart and any process reads them. Plain SQL: they are
/// read before the first browser can be answered, and two columns need no mapper then.
/// </summary>
public sealed class ProtectionKeyStore(DatabaseSettings settings, NpgsqlDataSource? source = null)
{
    public IReadOnlyList<string> All()
    {
        using var connection = Open();
        using var command = Sql.Of(connection, "select \"Xml\" from protection_keys order by \"Id\"");
        using var reader = command.ExecuteReader();
        var all = new List<string>();
        while (reader.Read())
        {
            all.Add(reader.GetString(0));
        }

        return all;
    }

    public void Add(string name, string xml)
    {
        using var connection = Open();
        using var command = Sql.Of(
            connection, "insert into protection_keys (\"Name\", \"Xml\") values (@name, @xml)", ("@name", name), ("@xml", xml));
        command.ExecuteNonQuery();
    }

    /// <summary>Takes away keys that stand in the clear, as they did before there was a master key: whoever has an old copy of the database has them too.</summary>
    /// <returns>How many.</returns>
    public int RemoveUnsealed()
    {
        using var connection = Open();
        using var command = Sql.Of(connection, "delete from protection_keys where \"Xml\" like '<key %' and \"Xml\" not like '%<encryptedSecret%'");
        return command.ExecuteNonQuery();
    }

    private DbConnection Open() => source is null ? SqliteFiles.Open(settings.Sqlite, settings.Own) : source.OpenConnection();
}
