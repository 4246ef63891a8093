using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Classroom.Tests;

public enum Mood
{
    Normal,

    /// <summary>429 with Retry-After, for ever.</summary>
    Busy,

    /// <summary>500, for ever.</summary>
    Broken,

    /// <summary>The connection is cut after some words.</summary>
    Cut,

    /// <summary>Headers, then nothing.</summary>
    Silent,

    /// <summary>Some words, then nothing.</summary>
    Stalled,

    /// <summary>What comes is not the protocol.</summary>
    Garbage,

    Empty,

    /// <summary>One word, then the next only after half a minute.</summary>
    Crawling,

    /// <summary>400 as Azure's filter gives it, for ever.</summary>
    Filtered,

    /// <summary>Azure's filter stops the answer after some words.</summary>
    FilteredAnswer,
}

/// <summary>A local server that speaks the OpenAI chat protocol over real HTTP, and Azure's paths and chunks beside it, in a mood. It notes what it was asked.</summary>
public sealed partial class ProtocolServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ProtocolServer(WebApplication app) => _app = app;

    public Mood Mood { get; set; }

    /// <summary>What a busy server says in Retry-After, in seconds; it is busy for this many requests.</summary>
    public (string After, int Times) Busy { get; set; } = ("0", int.MaxValue);

    /// <summary>Words before a cut and before a stall.</summary>
    public int CutAfter { get; set; } = 8;

    public int StallAfter { get; set; } = 8;

    /// <summary>The space between two words ends the piece of the first; else it begins that of the second.</summary>
    public bool SpacesEndPieces { get; set; }

    /// <summary>What a streaming or a plain answer says.</summary>
    public string Answer { get; set; } = "Жапырақ күн сәулесін ұстайды. Содан қант жасайды. Оттегі ауаға шығады.";

    /// <summary>Chooses an answer by what was asked (the request's JSON); null takes <see cref="Answer"/>.</summary>
    public Func<string, string?> AnswerTo { get; set; } = _ => null;

    public ConcurrentQueue<(string Body, string Authorization, string ApiKey)> Requests { get; } = new();

    /// <summary>Bodies of requests with the sign that stands between the words of people's texts; <see cref="Requests"/> are without it.</summary>
    public ConcurrentQueue<string> Marked { get; } = new();

    /// <summary>As <see cref="AnswerTo"/>, of the request with the sign.</summary>
    public Func<string, string?> AnswerToMarked { get; set; } = _ => null;

    /// <summary>Requests so far, kept or taken out of <see cref="Requests"/>.</summary>
    public int Received => _received;

    /// <summary>No request is answered before this is over.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    private int _received;

    /// <summary>Requests whose caller went away before the end.</summary>
    public TaskCompletionSource Aborted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Set by the test once it has read what comes before a cut.</summary>
    public TaskCompletionSource HasRead { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Set once the words before a stall have been sent.</summary>
    public TaskCompletionSource Said { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What is sent in place of a stream: each is an event's data as it stands, or whole lines when it begins with <c>:</c> or a field's name. Then the line is closed without a word.</summary>
    public IReadOnlyList<string>? Events { get; set; }

    /// <summary>The line stays open behind the last event.</summary>
    public bool StaysOpen { get; set; }

    /// <summary>Refuses a request by what is in it (its JSON), with a status, a body and headers; null answers it.</summary>
    public Func<JsonObject, (int Status, string Body, (string Name, string Value)[] Headers)?> Refuse { get; set; } = _ => null;

    /// <summary>How the check of settings at a server's start is answered; it is none of <see cref="Requests"/>.</summary>
    public int CheckStatus { get; set; } = 200;

    /// <summary>Checks so far.</summary>
    public int Checks => _checks;

    /// <summary>Path and query of each request.</summary>
    public ConcurrentQueue<string> Paths { get; } = new();

    private int _checks;

    public string Endpoint => _app.Urls.First() + "/v1";

    /// <summary>The address of a resource, as Azure gives it.</summary>
    public string Resource => _app.Urls.First() + "/";

    public static async Task<ProtocolServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var server = new ProtocolServer(app);
        app.MapPost("/v1/chat/completions", server.CompleteAsync);
        app.MapPost("/openai/deployments/{deployment}/chat/completions", server.CompleteAsync);
        app.MapPost("/v1/moderations", server.ModerateAsync);
        await app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task CompleteAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var sent = await reader.ReadToEndAsync();
        // A model reads over the sign between the words of people's texts, as it is told to.
        var body = Regex.Replace(sent, @"(\\n)?(?:\\u(?:[eE][0-9a-fA-F]{3}|[fF][0-8][0-9a-fA-F]{2})|[\ue000-\uf8ff])", m => m.Groups[1].Success ? m.Groups[1].Value : " ");
        if (body.Contains("\"ping\"", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _checks);
            context.Response.StatusCode = CheckStatus;
            await (CheckStatus == 200 ? AnswerAsync(context, ["pong"]) : context.Response.WriteAsync("""{"error":{"message":"no","code":"invalid_api_key"}}"""));
            return;
        }

        Marked.Enqueue(sent);
        Interlocked.Increment(ref _received);
        Paths.Enqueue(context.Request.Path + context.Request.QueryString);
        Requests.Enqueue((body, context.Request.Headers.Authorization.ToString(), context.Request.Headers["api-key"].ToString()));
        context.RequestAborted.Register(() => Aborted.TrySetResult());
        await Gate.WaitAsync(context.RequestAborted);
        if (Refuse(JsonNode.Parse(body)!.AsObject()) is { } refusal)
        {
            context.Response.StatusCode = refusal.Status;
            refusal.Headers.ToList().ForEach(h => context.Response.Headers.Append(h.Name, h.Value));
            await context.Response.WriteAsync(refusal.Body);
            return;
        }

        if (IsAzure(context) && !context.Request.Query.ContainsKey("api-version"))
        {
            context.Response.StatusCode = 404;
            await context.Response.WriteAsync("""{"error":{"code":"404","message":"Resource not found"}}""");
            return;
        }

        switch (Mood)
        {
            case Mood.Busy when Requests.Count <= Busy.Times:
                context.Response.StatusCode = 429;
                context.Response.Headers.RetryAfter = Busy.After;
                await context.Response.WriteAsync("""{"error":{"message":"slow down","type":"rate_limit"}}""");
                return;
            case Mood.Filtered:
                context.Response.StatusCode = 400;
                await context.Response.WriteAsync("""
                    {"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy.","type":null,"param":"prompt",
                    "code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"violence":{"filtered":true,"severity":"medium"}}}}}
                    """);
                return;
            case Mood.Broken:
                context.Response.StatusCode = 500;
                return;
            case Mood.Garbage:
                context.Response.ContentType = "text/event-stream";
                await context.Response.WriteAsync("data: this is not json\n\n<html>");
                return;
            default:
                break;
        }

        var answer = AnswerToMarked(sent) ?? AnswerTo(body) ?? Answer;
        if (JsonNode.Parse(body)?["stream"]?.GetValue<bool>() == true)
        {
            await StreamAsync(context, answer);
        }
        else
        {
            await context.Response.WriteAsJsonAsync(new
            {
                id = "c1", @object = "chat.completion", created = 1, model = "local-model",
                choices = new[] { new { index = 0, finish_reason = "stop", message = new { role = "assistant", content = Mood == Mood.Empty ? "" : answer } } },
                usage = new { prompt_tokens = 11, completion_tokens = 7, total_tokens = 18 },
            });
        }
    }

    /// <summary>Words the moderation endpoint flags as violence.</summary>
    public string? Flagged { get; set; }

    /// <summary>What its moderation was asked about, oldest first.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Moderated { get; } = new();

    private async Task ModerateAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = System.Text.RegularExpressions.Regex.Unescape(await reader.ReadToEndAsync());
        Moderated.Enqueue(body);
        var flagged = Flagged is not null && body.Contains(Flagged, StringComparison.Ordinal);
        string[] categories =
        [
            "harassment", "harassment/threatening", "hate", "hate/threatening", "illicit", "illicit/violent", "self-harm", "self-harm/instructions",
            "self-harm/intent", "sexual", "sexual/minors", "violence", "violence/graphic",
        ];
        await context.Response.WriteAsJsonAsync(new
        {
            id = "m1", model = "local-moderation", results = new[]
            {
                new
                {
                    flagged, categories = categories.ToDictionary(c => c, c => flagged && c == "violence"),
                    category_scores = categories.ToDictionary(c => c, c => flagged && c == "violence" ? 0.9 : 0.0),
                    category_applied_input_types = categories.ToDictionary(c => c, _ => new[] { "text" }),
                },
            },
        });
    }

    private async Task StreamAsync(HttpContext context, string answer)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.Body.FlushAsync();
        if (Events is { } events)
        {
            foreach (var sent in events)
            {
                await context.Response.WriteAsync((sent.StartsWith('{') || sent.StartsWith('[') ? "data: " : "") + sent + "\n\n");
                await context.Response.Body.FlushAsync();
            }

            await (StaysOpen ? Task.Delay(Timeout.Infinite, context.RequestAborted) : Task.CompletedTask);
            return;
        }

        if (Mood == Mood.Silent)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }

        await AnswerAsync(context, Mood == Mood.Empty ? [] : answer.Split(' '));
    }

    private static bool IsAzure(HttpContext context) => context.Request.Path.StartsWithSegments("/openai/deployments", StringComparison.OrdinalIgnoreCase);

    private async Task AnswerAsync(HttpContext context, string[] words)
    {
        if (IsAzure(context))
        {
            // Azure's first chunk has no choice: what its filter found in what was asked.
            await context.Response.WriteAsync(
                """data: {"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{"prompt_index":0,"content_filter_results":{"hate":{"filtered":false,"severity":"safe"}}}]}""" + "\n\n");
        }

        for (var i = 0; i < words.Length; i++)
        {
            if (i == CutAfter && Mood == Mood.Cut)
            {
                // A cut throws away what the client has not read yet, so it waits for the reader.
                await HasRead.Task;
                context.Abort();
                return;
            }

            if (i == CutAfter && Mood == Mood.FilteredAnswer)
            {
                await EventAsync(context, new { }, "content_filter");
                await context.Response.WriteAsync("data: [DONE]\n\n");
                return;
            }

            if (i == 1 && Mood == Mood.Crawling)
            {
                await Task.Delay(TimeSpan.FromSeconds(30), context.RequestAborted);
            }

            if (i == StallAfter && Mood == Mood.Stalled)
            {
                Said.TrySetResult();
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }

            // As real ones do: the end of a line, or of a paragraph, ends a piece.
            foreach (var content in LineEnds().Split(SpacesEndPieces ? words[i] + (i + 1 < words.Length ? " " : "") : (i == 0 ? "" : " ") + words[i]).Where(c => c.Length > 0))
            {
                await EventAsync(context, new { role = "assistant", content }, null);
            }
        }

        await EventAsync(context, new { }, "stop");
        await context.Response.WriteAsync("data: " + JsonSerializer.Serialize(new
        {
            id = "c1", @object = "chat.completion.chunk", created = 1, model = "local-model", choices = Array.Empty<object>(),
            usage = new { prompt_tokens = 20, completion_tokens = 10, total_tokens = 30 },
        }) + "\n\ndata: [DONE]\n\n");
    }

    [GeneratedRegex(@"(?<=\n)(?!\n)")]
    private static partial Regex LineEnds();

    private static async Task EventAsync(HttpContext context, object delta, string? finish)
    {
        var filter = IsAzure(context) ? new { hate = new { filtered = finish == "content_filter", severity = "safe" } } : null;
        await context.Response.WriteAsync("data: " + JsonSerializer.Serialize(new
        {
            id = "c1", @object = "chat.completion.chunk", created = 1, model = "local-model",
            choices = new[] { new { index = 0, delta, finish_reason = finish, content_filter_results = filter } },
        }) + "\n\n");
        await context.Response.Body.FlushAsync();
    }
}
