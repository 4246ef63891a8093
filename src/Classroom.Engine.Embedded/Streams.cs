using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace Classroom.Engine.Embedded;

/// <summary>A method that returns a sequence. Nothing happens until the first MoveNextAsync (rule E8).</summary>
internal sealed class StreamMethod<T>(MethodInfo method) : GrainMethod(method)
{
    private readonly Func<object, object?[], IAsyncEnumerable<T>> _invoke = Compile<IAsyncEnumerable<T>>(method);

    public IAsyncEnumerator<T> Start(object target, object?[] arguments, CancellationToken token)
    {
        PutToken(arguments, token);
        return _invoke(target, arguments).GetAsyncEnumerator(token);
    }

    protected override object SendCore(IRequestTarget target, object?[] arguments) =>
        new GrainSequence<T>(this, target, arguments, TokenIn(arguments));
}

/// <summary>What the caller holds of a sequence.</summary>
internal sealed class GrainSequence<T>(StreamMethod<T> method, IRequestTarget target, object?[] arguments, CancellationToken fromCall)
    : IAsyncEnumerable<T>
{
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new Enumerator(new(method, (object?[])arguments.Clone()), target, fromCall, cancellationToken);

    private sealed class Enumerator(
        StreamSession<T> session, IRequestTarget target, CancellationToken fromCall, CancellationToken fromLoop) : IAsyncEnumerator<T>
    {
        private readonly CancellationTokenSource _either = CancellationTokenSource.CreateLinkedTokenSource(fromCall, fromLoop);
        private StreamBatch<T> _batch = new([], IsLast: false);
        private int _index = -1;
        private bool _asked;

        public T Current => _batch.Items[_index];

        public async ValueTask<bool> MoveNextAsync()
        {
            if (++_index < _batch.Items.Count)
            {
                return true;
            }

            if (_batch.IsLast)
            {
                return false;
            }

            _either.Token.ThrowIfCancellationRequested();
            var next = new NextRequest<T>(session, target.Engine, _either.Token) { AlwaysInterleave = true, BoundToActivation = _asked };
            if (!_asked)
            {
                _asked = true;
                target.Receive(next);
            }
            else if (session.Owner is not { } owner || !owner.TryReceive(next))
            {
                throw StreamSession<T>.Aborted();
            }

            _batch = await next.Outcome;
            _index = 0;
            return _batch.Items.Count > 0;
        }

        public async ValueTask DisposeAsync()
        {
            _either.Dispose();
            session.CallerLeft = true;
            if (session.Owner is { } owner)
            {
                var end = new EndRequest<T>(session, target.Engine) { AlwaysInterleave = true, BoundToActivation = true };
                if (owner.TryReceive(end))
                {
                    await ((Task)end.Outcome).ConfigureAwait(
                        ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                }
            }
        }
    }
}

internal sealed record StreamBatch<T>(List<T> Items, bool IsLast);

internal interface IStreamSession
{
    /// <summary>The activation is ending: whoever waits for the next item stops waiting.</summary>
    void Abort();

    Task EndAsync();
}

/// <summary>A running sequence inside its activation, touched only on that activation's scheduler, except where said.</summary>
internal sealed class StreamSession<T>(StreamMethod<T> method, object?[] arguments) : IStreamSession
{
    // As on Orleans: what is ready without waiting travels together.
    private const int MaxBatch = 100;

    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IAsyncEnumerator<T>? _items;
    private Task<bool>? _step;
    private volatile Activation? _owner;
    private volatile bool _callerLeft;

    /// <summary>Read by the caller, from any thread.</summary>
    public Activation? Owner => _owner;

    /// <summary>Written by the caller, from any thread.</summary>
    public bool CallerLeft { set => _callerLeft = value; }

    public static EnumerationAbortedException Aborted() => new("The activation which produced this sequence is gone.");

    public void Abort() => _aborted.TrySetResult();

    public async Task<StreamBatch<T>> NextAsync(object target)
    {
        if (_owner is null)
        {
            var activation = ((Grain)target).Activation;
            activation.Add(this);
            _items = method.Start(target, arguments, _ended.Token);
            _owner = activation;
            Interlocked.MemoryBarrier();
            if (_callerLeft)
            {
                await EndAsync();
            }
        }

        ObjectDisposedException.ThrowIf(_items is null, this);
        var batch = new List<T>();
        while (batch.Count < MaxBatch)
        {
            _step ??= _items.MoveNextAsync().AsTask();
            if (batch.Count > 0 && !_step.IsCompletedSuccessfully)
            {
                break;
            }

            if (!_step.IsCompleted && await Task.WhenAny(_step, _aborted.Task) != _step)
            {
                throw Aborted();
            }

            var step = _step;
            _step = null;
            if (!await step)
            {
                return new(batch, IsLast: true);
            }

            batch.Add(_items.Current);
        }

        return new(batch, IsLast: false);
    }

    public async Task EndAsync()
    {
        if (_items is not { } items)
        {
            return;
        }

        _items = null;
        _owner?.Remove(this);
#pragma warning disable MA0042 // CancelAsync would run the iterator's callbacks off the activation's scheduler.
        _ended.Cancel();
#pragma warning restore MA0042
        if (_step is { } step)
        {
            // An iterator that ignores its token cannot be disposed while it runs; it is left to itself.
            var patience = step.WaitAsync(_owner!.Engine.Options.ResponseTimeout, _owner.Engine.Time);
            await ((Task)patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (!step.IsCompleted)
            {
                return;
            }
        }

        await items.DisposeAsync();
    }
}

internal sealed class NextRequest<T>(StreamSession<T> session, EmbeddedEngine engine, CancellationToken token)
    : Request<StreamBatch<T>>(engine, Timeout.InfiniteTimeSpan, token)
{
    public override void Reject(Exception failure) =>
        base.Reject(BoundToActivation && failure is OrleansMessageRejectionException ? StreamSession<T>.Aborted() : failure);

    protected override Task<StreamBatch<T>> InvokeAsync(object target) => session.NextAsync(target);

    protected override string Describe() => "the next item";
}

internal sealed class EndRequest<T>(StreamSession<T> session, EmbeddedEngine engine)
    : Request<Nothing>(engine, Timeout.InfiniteTimeSpan, CancellationToken.None)
{
    protected override async Task<Nothing> InvokeAsync(object target)
    {
        await session.EndAsync();
        return default;
    }

    protected override string Describe() => "the end of a sequence";
}
