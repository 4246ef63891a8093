using Classroom.Tests;
using Npgsql;

namespace Classroom.Storage.Tests;

/// <summary><c>deploy/postgres/backup</c> and <c>restore</c>, run as an operator runs them.</summary>
public static class PostgresScripts
{
    /// <returns>The exit code, and everything that was printed.</returns>
    public static async Task<(int Code, string Printed)> RunAsync(
        string script, string argument, string database, params (string Name, string Value)[] environment)
    {
        var to = new NpgsqlConnectionStringBuilder(database);
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PGHOST"] = to.Host!, ["PGPORT"] = to.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["PGUSER"] = to.Username!, ["PGDATABASE"] = to.Database!,
        };
        foreach (var (name, value) in environment)
        {
            all[name] = value;
        }

        return await OtherProgram.EndAsync(Path.Combine(Checkout.Folder, "deploy", "postgres", script), [argument], all);
    }
}
