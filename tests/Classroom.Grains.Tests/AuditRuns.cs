using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;
using Orleans.Runtime;

namespace Classroom.Grains.Tests;

/// <summary>The one audit of an installation: what was asked of it holds, though the silo that was asked is gone.</summary>
public sealed class AuditRuns : IAsyncLifetime
{
    private readonly string _file = Stage.NewFile();
    private TestSilo _silo = null!;

    private IAuditGrain Audit => _silo.Grains.GetGrain<IAuditGrain>(0);

    private string Own => _silo.Services.GetRequiredService<Holders>().Own;

    public async Task InitializeAsync()
    {
        var settings = DatabaseSettings.ForFile(_file);
        await Migrator.MigrateAsync(settings, CancellationToken.None);
        _silo = await TestSilo.StartAsync(services =>
        {
            services.AddSingleton(TimeProvider.System);
            services.AddSingleton(new AuditStore(settings));
            services.AddSingleton(static s => new Holders(s.GetRequiredService<IClusterMembershipService>(), s.GetRequiredService<ILocalSiloDetails>(), TimeProvider.System));
        });
    }

    public async Task DisposeAsync()
    {
        await _silo.DisposeAsync();
        Stage.Delete(_file);
    }

    [Fact]
    public async Task A_stop_holds_though_the_activation_that_was_asked_is_gone()
    {
        var id = Guid.CreateVersion7();
        (await Audit.Stop()).ShouldBeFalse("none runs");
        (await Audit.Start(id, Own)).ShouldBeTrue();
        (await Audit.Report(id, "golden", 1, 9)).ShouldBeTrue();
        (await Audit.Stop()).ShouldBeTrue();
        await LostAsync();
        (await Audit.Look())!.State.ShouldBe("stopping");
        (await Audit.Start(Guid.CreateVersion7(), Own)).ShouldBeFalse("it has not ended yet");
        (await Audit.Start(id, Own)).ShouldBeTrue("the same start twice is one");
        (await Audit.Report(id, "golden", 2, 9)).ShouldBeFalse("it is to end");
        (await Audit.Stop()).ShouldBeTrue("twice is as good as once");
        await _silo.Services.GetRequiredService<AuditStore>().EndAsync(id, "stopped", null, null, CancellationToken.None);
        await Audit.Ended(id);
        (await Audit.Look())!.State.ShouldBe("stopped");
        var next = Guid.CreateVersion7();
        (await Audit.Start(next, Own)).ShouldBeTrue();
        (await Audit.Report(next, "golden", 1, 9)).ShouldBeTrue("the stop was the other's");
    }

    private async Task LostAsync()
    {
        await Audit.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        await Audit.Look();
    }
}
