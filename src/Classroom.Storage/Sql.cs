using System.Data.Common;

namespace Classroom.Storage;

/// <summary>A command with named parameters, the same on both databases.</summary>
internal static class Sql
{
    /// <param name="sql">A constant of the caller; values come as parameters only.</param>
    public static DbCommand Of(DbConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only constants of this assembly reach this.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
