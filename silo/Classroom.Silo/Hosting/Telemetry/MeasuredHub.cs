using System.Diagnostics;
using Classroom.Silo.Operator;
using Classroom.Silo.Realtime;
using Microsoft.AspNetCore.SignalR;

namespace Classroom.Silo.Hosting.Telemetry;

/// <summary>Measures each call of the hub from its arrival to its answer, and counts refusals and connections.</summary>
public sealed class MeasuredHub(Connections connections, Pauses pauses) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        ArgumentNullException.ThrowIfNull(invocationContext);
        ArgumentNullException.ThrowIfNull(next);
        // All commands come by one method: which one it is says more. A name that is no command's is the caller's invention, and no tag.
        var called = invocationContext.HubMethodArguments is [CommandCall call, ..] ? call.Type?.Name ?? "unknown" : invocationContext.HubMethodName;
        Activity.Current?.SetTag("ortaq.call", called);
        var began = Stopwatch.GetTimestamp();
        var answer = await next(invocationContext);
        Instruments.Acknowledgement.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("call", called));
        var refused = (answer as Reply)?.Refusal ?? (answer as SyncReply)?.Refusal;
        if (connections.TryFind(invocationContext.Context.ConnectionId)?.Classroom is { } classroom)
        {
            var command = invocationContext.HubMethodArguments is [CommandCall sent, ..] ? sent : null;
            pauses.Answered(classroom.ClassroomId, command?.Id ?? Guid.Empty, began, refused?.Code, command?.Waited);
        }

        if (refused is { } refusal)
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
