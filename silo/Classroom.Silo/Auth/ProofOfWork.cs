using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Classroom.Silo.Auth;

/// <summary>Find the number below <paramref name="Max"/> whose SHA-256, written in decimal after the salt, is <paramref name="Hash"/>.</summary>
/// <param name="Hash">Hexadecimal.</param>
/// <param name="Token">Comes back with the number.</param>
public sealed record Challenge(string Salt, string Hash, long Max, string Token);

/// <summary>The number that was found.</summary>
public sealed record Proof(string? Token, long Number);

/// <summary>Who is asked for work, and for what.</summary>
/// <param name="Browser">Null: it keeps no cookies, or had none yet.</param>
/// <param name="Network">A phone's address changes between two requests where many share a carrier's: the network around it does not.</param>
public sealed record Asker(string What, Guid? Browser, IPNetwork Network);

/// <summary>
/// Work that a browser does for a second so that a try is looked at: ALTCHA's puzzle, a number hidden in a range, so that there is progress to show and an
/// end. Its .NET library is not served here and its own solver needs WebCrypto, which a page over plain HTTP has not. Invariant: a proof holds for the browser
/// that was asked, or one of its network, for what was asked, for a minute (a dear one for ten), and once. It costs the server one hash and nothing that it has
/// to remember before.
/// </summary>
public sealed class ProofOfWork(IDataProtectionProvider protection, IPermits permits)
{
    /// <summary>Half of it, on average, is half a second of a cheap phone (measured: clients/web/README.md).</summary>
    public const int Least = 100_000;

    /// <summary>Twice as long each time the allowance was used up once more, and no longer than this: nobody waits for minutes because others guess.</summary>
    public const int Most = 8 * Least;

    /// <summary>What a browser is not asked to do, minutes of a phone: it says instead how else to come in. A program may.</summary>
    public const int LongestForABrowser = 1000 * Least;

    /// <summary>The end of doublings, months of the fastest machine. What JavaScript still counts without a gap is more.</summary>
    public const long Dearest = (long)Least << Doublings;
    private const int Doublings = 36;
    private const int SaltBytes = 12;
    private const int SubjectBytes = 16;
    private const int RangeAt = SaltBytes + SHA256.HashSizeInBytes + (2 * SubjectBytes);
    private const int Length = RangeAt + sizeof(long);
    private const int LongestToken = 512;

    // Used proofs are remembered for a minute more than they live.
    private const int MinutesOfADearOne = 10;
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(55);
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("ortaq.work.2").ToTimeLimitedDataProtector();

    /// <summary>How large the range is when so many were paid for and each <paramref name="paidADoubling"/> of them made it twice as large.</summary>
    public static long RangeFor(long paid, int paidADoubling, long dearest = Most) =>
        Math.Min(dearest, (long)Least << (int)Math.Min(Doublings, Math.Max(0, paid) / Math.Max(1, paidADoubling)));

    public Challenge Ask(Asker asker, long range)
    {
        ArgumentNullException.ThrowIfNull(asker);
        var bytes = new byte[Length];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, SaltBytes));
        var salt = Convert.ToHexStringLower(bytes.AsSpan(0, SaltBytes));
        var hash = HashOf(salt, Drawn(range));
        hash.CopyTo(bytes.AsSpan(SaltBytes));
        OfBrowser(asker).CopyTo(bytes.AsSpan(SaltBytes + SHA256.HashSizeInBytes));
        OfNetwork(asker).CopyTo(bytes.AsSpan(SaltBytes + SHA256.HashSizeInBytes + SubjectBytes));
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(RangeAt), range);
        return new Challenge(salt, Convert.ToHexStringLower(hash), range, WebEncoders.Base64UrlEncode(_protector.Protect(bytes, IsDear(range) ? TimeSpan.FromMinutes(MinutesOfADearOne) : Life)));
    }

    /// <summary>Whether it is right and was asked of this one for that. It is not used up.</summary>
    public bool IsFor(Proof proof, Asker asker) => Check(proof, asker) is not null;

    /// <summary>Uses it up.</summary>
    /// <returns>The range that was searched; null for a proof of something else, a wrong one or one that was used before.</returns>
    public async ValueTask<long?> TakeAsync(Proof proof, Asker asker)
    {
        if (Check(proof, asker) is not { } bytes)
        {
            return null;
        }

        var range = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(RangeAt));
        return await permits.TakeAsync(new PermitLimit("proof/" + SaltOf(bytes), 1, IsDear(range) ? MinutesOfADearOne + 1 : 1)) ? range : null;
    }

    private byte[]? Check(Proof proof, Asker asker)
    {
        ArgumentNullException.ThrowIfNull(proof);
        ArgumentNullException.ThrowIfNull(asker);
        if (proof.Token is not { Length: > 0 and <= LongestToken } token || Open(token) is not { } bytes)
        {
            return null;
        }

        // The salt is the token's: one that a browser sends could take a digit of the number, and the same proof would be two.
        var subjects = bytes.AsSpan(SaltBytes + SHA256.HashSizeInBytes);
        return CryptographicOperations.FixedTimeEquals(bytes.AsSpan(SaltBytes, SHA256.HashSizeInBytes), HashOf(SaltOf(bytes), proof.Number))
            && ((asker.Browser is not null && CryptographicOperations.FixedTimeEquals(subjects[..SubjectBytes], OfBrowser(asker)))
                || CryptographicOperations.FixedTimeEquals(subjects.Slice(SubjectBytes, SubjectBytes), OfNetwork(asker))) ? bytes : null;
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

    private static bool IsDear(long range) => range > Most;

    private static string SaltOf(byte[] bytes) => Convert.ToHexStringLower(bytes.AsSpan(0, SaltBytes));

    // Below 2^53 of 2^64 numbers: that some come once more often than others is less than a thousandth.
    private static long Drawn(long range) => (long)(BinaryPrimitives.ReadUInt64BigEndian(RandomNumberGenerator.GetBytes(sizeof(ulong))) % (ulong)range);

    private static byte[] HashOf(string salt, long number) => SHA256.HashData(Encoding.ASCII.GetBytes(salt + number.ToString(CultureInfo.InvariantCulture)));

    private static ReadOnlySpan<byte> OfBrowser(Asker asker) => Fingerprint($"{asker.What}/browser/{asker.Browser}");

    private static ReadOnlySpan<byte> OfNetwork(Asker asker) => Fingerprint($"{asker.What}/network/{asker.Network}");

    private static ReadOnlySpan<byte> Fingerprint(string subject) => SHA256.HashData(Encoding.UTF8.GetBytes(subject)).AsSpan(0, SubjectBytes);
}
