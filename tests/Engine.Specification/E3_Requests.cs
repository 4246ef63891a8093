using Orleans.Concurrency;
using Xunit;

namespace Engine.Specification;

public interface IRequests : IGrainWithGuidKey
{
    Task Slow(string name);

    ValueTask Quick(string name);

    [ResponseTimeout("00:00:01")]
    Task Impatient(string name);

    [OneWay]
    Task Tell(string name);

    [OneWay]
    Task TellAndFail();

    Task Fail();

    ValueTask<string> Echo(string text);
}

public sealed class RequestsGrain(Probe probe) : Grain, IRequests
{
    public async Task Slow(string name)
    {
        probe.Write(this.GetPrimaryKey(), name + " starts");
        await probe.GateAsync(this.GetPrimaryKey(), name);
        probe.Write(this.GetPrimaryKey(), name + " ends");
    }

    public ValueTask Quick(string name)
    {
        probe.Write(this.GetPrimaryKey(), name);
        return ValueTask.CompletedTask;
    }

    public Task Impatient(string name) => Slow(name);

    public Task Tell(string name) => Slow(name);

    public Task TellAndFail() => Fail();

    public Task Fail() => throw new InvalidDataException("no such pupil");

    public ValueTask<string> Echo(string text) => ValueTask.FromResult(text);
}

public interface ICycle : IGrainWithGuidKey
{
    [ResponseTimeout("00:00:01")]
    Task AskAround(Guid other, int depth);

    Task<string> Hello();
}

public sealed class CycleGrain : Grain, ICycle
{
    public Task AskAround(Guid other, int depth) => depth == 0
        ? Task.CompletedTask
        : GrainFactory.GetGrain<ICycle>(other).AskAround(this.GetPrimaryKey(), depth - 1);

    public Task<string> Hello() => Task.FromResult("hello");
}

public sealed class E3_Requests(EngineFixture fixture) : Rule(fixture)
{
    private IRequests Grain => Grains.GetGrain<IRequests>(Key);

    [Fact]
    public async Task E3_a_request_is_finished_before_the_next_starts()
    {
        var slow = Grain.Slow("slow");
        Assert.Equal("slow starts", await Probe.ReadAsync(Key));
        var quick = Grain.Quick("quick");
        Probe.Open(Key, "slow");
        await slow.Soon();
        await quick.AsTask().Soon();
        Assert.Equal(["slow ends", "quick"], await Probe.ReadAsync(Key, 2));
    }

    [Fact]
    public async Task E3_a_cycle_of_non_reentrant_grains_times_out_and_leaves_them_well()
    {
        var other = Guid.CreateVersion7();
        await Assert.ThrowsAsync<TimeoutException>(() => Grains.GetGrain<ICycle>(Key).AskAround(other, depth: 3).Soon());
        Assert.Equal("hello", await Grains.GetGrain<ICycle>(Key).Hello().Soon());
        Assert.Equal("hello", await Grains.GetGrain<ICycle>(other).Hello().Soon());
    }

    [Fact]
    public async Task E3_a_request_whose_caller_gave_up_is_not_started()
    {
        var slow = Grain.Slow("slow");
        Assert.Equal("slow starts", await Probe.ReadAsync(Key));
        await Assert.ThrowsAsync<TimeoutException>(() => Grain.Impatient("late").Soon());
        Probe.Open(Key, "slow");
        Probe.Open(Key, "late");
        await slow.Soon();
        await Grain.Quick("quick");
        Assert.Equal(["slow ends", "quick"], await Probe.ReadAsync(Key, 2));
    }

    [Fact]
    public async Task E3_a_running_request_goes_on_when_its_caller_gave_up()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => Grain.Impatient("long").Soon());
        Probe.Open(Key, "long");
        Assert.Equal(["long starts", "long ends"], await Probe.ReadAsync(Key, 2));
    }

    [Fact]
    public async Task E3_a_one_way_call_returns_before_it_is_done()
    {
        await Grain.Tell("told").Soon();
        Assert.Equal("told starts", await Probe.ReadAsync(Key));
        Probe.Open(Key, "told");
        Assert.Equal("told ends", await Probe.ReadAsync(Key));
    }

    [Fact]
    public async Task E3_a_failing_one_way_call_harms_nobody()
    {
        await Grain.TellAndFail().Soon();
        Assert.Equal("alive", await Grain.Echo("alive").AsTask().Soon());
    }

    [Fact]
    public async Task E3_a_failure_reaches_the_caller_as_it_was_thrown()
    {
        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => Grain.Fail().Soon());
        Assert.Equal("no such pupil", failure.Message);
        Assert.Equal("alive", await Grain.Echo("alive").AsTask().Soon());
    }
}
