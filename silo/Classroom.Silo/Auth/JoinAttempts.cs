namespace Classroom.Silo.Auth;

/// <summary>How many wrong codes come in a minute (<see cref="Doors.Join"/> lets them in).</summary>
public sealed class JoinAttempts(IPermits permits)
{
    public const int WrongAMinuteByAddress = 30;

    /// <summary>Of browsers that were let in before, together.</summary>
    public const int WrongAMinuteByKnown = 60;

    /// <summary>Over all: what every code is long enough for, 222 addresses that do nothing but guess. While there are more, strangers work for each, and new codes are longer.</summary>
    public const int WrongAMinute = 20_000;

    /// <summary>All networks of one site (an IPv6 /48), each at its limit.</summary>
    public const long MostWrongAMinute = 65_536 * (WrongAMinuteByAddress + WrongAMinuteByKnown);

    // Those who are many work for each guess, but may have faster machines than phones, and more of them in the next minute.
    private const int Growth = 10;

    internal static readonly PermitLimit OverAll = new("join/overall", WrongAMinute);

    /// <summary>How many wrong codes a minute a code that is made now has to stand.</summary>
    /// <param name="silos">While each counts for itself, each gives the free ones once.</param>
    public async ValueTask<long> WrongToStandAsync(int silos)
    {
        var (free, paid) = (await permits.TakenAsync(OverAll), await permits.TakenAsync(Attempts.PaidOf(OverAll)));
        var apart = permits.AreShared ? 1 : Math.Max(1, silos);
        return free < WrongAMinute && paid == 0 ? WrongAMinute * apart : Math.Max(MostWrongAMinute, (free + paid) * Growth * apart);
    }
}
