using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.TestingHost;
using Orleans.Timers;

namespace Engine.Specification;

/// <summary>Real Orleans: one silo in this process, called as the product calls it, through the silo's own grain factory.</summary>
public sealed class EngineUnderTest : RunningEngine
{
    private readonly InProcessTestCluster _cluster;

    private EngineUnderTest(InProcessTestCluster cluster)
    {
        _cluster = cluster;
        Services = cluster.GetSiloServiceProvider();
    }

    public override IServiceProvider Services { get; }

    public static IEnumerable<Type> ModelTypes => AppDomain.CurrentDomain.GetAssemblies()
        .Where(static assembly => assembly.GetName().Name!.StartsWith("Orleans.", StringComparison.Ordinal))
        .SelectMany(static assembly => assembly.GetExportedTypes());

    /// <param name="services">What the grains stand on.</param>
    /// <param name="time">The clock of the grains and of their timers, if not the system's.</param>
    public static async Task<RunningEngine> StartAsync(Assembly grains, Action<IServiceCollection> services, TimeProvider? time = null)
    {
        // Orleans finds the grains of every loaded assembly that was built with its SDK.
        _ = grains;
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            services(silo.Services);
            if (time is not null)
            {
                SetClock(silo.Services, time);
            }
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new EngineUnderTest(cluster);
    }

    public override async Task CollectIdleAsync() =>
        await Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    public override async Task StopAsync() => await _cluster.StopAllSilosAsync();

    public override async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    // Orleans itself stays on the system's clock: parts of it compare both, and spin when they differ. Grains are made in a scope
    // of their own, its own services in the root; their timers come from one registry.
    private static void SetClock(IServiceCollection services, TimeProvider time)
    {
        services.AddSingleton(static root => new RootServices(root));
        services.AddScoped(from => ReferenceEquals(from, from.GetRequiredService<RootServices>().Provider) ? TimeProvider.System : time);
        var timers = services.Last(static service => service.ServiceType == typeof(ITimerRegistry)).ImplementationType!;
        services.AddSingleton(root => (ITimerRegistry)ActivatorUtilities.CreateInstance(root, timers, time));
    }

    private sealed record RootServices(IServiceProvider Provider);
}
