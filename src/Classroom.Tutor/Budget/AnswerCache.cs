using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Caching.Distributed;

namespace Classroom.Tutor;

/// <summary>An explanation or a set of candidates as it was given once, with where it came from.</summary>
public sealed record CachedAnswer(string Text, ImmutableArray<int> Ends, Provenance Provenance);

/// <summary>
/// Answers that can be given again, by everything that shaped them. Invariant: nothing a student or a teacher typed is ever part of a
/// cached answer; only what a kit plans is.
/// </summary>
public sealed class AnswerCache(IDistributedCache cache)
{
    private static readonly DistributedCacheEntryOptions Keep = new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromDays(120) };

    /// <summary>A key over all that shapes an answer. Two requests with the same key may share one answer.</summary>
    public static string KeyOf(params ReadOnlySpan<object?> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            var word = part?.ToString() ?? "";
            // Lengths stand before the parts, so that no two lists of parts read the same.
            text.Append(word.Length).Append(':').Append(word);
        }

        return "answer/" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    public async Task<CachedAnswer?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var body = await cache.GetAsync(key, cancellationToken);
        try
        {
            return body is null ? null : JsonSerializer.Deserialize<CachedAnswer>(body);
        }
        catch (JsonException)
        {
            // Written by another version: as good as absent.
            return null;
        }
    }

    public Task KeepAsync(string key, CachedAnswer answer, CancellationToken cancellationToken) =>
        cache.SetAsync(key, JsonSerializer.SerializeToUtf8Bytes(answer), Keep, cancellationToken);
}
