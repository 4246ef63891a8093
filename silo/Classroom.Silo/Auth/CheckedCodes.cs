using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Classroom.Silo.Auth;

/// <summary>
/// Says that a code was right a moment ago: whoever comes with it has been at the door of guesses, and is not asked for work there a second time. It is
/// worth nothing to a guesser: only a right code gives one, and only for itself. Sealed, so every silo knows it.
/// </summary>
public sealed class CheckedCodes(IDataProtectionProvider protection)
{
    private const int Longest = 512;

    // A child chooses a name meanwhile.
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("ortaq.checked.1").ToTimeLimitedDataProtector();

    public string Seal(string code) => WebEncoders.Base64UrlEncode(_protector.Protect(System.Text.Encoding.ASCII.GetBytes(code), Life));

    public bool IsFor(string code, string? text)
    {
        if (text is not { Length: > 0 and <= Longest })
        {
            return false;
        }

        try
        {
            return _protector.Unprotect(WebEncoders.Base64UrlDecode(text)).AsSpan().SequenceEqual(System.Text.Encoding.ASCII.GetBytes(code));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return false;
        }
    }
}
