using System.Security.Cryptography;
using Classroom.Silo.Hosting;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Auth;

/// <summary>
/// Join codes: characters without look-alikes. Invariant: an hour of as many wrong ones as are then possible (<see cref="JoinAttempts.WrongToStandAsync"/>)
/// finds a live lesson less than once in a hundred hours; a code that is leased while more come, or while more lessons are live, is longer. One object per process.
/// </summary>
public sealed class JoinCodes(IGrainFactory grains, JoinAttempts attempts, ILiveLessons live, IOptions<JoinCodeOptions> options)
{
    /// <summary>32 characters: 2-9 and the letters but I and O, so that nothing is taken for 0 or 1 when read from the board.</summary>
    public const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private const int Shortest = 6;
    private const int Longest = 12;
    private const double AllowedExpectation = 0.01;
    private readonly int _expectedLessons = options.Value.ExpectedLiveLessons;

    /// <summary>The shortest length, from 6 on, at which an hour of <paramref name="guessesAMinute"/> expects fewer than 0.01 hits.</summary>
    public static int LengthFor(long liveLessons, long guessesAMinute)
    {
        var length = Shortest;
        while (length < Longest && guessesAMinute * 60.0 * liveLessons / Math.Pow(Alphabet.Length, length) >= AllowedExpectation)
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
        return code.Length is >= Shortest and <= Longest && code.All(c => Alphabet.Contains(c, StringComparison.Ordinal)) ? code : null;
    }

    /// <summary>A free code, leased to the classroom.</summary>
    public async Task<string> LeaseAsync(Guid classroomId)
    {
        var length = LengthFor(Math.Max(_expectedLessons, live.Lessons), await attempts.WrongToStandAsync(live.Silos));
        while (true)
        {
            var code = RandomNumberGenerator.GetString(Alphabet, length);
            if (await LeaseAsync(code, classroomId))
            {
                return code;
            }
        }
    }

    /// <summary>False when another classroom has it.</summary>
    public Task<bool> LeaseAsync(string code, Guid classroomId) => Of(code).Lease(new JoinCode(code), classroomId);

    public Task ReleaseAsync(string code, Guid classroomId) => Of(code).Release(new JoinCode(code), classroomId);

    public Task<Guid?> ResolveAsync(string code) => Of(code).Resolve(new JoinCode(code));

    private IJoinCodeGrain Of(string code) => grains.GetGrain<IJoinCodeGrain>(new JoinCode(code).Key);
}
