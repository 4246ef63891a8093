using Grpc.Core;

namespace Classroom.Centre.Cli;

/// <summary>The program cannot do what it was told. The message is one sentence for whoever typed it.</summary>
public sealed class FailureException : Exception
{
    public FailureException() { }

    public FailureException(string message) : base(message) { }

    public FailureException(string message, Exception inner) : base(message, inner) { }
}

/// <summary>What somebody at a terminal reads when a call failed: one sentence, no stack; and what a script is told.</summary>
public static class Failure
{
    public const int Refused = 1;
    public const int WrongWords = 2;
    public const int Unreachable = 3;

    /// <returns>Null for a fault of this program.</returns>
    public static (string Sentence, int ExitCode)? Of(Exception e) => e switch
    {
        FailureException => (e.Message, WrongWords),
        RpcException { StatusCode: StatusCode.Unavailable } => ("The server cannot be reached or cannot answer now; try again.", Unreachable),
        RpcException { StatusCode: StatusCode.DeadlineExceeded } => ("The server did not answer in time (--deadline).", Unreachable),
        RpcException { StatusCode: StatusCode.Cancelled } or OperationCanceledException => ("Stopped.", Refused),
        RpcException rpc => (rpc.Status.Detail is { Length: > 0 } detail ? detail : $"The server refused: {rpc.StatusCode}.", Refused),
        IOException or UnauthorizedAccessException => (e.Message, Refused),
        _ => null,
    };
}
