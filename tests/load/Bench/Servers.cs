using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Classroom.Load;

/// <summary>The server of a run, or several that share its core and find each other in one Redis; what they use is added up.</summary>
public sealed class Servers : IAsyncDisposable
{
    private readonly IReadOnlyList<Child> _all;

    private Servers(IReadOnlyList<Child> all) => _all = all;

    public double Cpu => _all.Sum(c => c.Cpu);

    public long Resident => _all.Sum(c => c.Resident);

    /// <summary>Of the first.</summary>
    public int Port => _all[0].Port;

    /// <summary>Where this client connects: to each in turn, as behind a proxy without sticky sessions.</summary>
    public int PortOf(int client) => _all[client % _all.Count].Port;

    public static async Task<Servers> StartAsync(string role, int count = 1, params (string, string)[] environment)
    {
        var all = new List<Child>();
        while (all.Count < count)
        {
            all.Add(await Child.StartAsync(role, environment));
        }

        return new Servers(all);
    }

    /// <summary>Makes lessons, each server its part of them. A server alone says at once what it made.</summary>
    /// <returns>A path and a lesson for each student.</returns>
    public async Task<JsonNode> SetUpAsync(int lessons, int size)
    {
        if (_all.Count == 1)
        {
            return await _all[0].AskAsync($"setup {lessons} {size}");
        }

        var (paths, ids, last, first) = (new List<string>(), new List<string>(), (JsonNode?)null, 0);
        foreach (var (server, i) in _all.Select((s, i) => (s, i)))
        {
            var part = ((i + 1) * lessons / _all.Count) - first;
            last = await server.AskAsync(string.Create(CultureInfo.InvariantCulture, $"setup {part} {size} {first} {lessons}"));
            paths.AddRange(last["paths"].Deserialize<string[]>()!);
            ids.AddRange(last["lessons"].Deserialize<string[]>()!);
            first += part;
        }

        // A lesson may live at another than the one that made it.
        await AskAsync("know " + string.Join(' ', ids.Where((_, i) => i % size == 0)));
        return new JsonObject
        {
            ["paths"] = JsonSerializer.SerializeToNode(paths), ["lessons"] = JsonSerializer.SerializeToNode(ids),
            ["QuestionId"] = last!["QuestionId"]!.DeepClone(), ["Options"] = last["Options"]!.DeepClone(),
        };
    }

    /// <summary>Asks all of them at once.</summary>
    /// <returns>What the first says.</returns>
    public async Task<JsonNode> AskAsync(string line) => (await Task.WhenAll(_all.Select(s => s.AskAsync(line))))[0];

    public async ValueTask DisposeAsync()
    {
        // Together: one that is alone looks for the others.
        await Task.WhenAll(_all.Select(s => s.DisposeAsync().AsTask()));
    }
}
