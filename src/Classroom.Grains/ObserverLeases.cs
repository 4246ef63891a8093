using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Utilities;

namespace Classroom.Grains;

/// <summary>
/// Observers whose lease runs by the time that has passed, not by the time of day: a clock that is set (a server without a battery, a teacher's
/// laptop that finds its time server) makes no observer expire early and keeps none for ever.
/// </summary>
internal static class ObserverLeases
{
    public static ObserverManager<T> Of<T>(TimeSpan lease, TimeProvider time, ILogger logger) where T : IGrainObserver
    {
        var began = time.GetTimestamp();
        return new ObserverManager<T>(lease, logger) { GetDateTime = () => DateTime.UnixEpoch + time.GetElapsedTime(began) };
    }
}
