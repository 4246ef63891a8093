using System.Diagnostics;
using Classroom.Silo.Realtime;
using Microsoft.AspNetCore.SignalR;

namespace Classroom.Silo.Hosting.Telemetry;

/// <summary>Measures each call of the hub from its arrival to its answer, and counts refusals and connections.</summary>
public sealed class MeasuredHub : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        ArgumentNullException.ThrowIfNull(invocationContext);
        ArgumentNullException.ThrowIfNull(next);
        var began = Stopwatch.GetTimestamp();
        var answer = await next(invocationContext);
        Instruments.Acknowledgement.Record(
            Stopwatch.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("method", invocationContext.HubMethodName));
        if (((answer as Reply)?.Refusal ?? (answer as SyncReply)?.Refusal) is { } refusal)
        {
            Instruments.Refusals.Add(1, new KeyValuePair<string, object?>("code", refusal.Code));
        }

        return answer;
    }

    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        ArgumentNullException.ThrowIfNull(next);
        Instruments.Connections.Add(1);
        return next(context);
    }

    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        ArgumentNullException.ThrowIfNull(next);
        Instruments.Connections.Add(-1);
        return next(context, exception);
    }
}
