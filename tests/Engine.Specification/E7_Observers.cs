using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;
using Orleans.Utilities;
using Xunit;

namespace Engine.Specification;

public interface IListener : IGrainObserver
{
    Task Said(int number);

    [ResponseTimeout("00:00:01")]
    Task SaidImpatiently(int number);
}

public interface ISpeaker : IGrainWithGuidKey
{
    Task Subscribe(IListener listener);

    Task Unsubscribe(IListener listener);

    Task<int> Say(int number);

    Task SayImpatiently(int number);

    Task SayWithoutWaiting(int count);

    Task LaterBy(TimeSpan time);

    Task<string> StaysHome(IListener listener);
}

public sealed class SpeakerGrain : Grain, ISpeaker
{
    private readonly ObserverManager<IListener> _listeners = new(TimeSpan.FromMinutes(5), NullLogger.Instance);
    private DateTime _now = new(2026, 9, 1, 8, 0, 0, DateTimeKind.Utc);

    public SpeakerGrain() => _listeners.GetDateTime = () => _now;

    public Task Subscribe(IListener listener)
    {
        _listeners.Subscribe(listener, listener);
        return Task.CompletedTask;
    }

    public Task Unsubscribe(IListener listener)
    {
        _listeners.Unsubscribe(listener);
        return Task.CompletedTask;
    }

    public async Task<int> Say(int number)
    {
        await _listeners.Notify(listener => listener.Said(number));
        return _listeners.Count;
    }

    public Task SayImpatiently(int number) => _listeners.Notify(listener => listener.SaidImpatiently(number));

    public Task SayWithoutWaiting(int count)
    {
        for (var number = 0; number < count; number++)
        {
            var said = number;
            _listeners.Notify(listener => { _ = listener.Said(said); });
        }

        return Task.CompletedTask;
    }

    public Task LaterBy(TimeSpan time)
    {
        _now += time;
        return Task.CompletedTask;
    }

    public async Task<string> StaysHome(IListener listener)
    {
        var home = TaskScheduler.Current;
        await listener.Said(1);
        return TaskScheduler.Current == home ? "home" : "elsewhere";
    }
}

public sealed class Listener(Probe probe, Guid key) : IListener
{
    private int _inside;

    public bool Fails { get; set; }

    public async Task Said(int number)
    {
        Assert.Equal(1, Interlocked.Increment(ref _inside));
        await Task.Yield();
        probe.Write(key, $"{number}");
        Interlocked.Decrement(ref _inside);
        if (Fails)
        {
            throw new InvalidOperationException("The listener fails.");
        }
    }

    public Task SaidImpatiently(int number) => Said(number);
}

public sealed class E7_Observers(EngineFixture fixture) : Rule(fixture)
{
    private ISpeaker Speaker => Grains.GetGrain<ISpeaker>(Key);

    [Fact]
    public async Task E7_calls_arrive_one_after_another_in_order()
    {
        var (listener, reference) = Listen(Key);
        await Speaker.Subscribe(reference);
        await Speaker.SayWithoutWaiting(50).Soon();
        Assert.Equal(Enumerable.Range(0, 50).Select(static number => $"{number}"), await Probe.ReadAsync(Key, 50));
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task E7_a_reference_that_travelled_is_still_the_same()
    {
        var (listener, reference) = Listen(Key);
        await Speaker.Subscribe(reference);
        await Speaker.Subscribe(reference);
        Assert.Equal(1, await Speaker.Say(7).Soon());
        await Speaker.Unsubscribe(reference);
        Assert.Equal(0, await Speaker.Say(8).Soon());
        Assert.Equal("7", await Probe.ReadAsync(Key));
        Assert.True(Probe.IsSilent(Key));
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task E7_a_failing_observer_is_removed_and_the_others_are_not()
    {
        var otherKey = Guid.CreateVersion7();
        var (failing, failingReference) = Listen(Key);
        var (other, otherReference) = Listen(otherKey);
        failing.Fails = true;
        await Speaker.Subscribe(failingReference);
        await Speaker.Subscribe(otherReference);
        Assert.Equal(1, await Speaker.Say(1).Soon());
        Assert.Equal(1, await Speaker.Say(2).Soon());
        Assert.Equal(["1", "2"], await Probe.ReadAsync(otherKey, 2));
        GC.KeepAlive((failing, other));
    }

    [Fact]
    public async Task E7_an_observer_that_does_not_renew_expires()
    {
        var (listener, reference) = Listen(Key);
        await Speaker.Subscribe(reference);
        await Speaker.LaterBy(TimeSpan.FromMinutes(4));
        await Speaker.Subscribe(reference);
        await Speaker.LaterBy(TimeSpan.FromMinutes(4));
        Assert.Equal(1, await Speaker.Say(1).Soon());
        await Speaker.LaterBy(TimeSpan.FromMinutes(4));
        Assert.Equal(0, await Speaker.Say(2).Soon());
        Assert.Equal("1", await Probe.ReadAsync(Key));
        Assert.True(Probe.IsSilent(Key));
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task E7_a_deleted_observer_is_not_called_and_is_removed()
    {
        var (listener, reference) = Listen(Key);
        await Speaker.Subscribe(reference);
        Grains.DeleteObjectReference<IListener>(reference);
        await Speaker.SayImpatiently(1).Soon();
        Assert.Equal(0, await Speaker.Say(2).Soon());
        Assert.True(Probe.IsSilent(Key));
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task E7_a_grain_comes_back_to_its_scheduler_from_an_observer()
    {
        var (listener, reference) = Listen(Key);
        Assert.Equal("home", await Speaker.StaysHome(reference).Soon());
        GC.KeepAlive(listener);
    }

    [Fact]
    public void E7_a_reference_is_made_of_an_object_only()
    {
        var (listener, reference) = Listen(Key);
        Assert.ThrowsAny<ArgumentException>(() => Grains.CreateObjectReference<IListener>(reference));
        GC.KeepAlive(listener);
    }

    private (Listener Listener, IListener Reference) Listen(Guid key)
    {
        var listener = new Listener(Probe, key);
        return (listener, Grains.CreateObjectReference<IListener>(listener));
    }
}
