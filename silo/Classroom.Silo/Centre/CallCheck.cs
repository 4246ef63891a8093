using Classroom.Silo.Hosting;
using Classroom.Storage;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Classroom.Silo.Centre;

/// <summary>
/// Around every call of the feed: who calls and whether it may, and what a failure is called. A call that is in no row of the table is nobody's.
/// </summary>
internal sealed class CallCheck(ServiceTokenStore tokens, ILogger<CallCheck> logger) : Interceptor
{
    private const string Scheme = "Bearer ";
    private static readonly Dictionary<string, string> ScopeOf = new(StringComparer.Ordinal)
    {
        ["/ortaq.centre.v1.CentreFeed/WatchSessions"] = Scopes.Watch,
        ["/ortaq.centre.v1.CentreFeed/GetReport"] = Scopes.Report,
        ["/ortaq.centre.v1.CentreFeed/ExportFacts"] = Scopes.Export,
        ["/ortaq.centre.v1.CentreFeed/ImportKit"] = Scopes.Kits,
    };

    /// <summary>The hash of the token that came with this call; its row may be looked up again.</summary>
    public static byte[] HashOf(ServerCallContext context) => context.RequestHeaders.GetValue("authorization") is { } header
        && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? ServiceTokens.HashOf(header[Scheme.Length..].Trim())
            : throw new RpcException(new Status(StatusCode.Unauthenticated, "A service token is missing: authorization: Bearer <token>."));

    public static ServiceToken CallerOf(ServerCallContext context) => (ServiceToken)context.UserState[typeof(ServiceToken)];

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        RunAsync(context, () => continuation(request, context));

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        RunAsync(context, async () =>
        {
            await continuation(request, responseStream, context);
            return true;
        });

    private async Task<T> RunAsync<T>(ServerCallContext context, Func<Task<T>> call)
    {
        try
        {
            await AdmitAsync(context);
            return await call();
        }
        catch (Exception e) when (e is not RpcException and not OutOfMemoryException)
        {
            throw new RpcException(StatusOf(e, context));
        }
    }

    private async Task AdmitAsync(ServerCallContext context)
    {
        var token = await tokens.FindAsync(HashOf(context), context.CancellationToken);
        if (token is not { RevokedAt: null })
        {
            throw new RpcException(new Status(StatusCode.Unauthenticated, "The service token is unknown or revoked."));
        }

        if (!ScopeOf.TryGetValue(context.Method, out var scope) || !Scopes.Holds(token.Scopes, scope))
        {
            throw new RpcException(new Status(StatusCode.PermissionDenied, $"The service token lacks the scope \"{scope}\"."));
        }

        context.UserState[typeof(ServiceToken)] = token;
    }

    private Status StatusOf(Exception e, ServerCallContext context)
    {
        if (context.CancellationToken.IsCancellationRequested)
        {
            // The framework has answered already where the deadline passed; this is for what still listens.
            return context.Deadline <= DateTime.UtcNow ? new Status(StatusCode.DeadlineExceeded, "") : new Status(StatusCode.Cancelled, "");
        }

        if (Passing.WillPass(e))
        {
            logger.LogWarning(e, "{Method} failed; the client tries again", context.Method);
            return new Status(StatusCode.Unavailable, "The server cannot answer now; try again.");
        }

        logger.LogError(e, "{Method} failed", context.Method);
        return new Status(StatusCode.Internal, "A fault of the server; its log says more.");
    }
}
