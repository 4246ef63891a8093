using Xunit;

namespace Engine.Specification;

public interface IFragile : IGrainWithGuidKey
{
    Task<string> Hello();
}

/// <summary>Waits at the gate "activate", then fails until the test has opened the gate "well".</summary>
public sealed class FragileGrain(Probe probe) : Grain, IFragile
{
    private readonly Guid _incarnation = Guid.CreateVersion7();

    public Task<string> Hello() => Task.FromResult($"hello from {_incarnation}");

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Write(this.GetPrimaryKey(), $"activating {_incarnation}");
        await probe.GateAsync(this.GetPrimaryKey(), "activate");
        if (!probe.GateAsync(this.GetPrimaryKey(), "well").IsCompleted)
        {
            throw new InvalidDataException("the stored facts are broken");
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Write(this.GetPrimaryKey(), "deactivated");
        return Task.CompletedTask;
    }
}

public interface IUnbuildable : IGrainWithGuidKey
{
    Task Hello();
}

public sealed class UnbuildableGrain : Grain, IUnbuildable
{
    public UnbuildableGrain(Probe probe)
    {
        if (!probe.GateAsync(Guid.Empty, "buildable").IsCompleted)
        {
            throw new InvalidDataException("a service is missing");
        }
    }

    public Task Hello() => Task.CompletedTask;
}

public sealed class E6_FailedActivation(EngineFixture fixture) : Rule(fixture)
{
    private IFragile Grain => Grains.GetGrain<IFragile>(Key);

    [Fact]
    public async Task E6_every_waiting_caller_fails_with_the_cause()
    {
        var first = Grain.Hello();
        Assert.StartsWith("activating", await Probe.ReadAsync(Key), StringComparison.Ordinal);
        var second = Grain.Hello();
        Probe.Open(Key, "activate");
        Assert.Equal("the stored facts are broken", (await Assert.ThrowsAsync<InvalidDataException>(() => first.Soon())).Message);
        await Assert.ThrowsAsync<InvalidDataException>(() => second.Soon());
    }

    [Fact]
    public async Task E6_nothing_is_left_behind_and_the_next_call_starts_afresh()
    {
        Probe.Open(Key, "activate");
        await Assert.ThrowsAsync<InvalidDataException>(() => Grain.Hello().Soon());
        var failed = await Probe.ReadAsync(Key);
        Probe.Open(Key, "well");
        Assert.StartsWith("hello", await Grain.Hello().Soon(), StringComparison.Ordinal);
        var fresh = await Probe.ReadAsync(Key);
        Assert.StartsWith("activating", fresh, StringComparison.Ordinal);
        Assert.NotEqual(failed, fresh);
    }

    [Fact]
    public async Task E6_a_grain_that_never_was_does_not_say_goodbye()
    {
        Probe.Open(Key, "activate");
        await Assert.ThrowsAsync<InvalidDataException>(() => Grain.Hello().Soon());
        await Probe.ReadAsync(Key);
        Probe.Open(Key, "well");
        await Grain.Hello().Soon();
        Assert.StartsWith("activating", await Probe.ReadAsync(Key), StringComparison.Ordinal);
    }

    [Fact]
    public async Task E6_a_failing_constructor_fails_the_caller()
    {
        var grain = Grains.GetGrain<IUnbuildable>(Key);
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => grain.Hello().Soon());
        Assert.Contains("a service is missing", failure.ToString(), StringComparison.Ordinal);
        Probe.Open(Guid.Empty, "buildable");
        await grain.Hello().Soon();
    }
}
