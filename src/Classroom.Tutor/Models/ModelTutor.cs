using System.ClientModel;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Classroom.Tutor;

/// <summary>The tutor that asks a model. Names never leave; what a student wrote is data; a quote that is not in the work is dropped.</summary>
public sealed class ModelTutor(IChatClient chat, ModelOptions options, TimeProvider time) : ITutor
{
    private const int MaxTokens = 900;
    private const int MaxJsonTokens = 4000;

    public async IAsyncEnumerable<TutorPiece> Explain(ExplainRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (order, started) = (request.Order, time.GetTimestamp());
        var language = request.Variant.Language;
        var data = order.Passage is null ? order.Topic.In(language) : order.Topic.In(language) + "\n\n" + order.Passage;
        var messages = Messages(Template.Explain(request.Variant, order.Mode, order.Grade), language switch
        {
            Language.Kk => "ДЕРЕК", Language.Ru => "ДАННЫЕ", _ => "DATA",
        }, new Redaction().Hide(data, []));
        var (cutter, length, tokens, model) = (new SentenceCutter(), 0, 0, options.Model!);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var stream = chat.GetStreamingResponseAsync(
            messages, new ChatOptions { MaxOutputTokens = MaxTokens }, patience.Token).GetAsyncEnumerator(patience.Token);
        while (await NextAsync(stream, patience, length > 0, cancellationToken))
        {
            var update = stream.Current;
            tokens += (int)(update.Contents.OfType<UsageContent>().Sum(u => u.Details.TotalTokenCount) ?? 0);
            model = update.ModelId ?? model;
            var text = length == 0 ? update.Text.TrimStart() : update.Text;
            if (text.Length > 0)
            {
                length += text.Length;
                yield return new TutorPiece(text, cutter.Add(text));
            }
        }

        yield return new TutorPiece("", [], Source("explain", model, tokens, started));
    }

    public async Task<PromptsDraft> ProposePrompts(PromptsRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var started = time.GetTimestamp();
        var step = request.Step;
        var instructions = Template.Fill("prompt", ("grade", $"{request.Plan.GradeTo}"), ("minutes", $"{step.Minutes}"));
        var (json, model, tokens) = await AskAsync(
            Messages(instructions, "DATA", $"{request.Plan.Title.En}\n{step.Title.En}\n{step.Student.En}\n{step.Teacher.En}"), cancellationToken);
        var candidates = (Parse<PromptsJson>(json).Candidates ?? []).Where(IsWhole).Take(5)
            .Select((c, i) => c with { Id = $"p{i + 1}", Minutes = Math.Clamp(c.Minutes, 1, 60), Roles = c.Roles.IsDefault ? [] : c.Roles }).ToImmutableArray();
        return candidates.IsEmpty ? throw new TutorException("tutor-empty")
            : new PromptsDraft(candidates, Source("prompt", model, tokens, started));
    }

    public async Task<FeedbackDraft> DraftFeedback(FeedbackRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (started, redaction) = (time.GetTimestamp(), new Redaction());
        var descriptors = request.Step.Task!.Criteria.SelectMany(c => c.Descriptors).ToList();
        var language = request.Language switch { Language.Kk => "Kazakh (Cyrillic)", Language.Ru => "Russian", _ => "English" };
        var list = string.Join('\n', descriptors.Select(d => $"{d.Id}: {d.Text.In(request.Language)}"));
        var messages = Messages(
            Template.Fill("feedback", ("grade", $"{request.Plan.GradeTo}"), ("language", language)) + "\n\nDESCRIPTORS\n" + list,
            "WORK", redaction.Hide(request.Work, request.Names));
        var (json, model, tokens) = await AskAsync(messages, cancellationToken);
        var dropped = 0;
        var items = ImmutableArray.CreateBuilder<FeedbackItem>();
        foreach (var item in Parse<FeedbackJson>(json).Items ?? [])
        {
            if (item?.DescriptorId is null || descriptors.RemoveAll(d => d.Id == item.DescriptorId) == 0 || !Enum.IsDefined(item.Verdict))
            {
                continue;
            }

            var quote = redaction.Restore(item.Quote ?? "").Trim();
            if (quote.Length > 0 && !request.Work.Contains(quote, StringComparison.Ordinal))
            {
                (quote, dropped) = ("", dropped + 1);
            }

            items.Add(new FeedbackItem(item.DescriptorId, item.Verdict, quote, redaction.Restore(item.NextStep ?? "").Trim()));
        }

        return items.Count == 0 ? throw new TutorException("tutor-empty")
            : new FeedbackDraft(items.ToImmutable(), dropped, Source("feedback", model, tokens, started));
    }

    // The first token may take long, the next ones not; either way the teacher hears of it in time.
    private async Task<bool> NextAsync(
        IAsyncEnumerator<ChatResponseUpdate> stream, CancellationTokenSource patience, bool started, CancellationToken cancellationToken)
    {
        var next = stream.MoveNextAsync().AsTask();
        try
        {
            return await next.WaitAsync(started ? options.NextTokenWithin : options.FirstTokenWithin, time, cancellationToken);
        }
        catch (TimeoutException e)
        {
            await patience.CancelAsync();
            await next.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw new TutorException("tutor-timeout", e);
        }
        catch (Exception e) when (Code(e, started) is { } code && !cancellationToken.IsCancellationRequested)
        {
            throw new TutorException(code, e);
        }
    }

    private async Task<(string Json, string Model, int Tokens)> AskAsync(IList<ChatMessage> messages, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var answer = await chat.GetResponseAsync(messages, new ChatOptions
            {
                MaxOutputTokens = MaxJsonTokens, ResponseFormat = ChatResponseFormat.Json,
            }, patience.Token).WaitAsync(options.FirstTokenWithin + options.NextTokenWithin, time, cancellationToken);
            return (answer.Text, answer.ModelId ?? options.Model!, (int)(answer.Usage?.TotalTokenCount ?? 0));
        }
        catch (TimeoutException e)
        {
            await patience.CancelAsync();
            throw new TutorException("tutor-timeout", e);
        }
        catch (Exception e) when (Code(e, started: false) is { } code && !cancellationToken.IsCancellationRequested)
        {
            throw new TutorException(code, e);
        }
    }

    private static string? Code(Exception e, bool started) => e switch
    {
        ClientResultException { Status: 429 } => "tutor-busy",
        ClientResultException => "tutor-unavailable",
        IOException or HttpRequestException or JsonException or InvalidOperationException or OperationCanceledException or AggregateException =>
            started ? "tutor-cut" : "tutor-unavailable",
        _ => null,
    };

    private static List<ChatMessage> Messages(string instructions, string label, string data) =>
    [
        new(ChatRole.System, instructions),
        new(ChatRole.User, $"{label}\n<<<\n{data.Replace(">>>", "> > >", StringComparison.Ordinal)}\n>>>"),
    ];

    private static T Parse<T>(string json) where T : class
    {
        try
        {
            var (from, to) = (json.IndexOf('{', StringComparison.Ordinal), json.LastIndexOf('}'));
            return from < 0 || to < from ? throw new TutorException("tutor-empty")
                : JsonSerializer.Deserialize<T>(json.AsSpan(from, to - from + 1), WireOptions) ?? throw new TutorException("tutor-empty");
        }
        catch (JsonException e)
        {
            throw new TutorException("tutor-empty", e);
        }
    }

    private static bool IsWhole(PromptText? p) =>
        p is not null && new[] { p.Question, p.Make, p.Materials, p.Sharing }.All(t => t is not null
            && !string.IsNullOrWhiteSpace(t.Kk) && !string.IsNullOrWhiteSpace(t.Ru) && !string.IsNullOrWhiteSpace(t.En));

    private Provenance Source(string template, string model, int tokens, long started) => new(
        new Uri(options.Endpoint!).Host, model, $"{template}@{Template.Version}", tokens, (long)time.GetElapsedTime(started).TotalMilliseconds, false);

    private static readonly JsonSerializerOptions WireOptions = new(JsonSerializerDefaults.Web) { Converters = { new Camel<Verdict>() } };

    private sealed record PromptsJson(List<PromptText>? Candidates);

    private sealed record FeedbackJson(List<ItemJson?>? Items);

    private sealed record ItemJson(string? DescriptorId, Verdict Verdict, string? Quote, string? NextStep);
}

/// <summary>Chooses for each request: the model when there is one and the teacher left AI on, else what the author prepared.</summary>
public sealed class TutorDesk(PreparedTutor prepared, ModelTutor? model) : ITutor
{
    public IAsyncEnumerable<TutorPiece> Explain(ExplainRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return For(request.Order.AiOn).Explain(request, cancellationToken);
    }

    public Task<PromptsDraft> ProposePrompts(PromptsRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return For(request.AiOn).ProposePrompts(request, cancellationToken);
    }

    public Task<FeedbackDraft> DraftFeedback(FeedbackRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return For(request.AiOn).DraftFeedback(request, cancellationToken);
    }

    private ITutor For(bool aiOn) => aiOn && model is not null ? model : prepared;
}
