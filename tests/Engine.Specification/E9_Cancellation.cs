using Xunit;

namespace Engine.Specification;

public interface ICancellable : IGrainWithGuidKey
{
    Task Wait(CancellationToken cancellationToken);

    Task<int> Add(int one, int other, CancellationToken cancellationToken = default);

    Task Hold();

    Task<string> Hello();
}

public sealed class CancellableGrain(Probe probe) : Grain, ICancellable
{
    public async Task Wait(CancellationToken cancellationToken)
    {
        probe.Write(this.GetPrimaryKey(), "waiting");
        var home = TaskScheduler.Current;
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(() =>
        {
            probe.Write(this.GetPrimaryKey(), TaskScheduler.Current == home ? "told at home" : "told elsewhere");
            cancelled.SetResult();
        });
        await cancelled.Task;
        cancellationToken.ThrowIfCancellationRequested();
    }

    public Task<int> Add(int one, int other, CancellationToken cancellationToken = default) =>
        Task.FromResult(cancellationToken.IsCancellationRequested ? -1 : one + other);

    public async Task Hold()
    {
        probe.Write(this.GetPrimaryKey(), "hold");
        await probe.GateAsync(this.GetPrimaryKey(), "hold");
    }

    public Task<string> Hello() => Task.FromResult("hello");
}

public sealed class E9_Cancellation(EngineFixture fixture) : Rule(fixture)
{
    private ICancellable Grain => Grains.GetGrain<ICancellable>(Key);

    [Fact]
    public async Task E9_a_cancelled_call_cancels_in_the_grain()
    {
        using var source = new CancellationTokenSource();
        var call = Grain.Wait(source.Token);
        Assert.Equal("waiting", await Probe.ReadAsync(Key));
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Soon());
        Assert.Equal("told at home", await Probe.ReadAsync(Key));
        Assert.Equal("hello", await Grain.Hello().Soon());
    }

    [Fact]
    public async Task E9_a_call_with_a_cancelled_token_is_not_made()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Grain.Wait(new(canceled: true)).Soon());
        Assert.Equal("hello", await Grain.Hello().Soon());
        Assert.True(Probe.IsSilent(Key));
    }

    [Fact]
    public async Task E9_a_call_cancelled_in_the_queue_frees_its_caller_at_once()
    {
        using var source = new CancellationTokenSource();
        var hold = Grain.Hold();
        Assert.Equal("hold", await Probe.ReadAsync(Key));
        var call = Grain.Wait(source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Soon());
        Assert.False(hold.IsCompleted);
        Probe.Open(Key, "hold");
        await hold.Soon();
        Assert.Equal("hello", await Grain.Hello().Soon());
    }

    [Fact]
    public async Task E9_a_token_that_stays_quiet_changes_nothing()
    {
        using var source = new CancellationTokenSource();
        Assert.Equal(5, await Grain.Add(2, 3, source.Token).Soon());
        Assert.Equal(5, await Grain.Add(2, 3).Soon());
    }
}
