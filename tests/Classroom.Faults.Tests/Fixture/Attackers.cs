namespace Classroom.Faults.Tests;

/// <summary>A bare socket to the hub, by either way: the short one, or after SignalR's negotiation. Who comes too often tries again, as a browser does.</summary>
internal static class Attackers
{
    private static readonly TimeSpan Backoff = TimeSpan.FromMilliseconds(200);

    public static async Task<RawSocket> OpenAsync(SiloProcess silo, string ticket, bool negotiated)
    {
        using var backoff = new PeriodicTimer(Backoff);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            if (await TryAsync(silo, ticket, negotiated) is { } socket)
            {
                return socket;
            }

            await backoff.WaitForNextTickAsync(patience.Token);
        }
    }

    private static async Task<RawSocket?> TryAsync(SiloProcess silo, string ticket, bool negotiated)
    {
        var query = "?access_token=" + Uri.EscapeDataString(ticket);
        if (negotiated)
        {
            using var http = await silo.BrowserAsync();
            using var answer = await http.PostAsync("/hubs/classroom/negotiate" + query + "&negotiateVersion=1", null);
            if (answer.StatusCode == System.Net.HttpStatusCode.TooManyRequests)
            {
                return null;
            }

            var token = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["connectionToken"]!.GetValue<string>();
            query += "&id=" + Uri.EscapeDataString(token);
        }

        var socket = await RawSocket.OpenAsync(silo.Url, "/hubs/classroom" + query);
        if (socket.Head.StartsWith("HTTP/1.1 429", StringComparison.Ordinal))
        {
            await socket.DisposeAsync();
            return null;
        }

        socket.IsUpgraded.ShouldBeTrue(socket.Head);
        return socket;
    }
}
