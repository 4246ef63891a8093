using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Classroom.Tests;

/// <summary>The admin of a silo that was started with <c>Accounts__Admin</c> = <c>boss:jolbarys-jaz-9</c>, and what the operator's page is told.</summary>
internal static class OperatorClient
{
    public static async Task<HttpClient> AdminAsync(this SiloProcess silo)
    {
        var http = await silo.BrowserAsync();
        using var signedIn = await http.PostAsJsonAsync("/api/login", new { userName = "boss", password = "jolbarys-jaz-9" });
        signedIn.EnsureSuccessStatusCode();
        http.DefaultRequestHeaders.Add("Cookie", signedIn.Headers.GetValues("Set-Cookie").First().Split(';')[0]);
        return http;
    }

    /// <summary>Asks, as the page does, until it is told this.</summary>
    public static async Task<JsonNode> OperatorAsync(this HttpClient admin, Func<JsonNode, bool> holds, string what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        JsonNode? said = null;
        try
        {
            while (true)
            {
                said = await admin.GetFromJsonAsync<JsonNode>("/api/operator", patience.Token);
                if (holds(said!))
                {
                    return said!;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(100), patience.Token);
            }
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"Not within a minute: {what}. It was told {said}", e);
        }
    }
}
