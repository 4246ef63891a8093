using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.TestingHost;
using Orleans.Timers;

namespace Classroom.Grains.Tests;

/// <summary>Real Orleans: one silo in this process, called as the product calls it, through the silo's own grain factory.</summary>
public sealed class TestSilo : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private TestSilo(InProcessTestCluster cluster)
    {
        _cluster = cluster;
        Services = cluster.GetSiloServiceProvider();
    }

    public IServiceProvider Services { get; }

    public SiloAddress Address => Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    /// <param name="services">What the grains stand on.</param>
    /// <param name="time">The clock of the grains and of their timers, if not the system's.</param>
    public static async Task<TestSilo> StartAsync(Action<IServiceCollection> services, TimeProvider? time = null)
    {
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
        return new TestSilo(cluster);
    }

    /// <summary>Collects what is idle now, whatever its age.</summary>
    public async Task CollectIdleAsync() =>
        await Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    public async Task StopAsync() => await _cluster.StopAllSilosAsync();

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

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
