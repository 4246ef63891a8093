namespace Classroom.Faults.Tests;

/// <summary>A bare socket to the hub, by either way: the short one, or after SignalR's negotiation.</summary>
internal static class Attackers
{
    public static async Task<RawSocket> OpenAsync(SiloProcess silo, string ticket, bool negotiated)
    {
        var query = "?access_token=" + Uri.EscapeDataString(ticket);
        if (negotiated)
        {
            using var http = await silo.BrowserAsync();
            using var answer = await http.PostAsync("/hubs/classroom/negotiate" + query + "&negotiateVersion=1", null);
            var token = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["connectionToken"]!.GetValue<string>();
            query += "&id=" + Uri.EscapeDataString(token);
        }

        var socket = await RawSocket.OpenAsync(silo.Url, "/hubs/classroom" + query);
        socket.IsUpgraded.ShouldBeTrue(socket.Head);
        return socket;
    }
}
