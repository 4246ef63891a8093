using System.Diagnostics.CodeAnalysis;
using Classroom.Engine.Embedded;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Runtime
{
    public interface IGrainTimer : IDisposable
    {
        /// <summary>From now on; a change made inside the callback counts from the end of the callback.</summary>
        void Change(TimeSpan dueTime, TimeSpan period);
    }

    public readonly struct GrainTimerCreationOptions()
    {
        [SetsRequiredMembers]
        public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period) : this()
        {
            DueTime = dueTime;
            Period = period;
        }

        public required TimeSpan DueTime { get; init; }

        /// <summary>Measured from the end of one callback to the start of the next.</summary>
        public required TimeSpan Period { get; init; }

        /// <summary>A callback waits its turn like a request, unless this is set.</summary>
        public bool Interleave { get; init; }

        /// <summary>Whether a callback counts as use, so that the activation is not collected.</summary>
        public bool KeepAlive { get; init; }
    }
}

namespace Orleans
{
    public static class GrainBaseExtensions
    {
        public static IGrainTimer RegisterGrainTimer<TState>(
            this Grain grain, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
        {
            ArgumentNullException.ThrowIfNull(grain);
            ArgumentNullException.ThrowIfNull(callback);
            return new GrainTimer(grain.Activation, token => callback(state, token), options);
        }

        public static IGrainTimer RegisterGrainTimer<TState>(
            this Grain grain, Func<TState, Task> callback, TState state, GrainTimerCreationOptions options)
        {
            ArgumentNullException.ThrowIfNull(callback);
            return grain.RegisterGrainTimer((_, _) => callback(state), state, options);
        }

        public static IGrainTimer RegisterGrainTimer(
            this Grain grain, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
        {
            ArgumentNullException.ThrowIfNull(callback);
            return grain.RegisterGrainTimer(static (run, token) => run(token), callback, options);
        }

        public static IGrainTimer RegisterGrainTimer(this Grain grain, Func<Task> callback, GrainTimerCreationOptions options)
        {
            ArgumentNullException.ThrowIfNull(callback);
            return grain.RegisterGrainTimer(static (run, _) => run(), callback, options);
        }
    }
}

namespace Classroom.Engine.Embedded
{
    /// <summary>A timer of one activation: each firing is a request to that activation, and never to its successor (rule E4).</summary>
    internal sealed class GrainTimer : IGrainTimer
    {
        private readonly Activation _activation;
        private readonly Func<CancellationToken, Task> _callback;
        private readonly CancellationTokenSource _disposed = new();
        private readonly Lock _gate = new();
        private readonly Tick _tick;
        private readonly ITimer _clock;
        private TimeSpan _next;
        private TimeSpan _period;
        private bool _firing;

        public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
        {
            _activation = activation;
            _callback = callback;
            _tick = new(this) { AlwaysInterleave = options.Interleave, KeepsAlive = options.KeepAlive, BoundToActivation = true };
            _clock = activation.Engine.NewTimer(static timer => ((GrainTimer)timer!).Fire(), this);
            activation.Add(this);
            Change(options.DueTime, options.Period);
        }

        public void Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_gate)
            {
                if (!_firing)
                {
                    _clock.Change(dueTime, Timeout.InfiniteTimeSpan);
                }

                _next = dueTime;
                _period = period;
            }
        }

        public void Dispose()
        {
            try
            {
                _disposed.Cancel();
            }
            catch (AggregateException failure)
            {
                _activation.Engine.Log.LogError(failure, "A cancelled timer callback of {Grain} failed.", _activation.Address);
            }

            _clock.Dispose();
            _activation.Remove(this);
        }

        private void Fire()
        {
            lock (_gate)
            {
                if (_firing || _disposed.IsCancellationRequested)
                {
                    return;
                }

                _firing = true;
                _next = _period;
            }

            _activation.TryReceive(_tick);
        }

        private async Task RunAsync()
        {
            try
            {
                await _callback(_disposed.Token);
            }
            catch (Exception failure)
            {
                _activation.Engine.Log.LogWarning(failure, "A timer callback of {Grain} failed.", _activation.Address);
            }
            finally
            {
                lock (_gate)
                {
                    _firing = false;
                    _clock.Change(_next, Timeout.InfiniteTimeSpan);
                }
            }
        }

        private sealed class Tick(GrainTimer timer) : Request
        {
            public override bool IsAbandoned => timer._disposed.IsCancellationRequested;

            public override Task RunAsync(object target) => timer.RunAsync();

            public override void Reject(Exception failure)
            {
            }
        }
    }
}
