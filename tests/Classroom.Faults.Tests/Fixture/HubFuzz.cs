using System.Reflection;
using System.Text;
using System.Text.Json;
using Classroom.Silo.Realtime;

namespace Classroom.Faults.Tests;

/// <summary>Bytes for the hub that no browser sends: hub messages that are broken, wrong, huge or deep, and WebSocket frames against RFC 6455.</summary>
/// <remarks>A message of a type that SignalR does not know waits, in its own reader, for what comes next; the others are spared that.</remarks>
public sealed class HubFuzz(Random random, Guid classroomId)
{
    private static readonly string[] Methods = [.. typeof(ClassroomHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(m => !m.IsSpecialName).Select(m => m.Name), "", "sync", "Sync ", "DropTables", "OnDisconnectedAsync", "Dispose", "get_Context", "ToString", "\ud83d\udc26"];

    private static readonly string[] Commands = [.. Lesson.Commands.All.Select(c => c.Name), "", "DropTables", "raisehand"];

    private static readonly string[] Handshakes =
    [
        "\u001e", "{}\u001e", "[]\u001e", "{\"protocol\":\"json\"}\u001e", "{\"protocol\":\"messagepack\",\"version\":1}\u001e",
        "{\"protocol\":\"json\",\"version\":99}\u001e", "{\"protocol\":7,\"version\":\"x\"}\u001e", "{\"protocol\":\"json\",\"version\":1", "null\u001e",
        "{\"protocol\":\"json\",\"version\":1e99}\u001e", "{\"protocol\":\"json\",\"version\":-1}\u001e", "\u001e\u001e\u001e\u001e", "GET / HTTP/1.1\r\n\r\n",
    ];

    private bool _gently;

    /// <summary>A first message that is not the handshake.</summary>
    public byte[] BadHandshake() => random.Next(6) switch
    {
        0 => RawSocket.Frame(2, Noise(random.Next(1, 300))),
        1 => Text(new string('h', random.Next(1, 50_000)) + "\u001e"),
        _ => Text(Pick(Handshakes)),
    };

    /// <summary>A hub message.</summary>
    /// <param name="gently">Nothing that ends the connection, so that what comes after it is read too.</param>
    public byte[] Message(bool gently) => (_gently = gently) && random.Next(8) > 0 ? Text(Call()) : random.Next(gently ? 9 : 0, gently ? 12 : 20) switch
    {
        0 => RawSocket.Frame(2, Encoding.UTF8.GetBytes(Call())),
        1 => RawSocket.Frame(1, Noise(random.Next(1, 2000))),
        2 => Text(Deep(random.Next(10, 5000)) + "\u001e"),
        3 => Text("{\"type\":" + Pick(["null", "\"1\"", "1e400", "0.1", "[]"]) + "}\u001e"),
        4 => Text("{\"type\":" + random.Next(1, 8) + ",\"invocationId\":" + Value(0) + ",\"target\":" + Value(0) + ",\"arguments\":" + Value(0) + "}\u001e"),
        5 => Text("{\"type\":" + random.Next(2, 9) + ",\"invocationId\":\"" + random.Next(9) + "\",\"result\":" + Value(0) + ",\"error\":" + Value(0) + "}\u001e"),
        6 => Text("{\"arguments\":" + Value(0) + ",\"type\":1,\"target\":\"" + Pick(Methods) + "\"}\u001e"),
        7 => BadText(),
        8 => Text(Call()[..^random.Next(2, 20)] + "\u001e"),
        9 => Text(Call() + Call() + "{\"type\":6}\u001e" + Call()),
        10 => RawSocket.Frame(9, Noise(random.Next(0, 126))),
        11 => RawSocket.Frame(10, Noise(random.Next(0, 126))),
        12 => Text("{\"type\":1,\"streamIds\":[\"1\"],\"target\":\"" + Pick(Methods) + "\",\"arguments\":[]}\u001e"),
        _ => Text(Call()),
    };

    /// <summary>A frame, or frames, that RFC 6455 forbids or that never end; whether the connection must end of it.</summary>
    public (string What, byte[] Bytes, bool MustEnd) Malformed() => random.Next(12) switch
    {
        0 => ("not masked", RawSocket.Frame(1, Encoding.UTF8.GetBytes(Call()), masked: false), false),
        1 => ("reserved bits", RawSocket.Frame(1, "{\"type\":6}\u001e"u8, reserved: random.Next(1, 8)), true),
        2 => ("ping of over 125 bytes", RawSocket.Frame(9, Noise(random.Next(126, 2000))), true),
        3 => ("ping in pieces", RawSocket.Frame(9, "p"u8, fin: false), true),
        4 => ("unknown opcode", RawSocket.Frame(Pick([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]), Noise(10)), true),
        5 => ("continues nothing", RawSocket.Frame(0, "{\"type\":6}\u001e"u8), true),
        6 => ("begins twice", [.. RawSocket.Frame(1, "{"u8, fin: false), .. RawSocket.Frame(1, "}"u8)], true),
        7 => ("negative length", RawSocket.Frame(1, [], saysLength: long.MinValue + random.Next(1000)), true),
        8 => ("longer than it is", RawSocket.Frame(1, "{\"type\":6}"u8, saysLength: 100_000_000_000), false),
        9 => ("close of one byte", RawSocket.Frame(8, [3]), true),
        10 => ("close with a wrong code", RawSocket.Frame(8, [0, (byte)random.Next(255), .. Noise(5)]), true),
        _ => ("fragments without end", [.. RawSocket.Frame(1, Noise(10), fin: false), .. Enumerable.Range(0, 300).SelectMany(_ => RawSocket.Frame(0, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"u8, fin: false))], true),
    };

    private string Call()
    {
        var count = random.Next(0, 5);
        var arguments = random.Next(3) == 0
            ? string.Join(',', Enumerable.Range(0, count).Select(_ => Value(0)))
            : random.Next(2) == 0 ? $"{Id()},{(random.Next(2) == 0 ? Fields() : Value(0))}"
            : $"{{\"id\":{Id()},\"name\":\"{Pick(Commands)}\",\"fields\":{(random.Next(2) == 0 ? Fields() : Value(0))}}}";
        return $"{{\"type\":1,\"invocationId\":\"{random.Next(100_000)}\",\"target\":\"{Pick(Methods)}\",\"arguments\":[{arguments}]}}\u001e";
    }

    private string Id() => random.Next(4) == 0 ? Value(0) : random.Next(3) == 0 ? $"\"{classroomId}\"" : $"\"{Guid.CreateVersion7()}\"";

    private string Fields() => "{" + string.Join(',', Enumerable.Range(0, random.Next(1, 6)).Select(_ =>
        $"\"{Pick(["questionId", "stepId", "text", "topic", "options", "scale", "face", "explanationId", "variant", "sentence", "contributionId", "on", "sources", "__proto__", "language", "level", "classroomId"])}\":{Value(1)}")) + "}";

    private string Value(int depth) => random.Next(depth > 3 ? 12 : 15) switch
    {
        0 => "null",
        1 => "true",
        2 => random.Next(-5, 100).ToString(CultureInfo.InvariantCulture),
        3 => "1e400",
        4 => "-9223372036854775809",
        5 => "\"\\ud800\"",
        6 => "\"\\u0000\\u001e\"",
        7 => "\"" + new string('ы', random.Next(0, 3000)) + "\"",
        8 => $"\"{classroomId}\"",
        9 => "\"00000000-0000-0000-0000-000000000000\"",
        10 => JsonSerializer.Serialize("'; DROP TABLE facts; -- <script>alert(1)</script>"),
        11 => "0.1",
        12 => "[" + string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Value(depth + 1))) + "]",
        13 => "{\"a\":" + Value(depth + 1) + ",\"a\":" + Value(depth + 1) + "}",
        _ => Deep(random.Next(5, _gently ? 30 : 70)),
    };

    private static string Deep(int depth) => new string('[', depth) + new string(']', depth);

    // A hub message in which one byte is no UTF-8.
    private byte[] BadText()
    {
        var bytes = Encoding.UTF8.GetBytes(Call());
        bytes[random.Next(bytes.Length - 1)] = (byte)random.Next(0x80, 0x100);
        return RawSocket.Frame(1, bytes);
    }

    private static byte[] Text(string text) => RawSocket.Frame(1, Encoding.UTF8.GetBytes(text));

    private byte[] Noise(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private T Pick<T>(T[] of) => of[random.Next(of.Length)];
}
