using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.TestingHost;

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

    public static async Task<RunningEngine> StartAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.Services.AddSingleton<Probe>().AddScoped<ActivationService>());
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new EngineUnderTest(cluster);
    }

    public override async Task CollectIdleAsync() =>
        await Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    public override async Task StopAsync() => await _cluster.StopAllSilosAsync();

    public override async ValueTask DisposeAsync() => await _cluster.DisposeAsync();
}
