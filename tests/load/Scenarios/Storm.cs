using System.Text.Json;
using System.Text.Json.Nodes;

namespace Classroom.Load;

/// <summary>
/// A thousand students lose their connections in one moment (the power of a building), facts happen meanwhile, and they all come back with
/// the last version they saw. Until the state is theirs again; against a bare WebSocket that connects and is greeted.
/// </summary>
public static class Storm
{
    private const int Lessons = 40;
    private const int Size = 25;
    private const int MinWarm = 20;
    private const int MaxWarm = 80;
    private const int Rounds = 10;

    public static async Task RunAsync(Report report)
    {
        foreach (var ours in new[] { true, false, false, true })
        {
            await using var server = await Child.StartAsync(ours ? "serve-ours" : "serve-raw");
            var setup = await server.AskAsync($"setup {Lessons} {Size}");
            using var returning = new Returning(setup, ours);
            await returning.ComeAsync(server.Port);
            report.Note($"{(ours ? "ours" : "raw")}: {await WarmAsync(server, returning)} storms until the server compiled nothing more");
            for (var round = 0; round < Rounds; round++)
            {
                var (all, times) = await BreakAsync(server, returning);
                report.Sample(ours, "all back", "ms", all / 1000.0);
                report.Sample(ours, "back p50", "ms", times.At(0.5) / 1000.0);
                report.Sample(ours, "back p99", "ms", times.At(0.99) / 1000.0);
            }

            if (ours)
            {
                await server.AskAsync("poke");
                await returning.CaughtUpAsync();
                report.Sample(true, "gaps", "", returning.Gaps);
                report.Sample(true, "duplicates", "", returning.Duplicates);
                report.Sample(true, "snapshots instead of what was missed", "", returning.Snapshots);
            }
        }
    }

    private static async Task<(long All, Histogram Times)> BreakAsync(Child server, Returning returning)
    {
        await returning.DropAsync();
        await server.AskAsync("poke");
        return await returning.ComeAsync(server.Port);
    }

    // Code is compiled for good only after it has run often, and then in a pause.
    private static async Task<int> WarmAsync(Child server, Returning returning)
    {
        var (rounds, compiled, still) = (0, 0L, 0);
        for (; rounds < MinWarm || (rounds < MaxWarm && still < 3); rounds++)
        {
            await BreakAsync(server, returning);
            await Task.Delay(300);
            var now = (await server.AskAsync("compiled"))["count"]!.GetValue<long>();
            (compiled, still) = (now, now - compiled < 20 ? still + 1 : 0);
        }

        return rounds;
    }
}

/// <summary>Students who keep the last version they saw, and count what is missing or comes twice.</summary>
public sealed class Returning : IDisposable
{
    private readonly string[] _paths;
    private readonly string[]? _lessons;
    private readonly long[] _seq;
    private readonly long[] _due;
    private readonly bool[] _back;
    private readonly Fleet _fleet;
    private readonly Histogram _times = new();
    private TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left;
    private long _start;

    public Returning(JsonNode setup, bool ours)
    {
        ArgumentNullException.ThrowIfNull(setup);
        _paths = setup["paths"].Deserialize<string[]>()!;
        _lessons = ours ? setup["lessons"].Deserialize<string[]>() : null;
        (_seq, _due, _back) = (new long[_paths.Length], new long[_paths.Length], new bool[_paths.Length]);
        _fleet = new Fleet(Hear);
        _fleet.Start();
    }

    public int Gaps { get; private set; }

    public int Duplicates { get; private set; }

    public int Snapshots { get; private set; }

    /// <returns>Until everybody is back, and each one's time, in microseconds since the call.</returns>
    public async Task<(long All, Histogram Times)> ComeAsync(int port)
    {
        _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await _fleet.DoAsync(() =>
        {
            _times.Clear();
            Array.Clear(_back);
            _left = _paths.Length;
            _start = Clock.Now;
        });
        await Parallel.ForEachAsync(Enumerable.Range(0, _paths.Length), new ParallelOptions { MaxDegreeOfParallelism = 128 },
            async (i, _) => await _fleet.ConnectAsync(i, port, _paths[i]));
        await _all.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return (Clock.Now - _start, _times);
    }

    public Task DropAsync() => _fleet.DoAsync(() =>
    {
        foreach (var peer in _fleet.Peers.ToArray())
        {
            _fleet.Drop(peer);
        }
    });

    /// <summary>Waits until all of a lesson have received the same last version.</summary>
    public Task CaughtUpAsync() => Until.TrueAsync(() => _lessons is null
        || _seq.Select((seq, i) => (seq, _lessons[i])).GroupBy(x => x.Item2).All(g => g.Select(x => x.seq).Distinct().Count() == 1));

    public void Dispose() => _fleet.Dispose();

    private void Hear(Peer peer, ReadOnlySpan<byte> payload, long readAt)
    {
        var i = peer.Index;
        if (_lessons is null)
        {
            if (!payload.IsEmpty)
            {
                Back(i, readAt);
            }

            return;
        }

        if (payload.IsEmpty)
        {
            peer.Send(Frames.Text("{\"protocol\":\"json\",\"version\":1}\u001e"));
            return;
        }

        while (payload.IndexOf((byte)0x1e) is var end and >= 0)
        {
            Message(peer, payload[..end], readAt);
            payload = payload[(end + 1)..];
        }
    }

    private void Message(Peer peer, ReadOnlySpan<byte> message, long readAt)
    {
        var i = peer.Index;
        if (message.SequenceEqual("{}"u8))
        {
            peer.Send(Frames.Text($"{{\"type\":1,\"invocationId\":\"e\",\"target\":\"Sync\",\"arguments\":[\"{_lessons![i]}\",{_seq[i]}]}}\u001e"));
        }
        else if (message.IndexOf("\"target\":\"Snapshot\""u8) >= 0)
        {
            _seq[i] = Numbers(message).First;
            Snapshots++;
            Back(i, readAt);
        }
        else if (message.IndexOf("\"target\":\"Patch\""u8) >= 0)
        {
            var (from, seq) = Numbers(message);
            Gaps += from > _seq[i] ? 1 : 0;
            Duplicates += seq <= _seq[i] ? 1 : 0;
            _seq[i] = Math.Max(_seq[i], seq);
            Back(i, readAt);
        }
    }

    private void Back(int i, long readAt)
    {
        if (_back[i])
        {
            return;
        }

        _back[i] = true;
        _times.Record(readAt - _start);
        if (--_left == 0)
        {
            _all.TrySetResult();
        }
    }

    // "arguments":[from,seq,... or "arguments":[seq,...
    private static (long First, long Second) Numbers(ReadOnlySpan<byte> message)
    {
        var rest = message[(message.IndexOf("\"arguments\":["u8) + 13)..];
        return System.Buffers.Text.Utf8Parser.TryParse(rest, out long first, out var used)
            && System.Buffers.Text.Utf8Parser.TryParse(rest[(used + 1)..], out long second, out _) ? (first, second) : (first, 0);
    }
}
