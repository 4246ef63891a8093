using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace Classroom.Faults.Tests;

/// <summary>
/// A student whose browser never gives up: one command at a time, with an id of its own making, sent again with the same id until an
/// answer came, as the web client's outbox does. Reconnects whenever the class says that its server is up.
/// </summary>
/// <param name="via">The way to the server when it is not the straight one.</param>
public sealed class Learner(ClassUnderFault room, WireClient wire, string ticket, Guid id, Func<string>? via = null) : IAsyncDisposable
{
    /// <summary>Refusals that are the server's trouble and not the command's fault: those of the outbox.</summary>
    private static readonly HashSet<string> Passing = new(StringComparer.Ordinal) { "not-saved", "try-again", "too-fast", "not-entered", "device-waiting" };

    // A browser waits 0.3 s and more; a shorter pause is harder on the server.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private int _actions;

    public WireClient Wire => wire;

    public string Ticket => ticket;

    public Guid Id => id;

    /// <summary>How often it had to come back.</summary>
    public int Returns { get; private set; }

    /// <summary>The texts of its acknowledged commands, by method, in order.</summary>
    public Dictionary<string, List<string>> Acknowledged { get; } = new(StringComparer.Ordinal);

    /// <summary>The next thing this student does, until it is acknowledged.</summary>
    public Task ActAsync()
    {
        var n = ++_actions;
        var mark = string.Create(CultureInfo.InvariantCulture, $"жапырақ-{id:N}-{n}");
        return (n % 8) switch
        {
            1 or 5 => DoAsync("GiveAnswer", mark, new { questionId = ClassUnderFault.Question, options = Array.Empty<string>(), text = mark }),
            2 => DoAsync("RaiseHand", mark, new { topic = mark }),
            // Twenty ideas are the most that one student may give.
            3 when (n / 8) < 20 => DoAsync("Contribute", mark, new { contributionId = Guid.CreateVersion7(), stepId = room.DiscussStep, text = mark }),
            _ => DoAsync("SaveDraft", mark, new { stepId = room.MakeStep, text = mark, ownContribution = "", reflection = "", sources = Array.Empty<string>() }),
        };
    }

    public async Task DoAsync(string method, string mark, object fields)
    {
        var command = Guid.CreateVersion7();
        room.Ledger.Send(new Sent(command, id, method, mark, null));
        while (true)
        {
            if (await TryAsync(method, command, fields) is { } seq)
            {
                room.Ledger.Acknowledge(command, seq);
                (Acknowledged.TryGetValue(method, out var marks) ? marks : Acknowledged[method] = []).Add(mark);
                return;
            }
        }
    }

    /// <summary>Comes back on a new connection with what it last saw.</summary>
    public async Task ComeBackAsync()
    {
        Returns++;
        while (true)
        {
            await room.Up;
            try
            {
                await wire.ConnectAgainAsync(via?.Invoke() ?? room.Silo.Url, ticket);
                await wire.SyncAsync(room.Host.ClassroomId);
                return;
            }
            catch (Exception e) when (IsTrouble(e) || e.Message.EndsWith("try-again", StringComparison.Ordinal))
            {
                await Task.Delay(Pause);
            }
        }
    }

    public ValueTask DisposeAsync() => wire.DisposeAsync();

    private async Task<long?> TryAsync(string method, Guid command, object fields)
    {
        JsonNode? reply;
        try
        {
            reply = await wire.ExecuteAsync(method, fields, command);
        }
        catch (Exception e) when (IsTrouble(e))
        {
            await ComeBackAsync();
            return null;
        }

        if (reply?["refusal"]?["code"]?.GetValue<string>() is not { } code)
        {
            return reply!["seq"]!.GetValue<long>();
        }

        room.Ledger.Refuse(code);
        if (!Passing.Contains(code))
        {
            throw new InvalidOperationException($"{method} of {id} was refused for good: {code}");
        }

        await Task.Delay(Pause);
        return null;
    }

    private static bool IsTrouble(Exception e) =>
        e is WebSocketException or IOException or TimeoutException or ObjectDisposedException or HttpRequestException or OperationCanceledException;
}
