using System.Security.Cryptography;
using Classroom.Silo.Hosting;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Auth;

/// <summary>
/// Join codes: characters without look-alikes, long enough that guessing at the allowed rate finds a live lesson less than once in a
/// hundred hours. One object per process.
/// </summary>
public sealed class JoinCodes(IGrainFactory grains, IOptions<JoinCodeOptions> options)
{
    /// <summary>32 characters: 2-9 and the letters but I and O, so that nothing is taken for 0 or 1 when read from the board.</summary>
    public const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private const double AllowedExpectation = 0.01;
    private readonly int _expectedLessons = options.Value.ExpectedLiveLessons;

    /// <summary>The shortest length, from 6 on, at which <paramref name="guessesAnHour"/> expect fewer than 0.01 hits.</summary>
    public static int LengthFor(long liveLessons, long guessesAnHour)
    {
        var length = 6;
        while (guessesAnHour * (double)liveLessons / Math.Pow(Alphabet.Length, length) >= AllowedExpectation)
        {
            length++;
        }

        return length;
    }

    /// <summary>A code as it is compared: upper case, without spaces, dots and hyphens; null if it cannot be one.</summary>
    public static string? Normalize(string? typed)
    {
        if (typed is null || typed.Length > 40)
        {
            return null;
        }

        var code = string.Concat(typed.ToUpperInvariant().Where(c => c is not (' ' or '.' or '-' or '·')));
        return code.Length is >= 6 and <= 12 && code.All(c => Alphabet.Contains(c, StringComparison.Ordinal)) ? code : null;
    }

    /// <summary>A free code, leased to the classroom.</summary>
    public async Task<string> LeaseAsync(Guid classroomId)
    {
        var length = LengthFor(_expectedLessons, JoinAttempts.WrongAnHour);
        while (true)
        {
            var code = RandomNumberGenerator.GetString(Alphabet, length);
            if (await grains.GetGrain<IJoinCodeGrain>(code).Lease(classroomId))
            {
                return code;
            }
        }
    }

    public Task<Guid?> ResolveAsync(string code) => grains.GetGrain<IJoinCodeGrain>(code).Resolve();
}
