using System.Diagnostics;
using StackExchange.Redis;

namespace Classroom.Cluster.Tests;

/// <summary>A real redis-server of the test's own, on a free port, with a folder of its own: membership outlives its death. Can be killed and started again.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ortaq-redis").FullName;
    private Process? _process;

    public int Port { get; } = SiloProcess.FreePort();

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    public static async Task<RedisServer> StartAsync()
    {
        var redis = new RedisServer();
        await redis.StartAgainAsync();
        return redis;
    }

    public async Task StartAgainAsync()
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("redis-server", ["--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "yes", "--dir", _folder])
            {
                UseShellExecute = false, RedirectStandardOutput = true,
            },
            EnableRaisingEvents = true,
        };
        _process.OutputDataReceived += (_, e) =>
        {
            if (e.Data?.Contains("Ready to accept connections", StringComparison.Ordinal) == true)
            {
                ready.TrySetResult();
            }
        };
        _process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("redis-server ended."));
        _process.Start();
        _process.BeginOutputReadLine();
        await ready.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Ends when the silo at this address counts as dead among the members.</summary>
    public async Task UntilCountsAsDeadAsync(string address)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Address);
        var clock = Stopwatch.StartNew();
        while (!(await redis.GetDatabase().HashGetAllAsync("ortaq/members/ortaq")).Any(e => IsDead(e.Value.ToString())))
        {
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(2), $"{address} never counted as dead");
        }

        bool IsDead(string entry) => entry.Contains(address, StringComparison.Ordinal) && entry.Contains("\"Status\":6", StringComparison.Ordinal);
    }

    /// <summary>It takes what is sent and answers nothing, until <see cref="GoOn"/>.</summary>
    public void Hang() => Signal("STOP");

    public void GoOn() => Signal("CONT");

    private void Signal(string signal)
    {
        using var kill = Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {_process!.Id}")]);
        kill.WaitForExit();
    }

    public async Task KillAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
