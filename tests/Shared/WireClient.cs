using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Classroom.Tests;

/// <summary>A browser as the server sees it: SignalR's JSON protocol on a bare WebSocket, folding patches into a view.</summary>
public sealed class WireClient : IAsyncDisposable
{
    private const byte RecordSeparator = 0x1e;
    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonNode?>> _calls = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    // A loaded machine takes long to notice that a silo died; what never comes is no quicker to be missed.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly Dictionary<(string Kind, string Id), JsonNode> _view = [];
    private readonly Dictionary<(int Explanation, string Variant), (int Epoch, string Text)> _texts = [];
    private readonly List<(Func<WireClient, bool> Holds, TaskCompletionSource Met)> _waits = [];
    private ClientWebSocket _socket = new();
    private Task _reading = Task.CompletedTask;
    private int _nextCall;
    private string _url = "";

    public long Seq { get; private set; }

    public int Gaps { get; private set; }

    /// <summary>Whole states that it was sent, whether or not it had asked for one.</summary>
    public int Snapshots { get; private set; }

    public string? ClosedWith { get; private set; }

    public List<Guid> Present { get; private set; } = [];

    /// <summary>Parts of strokes that were being drawn, as they came.</summary>
    public List<JsonNode> Strokes { get; } = [];

    public Dictionary<string, JsonNode> Tiles { get; } = new(StringComparer.Ordinal);

    /// <summary>Teacher: the lesson can be stored.</summary>
    public bool Saves { get; private set; } = true;

    public bool IsOpen => _socket.State == WebSocketState.Open;

    /// <summary>It offers compression, as browsers do.</summary>
    public bool Compresses { get; init; }

    /// <param name="ticket">A student's, a board's or a helper's, or null to use the cookie.</param>
    public static async Task<WireClient> ConnectAsync(string url, string? ticket = null, string? cookie = null, bool compresses = false)
    {
        var client = new WireClient { Compresses = compresses };
        await client.ConnectAgainAsync(url, ticket, cookie);
        return client;
    }

    /// <summary>It is connected, or was last, to this silo.</summary>
    public bool IsAt(string url) => _url == url;

    /// <summary>The browser gives the line up without a word.</summary>
    public void Abort() => _socket.Abort();

    public async Task ConnectAgainAsync(string url, string? ticket = null, string? cookie = null)
    {
        _url = url;
        _socket.Dispose();
        // The old connection's end must not be taken for the new one's.
        await _reading;
        _socket = new ClientWebSocket();
        if (Compresses)
        {
            _socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        }

        if (cookie is not null)
        {
            _socket.Options.SetRequestHeader("Cookie", cookie);
        }

        var query = ticket is null ? "" : "?access_token=" + Uri.EscapeDataString(ticket);
        await _socket.ConnectAsync(new Uri(url.Replace("http", "ws", StringComparison.Ordinal) + "/hubs/classroom" + query), default);
        await SendRawAsync("""{"protocol":"json","version":1}""");
        _reading = Task.Run(ReadAsync);
    }

    public async Task SendRawAsync(string frame) =>
        await _socket.SendAsync(Encoding.UTF8.GetBytes(frame + (char)RecordSeparator), WebSocketMessageType.Text, true, default);

    /// <summary>Calls a hub method; the completion's result, or an exception with its error.</summary>
    public async Task<JsonNode?> CallAsync(string method, params object?[] arguments)
    {
        var id = Interlocked.Increment(ref _nextCall).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var done = _calls[id] = new TaskCompletionSource<JsonNode?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendRawAsync(JsonSerializer.Serialize(new { type = 1, invocationId = id, target = method, arguments }));
        if (_reading.IsCompleted)
        {
            // A socket that was closed by the server still takes what is sent, and nobody answers it.
            done.TrySetException(new IOException("The connection is over."));
        }

        return await done.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>Sends a command and expects it to be accepted.</summary>
    public async Task<long> DoAsync(string command, object fields, Guid? commandId = null)
    {
        var reply = await ExecuteAsync(command, fields, commandId);
        var refusal = reply?["refusal"]?["code"]?.GetValue<string>();
        return refusal is null ? reply!["seq"]!.GetValue<long>() : throw new InvalidOperationException($"{command} was refused: {refusal}");
    }

    /// <summary>Sends a command and returns its refusal code, or null.</summary>
    public async Task<string?> RefusalAsync(string command, object? fields, object? commandId = null) =>
        (await ExecuteAsync(command, fields, commandId))?["refusal"]?["code"]?.GetValue<string>();

    /// <summary>One command through the hub's one method.</summary>
    public Task<JsonNode?> ExecuteAsync(string command, object? fields, object? commandId = null) =>
        CallAsync("Execute", new { id = commandId ?? Guid.CreateVersion7(), name = command, fields });

    public async Task SyncAsync(Guid classroomId)
    {
        var reply = await CallAsync("Sync", classroomId, Seq);
        if (reply?["refusal"] is { } refusal)
        {
            throw new InvalidOperationException("Sync was refused: " + refusal["code"]);
        }

        await UntilAsync(c => c.Seq > 0, "the first snapshot");
    }

    public JsonNode? Get(string kind, string id = "")
    {
        lock (_lock)
        {
            return _view.GetValueOrDefault((kind, id));
        }
    }

    public List<(string Id, JsonNode Value)> All(string kind)
    {
        lock (_lock)
        {
            return [.. _view.Where(x => x.Key.Kind == kind).Select(x => (x.Key.Id, x.Value))];
        }
    }

    /// <summary>Something of the view holds these words.</summary>
    public bool Says(string words)
    {
        lock (_lock)
        {
            return _view.Values.Any(v => v.ToJsonString(Readable).Contains(words, StringComparison.Ordinal));
        }
    }

    /// <summary>The view holds exactly this: key to value as JSON.</summary>
    public bool Shows(IReadOnlyDictionary<(string Kind, string Id), string> expected)
    {
        lock (_lock)
        {
            return _view.Count == expected.Count
                && expected.All(e => _view.TryGetValue(e.Key, out var value) && value.ToJsonString() == e.Value);
        }
    }

    public string TextOf(Guid explanation, string variant)
    {
        lock (_lock)
        {
            return _texts.GetValueOrDefault((NumberOf(explanation.ToString()), variant)).Text ?? "";
        }
    }

    /// <summary>Waits until something holds of this client; checked whenever a message has been folded.</summary>
    public async Task UntilAsync(Func<WireClient, bool> holds, string what)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (holds(this))
            {
                return;
            }

            _waits.Add((holds, met));
        }

        try
        {
            await met.Task.WaitAsync(Patience);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"Not within {Patience.TotalSeconds} s: {what}. The view holds {string.Join(", ", _view.Keys.Select(k => k.Kind + ":" + k.Id))}", e);
        }
    }

    /// <summary>Ends when the connection has, by whoever closed it.</summary>
    public Task OverAsync() => _reading.WaitAsync(TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        await _reading;
    }

    private async Task ReadAsync()
    {
        var socket = _socket;
        var buffer = new byte[64 * 1024];
        var pending = new List<byte>();
        try
        {
            while (socket.State == WebSocketState.Open)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(), default);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                foreach (var b in buffer.AsSpan(0, received.Count))
                {
                    if (b != RecordSeparator)
                    {
                        pending.Add(b);
                        continue;
                    }

                    Handle(JsonNode.Parse(pending.ToArray())!);
                    pending.Clear();
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            // The connection is over; calls under way are failed below.
        }

        foreach (var call in _calls.Values)
        {
            call.TrySetException(new IOException("The connection is over."));
        }
    }

    private void Handle(JsonNode message)
    {
        switch (message["type"]?.GetValue<int>())
        {
            case 3 when _calls.TryRemove(message["invocationId"]!.GetValue<string>(), out var call):
                if (message["error"] is { } error)
                {
                    call.TrySetException(new InvalidOperationException(error.GetValue<string>()));
                }
                else
                {
                    call.TrySetResult(message["result"]?.DeepClone());
                }

                break;
            case 7:
                // The server says goodbye; a browser leaves, and comes back to whoever answers.
                _socket.Abort();
                break;
            case 1:
                lock (_lock)
                {
                    Receive(message["target"]!.GetValue<string>(), message["arguments"]!.AsArray());
                    foreach (var wait in _waits.Where(w => w.Holds(this)).ToList())
                    {
                        _waits.Remove(wait);
                        wait.Met.TrySetResult();
                    }
                }

                break;
            default:
                break;
        }
    }

    private void Receive(string target, JsonArray a)
    {
        switch (target)
        {
            case "Snapshot":
                Snapshots++;
                _view.Clear();
                Fold(a[1]!.AsArray());
                Seq = a[0]!.GetValue<long>();
                break;
            case "Patch" when a[1]!.GetValue<long>() > Seq:
                Gaps += a[0]!.GetValue<long>() > Seq ? 1 : 0;
                Fold(a[2]!.AsArray());
                Seq = a[1]!.GetValue<long>();
                break;
            case "Stroke":
                Strokes.Add(a[0]!.DeepClone());
                break;
            case "Text":
                Lay(a[0]!.GetValue<int>(), a[1]!.GetValue<string>(), a[2]!.GetValue<int>(), a[3]!.GetValue<int>(), a[4]!.GetValue<string>());
                break;
            case "Presence":
                Present = [.. a[0]!.AsArray().Select(x => x!.GetValue<Guid>())];
                break;
            case "Saving":
                Saves = a[0]!.GetValue<bool>();
                break;
            case "Closed":
                ClosedWith = a[0]!.GetValue<string>();
                break;
            case "Tiles":
                foreach (var tile in a[0]!.AsArray())
                {
                    Tiles[tile!["classroomId"]!.GetValue<string>()] = tile.DeepClone();
                }

                break;
            default:
                break;
        }
    }

    private void Lay(int explanation, string variant, int epoch, int offset, string piece)
    {
        (int Epoch, string Text) known = _texts.GetValueOrDefault((explanation, variant), (epoch, ""));
        if (epoch < known.Epoch)
        {
            return;
        }

        var before = epoch > known.Epoch ? "" : known.Text;
        if (offset > before.Length)
        {
            // Something was streamed while this browser was away: ask for it, as a browser does.
            if (_view.FirstOrDefault(v => v.Key.Kind == "explanation" && v.Value["number"]?.GetValue<int>() == explanation).Key.Id is { } id)
            {
                _ = CallAsync("ReadText", id, variant, before.Length);
            }

            return;
        }

        // What is read comes beside what is streamed and may be older; it takes nothing away.
        var text = before[..offset] + piece;
        _texts[(explanation, variant)] = (epoch, before.StartsWith(text, StringComparison.Ordinal) ? before : text);
    }

    private int NumberOf(string explanation) => _view.GetValueOrDefault(("explanation", explanation))?["number"]?.GetValue<int>() ?? 0;

    private void Fold(JsonArray changes)
    {
        foreach (var n in changes)
        {
            var key = (n!["k"]!.GetValue<string>(), n["id"]!.GetValue<string>());
            if (n["v"] is { } value)
            {
                _view[key] = value.DeepClone();
            }
            else
            {
                _view.Remove(key);
            }
        }
    }
}
