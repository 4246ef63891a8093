using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Classroom.Tutor;

/// <summary>
/// Between the OpenAI package and a server that calls itself compatible. A request whose options the server refuses is sent again without
/// them, and so are later ones; a refusal becomes a <see cref="TutorException"/> by its kind; a stream passes as the package expects it (<see cref="AnswerChunks"/>).
/// </summary>
internal sealed class CompatibleServer(HttpMessageHandler network, TimeProvider time) : DelegatingHandler(network)
{
    private const int LongestError = 64 * 1024;
    private const string Tokens = "max_tokens";
    private const string CompletionTokens = "max_completion_tokens";

    // Without these a request is not what was asked for.
    private static readonly ImmutableHashSet<string> Needed = ["model", "messages", "stream"];
    private ImmutableHashSet<string> _refused = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await ReadAsync(await request.Content.ReadAsStreamAsync(cancellationToken), cancellationToken) as JsonObject;
        for (var tried = _refused; ;)
        {
            if (body is not null)
            {
                request.Content = Without(body, tried, request.Content!);
            }

            var response = await base.SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                // Only what helped is remembered.
                ImmutableInterlocked.Update(ref _refused, static (known, more) => known.Union(more), tried);
                var isStream = body?["stream"] is JsonValue stream && stream.TryGetValue(out bool asked) && asked;
                return isStream ? await AnswerChunks.ReadAsync(response, cancellationToken) : response;
            }

            using (response)
            {
                var error = await ReadErrorAsync(response, cancellationToken);
                var fault = ModelFault.Of(response.StatusCode, response.Headers, error, time.GetUtcNow());
                if (fault.Code != "tutor-misconfigured" || response.StatusCode is not (HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity)
                    || body is null || More(body, tried, error) is not { } more)
                {
                    throw fault;
                }

                tried = more;
            }
        }
    }

    // What the error names; else, once, every option that a request can do without.
    private static ImmutableHashSet<string>? More(JsonObject body, ImmutableHashSet<string> refused, JsonNode? error)
    {
        ImmutableHashSet<string> left = [.. body.Select(p => p.Key).Where(k => !Needed.Contains(k) && !refused.Contains(k))];
        var words = error?.ToJsonString() ?? "";
        ImmutableHashSet<string> named = [.. left.Where(k => words.Contains(k, StringComparison.OrdinalIgnoreCase))];
        if (refused.Contains(CompletionTokens) && body.ContainsKey(CompletionTokens) && !refused.Contains(Tokens) && words.Contains(Tokens, StringComparison.OrdinalIgnoreCase))
        {
            // It takes neither name of the limit.
            named = named.Add(Tokens);
        }

        return named.Count > 0 ? refused.Union(named) : left.Count > 0 ? refused.Union(left) : null;
    }

    private static ByteArrayContent Without(JsonObject body, ImmutableHashSet<string> refused, HttpContent before)
    {
        var left = new JsonObject(body.Where(p => !refused.Contains(p.Key)).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
        // The limit of an answer has two names, and servers that know only one of them.
        if (refused.Contains(CompletionTokens) && !refused.Contains(Tokens) && body[CompletionTokens] is { } limit)
        {
            left[Tokens] = limit.DeepClone();
        }
        else if (body.ContainsKey(Tokens) && refused.Contains(Tokens) && !refused.Contains(CompletionTokens))
        {
            left[CompletionTokens] = body[Tokens]!.DeepClone();
        }

        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(left));
        content.Headers.ContentType = before.Headers.ContentType;
        return content;
    }

    private static async Task<JsonNode?> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var bytes = new byte[LongestError];
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var length = await body.ReadAtLeastAsync(bytes, LongestError, throwOnEndOfStream: false, cancellationToken);
        return await ReadAsync(new MemoryStream(bytes, 0, length), cancellationToken);
    }

    private static async Task<JsonNode?> ReadAsync(Stream json, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonNode.ParseAsync(json, cancellationToken: cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
