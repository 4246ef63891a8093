using System.Diagnostics;
using System.Globalization;

namespace Classroom.Load;

/// <summary>A throw-away Redis, in which several silos find each other, on the clients' core.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly Process _process;

    private RedisServer(Process process, string address) => (_process, Address) = (process, address);

    public string Address { get; }

    public static async Task<RedisServer> StartAsync()
    {
        var port = PostgresServer.FreePort().ToString(CultureInfo.InvariantCulture);
        var process = Process.Start(new ProcessStartInfo("redis-server", ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        {
            UseShellExecute = false, RedirectStandardOutput = true,
        })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line && !line.Contains("Ready to accept connections", StringComparison.Ordinal))
        {
            // Until it is.
        }

        return new RedisServer(process, "127.0.0.1:" + port);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
