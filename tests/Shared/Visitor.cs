using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Classroom.Tests;

/// <summary>A browser as far as addresses and cookies go: it keeps cookies, and follows redirections one by one.</summary>
public sealed class Visitor : IDisposable
{
    private readonly HttpClient _http;

    public Visitor(string url)
    {
        Url = url;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies });
        _http.DefaultRequestHeaders.Add("X-Ortaq", "1");
    }

    /// <summary>Of the silo.</summary>
    public string Url { get; set; }

    public CookieContainer Cookies { get; } = new();

    public HttpClient Http => _http;

    /// <summary>The cookie that carries the session, or null.</summary>
    public Cookie? Session => Cookies.GetCookies(new Uri(Url))["ortaq"];

    /// <summary>Every address of the last walk.</summary>
    public List<Uri> Walked { get; } = [];

    /// <summary>Bytes of the largest header block that the silo answered with.</summary>
    public int LargestHeaders { get; private set; }

    /// <summary>Presses the organisation's button and goes where it is sent, until a page of the silo stands there.</summary>
    /// <param name="to">The page it comes from.</param>
    /// <param name="change">What it does to an address before it goes there.</param>
    public Task<string> SignInAsync(string to = "/teach", Func<Uri, Uri>? change = null) => WalkAsync(Url + "/oidc/sign-in?to=" + Uri.EscapeDataString(to), change);

    /// <returns>Path and query of where it ended.</returns>
    public async Task<string> WalkAsync(string address, Func<Uri, Uri>? change = null)
    {
        Walked.Clear();
        var at = new Uri(address);
        for (var hop = 0; hop < 10; hop++)
        {
            at = change?.Invoke(at) ?? at;
            Walked.Add(at);
            using var answer = await _http.GetAsync(at);
            // "name: value" and a line's end each, and the line with the status.
            LargestHeaders = Math.Max(LargestHeaders, 32 + answer.Headers.Concat(answer.Content.Headers).Sum(h => h.Value.Sum(v => h.Key.Length + v.Length + 4)));
            if (answer.Headers.Location is not { } next)
            {
                if (answer.StatusCode != HttpStatusCode.OK)
                {
                    throw new InvalidOperationException($"{at} answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
                }

                return at.PathAndQuery;
            }

            at = new Uri(at, next);
        }

        throw new InvalidOperationException("It goes in circles: " + string.Join(" ", Walked));
    }

    public async Task<JsonNode> AskAsync() => (await _http.GetFromJsonAsync<JsonNode>(Url + "/api/session"))!;

    public async Task<string> RoleAsync() => (await AskAsync())["role"]!.GetValue<string>();

    /// <summary>Signs out.</summary>
    /// <returns>Where the browser goes then, or null.</returns>
    public async Task<string?> SignOutAsync()
    {
        using var answer = await _http.PostAsync(new Uri(Url + "/api/logout"), null);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!["next"]?.GetValue<string>();
    }

    public async Task<HttpStatusCode> LoginAsync(string userName, string password)
    {
        using var answer = await _http.PostAsJsonAsync(Url + "/api/login", new { userName, password });
        return answer.StatusCode;
    }

    public void Dispose() => _http.Dispose();
}
