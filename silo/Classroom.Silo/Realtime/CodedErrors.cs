using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Classroom.Silo.Realtime;

/// <summary>SignalR's JSON, but a call that it cannot even make (no such method, arguments of another shape) is answered by a code, and not by an English sentence.</summary>
public sealed class CodedErrors(JsonHubProtocol json) : IHubProtocol
{
    /// <summary>As a command that there is not: the page is older than the server.</summary>
    public const string UnknownMethod = "unknown-command";
    public const string BadArguments = "bad-json";

    public string Name => json.Name;

    public int Version => json.Version;

    public TransferFormat TransferFormat => json.TransferFormat;

    public bool IsVersionSupported(int version) => json.IsVersionSupported(version);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message) =>
        json.TryParseMessage(ref input, binder, out message);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => json.WriteMessage(Coded(message), output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => json.GetMessageBytes(Coded(message));

    private static HubMessage Coded(HubMessage message) =>
        message is CompletionMessage { Error: { } error, InvocationId: { } id } ? CompletionMessage.WithError(id, CodeOf(error)) : message;

    // What happens in a method is answered by HubGuard; whatever else fails around it may go well in a moment.
    private static string CodeOf(string error) =>
        error.StartsWith("Unknown hub method", StringComparison.Ordinal) || error.EndsWith("Method does not exist.", StringComparison.Ordinal) ? UnknownMethod
        : error.StartsWith("Failed to invoke", StringComparison.Ordinal) ? BadArguments : "try-again";
}
