using Orleans;

namespace Classroom.Engine.Embedded;

/// <summary>
/// Calls one observer, one call after another, on the thread pool (rule E7). The object is held weakly: calls to a forgotten or
/// deleted observer stay unanswered, so that the caller sees a timeout, as on Orleans.
/// </summary>
internal sealed class ObserverTarget(EmbeddedEngine engine, IGrainObserver observer) : IRequestTarget, IThreadPoolWorkItem
{
    private readonly WeakReference<IGrainObserver> _observer = new(observer);
    private readonly Queue<Request> _waiting = new();
    private bool _running;
    private volatile bool _deleted;

    public EmbeddedEngine Engine { get; } = engine;

    public void Delete() => _deleted = true;

    public void Receive(Request request)
    {
        if (_deleted || !_observer.TryGetTarget(out var target))
        {
            return;
        }

        if (request.AlwaysInterleave)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static call => _ = call.request.RunAsync(call.target), (request, target), preferLocal: true);
            return;
        }

        lock (_waiting)
        {
            _waiting.Enqueue(request);
            if (_running)
            {
                return;
            }

            _running = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    void IThreadPoolWorkItem.Execute() => _ = PumpAsync();

    private async Task PumpAsync()
    {
        while (true)
        {
            Request? request;
            lock (_waiting)
            {
                if (!_waiting.TryDequeue(out request))
                {
                    _running = false;
                    return;
                }
            }

            if (!_deleted && !request.IsAbandoned && _observer.TryGetTarget(out var target))
            {
                await request.RunAsync(target);
            }
        }
    }
}
