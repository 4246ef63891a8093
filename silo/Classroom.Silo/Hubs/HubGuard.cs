using System.Collections.Frozen;
using System.Reflection;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.SignalR;

namespace Classroom.Silo.Hubs;

/// <summary>Stands before every hub method: role, rate. What it refuses comes back as a refusal, never as a server error.</summary>
public sealed class HubGuard(ILogger<HubGuard> logger) : IHubFilter
{
    private const string LimiterKey = "limiter";

    private static readonly FrozenDictionary<string, AllowedForAttribute?> Methods = typeof(ClassroomHub)
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => !m.IsSpecialName && m.GetBaseDefinition() == m)
        .ToFrozenDictionary(m => m.Name, m => m.GetCustomAttribute<AllowedForAttribute>(), StringComparer.Ordinal);

    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        ArgumentNullException.ThrowIfNull(invocationContext);
        ArgumentNullException.ThrowIfNull(next);
        var limiter = (TokenBucketRateLimiter)invocationContext.Context.Items[LimiterKey]!;
        using (var lease = limiter.AttemptAcquire())
        {
            if (!lease.IsAcquired)
            {
                return Refuse(invocationContext, "too-fast");
            }
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
        context.Context.Items[LimiterKey] = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = 60, TokensPerPeriod = 20, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0,
        });
        return next(context);
    }

    public async Task OnDisconnectedAsync(
        HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        if (context.Context.Items[LimiterKey] is TokenBucketRateLimiter limiter)
        {
            await limiter.DisposeAsync();
        }

        await next(context, exception);
    }

    private static object Refuse(HubInvocationContext context, string code) =>
        context.HubMethod.ReturnType == typeof(Task<EnterReply>) ? new EnterReply(new Refusal(code), default, "", false) : Reply.Refused(code);
}
