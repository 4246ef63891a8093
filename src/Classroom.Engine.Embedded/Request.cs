using Microsoft.Extensions.Logging;

namespace Classroom.Engine.Embedded;

/// <summary>Where requests go: a grain, wherever its activation is, or an observer.</summary>
internal interface IRequestTarget
{
    EmbeddedEngine Engine { get; }

    void Receive(Request request);
}

/// <summary>One piece of work for an activation or an observer: a call, a timer's tick, a step of a sequence.</summary>
internal abstract class Request
{
    public bool AlwaysInterleave { get; init; }

    public bool ReadOnly { get; init; }

    public bool KeepsAlive { get; init; } = true;

    /// <summary>Must not be handed to the next activation of the same grain.</summary>
    public bool BoundToActivation { get; init; }

    public int Forwarded { get; set; }

    /// <summary>Nobody waits for it any more: it is not started.</summary>
    public abstract bool IsAbandoned { get; }

    /// <summary>Never fails; the outcome goes to whoever asked.</summary>
    public abstract Task RunAsync(object target);

    public abstract void Reject(Exception failure);
}

/// <summary>A request somebody awaits. The wait ends by result, failure, cancellation, or the response timeout (rules E3, E9).</summary>
internal abstract class Request<TResult> : Request
{
    private readonly TaskCompletionSource<TResult> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource? _callee;
    private readonly CancellationTokenRegistration _registration;
    private readonly ITimer? _timeout;
    private readonly TimeSpan _patience;
    private TaskScheduler? _runningOn;

    protected Request(EmbeddedEngine engine, TimeSpan patience, CancellationToken cancellation)
    {
        _patience = patience;
        if (cancellation.CanBeCanceled)
        {
            _callee = new();
            _registration = cancellation.UnsafeRegister(static (request, token) => ((Request<TResult>)request!).Cancel(token), this);
        }

        if (patience != Timeout.InfiniteTimeSpan)
        {
            _timeout = engine.NewTimer(static request => ((Request<TResult>)request!).TimeOut(), this);
            _timeout.Change(patience, Timeout.InfiniteTimeSpan);
        }
    }

    public Task<TResult> Outcome => _outcome.Task;

    public override bool IsAbandoned => _outcome.Task.IsCompleted;

    /// <summary>The grain's own token, cancelled on the grain's scheduler.</summary>
    protected CancellationToken CalleeToken => _callee?.Token ?? CancellationToken.None;

    public sealed override async Task RunAsync(object target)
    {
        Interlocked.Exchange(ref _runningOn, TaskScheduler.Current);
        if (IsAbandoned)
        {
            return;
        }

        try
        {
            var result = await InvokeAsync(target);
            if (_outcome.TrySetResult(result))
            {
                Settle();
            }
        }
        catch (Exception failure)
        {
            Reject(failure);
        }
    }

    public override void Reject(Exception failure)
    {
        var first = failure is OperationCanceledException cancelled
            ? _outcome.TrySetCanceled(cancelled.CancellationToken)
            : _outcome.TrySetException(failure);
        if (first)
        {
            Settle();
        }
    }

    protected abstract Task<TResult> InvokeAsync(object target);

    protected abstract string Describe();

    private void Cancel(CancellationToken token)
    {
        if (!_outcome.TrySetCanceled(token))
        {
            return;
        }

        Settle();
        if (Interlocked.CompareExchange(ref _runningOn, value: null, comparand: null) is { } scheduler)
        {
            _ = Task.Factory.StartNew(
                static source => ((CancellationTokenSource)source!).Cancel(),
                _callee, CancellationToken.None, TaskCreationOptions.None, scheduler);
        }
    }

    private void TimeOut()
    {
        if (_outcome.TrySetException(new TimeoutException($"No response in {_patience} from {Describe()}.")))
        {
            Settle();
        }
    }

    private void Settle()
    {
        _timeout?.Dispose();
        _registration.Unregister();
        // A failure nobody awaits is the caller's choice, not an unobserved exception of the process.
        _ = _outcome.Task.Exception;
    }
}

/// <summary>A call of a grain method.</summary>
internal sealed class CallRequest<TResult> : Request<TResult>
{
    private readonly CallMethod<TResult> _method;
    private readonly object?[] _arguments;
    private readonly IRequestTarget _target;

    public CallRequest(CallMethod<TResult> method, object?[] arguments, IRequestTarget target, CancellationToken cancellation)
        : base(
            target.Engine,
            method.OneWay ? Timeout.InfiniteTimeSpan : method.Timeout ?? target.Engine.Options.ResponseTimeout,
            cancellation)
    {
        _method = method;
        _arguments = arguments;
        _target = target;
        method.PutToken(arguments, CalleeToken);
    }

    public override void Reject(Exception failure)
    {
        if (_method.OneWay)
        {
            _target.Engine.Log.LogWarning(failure, "The one-way call {Call} failed.", Describe());
        }

        base.Reject(failure);
    }

    protected override Task<TResult> InvokeAsync(object target) => _method.InvokeAsync(target, _arguments);

    protected override string Describe() => $"{_method.Name} of {_target}";
}
