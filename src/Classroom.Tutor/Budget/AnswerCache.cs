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
/// answer is none, and a cache that fails is an empty one; a text that a teacher discarded is given by no process again.
/// </summary>
public sealed class AnswerCache(HybridCache cache, ILogger<AnswerCache> logger) : IDiscarded
{
    private static readonly HybridCacheEntryOptions Keep = new() { Expiration = TimeSpan.FromDays(120), LocalCacheExpiration = TimeSpan.FromHours(1) };
    private static readonly HybridCacheEntryOptions Look = new()
    {
        Expiration = Keep.Expiration, LocalCacheExpiration = Keep.LocalCacheExpiration, Flags = HybridCacheEntryFlags.DisableUnderlyingData,
    };

    // Longer than any answer is kept.
    private static readonly HybridCacheEntryOptions KeepMark = new() { Expiration = TimeSpan.FromDays(3 * 365), LocalCacheExpiration = TimeSpan.FromHours(1) };

    // What another process changed counts at once.
    private static readonly HybridCacheEntryOptions LookShared = new()
    {
        Expiration = KeepMark.Expiration, Flags = HybridCacheEntryFlags.DisableUnderlyingData | HybridCacheEntryFlags.DisableLocalCache,
    };

    private const string Generation = "answers/generation";
    private const string Any = "discarded/any";
    private const string Part = "discarded/part/";
    private const string Kept = "discarded/kept/";

    // Of earlier versions: read, and written no more.
    private const string Beginning = "discarded/from/";
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
            key = await PlaceOfAsync(key, cancellationToken);
            var answer = await FindAtAsync(key, template, Look, cancellationToken);
            if (answer is not null && await IsDiscardedAsync(answer.Text, cancellationToken))
            {
                // This process has the bad text still; what is shared may be a better one by now.
                answer = await FindAtAsync(key, template, LookShared, cancellationToken);
                if (answer is null || await IsDiscardedAsync(answer.Text, cancellationToken))
                {
                    await cache.RemoveAsync(key, cancellationToken);
                    return null;
                }

                await cache.SetAsync(key, JsonSerializer.Serialize(answer, Json), Keep, cancellationToken: cancellationToken);
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
            if (!await IsDiscardedAsync(answer.Text, cancellationToken))
            {
                await cache.SetAsync(await PlaceOfAsync(key, cancellationToken), JsonSerializer.Serialize(answer, Json), Keep, cancellationToken: cancellationToken);
            }
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            logger.LogWarning(e, "An answer is not kept");
        }
    }

    /// <summary>No process gives this text again: neither from here, nor when a model says the same words.</summary>
    public async Task DiscardAsync(string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            // Every key is by itself: two who discard at once lose nothing. The last says that all are there.
            var done = Kept + SaidAgain.Hash(text);
            if (await LookAsync(done, LookShared, cancellationToken) is null)
            {
                await cache.SetAsync(Any, "bad", KeepMark, cancellationToken: cancellationToken);
                await cache.SetAsync(MarkOf(text), "bad", KeepMark, cancellationToken: cancellationToken);
                foreach (var (key, part) in SaidAgain.PartsOf(text))
                {
                    await cache.SetAsync(Part + key, JsonSerializer.Serialize(part, Json), KeepMark, cancellationToken: cancellationToken);
                }

                await cache.SetAsync(done, "bad", KeepMark, cancellationToken: cancellationToken);
            }
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            logger.LogWarning(e, "That a text is bad is not kept");
        }
    }

    Task<bool> IDiscarded.AnyAsync(CancellationToken cancellationToken) => ReadAsync(async () => await LookAsync(Any, Look, cancellationToken) is not null, false);

    Task<bool> IDiscarded.IsDiscardedAsync(string text, CancellationToken cancellationToken) => ReadAsync(() => IsDiscardedAsync(text, cancellationToken), false);

    Task<DiscardedPart?> IDiscarded.FindAsync(string key, CancellationToken cancellationToken) => ReadAsync(() => SharedAsync<DiscardedPart>(Part + key, cancellationToken), null);

    Task<ImmutableArray<DiscardedMark>> IDiscarded.BeginningAsync(string hash, CancellationToken cancellationToken) =>
        ReadAsync(async () => await SharedAsync<ImmutableArray<DiscardedMark>?>(Beginning + hash, cancellationToken) ?? [], []);

    /// <summary>All answers of all processes are asked for again. What was discarded stays so.</summary>
    /// <returns>False: what is shared cannot be written, so nothing is changed.</returns>
    public async Task<bool> ForgetAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            var next = Guid.CreateVersion7().ToString("N");
            await cache.SetAsync(Generation, next, KeepMark, cancellationToken: cancellationToken);
            return await LookAsync(Generation, LookShared, cancellationToken) == next;
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            logger.LogWarning(e, "The answers' cache cannot be emptied");
            return false;
        }
    }

    // What another process kept counts at once.
    private async Task<T?> SharedAsync<T>(string key, CancellationToken cancellationToken) =>
        await LookAsync(key, LookShared, cancellationToken) is { } body ? JsonSerializer.Deserialize<T>(body, Json) : default;

    private async Task<T> ReadAsync<T>(Func<Task<T>> read, T otherwise)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            logger.LogWarning(e, "What was discarded cannot be read");
            return otherwise;
        }
    }

    private async Task<CachedAnswer?> FindAtAsync(string key, string template, HybridCacheEntryOptions how, CancellationToken cancellationToken)
    {
        var body = await LookAsync(key, how, cancellationToken);
        var answer = body is null ? null : Read(body, template);
        if (body is not null && answer is null)
        {
            logger.LogWarning("What is kept as {Key} is not an answer of {Template}; it is asked for again", key, template);
            await cache.RemoveAsync(key, cancellationToken);
        }

        return answer;
    }

    // By its words, or by its letters as the first version kept it.
    private async Task<bool> IsDiscardedAsync(string text, CancellationToken cancellationToken) =>
        await LookAsync(MarkOf(text), Look, cancellationToken) is not null || await LookAsync("discarded/" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), Look, cancellationToken) is not null;

    private async Task<string> PlaceOfAsync(string key, CancellationToken cancellationToken) =>
        await LookAsync(Generation, LookShared, cancellationToken) is { } generation ? key + "/" + generation : key;

    private ValueTask<string?> LookAsync(string key, HybridCacheEntryOptions how, CancellationToken cancellationToken) =>
        cache.GetOrCreateAsync(key, static _ => ValueTask.FromResult<string?>(null), how, cancellationToken: cancellationToken);

    private static string MarkOf(string text) => "discarded/" + SaidAgain.Hash(text);

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
