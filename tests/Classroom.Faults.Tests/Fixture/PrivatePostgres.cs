using Npgsql;

namespace Classroom.Faults.Tests;

/// <summary>A Postgres of the test's own, which it may kill, starve and start again. As root it runs as the user postgres, as in tests/run.</summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ortaq-pg").FullName;
    private readonly int _port = SiloProcess.FreePort();
    private bool _running;

    private PrivatePostgres()
    {
    }

    public string Data => Path.Combine(_folder, "pg");

    /// <summary>Another place for tables, which a test may mount what it likes on.</summary>
    public string Other => Path.Combine(_folder, "other");

    public string ConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1", Port = _port, Username = "ortaq", Database = "postgres", MaxPoolSize = 20, Timeout = 5,
    }.ToString();

    private static string Bin => Directory.GetDirectories("/usr/lib/postgresql").OrderBy(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var v) ? v : 0).Last() + "/bin";

    private static bool IsRoot => System.Environment.UserName == "root";

    public static async Task<PrivatePostgres> CreateAsync()
    {
        var server = new PrivatePostgres();
        foreach (var folder in new[] { server.Data, server.Other })
        {
            Directory.CreateDirectory(folder);
            if (IsRoot)
            {
                await OtherProgram.RunAsync("chown", ["postgres", folder]);
            }
        }

        await OtherProgram.RunAsync("chmod", ["755", server._folder]);
        // Small segments: what is copied at each sync is small.
        await RunAsync(null, Bin + "/initdb", "-D", server.Data, "-U", "ortaq", "-A", "trust", "--wal-segsize=1");
        return server;
    }

    /// <param name="settings">For example <c>fsync=off</c>.</param>
    public async Task StartAsync(IReadOnlyDictionary<string, string>? environment = null, params string[] settings)
    {
        var options = string.Concat(settings.Select(s => " -c " + s));
        await RunAsync(
            environment, Bin + "/pg_ctl", "-D", Data, "-w", "-t", "60", "-l", Path.Combine(Other, "server.log"),
            "-o", $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= {options}", "start");
        _running = true;
    }

    /// <summary>Every process of it ends at once, without a checkpoint.</summary>
    public Task KillAsync() => StopAsync("immediate");

    public Task StopAsync() => StopAsync("fast");

    /// <summary>A copy of its files while it is stopped.</summary>
    public Task CopyAsync() => OtherProgram.RunAsync("cp", ["-a", Data, Data + ".copy"]);

    /// <summary>The copy in the place of its files, while it is stopped.</summary>
    public async Task RestoreAsync()
    {
        Directory.Delete(Data, recursive: true);
        await OtherProgram.RunAsync("mv", [Data + ".copy", Data]);
    }

    public async Task SqlAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
#pragma warning disable CA2100 // The tests' own words.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_running)
        {
            await KillAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task StopAsync(string mode)
    {
        await RunAsync(null, Bin + "/pg_ctl", "-D", Data, "-m", mode, "-w", "stop");
        _running = false;
    }

    private static Task RunAsync(IReadOnlyDictionary<string, string>? environment, params string[] words) => IsRoot
        ? OtherProgram.RunAsync("runuser", ["-u", "postgres", "--", .. words], environment)
        : OtherProgram.RunAsync(words[0], words[1..], environment);
}
