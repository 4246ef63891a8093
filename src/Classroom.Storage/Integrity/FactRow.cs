using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Classroom.Storage;

/// <summary>A fact as it stands in either database, in the order of <see cref="Columns"/>.</summary>
internal sealed record FactRow(string Stream, long Version, Guid CommandId, string Name, string Actor, DateTimeOffset At, string Body)
{
    public const string Columns = "stream, version, command_id, name, actor, at, body";

    public byte[] HashAfter(ReadOnlySpan<byte> previous) => FactHash.Of(previous, Stream, Version, CommandId, Name, Actor, At, Body);

    /// <returns>Null when a column holds what the log never writes there, such as another spelling of the same time.</returns>
    public static FactRow? TryRead(DbDataReader reader)
    {
        try
        {
            var (id, at) = reader is SqliteDataReader
                ? (Guid.ParseExact(reader.GetString(2), "D"), DateTimeOffset.ParseExact(reader.GetString(5), "O", CultureInfo.InvariantCulture))
                : (reader.GetGuid(2), reader.GetFieldValue<DateTimeOffset>(5));
            return reader is SqliteDataReader && (SqliteWriter.Text(id) != reader.GetString(2) || SqliteWriter.Text(at) != reader.GetString(5))
                ? null
                : new FactRow(reader.GetString(0), reader.GetInt64(1), id, reader.GetString(3), reader.GetString(4), at, reader.GetString(6));
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException or ArgumentException)
        {
            return null;
        }
    }
}
