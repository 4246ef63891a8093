using System.IO.Compression;
using Classroom.Silo.Sockets;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Classroom.Silo.Broadcast;

/// <summary>What the server says to a screen. The names are the client's methods; see the contracts' README.</summary>
public interface IClassroomClient
{
    Task Snapshot(long seq, RawJson notices);

    Task Notices(long from, long seq, RawJson notices);

    Task Text(Guid explanationId, string variant, int offset, string chunk, ImmutableArray<int> ends);

    Task Presence(ImmutableArray<Guid> studentIds);

    Task Saving(bool works);

    Task Tiles(ImmutableArray<Tile> tiles, bool all);

    Task Closed(string code);
}

/// <summary>One message for any number of screens, encoded once per protocol. <paramref name="Bytes"/> is its size, about.</summary>
public sealed record Message(SerializedHubMessage Serialized, int Bytes)
{
    private const int Envelope = 64;
    private byte[]? _frame;
    private byte[]? _deflated;

    /// <summary>The message as a WebSocket frame, encoded by the first screen that needs it; compressed for those that agreed to that.</summary>
    public byte[] Frame(IHubProtocol protocol, bool deflated) => deflated
        ? _deflated ??= WireFrame.Deflated(Serialized.GetSerializedMessage(protocol).Span, Level) ?? Frame(protocol, deflated: false)
        : _frame ??= WireFrame.Of(Serialized.GetSerializedMessage(protocol).Span);

    // What one screen alone gets is not worth the time that a whole class's message is.
    private CompressionLevel Level => IsShared ? CompressionLevel.Optimal : CompressionLevel.Fastest;

    private bool IsShared { get; init; } = true;

    /// <summary>The lesson's version after these notices; what is no notice is never too old.</summary>
    public long Seq { get; private init; } = long.MaxValue;

    public static Message Snapshot(long seq, byte[] notices) =>
        Of(nameof(IClassroomClient.Snapshot), notices.Length, seq, new RawJson(notices)) with { IsShared = false };

    public static Message Notices(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return Of(nameof(IClassroomClient.Notices), frame.Json.Length, frame.From, frame.Seq, new RawJson(frame.Json)) with { Seq = frame.Seq };
    }

    public static Message Text(Guid explanationId, string variant, int offset, string chunk, ImmutableArray<int> ends) =>
        Of(nameof(IClassroomClient.Text), (chunk.Length * 2) + (ends.Length * 5), explanationId, variant, offset, chunk, ends);

    public static Message Presence(ImmutableArray<Guid> students) => Of(nameof(IClassroomClient.Presence), students.Length * 40, students);

    public static Message Saving(bool works) => Of(nameof(IClassroomClient.Saving), 0, works);

    public static Message Tiles(ImmutableArray<Tile> tiles, bool all) => Of(nameof(IClassroomClient.Tiles), tiles.Length * 600, tiles, all);

    public static Message Closed(string code) => Of(nameof(IClassroomClient.Closed), 0, code);

    private static Message Of(string method, int bytes, params object?[] arguments) =>
        new(new SerializedHubMessage(new InvocationMessage(method, arguments)), bytes + Envelope);
}
