namespace Classroom.Silo.Auth;

/// <summary>What anybody may try, and how often in a minute before a try has to be paid for (<see cref="Attempts"/>).</summary>
/// <param name="Name">As it stands in the scopes of permits.</param>
/// <param name="FreeOfADevice">Of a browser that has been let in before.</param>
/// <param name="FreeOfAnAddress">Of all other browsers behind one address together.</param>
/// <param name="Overall">Of all strangers everywhere together.</param>
/// <param name="FreeOfASubject">Of all strangers together, at what they try to get into; null where that is not one thing.</param>
/// <param name="SameIsOne">What was tried from an address before is no other guess: a class that types yesterday's code makes one.</param>
public sealed record Door(string Name, int FreeOfADevice, int FreeOfAnAddress, PermitLimit? Overall = null, int? FreeOfASubject = null, bool SameIsOne = false);

public static class Doors
{
    /// <summary>Wrong join codes.</summary>
    public static readonly Door Join = new("join", 10, JoinAttempts.WrongAMinuteByAddress, JoinAttempts.OverAll, SameIsOne: true);

    /// <summary>Wrong passwords. A stranger pays for a login that many guess at; whoever has signed in on this browser before does not.</summary>
    public static readonly Door SignIn = new("sign-in", 10, 30, FreeOfASubject: 10);

    /// <summary>Boards that ask for a pairing code: each is kept for ten minutes, right or not.</summary>
    public static readonly Door Pairing = new("pairing", 10, 30);
}
