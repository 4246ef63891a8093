using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Classroom.Tests;

/// <summary>A browser of somebody with an account: it keeps its cookie as text, so that a test can use a copy of it.</summary>
public sealed class AccountClient : IDisposable
{
    private readonly HttpClient _http;

    private AccountClient(HttpClient http, string cookie) => (_http, Cookie) = (http, cookie);

    public string Cookie { get; }

    public static async Task<AccountClient> SignInAsync(string url, string login, string password)
    {
        var http = Plain(url);
        using var answer = await http.PostAsJsonAsync("/api/login", new { userName = login, password });
        answer.EnsureSuccessStatusCode();
        return With(http, CookieOf(answer));
    }

    /// <summary>A browser with a cookie that was copied.</summary>
    public static AccountClient With(string url, string cookie) => With(Plain(url), cookie);

    /// <summary>Chooses a password by a one-time link's token.</summary>
    /// <returns>The refusal's code, or null.</returns>
    public static async Task<string?> ChooseAsync(string url, string token, string password)
    {
        using var http = Plain(url);
        using var answer = await http.PostAsJsonAsync("/api/password", new { token, password });
        return await CodeOfAsync(answer);
    }

    public static async Task<string?> LoginAsync(string url, string login, string password)
    {
        using var http = Plain(url);
        using var answer = await http.PostAsJsonAsync("/api/login", new { userName = login, password });
        return await CodeOfAsync(answer);
    }

    public async Task<string> RoleAsync() => (await GetAsync("/api/session"))["role"]!.GetValue<string>();

    public async Task<HttpStatusCode> StatusOfAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }

    public async Task<JsonNode> GetAsync(string path) => (await _http.GetFromJsonAsync<JsonNode>(path))!;

    /// <returns>The refusal's code, or null; and what was answered.</returns>
    public async Task<(string? Code, JsonNode? Body)> PostAsync(string path, object? body = null)
    {
        using var answer = await _http.PostAsJsonAsync(path, body ?? new { });
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? (null, text.Length > 0 ? JsonNode.Parse(text) : null) : (await CodeOfAsync(answer) ?? answer.StatusCode.ToString(), null);
    }

    /// <returns>The refusal's code, or null; and the cookie with which this browser goes on.</returns>
    public async Task<(string? Refusal, string? Cookie)> ChangePasswordAsync(string current, string password)
    {
        using var answer = await _http.PostAsJsonAsync("/api/session/password", new { current, password });
        return answer.IsSuccessStatusCode ? (null, CookieOf(answer)) : (await CodeOfAsync(answer), null);
    }

    public async Task<Guid> IdOfAsync(string login) => (await GetAsync("/api/accounts"))["accounts"]!.AsArray()
        .First(a => a!["login"]?.GetValue<string>() == login)!["id"]!.GetValue<Guid>();

    /// <summary>Asks until this cookie is nobody's.</summary>
    public async Task OutAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await RoleAsync() != "anonymous")
        {
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    public void Dispose() => _http.Dispose();

    private static AccountClient With(HttpClient http, string cookie)
    {
        http.DefaultRequestHeaders.Add("Cookie", cookie);
        return new AccountClient(http, cookie);
    }

    private static HttpClient Plain(string url)
    {
        var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(url) };
        http.DefaultRequestHeaders.Add("X-Ortaq", "1");
        return http;
    }

    private static string CookieOf(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Set-Cookie").First(c => c.StartsWith("ortaq=", StringComparison.Ordinal)).Split(';')[0];

    private static async Task<string?> CodeOfAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? null : text.Length == 0 ? answer.StatusCode.ToString() : JsonNode.Parse(text)!["code"]!.GetValue<string>();
    }
}
