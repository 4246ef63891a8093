using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Classroom.Silo.Realtime;

/// <summary>What the server sends to a browser. The names are the client's methods; see WIRE.md.</summary>
public interface IClassroomClient
{
    Task Snapshot(long seq, RawJson changes);

    Task Patch(long from, long seq, RawJson changes);

    Task Text(int explanation, string variant, int epoch, int offset, string text, ImmutableArray<int> sentenceEnds, bool? prepared = null);

    Task Stroke(StrokePart part);

    Task Presence(ImmutableArray<Guid> studentIds);

    Task Saving(bool works);

    Task Tiles(ImmutableArray<Tile> tiles, bool all);

    Task Closed(string code);
}

/// <summary>One message for any number of connections, encoded once.</summary>
public sealed class OutboundMessage
{
    private static readonly JsonHubProtocol Protocol = new(Microsoft.Extensions.Options.Options.Create(JsonOptions()));

    private OutboundMessage(string method, params object?[] arguments) : this(Protocol.GetMessageBytes(new InvocationMessage(method, arguments)))
    {
    }

    private OutboundMessage(ReadOnlyMemory<byte> json)
    {
        Json = json;
        Serialized = new SerializedHubMessage([new SerializedMessage(Protocol.Name, json)]);
    }

    /// <summary>As the JSON hub protocol writes it, with its record separator: several of them are one message to the protocol's reader.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    public SerializedHubMessage Serialized { get; }

    public int Bytes => Json.Length;

    /// <summary>The lesson's version after this patch; what is no patch is never too old.</summary>
    public long Seq { get; private init; } = long.MaxValue;

    public static OutboundMessage Snapshot(long seq, byte[] changes) => new(nameof(IClassroomClient.Snapshot), seq, new RawJson(changes));

    public static OutboundMessage Patch(LessonPatch patch)
    {
        ArgumentNullException.ThrowIfNull(patch);
        return new(nameof(IClassroomClient.Patch), patch.From, patch.Seq, new RawJson(patch.Changes)) { Seq = patch.Seq };
    }

    public static OutboundMessage Text(TextChunk chunk)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        return Text(chunk.Prepared, chunk.Number, chunk.Variant, chunk.Epoch, chunk.Offset, chunk.Text, chunk.SentenceEnds);
    }

    public static OutboundMessage Text(string variant, TextSlice slice)
    {
        ArgumentNullException.ThrowIfNull(slice);
        return Text(slice.Prepared, slice.Number, variant, slice.Epoch, slice.Offset, slice.Text, slice.SentenceEnds);
    }

    // What is not said costs no phone a byte.
    private static OutboundMessage Text(bool? prepared, params object?[] arguments) =>
        new(nameof(IClassroomClient.Text), prepared is { } said ? [.. arguments, said] : arguments);

    public static OutboundMessage Stroke(StrokePart part) => new(nameof(IClassroomClient.Stroke), part);

    public static OutboundMessage Presence(ImmutableArray<Guid> students) => new(nameof(IClassroomClient.Presence), students);

    public static OutboundMessage Saving(bool works) => new(nameof(IClassroomClient.Saving), works);

    public static OutboundMessage Tiles(ImmutableArray<Tile> tiles, bool all) => new(nameof(IClassroomClient.Tiles), tiles, all);

    public static OutboundMessage Closed(string code) => new(nameof(IClassroomClient.Closed), code);

    /// <summary>Messages that leave together, in one frame.</summary>
    public static OutboundMessage Joined(IReadOnlyCollection<OutboundMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var all = new byte[messages.Sum(m => m.Bytes)];
        var length = 0;
        foreach (var message in messages)
        {
            message.Json.Span.CopyTo(all.AsSpan(length));
            length += message.Bytes;
        }

        return new OutboundMessage(all);
    }

    private static JsonHubProtocolOptions JsonOptions()
    {
        var options = new JsonHubProtocolOptions();
        HubSetup.SpeakLessonJson(options.PayloadSerializerOptions);
        return options;
    }
}
