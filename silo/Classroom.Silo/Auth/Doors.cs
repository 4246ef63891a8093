namespace Classroom.Silo.Auth;

/// <summary>What anybody may try, and how often in a minute before a try has to be paid for (<see cref="Attempts"/>).</summary>
/// <param name="Name">As it stands in the scopes of permits.</param>
/// <param name="FreeOfADevice">Of a browser that has been let in before.</param>
/// <param name="FreeOfAnAddress">Of all other browsers behind one address together.</param>
/// <param name="FreeOfKnown">
/// Of all browsers behind one address that were let in before, together: a program without cookies that knows one right code is let in as often as it likes,
/// and what it is given each time is worth no more than this. Null where nobody is let in who does not have a right password.
/// </param>
/// <param name="Overall">Of all strangers everywhere together.</param>
/// <param name="Subject">What is tried is one thing that somebody may be after; null: it is not.</param>
/// <param name="SameIsOne">What was tried from an address before is no other guess: a class that types yesterday's code makes one.</param>
/// <param name="IsOfASubject">The allowances are those of what is tried: another lesson has others.</param>
/// <param name="Crowd">
/// What browsers behind one address, strangers and known ones, have together is for longer than a minute, and what is paid beyond it makes the next dearer for
/// all of them, without an end.
/// </param>
/// <param name="KeepsCookie">Work is taken only from a browser that brings the cookie which it was given with the puzzle: whoever keeps none has what is free, and no more.</param>
public sealed record Door(
    string Name, int FreeOfADevice, int FreeOfAnAddress, int? FreeOfKnown = null, PermitLimit? Overall = null, SubjectRule? Subject = null, bool SameIsOne = false, bool IsOfASubject = false,
    SubjectRule? Crowd = null, bool KeepsCookie = false);

/// <summary>
/// How a subject is guarded by itself, from whatever addresses it is tried. Each <paramref name="PaidADoubling"/> paid tries within <paramref name="Minutes"/> double
/// the price, without an end: a machine a thousand times as fast gets ten doublings further, and no more. That costs <see cref="TriesADay"/>.
/// </summary>
/// <param name="Free">Of all strangers together within the time; of a browser that knows the subject, as many again.</param>
public sealed record SubjectRule(int Free, int PaidADoubling, int Minutes)
{
    private const double MinutesADay = 24 * 60;

    /// <summary>How many tries a day somebody gets who makes so many hashes a second, all day, at a login where nobody has signed in on their browser.</summary>
    /// <param name="atOnce">Tries that are looked at before the first of them is counted: <see cref="Attempts.TurnsAtOnce"/> at each silo.</param>
    public double TriesADay(double hashesASecond, int atOnce)
    {
        var (left, paid) = (hashesASecond * 60 * Minutes, 0);
        while (true)
        {
            // Half of a range on average, of a puzzle that was asked for as long before as it is still taken.
            left -= Math.Max(ProofOfWork.Least, ProofOfWork.RangeFor(paid, PaidADoubling, ProofOfWork.Dearest) / Attempts.MayBeBehind) / 2.0;
            if (left < 0)
            {
                return (Free + paid + atOnce) * MinutesADay / Minutes;
            }

            paid++;
        }
    }
}

public static class Doors
{
    private const int StrangersAnHour = 60;
    private const int KnownAnHour = 40;

    /// <summary>Wrong join codes.</summary>
    public static readonly Door Join = new("join", 10, JoinAttempts.WrongAMinuteByAddress, JoinAttempts.WrongAMinuteByKnown, JoinAttempts.OverAll, SameIsOne: true);

    /// <summary>
    /// Right join codes, of each lesson, in an hour: two classes behind one address. Known browsers have places of their own: a class comes in that came
    /// yesterday, whoever else comes from its address. Beyond, sixty seats double the price: in a hall of <see cref="SeatsRules.MaxSeats"/> new phones behind one
    /// address the last work eight times as long as the first. A machine does that in seconds: against it there are the teacher's door and the crowd's removal.
    /// Who comes back to their own seat is not counted.
    /// </summary>
    public static readonly Door Enter = new("enter", 60, StrangersAnHour, KnownAnHour, IsOfASubject: true, Crowd: new SubjectRule(StrangersAnHour + KnownAnHour, PaidADoubling: 60, Minutes: 60), KeepsCookie: true);

    /// <summary>Requests for a seat from another device, of each lesson: each is stored and shown to the teacher.</summary>
    public static readonly Door Device = new("device", 6, 6, 60, IsOfASubject: true, KeepsCookie: true);

    /// <summary>Wrong passwords. A stranger pays for a login that many guess at; whoever has signed in on this browser before does not.</summary>
    public static readonly Door SignIn = new("sign-in", 10, 30, Subject: new SubjectRule(Free: 10, PaidADoubling: 4, Minutes: 60));

    /// <summary>
    /// Boards that ask for a pairing code. Whoever holds many may be connected by a teacher's slip of the finger: all strangers together hold 1,200 of 900,000 for
    /// nothing, so that fewer than two slips in a thousand find one, and pay for more.
    /// </summary>
    public static readonly Door Pairing = new("pairing", 10, 30, 60, new PermitLimit("pairing/all", 120));
}
