using System.Runtime.InteropServices;

namespace Classroom.Grains;

/// <summary>
/// How fast one phone may have its words stored in this lesson: by all its connections and all its seats, at whichever silos, since all of them come
/// through here. What is refused is tried again by the client, and the newest draft is the one that goes. In memory only: a new activation begins anew.
/// </summary>
internal sealed class StoringPace(TimeProvider time)
{
    private const int Swept = 1_000;

    // By phone: when its allowance is whole again.
    private readonly Dictionary<Guid, long> _whole = [];

    public bool Allows(LessonState state, Actor by, ImmutableArray<Fact> facts) => PhoneOf(state, by) is not { } phone
        || Math.Max(0, _whole.GetValueOrDefault(phone) - time.GetTimestamp()) + TicksFor(Quota.PriceOf(facts)) <= TicksFor(Quota.AtOnce);

    /// <summary>They are stored. What could not be stored is tried again and costs nothing.</summary>
    public void Take(LessonState state, Actor by, ImmutableArray<Fact> facts)
    {
        if (PhoneOf(state, by) is not { } phone)
        {
            return;
        }

        var now = time.GetTimestamp();
        if (_whole.Count >= Swept)
        {
            foreach (var (rested, _) in _whole.Where(p => p.Value <= now).ToList())
            {
                _whole.Remove(rested);
            }
        }

        ref var whole = ref CollectionsMarshal.GetValueRefOrAddDefault(_whole, phone, out _);
        whole = Math.Max(whole, now) + TicksFor(Quota.PriceOf(facts));
    }

    private static Guid? PhoneOf(LessonState state, Actor by) =>
        by.Role == Role.Student && state.Seats.TryGetValue(by.Id, out var seat) ? seat.BrowserId ?? seat.StudentId
        // Whoever has a helper's link has it on some phone.
        : by.Role == Role.Helper ? by.Id : null;

    private long TicksFor(long letters) => letters * time.TimestampFrequency / Quota.ASecond;
}
