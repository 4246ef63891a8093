using System.Security.Cryptography;

namespace Classroom.Silo.Auth;

/// <summary>Links that sign in once, printed at the start in Development; they work at every silo.</summary>
public sealed class OneTimeLinks(IGrainFactory grains)
{
    private const int Bytes = 16;

    public async Task<string> MakeAsync(Guid account)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        await Of(token).Begin(account);
        return token;
    }

    public async Task<Guid?> TakeAsync(string token) =>
        token.Length == Bytes * 2 && token.All(char.IsAsciiHexDigitLower) ? await Of(token).Take() : null;

    // A grain's key stands in logs, traces and dashboards: nothing that signs in.
    private IOneTimeLinkGrain Of(string token) =>
        grains.GetGrain<IOneTimeLinkGrain>(HashedKey.Of(token));
}
