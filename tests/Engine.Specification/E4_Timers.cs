using Orleans.Runtime;
using Xunit;

namespace Engine.Specification;

public interface ITimed : IGrainWithGuidKey
{
    /// <summary>A timer whose callback writes "start", waits at the gate "tick{n}", writes "end".</summary>
    Task StartGated(bool interleave);

    /// <summary>Like a gated interleaving timer, but each callback first asks for the next one at once.</summary>
    Task StartHasty();

    Task StartFailing();

    /// <summary>A timer that writes "tick" and disposes itself at the third.</summary>
    Task StartThree();

    Task Prepare();

    Task Release();

    Task KeepToken();

    Task Hold();

    Task End();

    Task<string> CheckScheduler();
}

public sealed class TimedGrain(Probe probe) : Grain, ITimed
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(5);
    private IGrainTimer? _timer;
    private int _ticks;

    private Guid Key => this.GetPrimaryKey();

    public Task StartGated(bool interleave)
    {
        _timer = this.RegisterGrainTimer(
            static async (grain, _) =>
            {
                var tick = ++grain._ticks;
                grain.Write($"start {tick}");
                await grain.Probe.GateAsync(grain.Key, $"tick {tick}");
                grain.Write($"end {tick}");
            },
            this,
            new() { DueTime = Soon, Period = Soon, Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task StartHasty()
    {
        _timer = this.RegisterGrainTimer(
            async () =>
            {
                var tick = ++_ticks;
                _timer!.Change(TimeSpan.Zero, Soon);
                Write($"start {tick}");
                await probe.GateAsync(Key, $"tick {tick}");
                Write($"end {tick}");
            },
            new() { DueTime = Soon, Period = Timeout.InfiniteTimeSpan, Interleave = true });
        return Task.CompletedTask;
    }

    public Task StartFailing()
    {
        _timer = this.RegisterGrainTimer(
            () =>
            {
                Write($"tick {++_ticks}");
                throw new InvalidOperationException("The callback fails.");
            },
            new() { DueTime = Soon, Period = Soon });
        return Task.CompletedTask;
    }

    public Task StartThree()
    {
        _timer = this.RegisterGrainTimer(
            token =>
            {
                Write($"tick {++_ticks}");
                if (_ticks == 3)
                {
                    _timer!.Dispose();
                    Write(token.IsCancellationRequested ? "disposed" : "going on");
                }

                return Task.CompletedTask;
            },
            new() { DueTime = TimeSpan.Zero, Period = Soon });
        return Task.CompletedTask;
    }

    public Task Prepare()
    {
        _timer = this.RegisterGrainTimer(
            grain =>
            {
                grain.Write($"tick {++grain._ticks}");
                return Task.CompletedTask;
            },
            this,
            new() { DueTime = Timeout.InfiniteTimeSpan, Period = Timeout.InfiniteTimeSpan });
        return Task.CompletedTask;
    }

    public Task Release()
    {
        _timer!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task KeepToken()
    {
        _timer = this.RegisterGrainTimer(
            token =>
            {
                if (!probe.Has(Key))
                {
                    probe.Keep(Key, token);
                    Write("kept");
                }

                return Task.CompletedTask;
            },
            new() { DueTime = Soon, Period = Soon });
        return Task.CompletedTask;
    }

    public async Task Hold()
    {
        Write("hold");
        await probe.GateAsync(Key, "hold");
        Write("held");
    }

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task<string> CheckScheduler()
    {
        var home = TaskScheduler.Current;
        var seen = new TaskCompletionSource<TaskScheduler>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var timer = this.RegisterGrainTimer(
            () =>
            {
                seen.TrySetResult(TaskScheduler.Current);
                return Task.CompletedTask;
            },
            new() { DueTime = Soon, Period = Soon, Interleave = true });
        return await seen.Task == home ? "home" : "elsewhere";
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Write("deactivated");
        return Task.CompletedTask;
    }

    private Probe Probe => probe;

    private void Write(string entry) => probe.Write(Key, entry);
}

public interface IAlarm : IGrainWithGuidKey
{
    Task<int> Ticks();
}

/// <summary>Starts its timer while it is activating, as grains do.</summary>
public sealed class AlarmGrain(Probe probe) : Grain, IAlarm
{
    private int _ticks;

    public Task<int> Ticks() => Task.FromResult(_ticks);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(TickAsync, new() { DueTime = TimeSpan.Zero, Period = TimeSpan.FromMilliseconds(5) });
        await GrainFactory.GetGrain<ICounter>(this.GetPrimaryKey()).Next();
        await probe.GateAsync(this.GetPrimaryKey(), "active");
        probe.Write(this.GetPrimaryKey(), $"activated after {_ticks}");
    }

    private Task TickAsync()
    {
        if (++_ticks <= 3)
        {
            probe.Write(this.GetPrimaryKey(), $"tick {_ticks}");
        }

        return Task.CompletedTask;
    }
}

public sealed class E4_Timers(EngineFixture fixture) : Rule(fixture)
{
    private ITimed Grain => Grains.GetGrain<ITimed>(Key);

    [Fact]
    public async Task E4_the_next_callback_starts_after_the_last_one_ended()
    {
        await Grain.StartGated(interleave: true);
        for (var tick = 1; tick <= 4; tick++)
        {
            Assert.Equal($"start {tick}", await Probe.ReadAsync(Key));
            Probe.Open(Key, $"tick {tick}");
            Assert.Equal($"end {tick}", await Probe.ReadAsync(Key));
        }

        Probe.Open(Key, "tick 5");
        await Grain.End();
    }

    [Fact]
    public async Task E4_a_change_inside_the_callback_counts_from_its_end()
    {
        await Grain.StartHasty();
        Assert.Equal("start 1", await Probe.ReadAsync(Key));
        Assert.Equal("home", await Grain.CheckScheduler().Soon());
        Probe.Open(Key, "tick 1");
        Assert.Equal(["end 1", "start 2"], await Probe.ReadAsync(Key, 2));
        Probe.Open(Key, "tick 2");
        Assert.Equal(["end 2", "start 3"], await Probe.ReadAsync(Key, 2));
        Probe.Open(Key, "tick 3");
        Probe.Open(Key, "tick 4");
        await Grain.End();
    }

    [Fact]
    public async Task E4_a_callback_waits_for_the_running_request()
    {
        var hold = Grain.Hold();
        Assert.Equal("hold", await Probe.ReadAsync(Key));
        Probe.Open(Key, "tick 1");
        var start = Grain.StartGated(interleave: false);
        Probe.Open(Key, "hold");
        await Task.WhenAll(hold, start).Soon();
        Assert.Equal(["held", "start 1", "end 1"], await Probe.ReadAsync(Key, 3));
        Probe.Open(Key, "tick 2");
        await Grain.End();
    }

    [Fact]
    public async Task E4_a_request_waits_for_the_running_callback()
    {
        await Grain.StartGated(interleave: false);
        Assert.Equal("start 1", await Probe.ReadAsync(Key));
        Probe.Open(Key, "hold");
        var hold = Grain.Hold();
        Probe.Open(Key, "tick 1");
        Assert.Equal(["end 1", "hold", "held"], await Probe.ReadAsync(Key, 3));
        await hold.Soon();
        Probe.Open(Key, "tick 2");
        await Grain.End();
    }

    [Fact]
    public async Task E4_an_interleaving_callback_runs_beside_a_request()
    {
        await Grain.StartGated(interleave: true);
        Assert.Equal("start 1", await Probe.ReadAsync(Key));
        var hold = Grain.Hold();
        Assert.Equal("hold", await Probe.ReadAsync(Key));
        Probe.Open(Key, "tick 1");
        Assert.Equal(["end 1", "start 2"], await Probe.ReadAsync(Key, 2));
        Probe.Open(Key, "tick 2");
        Probe.Open(Key, "hold");
        await hold.Soon();
        Probe.Open(Key, "tick 3");
        Probe.Open(Key, "tick 4");
        await Grain.End();
    }

    [Fact]
    public async Task E4_a_failing_callback_is_called_again()
    {
        await Grain.StartFailing();
        Assert.Equal(["tick 1", "tick 2", "tick 3"], await Probe.ReadAsync(Key, 3));
        await Grain.End();
    }

    [Fact]
    public async Task E4_a_disposed_timer_cancels_its_token_and_is_silent()
    {
        await Grain.StartThree();
        Assert.Equal(["tick 1", "tick 2", "tick 3", "disposed"], await Probe.ReadAsync(Key, 4));
        await Grain.End();
        Assert.Equal("deactivated", await Probe.ReadAsync(Key));
    }

    [Fact]
    public async Task E4_a_timer_without_a_due_time_waits_to_be_changed()
    {
        await Grain.Prepare();
        await Grain.Release();
        Assert.Equal("tick 1", await Probe.ReadAsync(Key));
        await Grain.Release();
        Assert.Equal("tick 2", await Probe.ReadAsync(Key));
        await Grain.End();
        Assert.Equal("deactivated", await Probe.ReadAsync(Key));
    }

    [Fact]
    public async Task E4_a_timer_made_during_activation_ticks_after_it()
    {
        var ticks = Grains.GetGrain<IAlarm>(Key).Ticks();
        Probe.Open(Key, "active");
        await ticks.Soon();
        Assert.Equal(["activated after 0", "tick 1", "tick 2", "tick 3"], await Probe.ReadAsync(Key, 4));
    }

    [Fact]
    public async Task E4_timers_end_with_their_activation()
    {
        await Grain.KeepToken();
        Assert.Equal("kept", await Probe.ReadAsync(Key));
        await Grain.End();
        Assert.Equal("deactivated", await Probe.ReadAsync(Key));
        Assert.True(Probe.Kept<CancellationToken>(Key).IsCancellationRequested);
    }

    [Fact]
    public async Task E4_callbacks_run_on_the_activation() => Assert.Equal("home", await Grain.CheckScheduler().Soon());
}
