using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace Classroom.Engine.Embedded;

/// <summary>
/// The table of activations and what a host needs of it: references, collection of idle activations, an orderly stop.
/// Invariant: at most one activation per address is in the table, and requests reach a grain only through it (rule E1).
/// </summary>
internal sealed class EmbeddedEngine : IClusterClient, IHostedService, IDisposable
{
    // As on Orleans: a request that finds one ending activation after another is refused in the end.
    private const int MaxForwards = 2;

    private readonly ConcurrentDictionary<GrainAddress, Activation> _activations = new();
    private readonly ILookup<Type, GrainClass> _byInterface;
    private readonly Dictionary<Type, GrainClass> _byType;
    private readonly ITimer _collector;
    private readonly long _began;
    private volatile bool _stopping;

    public EmbeddedEngine(IServiceProvider services, IOptions<EmbeddedEngineOptions> options, ILogger<EmbeddedEngine> log)
    {
        ServiceProvider = services;
        Options = options.Value;
        Log = log;
        Time = Options.TimeProvider ?? services.GetService(typeof(TimeProvider)) as TimeProvider ?? TimeProvider.System;
        _began = Time.GetTimestamp();
        _byInterface = GrainClass.Find(Options.GrainAssemblies, Options.CollectionAge);
        _byType = _byInterface.SelectMany(static classes => classes).Distinct().ToDictionary(static found => found.Type);
        _collector = NewTimer(static engine => ((EmbeddedEngine)engine!).Collect(age: null), this);
    }

    public IServiceProvider ServiceProvider { get; }

    public EmbeddedEngineOptions Options { get; }

    public ILogger Log { get; }

    public TimeProvider Time { get; }

    /// <summary>Time that has passed, whatever the clock is set to: what is idle is told by this.</summary>
    public TimeSpan Age => Time.GetElapsedTime(_began);

    /// <summary>Nothing runs or waits in any activation just now.</summary>
    public bool IsIdle => _activations.Values.All(static activation => activation.IsIdle);

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey) where TGrainInterface : IGrainWithGuidKey =>
        (TGrainInterface)Refer(typeof(TGrainInterface), primaryKey.ToString("N"));

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey) where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        return (TGrainInterface)Refer(typeof(TGrainInterface), primaryKey);
    }

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        return obj is GrainReference or Grain or not TGrainObserverInterface
            ? throw new ArgumentException($"{obj.GetType()} does not observe as {typeof(TGrainObserverInterface)}.", nameof(obj))
            : (TGrainObserverInterface)GrainReference.Create(typeof(TGrainObserverInterface), new ObserverTarget(this, obj));
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj) where TGrainObserverInterface : IGrainObserver
    {
        if ((object)obj is not GrainReference { Target: ObserverTarget target })
        {
            throw new ArgumentException("Not a reference made by CreateObjectReference.", nameof(obj));
        }

        target.Delete();
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _collector.Change(Options.CollectionQuantum, Options.CollectionQuantum);
        return Task.CompletedTask;
    }

    /// <summary>Ends every activation, each after its running requests, within the host's patience.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        await _collector.DisposeAsync();
        try
        {
            while (!_activations.IsEmpty)
            {
                var left = _activations.Values.ToList();
                left.ForEach(static activation => activation.Deactivate(new(DeactivationReasonCode.ShuttingDown, "The host is stopping.")));
                await Task.WhenAll(left.Select(static activation => activation.Ended)).WaitAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            Log.LogWarning("Stopped with {Count} activations still working.", _activations.Count);
        }
    }

    public void Dispose() => _collector.Dispose();

    /// <summary>Ends the activations that were idle for the given age, or for the age of their class (rule E5).</summary>
    public int Collect(TimeSpan? age)
    {
        var now = Age;
        return _activations.Values.Count(activation => activation.DeactivateIfIdle(now, age));
    }

    public void Dispatch(GrainAddress address, Request request)
    {
        while (true)
        {
            if (!_activations.TryGetValue(address, out var activation))
            {
                if (_stopping)
                {
                    request.Reject(new SiloUnavailableException($"The host is stopping: {address} is not activated any more."));
                    return;
                }

                activation = _activations.GetOrAdd(
                    address, static (address, engine) => new(engine, address, engine._byType[address.Class]), this);
            }

            if (activation.TryReceive(request))
            {
                return;
            }

            Forget(activation);
        }
    }

    public void Forward(GrainAddress address, Request request)
    {
        if (++request.Forwarded > MaxForwards)
        {
            request.Reject(new OrleansMessageRejectionException($"{address} ended again and again before it took the request."));
        }
        else
        {
            Dispatch(address, request);
        }
    }

    public void Forget(Activation activation) => _activations.TryRemove(new(activation.Address, activation));

    /// <summary>A stopped timer which does not carry its maker's ambient values along.</summary>
    public ITimer NewTimer(TimerCallback callback, object state)
    {
        ITimer? timer = null;
        WithoutContext((this, callback, state), made =>
            timer = made.Item1.Time.CreateTimer(made.callback, made.state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        return timer!;
    }

    public static void WithoutContext<T>(T state, Action<T> action)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            action(state);
            return;
        }

        using (ExecutionContext.SuppressFlow())
        {
            action(state);
        }
    }

    private object Refer(Type contract, string key)
    {
        var classes = _byInterface[contract].ToList();
        return classes.Count == 1
            ? GrainReference.Create(contract, new GrainAddress(this, classes[0].Type, key))
            : throw new ArgumentException(
                $"{contract} is implemented by {classes.Count} registered grain classes, and must be by one.", nameof(contract));
    }
}
