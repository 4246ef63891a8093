using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Logging;

namespace Classroom.Tutor;

/// <summary>An explanation or a set of candidates as it was given once, with where it came from.</summary>
public sealed record CachedAnswer(string Text, ImmutableArray<int> Ends, Provenance Provenance);

/// <summary>
/// Answers that can be given again, by everything that shaped them: in this process's memory, and behind it in what all processes share.
/// Invariant: nothing a student or a teacher typed is ever part of a cached answer; only what a kit plans is. What is not certainly a whole
/// answer is none, and a cache that fails is an empty one.
/// </summary>
public sealed class AnswerCache(HybridCache cache, ILogger<AnswerCache> logger)
{
    private static readonly HybridCacheEntryOptions Keep = new() { Expiration = TimeSpan.FromDays(120), LocalCacheExpiration = TimeSpan.FromHours(1) };
    private static readonly HybridCacheEntryOptions Look = new()
    {
        Expiration = Keep.Expiration, LocalCacheExpiration = Keep.LocalCacheExpiration, Flags = HybridCacheEntryFlags.DisableUnderlyingData,
    };

    private static readonly JsonSerializerOptions Json = new() { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

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

    /// <param name="template">What it must have been asked by.</param>
    public async Task<CachedAnswer?> FindAsync(string key, string template, CancellationToken cancellationToken)
    {
        try
        {
            var body = await cache.GetOrCreateAsync(key, static _ => ValueTask.FromResult<string?>(null), Look, cancellationToken: cancellationToken);
            var answer = body is null ? null : Read(body, template);
            if (body is not null && answer is null)
            {
                logger.LogWarning("What is kept as {Key} is not an answer of {Template}; it is asked for again", key, template);
                await cache.RemoveAsync(key, cancellationToken);
            }

            return answer;
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            logger.LogWarning(e, "The answers' cache cannot be read; the model is asked");
            return null;
        }
    }

    public async Task KeepAsync(string key, CachedAnswer answer, CancellationToken cancellationToken)
    {
        try
        {
            await cache.SetAsync(key, JsonSerializer.Serialize(answer, Json), Keep, cancellationToken: cancellationToken);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            logger.LogWarning(e, "An answer is not kept");
        }
    }

    private static CachedAnswer? Read(string body, string template)
    {
        try
        {
            return JsonSerializer.Deserialize<CachedAnswer>(body, Json) is { } answer && IsWhole(answer) && answer.Provenance.Template == template ? answer : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsWhole(CachedAnswer answer) =>
        answer.Text.Length > 0 && !answer.Ends.IsDefaultOrEmpty && answer.Ends[0] > 0 && answer.Ends[^1] == answer.Text.Length
        && answer.Ends.Zip(answer.Ends.Skip(1)).All(e => e.First < e.Second) && answer.Provenance.Model.Length > 0;
}
