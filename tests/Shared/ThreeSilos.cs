using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Classroom.Tests;

/// <summary><c>deploy/three-silos</c>, run as an operator runs it: three silos behind nginx, on a database of the test, with a Redis of its own.</summary>
public sealed partial class ThreeSilos : IAsyncDisposable
{
    private readonly StringBuilder _output = new();
    private readonly Dictionary<string, (int Pid, string Log)> _silos = new(StringComparer.Ordinal);
    private Process _script = null!;

    /// <summary>Where nginx listens.</summary>
    public string Url { get; private set; } = "";

    public string TeachLink { get; private set; } = "";

    /// <summary>The addresses of the silos, as nginx names them.</summary>
    public IReadOnlyCollection<string> Silos => _silos.Keys;

    /// <summary>Errors that any of them logged.</summary>
    public IReadOnlyList<string> Failures =>
        [.. _silos.Values.SelectMany(s => File.ReadAllText(s.Log).Split('\n')).SkipWhile(l => !l.StartsWith("fail:", StringComparison.Ordinal)).Take(12)];

    public static async Task<ThreeSilos> StartAsync(TestPostgres database, params (string Name, string Value)[] settings)
    {
        var three = new ThreeSilos();
        var start = new ProcessStartInfo(Path.Combine(Checkout.Folder, "deploy", "three-silos"), ["--program", Path.GetDirectoryName(SiloProcess.PathOfSilo())!])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__Postgres"] = database.ConnectionString;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        three._script = new Process { StartInfo = start, EnableRaisingEvents = true };
        three._script.OutputDataReceived += (_, e) => three.Read(e.Data ?? "", ready);
        three._script.ErrorDataReceived += (_, e) => three.Read(e.Data ?? "", ready);
        three._script.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("deploy/three-silos ended:\n" + three._output));
        three._script.Start();
        three._script.BeginOutputReadLine();
        three._script.BeginErrorReadLine();
        await ready.Task.WaitAsync(TimeSpan.FromMinutes(2));
        return three;
    }

    /// <summary>SIGKILL, awaited.</summary>
    public async Task KillAsync(string silo)
    {
        using var process = Process.GetProcessById(_silos[silo].Pid);
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGSTOP, or SIGCONT: it stands still, and its sockets take what comes.</summary>
    public async Task StandStillAsync(string silo, bool still = true)
    {
        using var signal = Process.Start("sh", ["-c", $"kill -{(still ? "STOP" : "CONT")} {_silos[silo].Pid}"]);
        await signal.WaitForExitAsync();
    }

    /// <summary>SIGTERM, awaited.</summary>
    public async Task StopAsync(string silo)
    {
        using var process = Process.GetProcessById(_silos[silo].Pid);
        using var signal = Process.Start("sh", ["-c", $"kill -TERM {process.Id}"]);
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_script.HasExited)
        {
            using var signal = Process.Start("sh", ["-c", $"kill -TERM {_script.Id}"]);
            await _script.WaitForExitAsync();
        }

        _script.Dispose();
    }

    private void Read(string line, TaskCompletionSource ready)
    {
        _output.AppendLine(line);
        if (Silo().Match(line) is { Success: true } silo)
        {
            _silos[silo.Groups["at"].Value] = (int.Parse(silo.Groups["pid"].ValueSpan, CultureInfo.InvariantCulture), silo.Groups["log"].Value);
        }
        else if (line.StartsWith("teach:", StringComparison.Ordinal))
        {
            TeachLink = line["teach:".Length..].Trim();
            Url = new Uri(TeachLink).GetLeftPart(UriPartial.Authority);
        }
        else if (line.StartsWith("mentor:", StringComparison.Ordinal))
        {
            ready.TrySetResult();
        }
    }

    [GeneratedRegex("^silo [0-9]: (?<at>[0-9.:]+), pid (?<pid>[0-9]+), (?<log>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Silo();
}
