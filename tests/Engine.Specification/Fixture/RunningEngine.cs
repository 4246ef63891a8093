using Microsoft.Extensions.DependencyInjection;

namespace Engine.Specification;

/// <summary>
/// A started engine with the grains of some assembly: the embedded one, or a real Orleans cluster of one silo in this process.
/// Each edition brings its own <c>EngineUnderTest.StartAsync</c>. Other test projects link this file and those.
/// </summary>
public abstract class RunningEngine : IAsyncDisposable
{
    /// <summary>The services of the process that hosts the grains.</summary>
    public abstract IServiceProvider Services { get; }

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    /// <summary>Collects what is idle now, whatever its age.</summary>
    public abstract Task CollectIdleAsync();

    public abstract Task StopAsync();

    public abstract ValueTask DisposeAsync();
}
