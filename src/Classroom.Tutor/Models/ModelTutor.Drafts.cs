using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Classroom.Tutor;

public sealed partial class ModelTutor
{
    private const int Candidates = 5;
    private const int MaxCandidateText = 600;

    public async Task<PromptsDraft> ProposePrompts(PromptsRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (started, step, answering) = (time.GetTimestamp(), request.Step, new Answering());
        var template = Template.Of("prompt", null, ("grade", $"{request.Plan.GradeTo}"), ("minutes", $"{Math.Max(step.Minutes, 5)}"));
        var data = string.Join('\n', new[] { request.Plan.Subject, request.Plan.Title, step.Title, step.Student, step.Board }
            .Select(t => $"{t.Kk}\n{t.Ru}\n{t.En}"));
        var messages = Messages(template.Text, new ChatMessage(ChatRole.User, DataBlock.Of("DATA", data)));
        if (!request.Known.IsDefaultOrEmpty)
        {
            messages.Add(new ChatMessage(ChatRole.User, DataBlock.Of("KNOWN", string.Join('\n', request.Known))));
        }

        for (var attempt = 1; ; attempt++)
        {
            var json = await AskAsync(request.Call, messages, Json, answering, template.Id, cancellationToken);
            var parsed = TryParse<PromptsJson>(json)?.Candidates ?? [];
            var whole = parsed.Where(c => IsWhole(c) && IsClean(request.Call, c!)).Take(Candidates)
                .Select((c, i) => c! with { Id = $"p{i + 1}", Minutes = Math.Clamp(c.Minutes, 1, 60), Roles = RolesOf(c) }).ToImmutableArray();
            var right = whole.All(c => LanguageCheck.IsIn(Text(c, Language.Kk), Language.Kk) != false
                && LanguageCheck.IsIn(Text(c, Language.Ru), Language.Ru) != false && LanguageCheck.IsIn(Text(c, Language.En), Language.En) != false);
            if (!whole.IsEmpty && right)
            {
                return new PromptsDraft(whole, Source(answering, template.Id, started));
            }

            if (!right)
            {
                request.Call.Incident("wrong-language");
            }

            if (attempt == 2)
            {
                throw new TutorException(right ? "tutor-empty" : "wrong-language") { From = Source(answering, template.Id, started) };
            }

            messages.Add(new ChatMessage(ChatRole.User, Template.Line("prompt", null, "repair")));
        }
    }

    public async Task<FeedbackDraft> DraftFeedback(FeedbackRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (started, pseudonyms, answering, language) = (time.GetTimestamp(), new Pseudonyms(), new Answering(), request.Language);
        await LookOverAsync(request.Call, request.Work + "\n" + request.Reflection, cancellationToken);
        var descriptors = request.Step.Task!.Criteria.SelectMany(c => c.Descriptors).ToList();
        var template = Template.Of("feedback", language, ("grade", $"{request.Plan.GradeTo}"));
        var list = string.Join('\n', descriptors.Select(d => $"{d.Id}: {d.Text.In(language)}"));
        var messages = Messages(
            template.Text + "\n\nDESCRIPTORS\n" + list, new ChatMessage(ChatRole.User, DataBlock.Of("WORK", pseudonyms.Hide(request.Work, request.Call.Names))));
        for (var attempt = 1; ; attempt++)
        {
            var json = await AskAsync(request.Call, messages, Json, answering, template.Id, cancellationToken);
            var (items, dropped) = Read(request, TryParse<FeedbackJson>(json), pseudonyms);
            var said = string.Join(' ', items.Select(i => i.NextStep));
            var right = LanguageCheck.IsIn(said, language) != false;
            if (!items.IsEmpty && right)
            {
                if (await moderation.FindAsync(said, cancellationToken) is { } category)
                {
                    request.Call.Incident("output-withheld", category);
                    throw new TutorException("output-withheld") { From = Source(answering, template.Id, started) };
                }

                return new FeedbackDraft(items, dropped, Source(answering, template.Id, started));
            }

            if (!right)
            {
                request.Call.Incident("wrong-language", language.ToString().ToLowerInvariant());
            }

            if (attempt == 2)
            {
                throw new TutorException(right ? "tutor-empty" : "wrong-language") { From = Source(answering, template.Id, started) };
            }

            messages.Add(new ChatMessage(ChatRole.User, Template.Line("feedback", language, "repair")));
        }
    }

    private static (ImmutableArray<FeedbackItem> Items, int Dropped) Read(FeedbackRequest request, FeedbackJson? json, Pseudonyms pseudonyms)
    {
        var left = request.Step.Task!.Criteria.SelectMany(c => c.Descriptors).Select(d => d.Id).ToHashSet(StringComparer.Ordinal);
        var dropped = 0;
        var items = ImmutableArray.CreateBuilder<FeedbackItem>();
        foreach (var item in json?.Items ?? [])
        {
            if (item?.DescriptorId is null || !left.Remove(item.DescriptorId) || !Enum.IsDefined(item.Verdict))
            {
                continue;
            }

            var quote = pseudonyms.Restore(item.Quote ?? "").Trim();
            if (quote.Length > 0 && !request.Work.Contains(quote, StringComparison.Ordinal))
            {
                request.Call.Incident("quote-dropped");
                (quote, dropped) = ("", dropped + 1);
            }

            var (next, marks) = MarkTalk.Without(pseudonyms.Restore(item.NextStep ?? "").Trim());
            for (var i = 0; i < marks; i++)
            {
                request.Call.Incident("mark-dropped");
            }

            items.Add(new FeedbackItem(item.DescriptorId, item.Verdict, quote, next));
        }

        return (items.ToImmutable(), dropped);
    }

    private static bool IsClean(TutorCall call, PromptText candidate)
    {
        var all = string.Join('\n', Enum.GetValues<Language>().Select(l => Text(candidate, l)));
        var category = LocalRules.Find(all, isAnswer: true);
        if (category is null && !MarkTalk.IsIn(all))
        {
            return true;
        }

        call.Incident(MarkTalk.IsIn(all) ? "mark-dropped" : "output-withheld", category ?? "");
        return false;
    }

    private static string Text(PromptText p, Language l) =>
        string.Join('\n', new[] { p.Question, p.Make, p.Materials, p.Sharing }.Concat(RolesOf(p)).Select(t => t.In(l)));

    private static ImmutableArray<Trilingual> RolesOf(PromptText p) => p.Roles.IsDefault ? [] : [.. p.Roles.Where(IsFull).Take(6)];

    private static bool IsWhole(PromptText? p) => p is not null && new[] { p.Question, p.Make, p.Materials, p.Sharing }.All(IsFull);

    private static bool IsFull(Trilingual? t) => t is not null
        && new[] { t.Kk, t.Ru, t.En }.All(x => !string.IsNullOrWhiteSpace(x) && x.Length <= MaxCandidateText);

    private static T? TryParse<T>(string json) where T : class
    {
        try
        {
            var (from, to) = (json.IndexOf('{', StringComparison.Ordinal), json.LastIndexOf('}'));
            return from < 0 || to < from ? null : JsonSerializer.Deserialize<T>(json.AsSpan(from, to - from + 1), WireOptions);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static readonly ChatOptions Json = new() { MaxOutputTokens = MaxJsonTokens, ResponseFormat = ChatResponseFormat.Json };

    private static readonly JsonSerializerOptions WireOptions = new(JsonSerializerDefaults.Web) { Converters = { new Camel<Verdict>() } };

    private sealed record PromptsJson(List<PromptText?>? Candidates);

    private sealed record FeedbackJson(List<ItemJson?>? Items);

    private sealed record ItemJson(string? DescriptorId, Verdict Verdict, string? Quote, string? NextStep);
}
