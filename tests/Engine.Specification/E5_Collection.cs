using Xunit;

namespace Engine.Specification;

public interface IShortLived : IGrainWithGuidKey
{
    Task<Guid> Incarnation();

    Task End();

    Task EndSlowly();

    Task Keep(TimeSpan time);

    Task<Guid> Hold();
}

public sealed class ShortLivedGrain(Probe probe) : Grain, IShortLived
{
    private readonly Guid _incarnation = Guid.CreateVersion7();
    private bool _slow;

    public Task<Guid> Incarnation() => Task.FromResult(_incarnation);

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task EndSlowly()
    {
        _slow = true;
        return End();
    }

    public Task Keep(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public async Task<Guid> Hold()
    {
        probe.Write(this.GetPrimaryKey(), "hold");
        await probe.GateAsync(this.GetPrimaryKey(), "hold");
        return _incarnation;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Write(this.GetPrimaryKey(), reason.ReasonCode.ToString());
        if (_slow)
        {
            await probe.GateAsync(this.GetPrimaryKey(), "goodbye");
            probe.Write(this.GetPrimaryKey(), "gone");
        }
    }
}

public interface IDisposing : IGrainWithGuidKey
{
    Task End();
}

public sealed class DisposingGrain(Probe probe, ActivationService service) : Grain, IDisposing, IAsyncDisposable
{
    private Guid _key;

    public Task End()
    {
        _key = this.GetPrimaryKey();
        service.Probe = probe;
        service.Key = _key;
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        probe.Write(_key, "grain disposed");
        return ValueTask.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Write(_key, "deactivated");
        return Task.CompletedTask;
    }
}

/// <summary>A scoped service: each activation has its own, and takes it along.</summary>
public sealed class ActivationService : IDisposable
{
    public Probe? Probe { get; set; }

    public Guid Key { get; set; }

    public void Dispose() => Probe?.Write(Key, "service disposed");
}

public sealed class E5_Collection(EngineFixture fixture) : Rule(fixture)
{
    private IShortLived Grain => Grains.GetGrain<IShortLived>(Key);

    [Fact]
    public async Task E5_an_idle_activation_is_collected_and_loses_its_fields()
    {
        var first = await Grain.Incarnation();
        await CollectedAsync(Key);
        Assert.NotEqual(first, await Grain.Incarnation().Soon());
    }

    [Fact]
    public async Task E5_an_activation_that_asked_to_stay_stays()
    {
        var control = Guid.CreateVersion7();
        var first = await Grain.Incarnation();
        await Grain.Keep(TimeSpan.FromHours(1));
        await Grains.GetGrain<IShortLived>(control).Incarnation();
        await CollectedAsync(control);
        Assert.Equal(first, await Grain.Incarnation().Soon());
        await Grain.Keep(TimeSpan.Zero);
        await CollectedAsync(Key);
        Assert.NotEqual(first, await Grain.Incarnation().Soon());
    }

    [Fact]
    public async Task E5_a_busy_activation_is_not_collected()
    {
        var control = Guid.CreateVersion7();
        var first = await Grain.Incarnation();
        var hold = Grain.Hold();
        Assert.Equal("hold", await Probe.ReadAsync(Key));
        await Grains.GetGrain<IShortLived>(control).Incarnation();
        await CollectedAsync(control);
        Probe.Open(Key, "hold");
        Assert.Equal(first, await hold.Soon());
        Assert.Equal(first, await Grain.Incarnation().Soon());
    }

    [Fact]
    public async Task E5_DeactivateOnIdle_ends_the_activation_and_the_next_call_makes_another()
    {
        var first = await Grain.Incarnation();
        await Grain.End();
        Assert.Equal(nameof(DeactivationReasonCode.ApplicationRequested), await Probe.ReadAsync(Key));
        Assert.NotEqual(first, await Grain.Incarnation().Soon());
    }

    [Fact]
    public async Task E5_a_call_during_the_end_is_answered_by_the_next_activation()
    {
        var first = await Grain.Incarnation();
        await Grain.EndSlowly();
        Assert.Equal(nameof(DeactivationReasonCode.ApplicationRequested), await Probe.ReadAsync(Key));
        var late = Grain.Incarnation();
        Assert.False(late.IsCompleted);
        Probe.Open(Key, "goodbye");
        Assert.NotEqual(first, await late.Soon());
        Assert.Equal("gone", await Probe.ReadAsync(Key));
    }

    [Fact]
    public async Task E5_an_ended_grain_is_disposed_with_its_services()
    {
        await Grains.GetGrain<IDisposing>(Key).End();
        Assert.Equal(["deactivated", "grain disposed", "service disposed"], await Probe.ReadAsync(Key, 3));
    }

    [Fact]
    public async Task E5_a_stopping_host_lets_every_activation_say_goodbye()
    {
        await using var own = await EngineFixture.StartAsync();
        Guid[] keys = [.. Enumerable.Range(0, 20).Select(static _ => Guid.CreateVersion7())];
        var probe = own.Probe;
        await Task.WhenAll(keys.Select(key => own.Grains.GetGrain<IShortLived>(key).Incarnation()));
        await own.StopAsync().Soon();
        foreach (var key in keys)
        {
            Assert.Equal(nameof(DeactivationReasonCode.ShuttingDown), await probe.ReadAsync(key));
        }
    }

    private async Task CollectedAsync(Guid key)
    {
        // An activation counts as busy until a moment after its answer left, so one look may be too early.
        var goodbye = Probe.ReadAsync(key);
        while (!goodbye.IsCompleted)
        {
            await Engine.CollectIdleAsync();
            await Task.Yield();
        }

        Assert.Equal(nameof(DeactivationReasonCode.ActivationIdle), await goodbye);
    }
}
