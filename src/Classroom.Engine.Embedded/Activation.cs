using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Classroom.Engine.Embedded;

/// <summary>
/// One grain in memory: its instance, its scheduler, its queue. The engine hands it requests; it starts them one at a time,
/// or interleaved where the attributes allow it.
/// Invariant: an activation goes Created, Activating, Valid, Ending, Ended, never back; it is in the engine's table until Ended.
/// Invariant: everything of the grain runs on <see cref="_scheduler"/>; the queue and the counters are guarded by the gate.
/// </summary>
internal sealed partial class Activation(EmbeddedEngine engine, GrainAddress address, GrainClass grainClass)
{
    [ThreadStatic]
    private static Activation? _underConstruction;

    private readonly Lock _gate = new();
    private readonly ActivationScheduler _scheduler = new();
    private readonly List<Request> _waiting = [];
    private readonly HashSet<GrainTimer> _timers = [];
    private readonly HashSet<IStreamSession> _sessions = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AsyncServiceScope? _services;
    private Grain? _grain;
    private Exception? _failure;
    private Stage _stage;
    private DeactivationReason _reason;
    private Request? _blocking;
    private int _running;
    private int _signalled;
    private bool _wasValid;
    private bool _finishing;
    private TimeSpan _lastUsed = engine.Age;
    private TimeSpan _keptUntil = TimeSpan.MinValue;

    private enum Stage { Created, Activating, Valid, Ending, Ended }

    /// <summary>The activation whose grain is in its constructor on this thread.</summary>
    public static Activation? UnderConstruction => _underConstruction;

    public EmbeddedEngine Engine { get; } = engine;

    public GrainAddress Address { get; } = address;

    public IServiceProvider Services => _services!.Value.ServiceProvider;

    public Task Ended => _ended.Task;

    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return _stage == Stage.Valid && _running == 0 && _waiting.Count == 0;
            }
        }
    }

    /// <summary>Takes the request, unless the activation has ended.</summary>
    public bool TryReceive(Request request)
    {
        lock (_gate)
        {
            if (_stage == Stage.Ended)
            {
                return false;
            }

            _waiting.Add(request);
        }

        Signal();
        return true;
    }

    public void Deactivate(DeactivationReason reason)
    {
        IStreamSession[] sessions;
        lock (_gate)
        {
            if (_stage >= Stage.Ending)
            {
                return;
            }

            _stage = Stage.Ending;
            _reason = reason;
            sessions = [.. _sessions];
        }

        Array.ForEach(sessions, static session => session.Abort());
        Signal();
    }

    public bool DeactivateIfIdle(TimeSpan now, TimeSpan? age)
    {
        lock (_gate)
        {
            if (!IsIdle || _keptUntil > now || now - _lastUsed < (age ?? grainClass.CollectionAge))
            {
                return false;
            }
        }

        Deactivate(new(DeactivationReasonCode.ActivationIdle, "Idle for longer than its collection age."));
        return true;
    }

    public void KeepFor(TimeSpan time)
    {
        lock (_gate)
        {
            _keptUntil = time switch
            {
                _ when time == Timeout.InfiniteTimeSpan || time == TimeSpan.MaxValue => TimeSpan.MaxValue,
                _ when time <= TimeSpan.Zero => TimeSpan.MinValue,
                _ => Engine.Age + time,
            };
        }
    }

    public void Add(GrainTimer timer)
    {
        lock (_gate)
        {
            _timers.Add(timer);
        }
    }

    public void Remove(GrainTimer timer)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
        }
    }

    public void Add(IStreamSession session)
    {
        lock (_gate)
        {
            _sessions.Add(session);
        }
    }

    public void Remove(IStreamSession session)
    {
        lock (_gate)
        {
            _sessions.Remove(session);
        }
    }

    private void Signal()
    {
        if (Interlocked.Exchange(ref _signalled, 1) == 0)
        {
            EmbeddedEngine.WithoutContext(this, static activation => _ = Task.Factory.StartNew(
                static self => ((Activation)self!).Pump(),
                activation, CancellationToken.None, TaskCreationOptions.DenyChildAttach, activation._scheduler));
        }
    }

    /// <summary>Does what is due now. Runs on the scheduler, so never twice at once.</summary>
    private void Pump()
    {
        Interlocked.Exchange(ref _signalled, 0);
        Request? request = null;
        var more = false;
        Stage stage;
        lock (_gate)
        {
            stage = _stage;
            if (stage == Stage.Created)
            {
                _stage = Stage.Activating;
                _running++;
            }
            else if (stage == Stage.Valid)
            {
                request = TakeNext();
                more = request is not null && _waiting.Count > 0;
            }
            else if (stage == Stage.Ending && _running == 0 && !_finishing)
            {
                _finishing = true;
            }
            else
            {
                return;
            }
        }

        if (stage == Stage.Created)
        {
            _ = ActivateAsync();
        }
        else if (stage == Stage.Ending)
        {
            _ = FinishAsync();
        }
        else if (request is not null)
        {
            // The next request starts in a task of its own, so that continuations which wait already come first.
            _ = RunAsync(request);
            if (more)
            {
                Signal();
            }
        }
    }

    /// <summary>The first waiting request that may run beside those which are running (rules E2, E3).</summary>
    private Request? TakeNext()
    {
        for (var index = 0; index < _waiting.Count; index++)
        {
            var request = _waiting[index];
            if (request.IsAbandoned)
            {
                _waiting.RemoveAt(index--);
                continue;
            }

            var mayStart = _running == 0 || _blocking is null || request.AlwaysInterleave || grainClass.Reentrant
                || (_blocking.ReadOnly && request.ReadOnly);
            if (!mayStart)
            {
                continue;
            }

            _waiting.RemoveAt(index);
            _running++;
            if (!request.AlwaysInterleave)
            {
                _blocking ??= request;
            }

            return request;
        }

        return null;
    }

    private async Task RunAsync(Request request)
    {
        await request.RunAsync(_grain!);
        bool more;
        lock (_gate)
        {
            _running--;
            more = _waiting.Count > 0 || _stage == Stage.Ending;
            if (_blocking == request)
            {
                _blocking = null;
            }

            if (request.KeepsAlive)
            {
                _lastUsed = Engine.Age;
            }
        }

        if (more)
        {
            Signal();
        }
    }
}
