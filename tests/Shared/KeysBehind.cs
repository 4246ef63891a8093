using Microsoft.Data.Sqlite;

namespace Classroom.Tests;

/// <summary>A silo's keys, reached behind its back.</summary>
internal static class KeysBehind
{
    /// <summary>Runs a statement in its key store.</summary>
    /// <returns>The first column of the first row, or null.</returns>
    public static async Task<object?> OfKeysAsync(this SiloProcess silo, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(silo.KeysFolder, "keys.db")};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of the test.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}
