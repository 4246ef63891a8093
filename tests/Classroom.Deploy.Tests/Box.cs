using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Classroom.Deploy.Tests;

/// <summary>A school's box: the published program under the environment of <c>ortaq.service</c> and nothing else, on a port and a folder of its own.</summary>
internal sealed class Box : IAsyncDisposable
{
    private const string Login = "ustaz";
    private const string Password = "Sabak-Tahta-7";
    private readonly StringBuilder _output = new();
    private readonly Process _process;

    private Box(Process process, string url)
    {
        _process = process;
        Http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(url) };
        Http.DefaultRequestHeaders.Add("X-Ortaq", "1");
    }

    public HttpClient Http { get; }

    public string Url => Http.BaseAddress!.GetLeftPart(UriPartial.Authority);

    public string Cookie { get; private set; } = "";

    /// <param name="keys">Where its keys are; beside the data unless given.</param>
    public static async Task<Box> StartAsync(string program, string data, string? keys = null)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        var unit = await File.ReadAllLinesAsync(Path.Combine(program, "ortaq.service"));
        var executable = Value("ExecStart").Single().Replace(Value("WorkingDirectory").Single(), program, StringComparison.Ordinal);
        var start = new ProcessStartInfo(executable) { WorkingDirectory = program, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        foreach (var setting in Value("Environment"))
        {
            start.Environment[setting.Split('=', 2)[0]] = setting.Split('=', 2)[1];
        }

        start.Environment["Data__Folder"] = data;
        if (keys is not null)
        {
            start.Environment["Keys__Folder"] = keys;
        }

        start.Environment["Urls"] = url;
        start.Environment["Accounts__First"] = $"{Login}:{Password}";
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var box = new Box(process, url);
        process.OutputDataReceived += (_, e) => box.Read(e.Data, ready);
        process.ErrorDataReceived += (_, e) => box.Read(e.Data, ready);
        process.Exited += (_, _) => _ = box.FailAsync(ready);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await ready.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return box;

        IEnumerable<string> Value(string name) =>
            unit.Where(l => l.StartsWith(name + "=", StringComparison.Ordinal)).Select(l => l[(name.Length + 1)..]);
    }

    /// <summary>Signs the first teacher in with the password of the box's settings file.</summary>
    public async Task SignInAsync()
    {
        using var answer = await Http.PostAsJsonAsync("/api/login", new { userName = Login, password = Password });
        answer.EnsureSuccessStatusCode();
        Cookie = answer.Headers.GetValues("Set-Cookie").First(c => c.StartsWith("ortaq=", StringComparison.Ordinal)).Split(';')[0];
        Http.DefaultRequestHeaders.Add("Cookie", Cookie);
    }

    public async Task<Guid> OpenClassroomAsync()
    {
        var kits = await Http.GetFromJsonAsync<JsonArray>("/api/kits");
        kits!.Count.ShouldBe(4, "the shipped kits stand beside the program");
        using var opened = await Http.PostAsJsonAsync("/api/classrooms", new
        {
            kitId = kits[0]!["id"]!.GetValue<string>(), lessonId = kits[0]!["lessons"]![0]!["id"]!.GetValue<string>(), className = "5А", language = "kk", atCentre = false,
        });
        opened.EnsureSuccessStatusCode();
        return (await opened.Content.ReadFromJsonAsync<JsonNode>())!["classroomId"]!.GetValue<Guid>();
    }

    public async Task<WireClient> TeachAsync(Guid classroom)
    {
        var teacher = await WireClient.ConnectAsync(Url, cookie: Cookie);
        await teacher.SyncAsync(classroom);
        return teacher;
    }

    public async Task<WireClient> JoinAsync(Guid classroom, string code, string nickname)
    {
        using var joined = await Http.PostAsJsonAsync("/api/join", new { code, nickname, language = "kk", level = "simple", themed = false });
        joined.EnsureSuccessStatusCode();
        var student = await WireClient.ConnectAsync(Url, (await joined.Content.ReadFromJsonAsync<JsonNode>())!["ticket"]!.GetValue<string>());
        await student.SyncAsync(classroom);
        return student;
    }

    /// <summary>SIGTERM, as systemd stops it, awaited to its end.</summary>
    public async Task StopAsync()
    {
        using var signal = Process.Start("sh", ["-c", $"kill -TERM {_process.Id}"]);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    // Its last words may come after its end.
    private async Task FailAsync(TaskCompletionSource ready)
    {
        try
        {
            await _process.WaitForExitAsync();
        }
        catch (InvalidOperationException)
        {
            // It is disposed of: nobody waits any more.
        }

        ready.TrySetException(new InvalidOperationException("The program ended:\n" + _output));
    }

    private void Read(string? line, TaskCompletionSource ready)
    {
        _output.AppendLine(line);
        if (line?.StartsWith("mentor:", StringComparison.Ordinal) == true)
        {
            ready.TrySetResult();
        }
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
