using System.Reflection;
using Classroom.Engine.Embedded;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Engine.Specification;

public sealed class EngineUnderTest : RunningEngine
{
    private readonly IHost _host;

    private EngineUnderTest(IHost host) => _host = host;

    public override IServiceProvider Services => _host.Services;

    public static IEnumerable<Type> ModelTypes => typeof(IGrain).Assembly.GetExportedTypes()
        .Where(static type => type.Namespace!.StartsWith("Orleans", StringComparison.Ordinal));

    /// <param name="services">What the grains stand on.</param>
    /// <param name="time">The clock of the grains and of their timers, if not the system's.</param>
    public static async Task<RunningEngine> StartAsync(Assembly grains, Action<IServiceCollection> services, TimeProvider? time = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        services(builder.Services);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddEmbeddedEngine(grains);
        var host = builder.Build();
        await host.StartAsync();
        return new EngineUnderTest(host);
    }

    public override Task CollectIdleAsync()
    {
        Services.GetRequiredService<EmbeddedEngine>().Collect(TimeSpan.Zero);
        return Task.CompletedTask;
    }

    /// <summary>Completes when nothing runs or waits in any activation.</summary>
    public async Task IdleAsync()
    {
        while (!Services.GetRequiredService<EmbeddedEngine>().IsIdle)
        {
            await Task.Yield();
        }
    }

    public override Task StopAsync() => _host.StopAsync();

    public override async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
