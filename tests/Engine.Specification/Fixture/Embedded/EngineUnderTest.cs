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

    public static Task<RunningEngine> StartAsync() => StartAsync(configure: null);

    public static async Task<RunningEngine> StartAsync(Action<EmbeddedEngineOptions>? configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton<Probe>().AddScoped<ActivationService>();
        builder.Services.AddEmbeddedEngine(configure, typeof(EngineUnderTest).Assembly);
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
