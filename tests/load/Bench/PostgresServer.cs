using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Classroom.Load;

/// <summary>A throw-away Postgres with its defaults (it flushes), on the clients' core, so that the server's core is the server's alone.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ortaq-pg").FullName;
    private readonly string _bin = Directory.GetDirectories("/usr/lib/postgresql").Select(d => d + "/bin").Order(StringComparer.Ordinal).Last();
    private readonly int _port = FreePort();

    private string Data => Path.Combine(_folder, "data");

    public static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer();
        if (Environment.UserName == "root")
        {
            await RunAsync("chown", "postgres", server._folder);
        }

        await server.AsPostgresAsync($"{server._bin}/initdb", "-D", server.Data, "-U", "ortaq", "-A", "trust");
        await server.AsPostgresAsync(
            $"{server._bin}/pg_ctl", "-D", server.Data, "-w", "-l", Path.Combine(server._folder, "log"), "-o",
            $"-p {server._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={server._folder} -c max_connections=100", "start");
        return server;
    }

    /// <summary>A new, empty database.</summary>
    public async Task<string> DatabaseAsync()
    {
        var name = "load" + Guid.NewGuid().ToString("N")[..8];
        await using var source = Npgsql.NpgsqlDataSource.Create(To("postgres"));
        await using var command = source.CreateCommand($"create database {name}");
        await command.ExecuteNonQueryAsync();
        return To(name);
    }

    /// <summary>CPU time of all its processes, microseconds.</summary>
    public double Cpu
    {
        get
        {
            var postmaster = File.ReadLines(Path.Combine(Data, "postmaster.pid")).First().Trim();
            var children = File.ReadAllText($"/proc/{postmaster}/task/{postmaster}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return children.Append(postmaster).Sum(pid => Pin.Cpu(int.Parse(pid, System.Globalization.CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>Bytes of its write-ahead log since it was made.</summary>
    public async Task<decimal> WalAsync()
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(To("postgres"));
        await using var command = source.CreateCommand("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')");
        return (decimal)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await AsPostgresAsync($"{_bin}/pg_ctl", "-D", Data, "-m", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private string To(string database) => $"Host=127.0.0.1;Port={_port};Username=ortaq;Database={database}";

    private Task AsPostgresAsync(string program, params string[] arguments) => Environment.UserName == "root"
        ? RunAsync("runuser", ["-u", "postgres", "--", program, .. arguments]) : RunAsync(program, arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // Its output goes nowhere: a server that it starts would hold a pipe open.
        var start = new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", program }, WorkingDirectory = "/" };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
