using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;

namespace Classroom.Deploy.Tests;

/// <summary>What <c>deploy/Dockerfile</c> builds and starts, without an image: its own commands, in a folder that the program cannot write.</summary>
public sealed class ImageTests : IAsyncLifetime
{
    private const string User = "1654";
    private readonly string _work = Directory.CreateTempSubdirectory("ortaq-image").FullName;
    private readonly string[] _asUser = Environment.UserName == "root" ? ["setpriv", $"--reuid={User}", $"--regid={User}", "--clear-groups", "--"] : [];
    private readonly int _port = FreePort();
    private readonly int _siloPort = FreePort();

    private string Program => Path.Combine(_work, "app");

    public async Task InitializeAsync()
    {
        // With --long from what the build context holds, as on a machine that has nothing else; otherwise from this checkout, which is built already.
        var source = Environment.GetEnvironmentVariable("ORTAQ_LONG") is null ? Checkout.Folder : await ContextAsync();
        foreach (var command in DockerfileText.Of("RUN").Where(c => c.StartsWith("dotnet ", StringComparison.Ordinal)))
        {
            await OtherProgram.RunAsync("bash", ["-c", $"cd '{source}' && {command.Replace("/out", Program, StringComparison.Ordinal)}"]);
        }

        var owner = _asUser.Length > 0 ? $"-o {User} -g {User}" : "";
        await OtherProgram.RunAsync("bash", ["-c", $"chmod 755 '{_work}' && chmod -R a-w,a+rX '{Program}' && install -d {owner} '{_work}/data' '{_work}/checkpoints' && install -d -m 700 {owner} '{_work}/keys'"]);
    }

    public async Task DisposeAsync()
    {
        await OtherProgram.RunAsync("chmod", ["-R", "u+w", _work]);
        Directory.Delete(_work, recursive: true);
    }

    [Fact]
    public async Task The_image_runs_as_nobody_on_a_read_only_root_and_answers_every_probe()
    {
        DockerfileText.Of("USER").Single().ShouldBe($"{User}:{User}");
        (await EndAsync(["touch", Path.Combine(Program, "changed")])).ShouldNotBe(0, "the program's folder cannot be written");
        (await EndAsync(DockerfileText.HealthCheck)).ShouldNotBe(0, "nothing runs yet");

        var output = new StringBuilder();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var process = new Process { StartInfo = Start(DockerfileText.EntryPoint), EnableRaisingEvents = true };
        process.OutputDataReceived += (_, e) => Read(e.Data);
        process.ErrorDataReceived += (_, e) => Read(e.Data);
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("The program ended:\n" + output));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await ready.Task.WaitAsync(TimeSpan.FromSeconds(60));
            (await EndAsync(DockerfileText.HealthCheck)).ShouldBe(0);
            using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}") };
            http.DefaultRequestHeaders.Add("X-Ortaq", "1");
            foreach (var path in KubernetesTests.ProbePaths.Append("/teach"))
            {
                using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
                answer.IsSuccessStatusCode.ShouldBeTrue(path);
            }

            using var entered = await http.PostAsJsonAsync("/api/login", new { userName = "ustaz", password = "Sabak-Tahta-7" });
            entered.EnsureSuccessStatusCode();
            File.Exists(Path.Combine(_work, "data", "ortaq.db")).ShouldBeTrue();
            await OtherProgram.RunAsync("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync();
            process.ExitCode.ShouldBe(0, output.ToString());
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        void Read(string? line)
        {
            output.AppendLine(line);
            if (line?.StartsWith("mentor:", StringComparison.Ordinal) == true)
            {
                ready.TrySetResult();
            }
        }
    }

    // The program's environment and nothing of this machine's, but where dotnet is.
    private ProcessStartInfo Start(string[] command)
    {
        string[] all = [.. _asUser, .. command.Select(c => c.Replace("/" + DockerfileText.HttpPort, $"/{_port}", StringComparison.Ordinal))];
        var start = new ProcessStartInfo(all[0], all[1..]) { WorkingDirectory = Program, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        foreach (var (name, value) in DockerfileText.Environment)
        {
            start.Environment[name] = value.StartsWith('/') ? _work + value
                : value.Replace(DockerfileText.HttpPort, $"{_port}", StringComparison.Ordinal).Replace(DockerfileText.SiloPort, $"{_siloPort}", StringComparison.Ordinal);
        }

        start.Environment["Accounts__First"] = "ustaz:Sabak-Tahta-7";
        return start;
    }

    private async Task<int> EndAsync(string[] command)
    {
        using var process = Process.Start(Start(command))!;
        await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    // Of the files that git knows, what Dockerfile.dockerignore lets through.
    private async Task<string> ContextAsync()
    {
        var context = Path.Combine(_work, "src");
        var kept = Files.Text("Dockerfile.dockerignore").Split('\n').Where(l => l.StartsWith('!')).Select(l => $"'{l[1..]}'");
        await OtherProgram.RunAsync("bash", ["-c", $"mkdir '{context}' && cd '{Checkout.Folder}' && git ls-files -z -- {string.Join(' ', kept)} | xargs -0 cp --parents -t '{context}'"]);
        return context;
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
