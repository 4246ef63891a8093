using Orleans.Runtime;

namespace Classroom.Grains;

/// <summary>Who is connected, by process. In memory only: presence is not a fact. A process that died, or says nothing for the lease, has nobody.</summary>
internal sealed class Presence(ISiloStatusOracle silos, TimeProvider time, TimeSpan lease)
{
    private readonly Dictionary<(SiloAddress Process, bool Scripted), (ImmutableArray<Guid> Students, long At)> _processes = [];

    private PresenceNow? _said;

    /// <summary>All present students, boards and helpers, at whichever process.</summary>
    public ImmutableArray<Guid> All { get; private set; } = [];

    /// <summary>What is announced of it, as far as that was not said before; null: it was.</summary>
    public PresenceNow? News(LessonState state)
    {
        var now = Now(state);
        if (_said is { } said && said.Students.SequenceEqual(now.Students) && said.InRooms.Select(r => r.HelperId).SequenceEqual(now.InRooms.Select(r => r.HelperId))
            && said.InRooms.Zip(now.InRooms).All(static r => r.First.Present.SequenceEqual(r.Second.Present)))
        {
            return null;
        }

        return _said = now;
    }

    /// <summary>All of it. A helper is told of her room alone.</summary>
    public PresenceNow Now(LessonState state) => new([.. All.Where(id => !state.Boards.ContainsKey(id) && !state.Unpaired.Contains(id))], [.. state.Helpers.OrderBy(h => h.Key).Select(h => new RoomPresence(h.Key, [.. All.Where(id => IsIn(state, id, h.Value.Room))]))]);

    private static bool IsIn(LessonState state, Guid id, int? room) => state.Seats.TryGetValue(id, out var seat) ? seat.Room == room
        : state.Boards.ContainsKey(id) && (state.BoardRooms.TryGetValue(id, out var hangs) ? hangs : default(int?)) == room;

    /// <summary>True when that has changed.</summary>
    /// <param name="scripted">Students of a rehearsal: they hold no connection, and are counted apart from those who do.</param>
    public bool Set(SiloAddress process, ImmutableArray<Guid> students, bool scripted = false)
    {
        var now = time.GetTimestamp();
        _processes[(process, scripted)] = (students, now);
        foreach (var gone in _processes.Where(p => time.GetElapsedTime(p.Value.At, now) > lease || silos.IsDeadSilo(p.Key.Process)).Select(p => p.Key).ToList())
        {
            _processes.Remove(gone);
        }

        var all = _processes.Values.SelectMany(p => p.Students).Distinct().Order().ToImmutableArray();
        if (all.SequenceEqual(All))
        {
            return false;
        }

        All = all;
        return true;
    }
}
