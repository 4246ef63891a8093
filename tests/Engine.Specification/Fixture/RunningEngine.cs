using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Engine.Specification;

/// <summary>
/// A started engine with the grains of this assembly: the embedded one, or a real Orleans cluster of one silo in this process.
/// Each edition brings its own <c>EngineUnderTest.StartAsync</c>.
/// </summary>
public abstract class RunningEngine : IAsyncDisposable
{
    /// <summary>The services of the process that hosts the grains.</summary>
    public abstract IServiceProvider Services { get; }

    public Probe Probe => Services.GetRequiredService<Probe>();

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    /// <summary>Collects what is idle now, whatever its age.</summary>
    public abstract Task CollectIdleAsync();

    public abstract Task StopAsync();

    public abstract ValueTask DisposeAsync();
}

/// <summary>One engine for the whole suite; tests keep apart by their grain keys.</summary>
public sealed class EngineFixture : IAsyncLifetime
{
    public RunningEngine Engine { get; private set; } = null!;

    public async Task InitializeAsync() => Engine = await EngineUnderTest.StartAsync();

    public async Task DisposeAsync() => await Engine.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class EngineSuite : ICollectionFixture<EngineFixture>
{
    public const string Name = "engine";
}

/// <summary>The base of every rule's class.</summary>
[Collection(EngineSuite.Name)]
public abstract class Rule(EngineFixture fixture)
{
    protected RunningEngine Engine => fixture.Engine;

    protected IGrainFactory Grains => fixture.Engine.Grains;

    protected Probe Probe => fixture.Engine.Probe;

    protected Guid Key { get; } = Guid.CreateVersion7();
}
