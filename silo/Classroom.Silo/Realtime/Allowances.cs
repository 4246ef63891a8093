using System.Runtime.InteropServices;

namespace Classroom.Silo.Realtime;

/// <summary>
/// What each person may call at this process: one allowance for all their connections, however many tabs are open, and only so many of these.
/// A person is a seat, a board or an account. Invariant: who has no connection has no entry.
/// </summary>
public sealed class Allowances(TimeProvider time)
{
    public const int MostOfAStudent = 16;

    // A teacher's account is signed in on every machine of a cabinet, a mentor's on every wall.
    public const int MostOfAnAccount = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<(Role Role, Guid Id), (CallRate Rate, int Connections)> _people = [];

    /// <summary>People who are connected.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _people.Count;
            }
        }
    }

    /// <summary>One connection more. The newest is refused: closing an old one would make its browser come back, and close the next.</summary>
    /// <returns>The person's allowance; null when there are too many connections.</returns>
    public CallRate? Enter(Role role, Guid id)
    {
        lock (_lock)
        {
            ref var person = ref CollectionsMarshal.GetValueRefOrAddDefault(_people, (role, id), out _);
            if (person.Connections == (role is Role.Student or Role.Board ? MostOfAStudent : MostOfAnAccount))
            {
                return null;
            }

            person = (person.Rate ?? new CallRate(time.GetTimestamp()), person.Connections + 1);
            return person.Rate;
        }
    }

    /// <summary>One connection less, of those that entered.</summary>
    public void Leave(Role role, Guid id)
    {
        lock (_lock)
        {
            var (rate, connections) = _people[(role, id)];
            if (connections > 1)
            {
                _people[(role, id)] = (rate, connections - 1);
            }
            else
            {
                _people.Remove((role, id));
            }
        }
    }
}
