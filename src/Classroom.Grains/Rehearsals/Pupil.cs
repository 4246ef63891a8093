using Classroom.Kits;

namespace Classroom.Grains;

/// <summary>One student of a scripted class.</summary>
/// <param name="Number">From 0; the order in which they come in.</param>
/// <param name="Rank">From 0, among those of the same language: two who speak one language never have the same line.</param>
/// <param name="DeviceId">The same for two who share a phone, as their <paramref name="BrowserId"/> is.</param>
/// <param name="IsSilent">Sits there and does nothing.</param>
/// <param name="IsSlow">On a bad line: acts late, drops out and comes back.</param>
/// <param name="RaisesHand">When something is explained.</param>
/// <param name="Room">Where it sits: the hub or the satellite.</param>
/// <param name="Mate">The other one on the phone.</param>
/// <param name="Together">They do together what can be done together, by the hand of the first; else each does its own.</param>
public sealed record Pupil(
    int Number, int Rank, Guid Id, string Nickname, Language Language, Level Level, Guid DeviceId, Guid BrowserId, bool IsSilent, bool IsSlow, bool RaisesHand, int Room,
    Guid? Mate = null, bool Together = false)
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan DroppedFor = TimeSpan.FromSeconds(20);

    /// <summary>Of two who do it together, only the first one's hand is seen.</summary>
    public bool Does(Command command) => !Together || Mate is null || !Lesson.Commands.Of(command).Together || IsFirst;

    /// <summary>For whom of the phone a command is; empty: for this one.</summary>
    public ImmutableArray<Guid> For(Command command) => Together && IsFirst && Mate is { } mate && Lesson.Commands.Of(command).Together ? [Id, mate] : [];

    private bool IsFirst => !ScriptedClass.SecondOnAPhone.Contains(Number);

    /// <summary>How much later than others: what a bad line adds.</summary>
    public TimeSpan Delay => IsSlow ? TimeSpan.FromSeconds(9) : TimeSpan.Zero;

    /// <param name="at">Since the class came in.</param>
    public bool IsOnline(TimeSpan at) => !IsSlow || at.Ticks % Round.Ticks < (Round - DroppedFor).Ticks;
}

/// <summary>Who sits in a rehearsal: a class as there are many, the same for the same seed.</summary>
public static class ScriptedClass
{
    public const int Size = 24;

    // b, s, t: who reads the board's language, a second, a third; s, n, a: how demanding. A pair on one phone stands side by side and reads one text.
    private const string Languages = "bbbbbssbbbtssbbbbtsbssts";
    private const string Levels = "nsnnasnnssnansnnnnansnas";
    internal static readonly int[] SecondOnAPhone = [3, 9, 15];
    private const int EachTheirOwn = 9;
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
                i, pupils.Count(p => p.Language == language), draw.Id($"pupil/{i}"), NameOf(draw, language, names), language, level, draw.Id($"device/{Phone(i)}"),
                draw.Id($"browser/{Phone(i)}"), Silent.Contains(i), i == Slow, Hands.Contains(i), i < FirstInSatellite ? RoomsRules.Hub : LifecycleRules.RehearsalRoom,
                SecondOnAPhone.Contains(i) ? draw.Id($"pupil/{i - 1}") : SecondOnAPhone.Contains(i + 1) ? draw.Id($"pupil/{i + 1}") : null, Phone(i) != EachTheirOwn - 1));
        }

        return pupils.MoveToImmutable();
    }

    private static int Phone(int pupil) => SecondOnAPhone.Contains(pupil) ? pupil - 1 : pupil;

    // An eagle is the same in two languages now and then: a class could not tell them apart.
    private static string NameOf(Draw draw, Language language, HashSet<string> taken) => ThemedNames.In(language)
        .OrderBy(name => draw.Share($"name/{name}")).First(name => taken.Add(SeatsRules.Plain(name)));
}
