using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Classroom.Silo.Tests;

/// <summary>A teacher with an open classroom on a real silo, and students who join it.</summary>
public sealed class LessonHost : IAsyncDisposable
{
    private readonly List<WireClient> _clients = [];
    private HttpClient _teacherHttp = null!;

    public SiloProcess Silo { get; private set; } = null!;

    public WireClient Teacher { get; private set; } = null!;

    public string TeacherCookie { get; private set; } = "";

    public Guid ClassroomId { get; private set; }

    public string Code => Teacher.Get("plan")!["joinCode"]!.GetValue<string>();

    public HttpClient TeacherHttp => _teacherHttp;

    public static async Task<LessonHost> OpenAsync(SiloProcess silo, bool atCentre = false, string kit = "photosynthesis", bool rehearse = false)
    {
        var host = new LessonHost { Silo = silo, _teacherHttp = await silo.BrowserAsync(silo.TeachLink) };
        host.TeacherCookie = await silo.CookieAsync(silo.TeachLink);
        host.ClassroomId = await host.OpenAnotherAsync(atCentre, kit, rehearse);
        host.Teacher = await host.KeepAsync(WireClient.ConnectAsync(silo.Url, cookie: host.TeacherCookie));
        await host.Teacher.SyncAsync(host.ClassroomId);
        return host;
    }

    public async Task<Guid> OpenAnotherAsync(bool atCentre = false, string kit = "photosynthesis", bool rehearse = false)
    {
        var kits = await _teacherHttp.GetFromJsonAsync<JsonArray>("/api/kits");
        var lesson = kits!.First(k => k!["id"]!.GetValue<string>() == kit)!["lessons"]![0]!["id"]!.GetValue<string>();
        using var opened = await _teacherHttp.PostAsJsonAsync(
            "/api/classrooms", new { kitId = kit, lessonId = lesson, className = "7Б", language = "kk", atCentre, rehearse });
        opened.EnsureSuccessStatusCode();
        return (await opened.Content.ReadFromJsonAsync<JsonNode>())!["classroomId"]!.GetValue<Guid>();
    }

    /// <param name="url">By which line its connection comes; null: straight.</param>
    public async Task<(WireClient Client, string Ticket, Guid Id)> JoinAsync(string nickname, string language = "kk", string level = "simple", int? room = null, string? url = null)
    {
        var http = await Silo.BrowserAsync();
        using var joined = await http.PostAsJsonAsync("/api/join", new { code = Code, nickname, language, level, themed = false, room });
        joined.EnsureSuccessStatusCode();
        var reply = (await joined.Content.ReadFromJsonAsync<JsonNode>())!;
        var ticket = reply["ticket"]!.GetValue<string>();
        var client = await KeepAsync(WireClient.ConnectAsync(url ?? Silo.Url, ticket, compresses: url is not null));
        await client.SyncAsync(ClassroomId);
        return (client, ticket, reply["studentId"]!.GetValue<Guid>());
    }

    public async Task<WireClient> BoardAsync() => (await BoardOfAsync(null, null)).Client;

    /// <param name="url">As above.</param>
    public async Task<(WireClient Client, string Ticket)> BoardOfAsync(int? room, string? url)
    {
        using var answer = await _teacherHttp.PostAsJsonAsync($"/api/classrooms/{ClassroomId}/board-ticket", new { room });
        var ticket = (await answer.Content.ReadFromJsonAsync<JsonNode>())!["ticket"]!.GetValue<string>();
        var board = await KeepAsync(WireClient.ConnectAsync(url ?? Silo.Url, ticket, compresses: url is not null));
        await board.SyncAsync(ClassroomId);
        return (board, ticket);
    }

    /// <summary>The helper of a room, by a new link of the teacher's; she has not said her name yet.</summary>
    public async Task<(WireClient Client, string Ticket, Guid Id)> HelperAsync(int room)
    {
        using var answer = await _teacherHttp.PostAsJsonAsync($"/api/classrooms/{ClassroomId}/helper-link", new { origin = Silo.Url, room });
        answer.EnsureSuccessStatusCode();
        var made = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        var ticket = made["link"]!.GetValue<string>().Split("#ticket=")[1].Split('&')[0];
        var client = await KeepAsync(WireClient.ConnectAsync(Silo.Url, ticket));
        await client.SyncAsync(ClassroomId);
        return (client, ticket, made["helperId"]!.GetValue<Guid>());
    }

    public string StepOf(string kind) =>
        Teacher.Get("plan")!["steps"]!.AsArray().First(s => s!["kind"]!.GetValue<string>() == kind)!["id"]!.GetValue<string>();

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }
    }

    private async Task<WireClient> KeepAsync(Task<WireClient> connecting)
    {
        var client = await connecting;
        _clients.Add(client);
        return client;
    }
}
