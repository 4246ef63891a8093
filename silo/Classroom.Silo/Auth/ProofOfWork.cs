using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Classroom.Silo.Auth;

/// <summary>Find the number below <paramref name="Max"/> whose SHA-256, written in decimal after the salt, is <paramref name="Hash"/>.</summary>
/// <param name="Hash">Hexadecimal.</param>
/// <param name="Token">Comes back with the number.</param>
public sealed record Challenge(string Salt, string Hash, int Max, string Token);

/// <summary>The number that was found.</summary>
public sealed record Proof(string? Token, int Number);

/// <summary>
/// Work that a browser does for a second so that a try is looked at: ALTCHA's puzzle, a number hidden in a range, so that there is progress to show and an
/// end. Its .NET library is not served here and its own solver needs WebCrypto, which a page over plain HTTP has not. Invariant: a proof holds for the one
/// that was asked, for what was asked, for less than a minute, and once. It costs the server one hash and nothing that it has to remember before.
/// </summary>
public sealed class ProofOfWork(IDataProtectionProvider protection, IPermits permits)
{
    /// <summary>Half of it, on average, is half a second of a cheap phone (measured: clients/web/README.md).</summary>
    public const int Least = 100_000;

    /// <summary>Twice as long each time the allowance was used up once more, and no longer than this: nobody waits for minutes because others guess.</summary>
    public const int Most = 8 * Least;
    private const int SaltBytes = 12;
    private const int SubjectBytes = 16;
    private const int Length = SaltBytes + SHA256.HashSizeInBytes + SubjectBytes;
    private const int LongestToken = 512;

    // Used proofs are remembered for a minute: none may live longer.
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(55);
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("ortaq.work.1").ToTimeLimitedDataProtector();

    /// <summary>How large the range is when so many were paid for that <paramref name="free"/> would have been used up so often.</summary>
    public static int RangeFor(long paid, int free) => Math.Min(Most, Least << (int)Math.Min(3, Math.Max(0, paid) / Math.Max(1, free)));

    /// <param name="subject">Who may use it, and for what.</param>
    public Challenge Ask(string subject, int range)
    {
        var bytes = new byte[Length];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, SaltBytes));
        var salt = Convert.ToHexStringLower(bytes.AsSpan(0, SaltBytes));
        var hash = HashOf(salt, RandomNumberGenerator.GetInt32(range));
        hash.CopyTo(bytes.AsSpan(SaltBytes));
        Fingerprint(subject).CopyTo(bytes.AsSpan(SaltBytes + SHA256.HashSizeInBytes));
        return new Challenge(salt, Convert.ToHexStringLower(hash), range, WebEncoders.Base64UrlEncode(_protector.Protect(bytes, Life)));
    }

    public async ValueTask<bool> TakeAsync(Proof? proof, string subject)
    {
        if (proof?.Token is not { Length: > 0 and <= LongestToken } token || Open(token) is not { } bytes)
        {
            return false;
        }

        // The salt is the token's: one that a browser sends could take a digit of the number, and the same proof would be two.
        var salt = Convert.ToHexStringLower(bytes.AsSpan(0, SaltBytes));
        return CryptographicOperations.FixedTimeEquals(bytes.AsSpan(SaltBytes, SHA256.HashSizeInBytes), HashOf(salt, proof.Number))
            && CryptographicOperations.FixedTimeEquals(bytes.AsSpan(SaltBytes + SHA256.HashSizeInBytes), Fingerprint(subject))
            && await permits.TakeAsync(new PermitLimit("proof/" + salt, 1));
    }

    private byte[]? Open(string token)
    {
        try
        {
            return _protector.Unprotect(WebEncoders.Base64UrlDecode(token)) is { Length: Length } bytes ? bytes : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private static byte[] HashOf(string salt, int number) => SHA256.HashData(Encoding.ASCII.GetBytes(salt + number.ToString(CultureInfo.InvariantCulture)));

    private static ReadOnlySpan<byte> Fingerprint(string subject) => SHA256.HashData(Encoding.UTF8.GetBytes(subject)).AsSpan(0, SubjectBytes);
}
