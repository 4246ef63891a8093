using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Classroom.Silo.Auth;

/// <summary>Links that sign in once, printed at the start in Development. In memory: a restart makes new ones.</summary>
public sealed class OneTimeLinks(TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);
    private readonly ConcurrentDictionary<string, (Guid Account, long Since)> _links = new(StringComparer.Ordinal);

    public string Make(Guid account)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _links[token] = (account, time.GetTimestamp());
        return token;
    }

    public Guid? Take(string token) => _links.TryRemove(token, out var link) && time.GetElapsedTime(link.Since) < Life ? link.Account : null;
}
