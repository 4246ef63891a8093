using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Classroom.Load;

/// <summary>The silo as a school runs it: published, started by exec, killed; with one lesson in its database that a student comes back to.</summary>
public sealed class ColdSilo : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ortaq-cold").FullName;
    private readonly string _program;
    private string _ticket = "";
    private string _classroom = "";
    private Process? _process;
    private int _port;

    private ColdSilo(string program) => _program = program;

    public long Resident => Pin.Resident(_process!.Id);

    public static async Task<ColdSilo> MakeAsync()
    {
        var silo = new ColdSilo(Path.Combine(Child.Root(), "artifacts", "load", "silo"));
        await Child.RunToolAsync("dotnet", "publish", Path.Combine(Child.Root(), "silo", "Classroom.Silo"), "-c", "Release", "-r", "linux-x64",
            "--self-contained", "true", "-p:PublishReadyToRun=true", "-p:PublishReadyToRunComposite=true", "-p:SkipWeb=true", "-v", "q", "--nologo", "-nodeReuse:false", "-o", silo._program);
        await silo.StartAsync();
        await silo.MakeLessonAsync();
        await silo.StopAsync();
        return silo;
    }

    /// <returns>Milliseconds from exec to the answered hub handshake.</returns>
    public async Task<double> StartAsync()
    {
        _port = _port == 0 ? PostgresServer.FreePort() : _port;
        var watch = Stopwatch.StartNew();
        var start = new ProcessStartInfo(Path.Combine(_program, "Classroom.Silo"))
        {
            ArgumentList = { "--Urls", $"http://127.0.0.1:{_port}" },
            WorkingDirectory = Path.Combine(Child.Root(), "silo", "Classroom.Silo"),
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Data__Folder"] = _folder;
        start.Environment["Keys__Folder"] = _folder + "-keys";
        start.Environment["DOTNET_PROCESSOR_COUNT"] = "1";
        _process = Process.Start(start)!;
#pragma warning disable CA1416 // The load program is for Linux.
        _process.ProcessorAffinity = 1 << Pin.Server;
#pragma warning restore CA1416
        while (true)
        {
            if (_ticket.Length == 0)
            {
                if (await AnswersAsync())
                {
                    return watch.Elapsed.TotalMilliseconds;
                }

                continue;
            }

            try
            {
                using var socket = new ClientWebSocket();
                await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{_port}/hubs/classroom?access_token={_ticket}"), default);
                await SayAsync(socket, "{\"protocol\":\"json\",\"version\":1}");
                await HearAsync(socket, "{}");
                return watch.Elapsed.TotalMilliseconds;
            }
            catch (WebSocketException)
            {
                await Task.Delay(2);
            }
        }
    }

    /// <returns>Milliseconds from SIGKILL, over the new process, to the lesson's state on the student's screen.</returns>
    public async Task<double> KillAndResumeAsync()
    {
        var watch = Stopwatch.StartNew();
        await StopAsync();
        await StartAsync();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{_port}/hubs/classroom?access_token={_ticket}"), default);
        await SayAsync(socket, "{\"protocol\":\"json\",\"version\":1}");
        await SayAsync(socket, $"{{\"type\":1,\"invocationId\":\"e\",\"target\":\"Sync\",\"arguments\":[\"{_classroom}\",0]}}");
        await HearAsync(socket, "\"Snapshot\"");
        return watch.Elapsed.TotalMilliseconds;
    }

    public async Task StopAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_folder + "-keys", recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task MakeLessonAsync()
    {
        var link = "";
        while (!link.StartsWith("teach:", StringComparison.Ordinal))
        {
            link = await _process!.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The silo ended.");
        }

        var cookies = new System.Net.CookieContainer();
        using var http = new HttpClient(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = new Uri($"http://localhost:{_port}") };
        http.DefaultRequestHeaders.Add("X-Ortaq", "1");
        using (await http.GetAsync(new Uri(link["teach:".Length..].Trim())))
        {
        }

        var kit = JsonNode.Parse(await http.GetStringAsync(new Uri("/api/kits", UriKind.Relative)))![0]!;
        using var body = new StringContent(new JsonObject
        {
            ["kitId"] = kit["id"]!.GetValue<string>(), ["lessonId"] = kit["lessons"]![0]!["id"]!.GetValue<string>(), ["className"] = "7Б", ["language"] = "kk",
        }.ToJsonString(), Encoding.UTF8, "application/json");
        using var opened = await http.PostAsync(new Uri("/api/classrooms", UriKind.Relative), body);
        _classroom = JsonNode.Parse(await opened.Content.ReadAsStringAsync())!["classroomId"]!.GetValue<string>();
        using var ticket = await http.PostAsync(new Uri($"/api/classrooms/{_classroom}/board-ticket", UriKind.Relative), null);
        _ticket = Uri.EscapeDataString(JsonNode.Parse(await ticket.Content.ReadAsStringAsync())!["ticket"]!.GetValue<string>());
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var http = new HttpClient();
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{_port}/health/live"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static Task SayAsync(ClientWebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + "\u001e"), WebSocketMessageType.Text, true, default);

    private static async Task HearAsync(ClientWebSocket socket, string part)
    {
        var buffer = new byte[64 * 1024];
        var received = "";
        while (!received.Contains(part, StringComparison.Ordinal))
        {
            received += Encoding.UTF8.GetString(buffer, 0, (await socket.ReceiveAsync(buffer, default)).Count);
        }
    }
}
