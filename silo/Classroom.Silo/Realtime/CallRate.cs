namespace Classroom.Silo.Realtime;

/// <summary>
/// A person's allowance (<see cref="Allowances"/>): sixty calls at once, twenty a second after that. Who is refused six hundred calls within ten
/// seconds does not listen. A few words of memory and no timer, since there is one for each of thousands (a limiter of the library holds more).
/// </summary>
public sealed class CallRate(long now)
{
    public const int AtOnce = 60;
    public const int ASecond = 20;
    public const int RefusedForGood = 600;
    public const int CommandsAtOnce = 2;
    private const int RefusedWithinSeconds = 10;

    /// <summary>Somebody who called nothing for so long is as new.</summary>
    public static readonly TimeSpan WholeAfter = TimeSpan.FromSeconds(RefusedWithinSeconds);
    private readonly Lock _lock = new();
    private double _left = AtOnce;
    private long _at = now;
    private int _refused;
    private long _refusedSince = now;

    /// <summary>
    /// Commands of a child that are under way at once, by all its connections; further ones wait here. A lesson stores one after another, so each of them is
    /// what the others of the class wait behind. The client sends one at a time.
    /// </summary>
    internal SemaphoreSlim Commands { get; } = new(CommandsAtOnce);

    /// <summary>What the same person may send, whether or not it is a call.</summary>
    internal ByteBudget Bytes { get; } = new();

    /// <summary>Refusals do not stop it.</summary>
    public bool IsExceededForGood => Volatile.Read(ref _refused) >= RefusedForGood;

    public bool TryTake(long now, long frequency)
    {
        lock (_lock)
        {
            _left = Math.Min(AtOnce, _left + ((now - _at) * (double)ASecond / frequency));
            _at = now;
            if (_left < 1)
            {
                if (now - _refusedSince > RefusedWithinSeconds * frequency)
                {
                    (_refused, _refusedSince) = (0, now);
                }

                _refused++;
                return false;
            }

            _left--;
            return true;
        }
    }
}
