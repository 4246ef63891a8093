using System.Runtime.InteropServices;
using System.Security.Claims;
using Classroom.Silo.Auth;

namespace Classroom.Silo.Realtime;

/// <summary>
/// What each person may call at this process: one allowance for all their connections, however many tabs are open, and only so many of these.
/// A person is a seat, a board, a helper or an account. Who leaves and comes back at once has what was left; an entry goes when its allowance is whole again.
/// </summary>
public sealed class Allowances(TimeProvider time)
{
    /// <summary>Connections of a seat, a board or a helper.</summary>
    public const int MaxOfASeat = 16;

    // A teacher's account is signed in on every machine of a cabinet, a mentor's on every wall.
    public const int MaxOfAnAccount = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<(Role Role, Guid Id), Person> _people = [];
    private long _sweptAt;

    /// <summary>People of whom something is kept.</summary>
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
            Sweep();
            ref var person = ref Of(role, id);
            if (person.Connections == MaxOf(role))
            {
                return null;
            }

            person = person with { Connections = person.Connections + 1 };
            return person.Rate;
        }
    }

    /// <summary>One socket more, of which nothing is known yet but whose it is: some never become a connection of the hub.</summary>
    /// <returns>False when there are twice as many as may be connections.</returns>
    internal bool TryOpen(ClaimsPrincipal user)
    {
        if (Caller.RoleOf(user) is not { } role)
        {
            return false;
        }

        lock (_lock)
        {
            ref var person = ref Of(role, Caller.IdOf(user));
            if (person.Sockets == 2 * MaxOf(role))
            {
                return false;
            }

            person = person with { Sockets = person.Sockets + 1 };
            return true;
        }
    }

    /// <summary>One socket less, of those that opened.</summary>
    internal void Close(ClaimsPrincipal user)
    {
        lock (_lock)
        {
            ref var person = ref Of(Caller.RoleOf(user)!.Value, Caller.IdOf(user));
            person = person with { Sockets = person.Sockets - 1, LeftAt = time.GetTimestamp() };
        }
    }

    /// <summary>What this person may send, which is asked for before the hub has the connection.</summary>
    internal ByteBudget BytesOf(ClaimsPrincipal user)
    {
        if (Caller.RoleOf(user) is not { } role)
        {
            return new ByteBudget();
        }

        lock (_lock)
        {
            Sweep();
            return Of(role, Caller.IdOf(user)).Rate.Bytes;
        }
    }

    /// <summary>One connection less, of those that entered.</summary>
    public void Leave(Role role, Guid id)
    {
        lock (_lock)
        {
            ref var person = ref Of(role, id);
            person = person with { Connections = person.Connections - 1, LeftAt = time.GetTimestamp() };
        }
    }

    private static int MaxOf(Role role) => role is Role.Student or Role.Board or Role.Helper ? MaxOfASeat : MaxOfAnAccount;

    private ref Person Of(Role role, Guid id)
    {
        ref var person = ref CollectionsMarshal.GetValueRefOrAddDefault(_people, (role, id), out var isKnown);
        if (!isKnown)
        {
            person = new Person(new CallRate(time.GetTimestamp()), 0, 0, time.GetTimestamp());
        }

        return ref person;
    }

    private void Sweep()
    {
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(_sweptAt, now) < CallRate.WholeAfter)
        {
            return;
        }

        _sweptAt = now;
        foreach (var gone in _people.Where(p => p.Value is { Connections: 0, Sockets: 0 } && time.GetElapsedTime(p.Value.LeftAt, now) >= CallRate.WholeAfter).Select(p => p.Key).ToList())
        {
            _people.Remove(gone);
        }
    }

    private readonly record struct Person(CallRate Rate, int Connections, int Sockets, long LeftAt);
}
