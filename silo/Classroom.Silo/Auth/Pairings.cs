using System.Globalization;
using System.Security.Cryptography;

namespace Classroom.Silo.Auth;

/// <summary>Boards that show a pairing code and wait for a teacher to type it, at whichever silo each of them is.</summary>
public sealed class Pairings(IGrainFactory grains)
{
    private const int CodeLength = 6;
    private const int Tries = 20;

    /// <returns>The code for the board to show and the secret for it to ask with, or null when too many boards wait.</returns>
    public async Task<(string Code, string Secret)?> BeginAsync()
    {
        for (var i = 0; i < Tries; i++)
        {
            var code = RandomNumberGenerator.GetInt32(100_000, 1_000_000).ToString(CultureInfo.InvariantCulture);
            // The secret says which code it belongs to.
            var secret = code + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            if (await Of(code).Begin(secret))
            {
                return (code, secret);
            }
        }

        return null;
    }

    public async Task<bool> WaitsAsync(string code) => IsCode(code) && await Of(code).Waits();

    /// <param name="boardId">As the classroom knows the board.</param>
    /// <param name="away">It hangs in a satellite.</param>
    public async Task<bool> ApproveAsync(string code, Guid classroomId, Guid boardId, bool away) => IsCode(code) && await Of(code).Approve(classroomId, boardId, away);

    /// <returns>Whether the pairing is known, and the classroom once a teacher has approved; it is then used up.</returns>
    public async Task<PairingAnswer> AskAsync(string secret) =>
        secret.Length > CodeLength && IsCode(secret[..CodeLength]) ? await Of(secret[..CodeLength]).Ask(secret) : new PairingAnswer(false, null, Guid.Empty);

    private static bool IsCode(string text) => text.Length == CodeLength && text.All(char.IsAsciiDigit);

    private IPairingGrain Of(string code) => grains.GetGrain<IPairingGrain>(HashedKey.Of(code));
}
