using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Classroom.Engine.Embedded;

/// <summary>How an activation begins and ends (rules E5, E6). Both run on its scheduler, while no request does.</summary>
internal sealed partial class Activation
{
    private async Task ActivateAsync()
    {
        try
        {
            var services = Engine.ServiceProvider.CreateAsyncScope();
            _services = services;
            _underConstruction = this;
            try
            {
                _grain = grainClass.Construct(services.ServiceProvider);
            }
            finally
            {
                _underConstruction = null;
            }

            using var limit = new CancellationTokenSource(Engine.Options.ActivationTimeout, Engine.Time);
            await _grain.OnActivateAsync(limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception failure)
        {
            Engine.Log.LogError(failure, "Activating {Grain} failed.", Address);
            _failure = failure;
        }

        lock (_gate)
        {
            _running--;
            _lastUsed = Engine.Age;
            if (_failure is not null)
            {
                _stage = Stage.Ending;
            }
            else if (_stage == Stage.Activating)
            {
                _stage = Stage.Valid;
                _wasValid = true;
            }
        }

        Signal();
    }

    /// <summary>The end: timers stop, the grain says goodbye, the table forgets it, what still waits goes to a successor.</summary>
    private async Task FinishAsync()
    {
        foreach (var timer in Snapshot(_timers))
        {
            timer.Dispose();
        }

        if (_wasValid)
        {
            await QuietlyAsync(async limit => await _grain!.OnDeactivateAsync(_reason, limit).WaitAsync(limit));
        }

        foreach (var session in Snapshot(_sessions))
        {
            await QuietlyAsync(_ => session.EndAsync());
        }

        await QuietlyAsync(async _ =>
        {
            switch (_grain)
            {
                case IAsyncDisposable disposable:
                    await disposable.DisposeAsync();
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
                default:
                    break;
            }

            if (_services is { } services)
            {
                await services.DisposeAsync();
            }
        });

        Request[] left;
        Engine.Forget(this);
        lock (_gate)
        {
            _stage = Stage.Ended;
            left = [.. _waiting];
            _waiting.Clear();
        }

        foreach (var request in left)
        {
            if (_failure is not null || request.BoundToActivation)
            {
                request.Reject(_failure ?? new OrleansMessageRejectionException($"The activation of {Address} has ended."));
            }
            else
            {
                Engine.Forward(Address, request);
            }
        }

        _ended.TrySetResult();
    }

    private T[] Snapshot<T>(HashSet<T> set)
    {
        lock (_gate)
        {
            return [.. set];
        }
    }

    private async Task QuietlyAsync(Func<CancellationToken, Task> step)
    {
        using var limit = new CancellationTokenSource(Engine.Options.DeactivationTimeout, Engine.Time);
        try
        {
            await step(limit.Token);
        }
        catch (Exception failure)
        {
            Engine.Log.LogError(failure, "Deactivating {Grain}: a step failed and was passed over.", Address);
        }
    }
}
