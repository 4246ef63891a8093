using Classroom.Engine.Embedded;
using Classroom.Tests;
using Xunit;

namespace Engine.Specification.EmbeddedOnly;

public interface ILasting : IGrainWithGuidKey
{
    Task<Guid> Incarnation();

    Task StartTimer(bool keepAlive);
}

[CollectionAgeLimit(Hours = 2)]
public sealed class LastingGrain(Probe probe) : Grain, ILasting
{
    private readonly Guid _incarnation = Guid.CreateVersion7();

    public Task<Guid> Incarnation() => Task.FromResult(_incarnation);

    public Task StartTimer(bool keepAlive)
    {
        this.RegisterGrainTimer(
            () =>
            {
                probe.Write(this.GetPrimaryKey(), "tick");
                return Task.CompletedTask;
            },
            new() { DueTime = TimeSpan.FromMinutes(90), Period = TimeSpan.FromMinutes(90), KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Write(this.GetPrimaryKey(), reason.ReasonCode.ToString());
        return Task.CompletedTask;
    }
}

public interface ITakesGrain : IGrainWithGuidKey
{
    Task Take(ITakesGrain other);

    Task HandOverThis();
}

public sealed class TakesGrain : Grain, ITakesGrain
{
    public Task Take(ITakesGrain other) => Task.CompletedTask;

    public Task HandOverThis() => GrainFactory.GetGrain<ITakesGrain>(Guid.CreateVersion7()).Take(this);
}

/// <summary>What needs a hand-turned clock, or is stricter here than on Orleans.</summary>
public sealed class ByTheClock : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly Guid _key = Guid.CreateVersion7();
    private RunningEngine _engine = null!;

    public async Task InitializeAsync() => _engine = await EngineFixture.StartAsync(_time);

    public async Task DisposeAsync() => await _engine.DisposeAsync();

    [Fact]
    public async Task E3_the_response_timeout_is_thirty_seconds_unless_set()
    {
        var call = _engine.Grains.GetGrain<IRequests>(_key).Slow("slow");
        Assert.Equal("slow starts", await _engine.Probe.ReadAsync(_key));
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(call.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<TimeoutException>(() => call.Soon());
        _engine.Probe.Open(_key, "slow");
    }

    [Fact]
    public async Task E4_the_period_counts_from_the_end_of_the_callback()
    {
        await _engine.Grains.GetGrain<ITimed>(_key).StartGated(interleave: false);
        _time.Advance(TimeSpan.FromMilliseconds(5));
        Assert.Equal("start 1", await _engine.Probe.ReadAsync(_key));
        _time.Advance(TimeSpan.FromMinutes(1));
        _engine.Probe.Open(_key, "tick 1");
        Assert.Equal("end 1", await _engine.Probe.ReadAsync(_key));
        _engine.Probe.Open(_key, "hold");
        await _engine.Grains.GetGrain<ITimed>(_key).Hold();
        Assert.Equal(["hold", "held"], await _engine.Probe.ReadAsync(_key, 2));
        _time.Advance(TimeSpan.FromMilliseconds(4));
        Assert.True(_engine.Probe.IsSilent(_key));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("start 2", await _engine.Probe.ReadAsync(_key));
        _engine.Probe.Open(_key, "tick 2");
    }

    [Fact]
    public async Task E5_an_activation_is_collected_at_the_age_of_its_class()
    {
        var other = Guid.CreateVersion7();
        var lasting = await _engine.Grains.GetGrain<ILasting>(_key).Incarnation();
        await _engine.Grains.GetGrain<IShortLived>(other).Incarnation();
        await SettleAsync();
        _time.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(nameof(DeactivationReasonCode.ActivationIdle), await _engine.Probe.ReadAsync(other));
        Assert.Equal(lasting, await _engine.Grains.GetGrain<ILasting>(_key).Incarnation());
        await SettleAsync();
        _time.Advance(TimeSpan.FromMinutes(121));
        Assert.Equal(nameof(DeactivationReasonCode.ActivationIdle), await _engine.Probe.ReadAsync(_key));
    }

    [Theory]
    [InlineData(true, "tick")]
    [InlineData(false, nameof(DeactivationReasonCode.ActivationIdle))]
    public async Task E5_a_timer_keeps_its_activation_only_if_asked(bool keepAlive, string second)
    {
        await _engine.Grains.GetGrain<ILasting>(_key).StartTimer(keepAlive);
        await SettleAsync();
        _time.Advance(TimeSpan.FromMinutes(91));
        Assert.Equal("tick", await _engine.Probe.ReadAsync(_key));
        await SettleAsync();
        _time.Advance(TimeSpan.FromMinutes(90));
        Assert.Equal(second, await _engine.Probe.ReadAsync(_key));
    }

    [Fact]
    public async Task E9_a_call_cancelled_in_the_queue_is_not_started()
    {
        using var source = new CancellationTokenSource();
        var grain = _engine.Grains.GetGrain<ICancellable>(_key);
        var hold = grain.Hold();
        Assert.Equal("hold", await _engine.Probe.ReadAsync(_key));
        var call = grain.Wait(source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Soon());
        _engine.Probe.Open(_key, "hold");
        await hold.Soon();
        Assert.Equal("hello", await grain.Hello().Soon());
        Assert.True(_engine.Probe.IsSilent(_key));
    }

    [Fact]
    public async Task E10_a_grain_cannot_hand_over_itself_instead_of_its_reference() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _engine.Grains.GetGrain<ITakesGrain>(_key).HandOverThis().Soon());

    [Fact]
    public void E11_an_interface_without_a_class_is_refused() =>
        Assert.Throws<ArgumentException>(() => _engine.Grains.GetGrain<INobody>(_key));

    [Fact]
    public void E11_the_surface_is_exactly_what_is_agreed()
    {
        var surface = string.Join('\n', Surface.Of(EngineUnderTest.ModelTypes));
        // After a deliberate change: SURFACE_OUT=tests/Engine.Specification/surface.txt (a full path), then look at the diff.
        if (Environment.GetEnvironmentVariable("SURFACE_OUT") is { Length: > 0 } path)
        {
            File.WriteAllText(path, surface + "\n");
        }

        Assert.Equal(string.Join('\n', Surface.Agreed()), surface);
    }

    [Fact]
    public void E11_a_method_of_another_shape_is_refused_at_start() =>
        Assert.Throws<NotSupportedException>(() => GrainMethod.For(typeof(IWrongShape).GetMethod(nameof(IWrongShape.Say))!));

    // A request counts as running until a moment after its answer left; the clock must not move in between.
    private async Task SettleAsync() =>
        await ((EngineUnderTest)_engine).IdleAsync();

    private interface INobody : IGrainWithGuidKey;

    private interface IWrongShape : IGrainWithGuidKey
    {
        void Say();
    }
}
