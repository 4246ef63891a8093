using Classroom.Kits;

namespace Classroom.Grains;

/// <summary>One student of a scripted class.</summary>
/// <param name="Number">From 0; the order in which they come in.</param>
/// <param name="Rank">From 0, among those of the same language: two who speak one language never have the same line.</param>
/// <param name="BrowserId">The same for two who share a phone.</param>
/// <param name="IsSilent">Sits there and does nothing.</param>
/// <param name="IsSlow">On a bad line: acts late, drops out and comes back.</param>
/// <param name="RaisesHand">When something is explained.</param>
/// <param name="Room">Where it sits: the hub or the satellite.</param>
public sealed record Pupil(
    int Number, int Rank, Guid Id, string Nickname, Language Language, Level Level, Guid DeviceId, Guid BrowserId, bool IsSilent, bool IsSlow, bool RaisesHand, int Room)
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan DroppedFor = TimeSpan.FromSeconds(20);

    /// <summary>How much later than others: what a bad line adds.</summary>
    public TimeSpan Delay => IsSlow ? TimeSpan.FromSeconds(9) : TimeSpan.Zero;

    /// <param name="at">Since the class came in.</param>
    public bool IsOnline(TimeSpan at) => !IsSlow || at.Ticks % Round.Ticks < (Round - DroppedFor).Ticks;
}

/// <summary>Who sits in a rehearsal: a class as there are many, the same for the same seed.</summary>
public static class ScriptedClass
{
    public const int Size = 24;

    // b, s, t: who reads the board's language, a second, a third; s, n, a: how demanding. A pair on one phone stands side by side.
    private const string Languages = "bbsbbbsbbbtssbsbbtsbsbts";
    private const string Levels = "nsnnasnnsnnansnsnnansnas";
    private static readonly int[] SecondOnAPhone = [3, 9, 15];
    private static readonly int[] Silent = [6, 19];
    private static readonly int[] Hands = [4, 16];
    private const int Slow = 11;

    // From this one on they sit in the satellite: a few of each language, one who says nothing.
    private const int FirstInSatellite = 18;

    /// <param name="draw">From the rehearsal's seed.</param>
    /// <param name="board">The language of the board: most read that one, and the board shows where they are lost.</param>
    public static ImmutableArray<Pupil> Of(Draw draw, Language board)
    {
        Language[] languages = [board, .. Enum.GetValues<Language>().Where(l => l != board)];
        var (pupils, names) = (ImmutableArray.CreateBuilder<Pupil>(Size), new HashSet<string>(StringComparer.Ordinal));
        for (var i = 0; i < Size; i++)
        {
            var (language, level) = (languages["bst".IndexOf(Languages[i], StringComparison.Ordinal)], (Level)"sna".IndexOf(Levels[i], StringComparison.Ordinal));
            pupils.Add(new Pupil(
                i, pupils.Count(p => p.Language == language), draw.Id($"pupil/{i}"), NameOf(draw, language, names), language, level, draw.Id($"device/{i}"),
                SecondOnAPhone.Contains(i) ? pupils[i - 1].BrowserId : draw.Id($"browser/{i}"), Silent.Contains(i), i == Slow, Hands.Contains(i),
                i < FirstInSatellite ? RoomsRules.Hub : LifecycleRules.RehearsalRoom));
        }

        return pupils.MoveToImmutable();
    }

    // An eagle is the same in two languages now and then: a class could not tell them apart.
    private static string NameOf(Draw draw, Language language, HashSet<string> taken) => ThemedNames.In(language)
        .OrderBy(name => draw.Share($"name/{name}")).First(name => taken.Add(SeatsRules.Plain(name)));
}
