using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.SignalR;

namespace Classroom.Silo.Hubs;

/// <summary>Stands before every hub method: role, rate. What it refuses comes back as a refusal, never as a server error.</summary>
public sealed class HubGuard(TimeProvider time, IHostApplicationLifetime life, ILogger<HubGuard> logger) : IHubFilter
{
    private static readonly object PaceKey = new();
    private int _underWay;

    private static readonly FrozenDictionary<string, AllowedForAttribute?> Methods = typeof(ClassroomHub)
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => !m.IsSpecialName && m.GetBaseDefinition() == m)
        .ToFrozenDictionary(m => m.Name, m => m.GetCustomAttribute<AllowedForAttribute>(), StringComparer.Ordinal);

    /// <summary>Calls that have begun and are not answered.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        ArgumentNullException.ThrowIfNull(invocationContext);
        ArgumentNullException.ThrowIfNull(next);
        var pace = (Pace)invocationContext.Context.Items[PaceKey]!;
        if (!pace.MayGo(time.GetTimestamp(), time.TimestampFrequency))
        {
            if (pace.IsDeaf)
            {
                logger.LogWarning("Connection {Connection} goes on calling too fast and is closed", invocationContext.Context.ConnectionId);
                invocationContext.Context.Abort();
            }

            return Refuse(invocationContext, "too-fast");
        }

        var role = Caller.RoleOf(invocationContext.Context.User);
        if (role is null || Methods.GetValueOrDefault(invocationContext.HubMethodName)?.Roles.Contains(role.Value) != true)
        {
            return Refuse(invocationContext, "wrong-role");
        }

        Interlocked.Increment(ref _underWay);
        try
        {
            // Counted before it is asked, so that a stopping process either refuses a call or waits for it.
            return life.ApplicationStopping.IsCancellationRequested ? Refuse(invocationContext, "try-again") : await next(invocationContext);
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException && invocationContext.Context.ConnectionAborted.IsCancellationRequested)
        {
            // Who called is no longer there to hear of it; the same command comes again from a new connection.
            return Refuse(invocationContext, "try-again");
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException or Classroom.Storage.StorageUnavailableException)
        {
            logger.LogError(e, "{Method} failed; the client tries again", invocationContext.HubMethodName);
            return Refuse(invocationContext, "try-again");
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
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
/// A connection's allowance: sixty calls at once, twenty a second after that. One that is refused six hundred calls within ten
/// seconds does not listen. A few words of memory and no timer, since there is one for each of thousands of connections.
/// </summary>
public sealed class Pace(long now)
{
    public const int AtOnce = 60;
    public const int ASecond = 20;
    public const int RefusedUntilDeaf = 600;
    private const int RefusedWithinSeconds = 10;
    private readonly Lock _lock = new();
    private double _left = AtOnce;
    private long _at = now;
    private int _refused;
    private long _refusedSince = now;

    /// <summary>Refusals do not stop it.</summary>
    public bool IsDeaf => Volatile.Read(ref _refused) >= RefusedUntilDeaf;

    public bool MayGo(long now, long frequency)
    {
        lock (_lock)
        {
            _left = Math.Min(AtOnce, _left + ((now - _at) * (double)ASecond / frequency));
            _at = now;
            if (_left < 1)
            {
                if (now - _refusedSince > RefusedWithinSeconds * frequency)
                {
                    (_refused, _refusedSince) = (0, now);
                }

                _refused++;
                return false;
            }

            _left--;
            return true;
        }
    }
}
