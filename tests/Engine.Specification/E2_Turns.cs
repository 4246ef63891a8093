using Orleans.Concurrency;
using Xunit;

namespace Engine.Specification;

public interface ITurns : IGrainWithGuidKey
{
    Task<int> Crowd(int tasks, int turns);

    Task<string> StaysHome();

    Task<bool> TaskRunLeaves();

    Task<bool> ConfigureAwaitFalseLeaves();

    Task<string?> Ambient();

    Task<int> Parallel(int others);
}

public sealed class TurnsGrain : Grain, ITurns
{
    private int _inside;
    private int _overlaps;

    public async Task<int> Crowd(int tasks, int turns)
    {
        var started = Enumerable.Range(0, tasks).Select(_ => TurnAsync(turns))
            .Append(Task.Factory.StartNew(() => TurnAsync(turns)).Unwrap());
        await Task.WhenAll(started);
        return _overlaps;
    }

    public async Task<string> StaysHome()
    {
        var home = TaskScheduler.Current;
        if (home == TaskScheduler.Default)
        {
            return "not on a scheduler of its own";
        }

        await Task.Yield();
        if (TaskScheduler.Current != home)
        {
            return "yield";
        }

        await Task.Delay(1);
        if (TaskScheduler.Current != home)
        {
            return "delay";
        }

        await Task.Run(static () => Task.Delay(1));
        if (TaskScheduler.Current != home)
        {
            return "run";
        }

        await GrainFactory.GetGrain<ICounter>(this.GetPrimaryKey()).Next();
        if (TaskScheduler.Current != home)
        {
            return "grain call";
        }

        await Task.Factory.StartNew(() => Assert.Same(home, TaskScheduler.Current));
        return "home";
    }

    public Task<bool> TaskRunLeaves() => Task.Run(static () => TaskScheduler.Current == TaskScheduler.Default);

    public async Task<bool> ConfigureAwaitFalseLeaves()
    {
#pragma warning disable ORLEANS0014 // The very mistake whose effect the test shows.
        await Task.Delay(1).ConfigureAwait(false);
#pragma warning restore ORLEANS0014
        return TaskScheduler.Current == TaskScheduler.Default;
    }

    public Task<string?> Ambient() => Task.FromResult(E2_Turns.Ambient.Value);

    public async Task<int> Parallel(int others)
    {
        var calls = Enumerable.Range(0, others).Select(_ => GrainFactory.GetGrain<ICounter>(Guid.CreateVersion7()).Next());
        var numbers = await Task.WhenAll(calls);
        return numbers.Sum();
    }

    private async Task TurnAsync(int turns)
    {
        for (var turn = 0; turn < turns; turn++)
        {
            if (Interlocked.Increment(ref _inside) != 1)
            {
                Interlocked.Increment(ref _overlaps);
            }

            Thread.SpinWait(200);
            Interlocked.Decrement(ref _inside);
            await Task.Yield();
        }
    }
}

public interface IPingPong : IGrainWithGuidKey
{
    Task<int> Ask(Guid other, int depth);
}

[Reentrant]
public sealed class PingPongGrain : Grain, IPingPong
{
    public async Task<int> Ask(Guid other, int depth) =>
        depth == 0 ? 0 : 1 + await GrainFactory.GetGrain<IPingPong>(other).Ask(this.GetPrimaryKey(), depth - 1);
}

public interface IInterleaving : IGrainWithGuidKey
{
    Task Hold();

    [AlwaysInterleave]
    Task Slip();

    [ReadOnly]
    Task<int> HoldReading();

    [ReadOnly]
    Task<int> Read();

    Task Change();
}

public sealed class InterleavingGrain(Probe probe) : Grain, IInterleaving
{
    private int _version;

    public async Task Hold()
    {
        probe.Write(this.GetPrimaryKey(), "hold");
        await probe.GateAsync(this.GetPrimaryKey(), "hold");
        probe.Write(this.GetPrimaryKey(), "held");
    }

    public Task Slip()
    {
        probe.Write(this.GetPrimaryKey(), "slip");
        return Task.CompletedTask;
    }

    public async Task<int> HoldReading()
    {
        probe.Write(this.GetPrimaryKey(), "reading");
        await probe.GateAsync(this.GetPrimaryKey(), "reading");
        return _version;
    }

    public Task<int> Read() => Task.FromResult(_version);

    public Task Change()
    {
        _version++;
        return Task.CompletedTask;
    }
}

public sealed class E2_Turns(EngineFixture fixture) : Rule(fixture)
{
    public static readonly AsyncLocal<string?> Ambient = new();

    [Fact]
    public async Task E2_everything_a_grain_starts_runs_one_at_a_time() =>
        Assert.Equal(0, await Grains.GetGrain<ITurns>(Key).Crowd(tasks: 16, turns: 200).Soon());

    [Fact]
    public async Task E2_awaits_come_back_to_the_activation() =>
        Assert.Equal("home", await Grains.GetGrain<ITurns>(Key).StaysHome().Soon());

    [Fact]
    public async Task E2_Task_Run_leaves_the_activation() => Assert.True(await Grains.GetGrain<ITurns>(Key).TaskRunLeaves().Soon());

    [Fact]
    public async Task E2_ConfigureAwait_false_leaves_the_activation() =>
        Assert.True(await Grains.GetGrain<ITurns>(Key).ConfigureAwaitFalseLeaves().Soon());

    [Fact]
    public async Task E2_ambient_values_of_the_caller_stay_with_the_caller()
    {
        Ambient.Value = "caller";
        Assert.Null(await Grains.GetGrain<ITurns>(Key).Ambient());
        Assert.Equal("caller", Ambient.Value);
    }

    [Fact]
    public async Task E2_one_grain_asks_many_at_once() => Assert.Equal(100, await Grains.GetGrain<ITurns>(Key).Parallel(100).Soon());

    [Fact]
    public async Task E2_a_reentrant_grain_may_be_asked_back() =>
        Assert.Equal(8, await Grains.GetGrain<IPingPong>(Key).Ask(Guid.CreateVersion7(), 8).Soon());

    [Fact]
    public async Task E2_an_interleaving_method_slips_in_at_an_await()
    {
        var grain = Grains.GetGrain<IInterleaving>(Key);
        var hold = grain.Hold();
        Assert.Equal("hold", await Probe.ReadAsync(Key));
        await grain.Slip().Soon();
        Assert.Equal("slip", await Probe.ReadAsync(Key));
        Probe.Open(Key, "hold");
        await hold.Soon();
    }

    [Fact]
    public async Task E2_readers_interleave_with_readers_but_not_with_a_writer()
    {
        var grain = Grains.GetGrain<IInterleaving>(Key);
        var reading = grain.HoldReading();
        Assert.Equal("reading", await Probe.ReadAsync(Key));
        Assert.Equal(0, await grain.Read().Soon());
        var change = grain.Change();
        Assert.Equal(0, await grain.Read().Soon());
        Probe.Open(Key, "reading");
        Assert.Equal(0, await reading.Soon());
        await change.Soon();
        Assert.Equal(1, await grain.Read().Soon());
    }
}
