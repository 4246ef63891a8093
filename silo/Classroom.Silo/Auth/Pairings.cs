using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace Classroom.Silo.Auth;

/// <summary>Boards that show a pairing code and wait for a teacher to type it. In memory, for ten minutes each.</summary>
public sealed class Pairings(TimeProvider time)
{
    private const int MaxWaiting = 2000;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, Pairing> _bySecret = new(StringComparer.Ordinal);

    public sealed record Pairing(string Code, long Since)
    {
        public Guid? ClassroomId { get; set; }
    }

    /// <returns>The code for the board to show and the secret for it to ask with, or null when too many boards wait.</returns>
    public (string Code, string Secret)? Begin()
    {
        foreach (var old in _bySecret.Where(p => !IsAlive(p.Value)).Select(p => p.Key).ToList())
        {
            _bySecret.TryRemove(old, out _);
        }

        if (_bySecret.Count >= MaxWaiting)
        {
            return null;
        }

        string code;
        do
        {
            code = RandomNumberGenerator.GetInt32(100_000, 1_000_000).ToString(CultureInfo.InvariantCulture);
        }
        while (_bySecret.Values.Any(p => p.Code == code));
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _bySecret[secret] = new Pairing(code, time.GetTimestamp());
        return (code, secret);
    }

    public bool Approve(string code, Guid classroomId)
    {
        var pairing = _bySecret.Values.FirstOrDefault(p => p.Code == code && IsAlive(p) && p.ClassroomId is null);
        if (pairing is null)
        {
            return false;
        }

        pairing.ClassroomId = classroomId;
        return true;
    }

    /// <returns>Whether the pairing is known, and the classroom once a teacher has approved; it is then used up.</returns>
    public (bool Known, Guid? ClassroomId) Ask(string secret)
    {
        if (!_bySecret.TryGetValue(secret, out var pairing) || !IsAlive(pairing))
        {
            return (false, null);
        }

        if (pairing.ClassroomId is not null)
        {
            _bySecret.TryRemove(secret, out _);
        }

        return (true, pairing.ClassroomId);
    }

    private bool IsAlive(Pairing pairing) => time.GetElapsedTime(pairing.Since) < Life;
}
