using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.SignalR;

namespace Classroom.Silo.Hubs;

/// <summary>Stands before every hub method: role, rate. What it refuses comes back as a refusal, never as a server error.</summary>
public sealed class HubGuard(TimeProvider time, ILogger<HubGuard> logger) : IHubFilter
{
    private static readonly object PaceKey = new();

    private static readonly FrozenDictionary<string, AllowedForAttribute?> Methods = typeof(ClassroomHub)
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => !m.IsSpecialName && m.GetBaseDefinition() == m)
        .ToFrozenDictionary(m => m.Name, m => m.GetCustomAttribute<AllowedForAttribute>(), StringComparer.Ordinal);

    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        ArgumentNullException.ThrowIfNull(invocationContext);
        ArgumentNullException.ThrowIfNull(next);
        if (!((Pace)invocationContext.Context.Items[PaceKey]!).MayGo(time.GetTimestamp(), time.TimestampFrequency))
        {
            return Refuse(invocationContext, "too-fast");
        }

        var role = Caller.RoleOf(invocationContext.Context.User);
        if (role is null || Methods.GetValueOrDefault(invocationContext.HubMethodName)?.Roles.Contains(role.Value) != true)
        {
            return Refuse(invocationContext, "wrong-role");
        }

        try
        {
            return await next(invocationContext);
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException or Classroom.Storage.StorageUnavailableException)
        {
            logger.LogError(e, "{Method} failed; the client tries again", invocationContext.HubMethodName);
            return Refuse(invocationContext, "try-again");
        }
    }

    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        context.Context.Items[PaceKey] = new Pace(time.GetTimestamp());
        return next(context);
    }

    private static object Refuse(HubInvocationContext context, string code) =>
        context.HubMethod.ReturnType == typeof(Task<EnterReply>) ? new EnterReply(new Refusal(code), default, "", false) : Reply.Refused(code);
}

/// <summary>
/// A connection's allowance: sixty calls at once, twenty a second after that. A few words of memory and no timer, since there is one for
/// each of thousands of connections.
/// </summary>
public sealed class Pace(long now)
{
    public const int AtOnce = 60;
    public const int ASecond = 20;
    private readonly Lock _lock = new();
    private double _left = AtOnce;
    private long _at = now;

    public bool MayGo(long now, long frequency)
    {
        lock (_lock)
        {
            _left = Math.Min(AtOnce, _left + ((now - _at) * (double)ASecond / frequency));
            _at = now;
            if (_left < 1)
            {
                return false;
            }

            _left--;
            return true;
        }
    }
}
