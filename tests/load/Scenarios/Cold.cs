using System.Diagnostics;

namespace Classroom.Load;

/// <summary>
/// From exec to the first hub handshake, with a database that exists; and from SIGKILL amid a lesson to that lesson's state on a student's
/// screen again. The baseline is a process that only serves bare WebSockets. Both as published to run (ready-to-run when it restores).
/// </summary>
public static class Cold
{
    public static async Task RunAsync(Report report)
    {
        await using var school = await ColdSilo.MakeAsync();
        for (var round = 0; round < 5; round++)
        {
            foreach (var ours in round % 2 == 0 ? new[] { true, false } : [false, true])
            {
                report.Sample(ours, "exec to first handshake", "ms", ours ? await school.StartAsync() : await RawAsync());
                if (ours)
                {
                    report.Sample(true, "SIGKILL to lesson resumed", "ms", await school.KillAndResumeAsync());
                    report.Sample(true, "RSS of an idle server", "MB", school.Resident / 1048576.0);
                    await school.StopAsync();
                }
            }
        }
    }

    private static async Task<double> RawAsync()
    {
        var watch = Stopwatch.StartNew();
        await using var server = await Child.StartAsync("serve-raw");
        await server.AskAsync("setup 1 1");
        using var socket = new System.Net.WebSockets.ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{server.Port}/ws/0"), default);
        return watch.Elapsed.TotalMilliseconds;
    }
}
