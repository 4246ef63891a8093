using System.Diagnostics;
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
        var start = new ProcessStartInfo(Path.Combine(Checkout(), "deploy", "postgres", script), [argument])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)
            [("PGHOST", to.Host!), ("PGPORT", to.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("PGUSER", to.Username!), ("PGDATABASE", to.Database!), .. environment])
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var printed = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(printed));
    }

    private static string Checkout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Classroom.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
