using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Engine.Specification;

/// <summary>One engine for the whole suite; tests keep apart by their grain keys.</summary>
public sealed class EngineFixture : IAsyncLifetime
{
    public RunningEngine Engine { get; private set; } = null!;

    public static Task<RunningEngine> StartAsync(TimeProvider? time = null) => EngineUnderTest.StartAsync(
        typeof(EngineFixture).Assembly, static services => services.AddSingleton<Probe>().AddScoped<ActivationService>(), time);

    public async Task InitializeAsync() => Engine = await StartAsync();

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
