using System.Collections.Frozen;
using System.Reflection;
using Classroom.Silo.Auth;
using Classroom.Silo.Hosting;
using Microsoft.AspNetCore.SignalR;

namespace Classroom.Silo.Realtime;

/// <summary>
/// Stands before every hub method: the call rate, the caller's role, a stopping process, and what an exception becomes. An exception never reaches a browser: what
/// will pass is <c>try-again</c>, which the client retries; a fault of the program is <c>internal-error</c>, which it does not.
/// </summary>
public sealed class HubGuard(Allowances allowances, TimeProvider time, IHostApplicationLifetime life, ILogger<HubGuard> logger) : IHubFilter
{
    private static readonly object RateKey = new();

    private static readonly FrozenDictionary<string, AllowedForAttribute?> Methods = typeof(ClassroomHub)
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => !m.IsSpecialName && m.GetBaseDefinition() == m)
        .ToFrozenDictionary(m => m.Name, m => m.GetCustomAttribute<AllowedForAttribute>(), StringComparer.Ordinal);

    private int _underWay;

    /// <summary>Calls that have begun and are not answered.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        ArgumentNullException.ThrowIfNull(invocationContext);
        ArgumentNullException.ThrowIfNull(next);
        // One connection too many has no allowance, until it is closed.
        var rate = invocationContext.Context.Items.TryGetValue(RateKey, out var kept) ? (CallRate?)kept : null;
        if (rate?.TryTake(time.GetTimestamp(), time.TimestampFrequency) != true)
        {
            if (rate?.IsExceededForGood == true)
            {
                logger.LogWarning("Connection {Connection} goes on calling too fast and is closed", invocationContext.Context.ConnectionId);
                invocationContext.Context.Abort();
            }

            return Refuse(invocationContext, "too-fast");
        }

        if (Caller.RoleOf(invocationContext.Context.User) is not { } role
            || Methods.GetValueOrDefault(invocationContext.HubMethodName)?.Roles.Contains(role) != true)
        {
            return Refuse(invocationContext, "wrong-role");
        }

        Interlocked.Increment(ref _underWay);
        try
        {
            // Counted before it is asked, so that a stopping process either refuses a call or waits for it.
            return life.ApplicationStopping.IsCancellationRequested ? Refuse(invocationContext, "try-again")
                : role == Role.Student && invocationContext.HubMethodName == nameof(ClassroomHub.Execute) ? await InTurnAsync(rate.Commands, invocationContext, next)
                : await next(invocationContext);
        }
        catch (Exception) when (invocationContext.Context.ConnectionAborted.IsCancellationRequested)
        {
            // Who called is no longer there to read it; the same command comes again from a new connection.
            return Refuse(invocationContext, "try-again");
        }
        catch (Exception e) when (Passing.WillPass(e))
        {
            logger.LogWarning(e, "{Method} failed; the client tries again", invocationContext.HubMethodName);
            return Refuse(invocationContext, "try-again");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.LogError(e, "{Method} failed by a fault of the program", invocationContext.HubMethodName);
            return Refuse(invocationContext, "internal-error");
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
        if (Caller.RoleOf(context.Context.User) is { } role && allowances.Enter(role, Caller.IdOf(context.Context.User!)) is { } rate)
        {
            context.Context.Items[RateKey] = rate;
        }
        else
        {
            // Closed without a word that would tell the client to stop: it comes again, ever more slowly, and is let in once another tab is shut.
            logger.LogDebug("Connection {Connection} is one too many of its person, or of nobody, and is closed", context.Context.ConnectionId);
            context.Context.Abort();
        }

        return next(context);
    }

    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        if (context.Context.Items.Remove(RateKey))
        {
            allowances.Leave(Caller.RoleOf(context.Context.User)!.Value, Caller.IdOf(context.Context.User!));
        }

        return next(context, exception);
    }

    private static async ValueTask<object?> InTurnAsync(SemaphoreSlim turns, HubInvocationContext context, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        await turns.WaitAsync(context.Context.ConnectionAborted);
        try
        {
            return await next(context);
        }
        finally
        {
            turns.Release();
        }
    }

    private static object Refuse(HubInvocationContext context, string code) =>
        context.HubMethod.ReturnType == typeof(Task<SyncReply>) ? SyncReply.Refused(code) : Reply.Refused(code);
}
