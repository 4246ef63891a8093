using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Classroom.Tests;

/// <summary>A WebSocket whose every byte is the test's: frames as no browser would make them. Nothing here decides what is allowed.</summary>
public sealed class RawSocket : IAsyncDisposable
{
    public const string Handshake = "{\"protocol\":\"json\",\"version\":1}\u001e";
    private readonly TcpClient _tcp = new() { NoDelay = true };
    private NetworkStream _stream = null!;

    /// <summary>Status and headers of the answer to the upgrade.</summary>
    public string Head { get; private set; } = "";

    public bool IsUpgraded => Head.StartsWith("HTTP/1.1 101", StringComparison.Ordinal);

    /// <param name="target">Path and query.</param>
    /// <param name="headers">Further header lines.</param>
    public static async Task<RawSocket> OpenAsync(string url, string target, params string[] headers)
    {
        var socket = await ConnectAsync(url);
        var uri = new Uri(url);
        string[] lines =
        [
            $"GET {target} HTTP/1.1", $"Host: {uri.Authority}", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: " + Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)), .. headers, "", "",
        ];
        await socket.SendAsync(Encoding.UTF8.GetBytes(string.Join("\r\n", lines)));
        await socket.ReadHeadAsync();
        return socket;
    }

    public static async Task<RawSocket> ConnectAsync(string url)
    {
        var socket = new RawSocket();
        var uri = new Uri(url);
        await socket._tcp.ConnectAsync(IPAddress.Loopback, uri.Port);
        socket._stream = socket._tcp.GetStream();
        return socket;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes);

    /// <summary>One frame, masked as a browser's unless told otherwise.</summary>
    public static byte[] Frame(int opcode, ReadOnlySpan<byte> payload, bool fin = true, bool masked = true, int reserved = 0, long? saysLength = null)
    {
        var length = saysLength ?? payload.Length;
        var frame = new List<byte>(payload.Length + 14) { (byte)((fin ? 0x80 : 0) | (reserved << 4) | opcode) };
        var mask = masked ? 0x80 : 0;
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, length);
        if (length is >= 0 and < 126)
        {
            frame.Add((byte)(mask | (int)length));
        }
        else if (length is >= 0 and <= ushort.MaxValue)
        {
            frame.Add((byte)(mask | 126));
            frame.AddRange(number[6..]);
        }
        else
        {
            frame.Add((byte)(mask | 127));
            frame.AddRange(number);
        }

        ReadOnlySpan<byte> key = [0x11, 0x22, 0x33, 0x44];
        if (masked)
        {
            frame.AddRange(key);
        }

        for (var i = 0; i < payload.Length; i++)
        {
            frame.Add((byte)(masked ? payload[i] ^ key[i % 4] : payload[i]));
        }

        return [.. frame];
    }

    public Task SendTextAsync(string text, bool fin = true, int opcode = 1) => SendAsync(Frame(opcode, Encoding.UTF8.GetBytes(text), fin));

    /// <summary>The next frame, or null when the connection is over. One that is expected comes within half a minute.</summary>
    public async Task<(int Opcode, byte[] Payload)?> ReadAsync() => await ReadFrameAsync() is var (opcode, _, payload) ? (opcode, payload) : null;

    /// <summary>The next text message, in however many frames it comes; null when the connection was closed or ended before.</summary>
    public async Task<string?> ReadTextAsync()
    {
        var message = new List<byte>();
        while (await ReadFrameAsync() is var (opcode, fin, payload) && opcode != 8)
        {
            // A control frame may come between the frames of a message.
            if (opcode < 8)
            {
                message.AddRange(payload);
                if (fin)
                {
                    return Encoding.UTF8.GetString([.. message]);
                }
            }
        }

        return null;
    }

    /// <summary>Reads on until a text message holds this; null when the connection was closed or ended before.</summary>
    public async Task<string?> UntilAsync(string part)
    {
        // A server that goes on talking keeps every single read from timing out.
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (await ReadTextAsync() is { } text)
        {
            if (clock.Elapsed > TimeSpan.FromSeconds(60))
            {
                throw new TimeoutException($"Not within 60 s: {part}");
            }

            if (text.Contains(part, StringComparison.Ordinal))
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>Reads to the close or the end of the connection; the opcodes that came, in order.</summary>
    public async Task<List<int>> ToTheEndAsync()
    {
        var opcodes = new List<int>();
        while (await ReadAsync() is var (opcode, _))
        {
            opcodes.Add(opcode);
            if (opcode == 8)
            {
                // It waits for ours; who closes is the peer.
                break;
            }
        }

        return opcodes;
    }

    /// <summary>All that comes until the connection is over, as text.</summary>
    public async Task<string> RestAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var all = new MemoryStream();
        try
        {
            await _stream.CopyToAsync(all, patience.Token);
        }
        catch (IOException)
        {
            // Reset: over too.
        }

        return Encoding.UTF8.GetString(all.ToArray());
    }

    public void EndSending() => _tcp.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Gone without a goodbye, as a phone that lost its network and sent a reset later.</summary>
    public void Cut()
    {
        _tcp.LingerState = new LingerOption(true, 0);
        _tcp.Close();
    }

    public ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ReadHeadAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append((char)(await ExactlyAsync(1, patience.Token))[0]);
        }

        Head = head.ToString();
    }

    private async Task<(int Opcode, bool Fin, byte[] Payload)?> ReadFrameAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            var head = await ExactlyAsync(2, patience.Token);
            var length = head[1] & 0x7f;
            if (length == 126)
            {
                length = BinaryPrimitives.ReadUInt16BigEndian(await ExactlyAsync(2, patience.Token));
            }
            else if (length == 127)
            {
                length = (int)BinaryPrimitives.ReadUInt64BigEndian(await ExactlyAsync(8, patience.Token));
            }

            return (head[0] & 0x0f, (head[0] & 0x80) != 0, await ExactlyAsync(length, patience.Token));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    private async Task<byte[]> ExactlyAsync(int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }
}
