using System.Text.Json;
using System.Text.Json.Nodes;

namespace Classroom.Tutor;

/// <summary>
/// What is asked of a model for feedback, and what of its answer is kept. The quote comes before the verdict: a model that must show the words first judges by
/// them. Whatever does not fit falls: an unknown descriptor or verdict, a quote that is not in the work, a verdict without its quote, a sentence that is not for a child.
/// </summary>
internal static class FeedbackReader
{
    private const int MaxQuote = 400;
    private const int MaxNextStep = 240;
    private const int MaxSentences = 2;

    public static JsonElement SchemaFor(StepPlan step)
    {
        static JsonObject Text() => new() { ["type"] = "string" };
        static JsonObject OneOf(IEnumerable<string> words) => new() { ["type"] = "string", ["enum"] = new JsonArray([.. words.Select(w => (JsonNode)w)]) };
        static JsonObject Whole(JsonObject properties) => new()
        {
            ["type"] = "object", ["properties"] = properties, ["required"] = new JsonArray([.. properties.Select(p => (JsonNode)p.Key)]), ["additionalProperties"] = false,
        };
        var item = Whole(new()
        {
            ["descriptorId"] = OneOf(Descriptors(step)), ["quote"] = Text(), ["verdict"] = OneOf(Enum.GetValues<Verdict>().Select(Word)), ["nextStep"] = Text(),
        });
        return JsonSerializer.SerializeToElement(Whole(new() { ["items"] = new JsonObject { ["type"] = "array", ["items"] = item } }));
    }

    /// <returns>An item for each descriptor, or none where nothing of the answer can be used.</returns>
    public static (ImmutableArray<FeedbackItem> Items, int Dropped) Read(FeedbackRequest request, ModelConversation conversation, string words)
    {
        var fits = false;
        var (kept, dropped, known) = (new Dictionary<string, FeedbackItem>(StringComparer.Ordinal), 0, Descriptors(request.Step).ToHashSet(StringComparer.Ordinal));
        // A work that gives orders may have been obeyed: what was judged of it counts for nothing.
        var isOrdered = Orders.AreIn(request.Work);
        foreach (var json in ModelJson.TryParse<ItemsJson>(words)?.Items ?? [])
        {
            if (TextOf(json, "descriptorId") is not { } id || !known.Remove(id))
            {
                continue;
            }

            var said = TextOf(json, "quote") ?? "";
            var quote = Evidence(request.Work, conversation.RestoreQuote(said).Trim(), kept.Values);
            quote = Tutor.Evidence.Repeats(quote, request.Step.Task!.Criteria.SelectMany(c => c.Descriptors).First(d => d.Id == id).Text.In(request.Language)) ? "" : quote;
            if (quote.Length == 0 && said.Any(char.IsLetterOrDigit))
            {
                request.Call.Incident("quote-dropped");
                dropped++;
            }

            var verdict = VerdictOf(TextOf(json, "verdict"));
            fits |= verdict is not null;
            if (verdict is not null && (isOrdered || (verdict != Verdict.NotYet && quote.Length == 0)))
            {
                request.Call.Incident("verdict-dropped");
                verdict = null;
            }

            kept[id] = new FeedbackItem(id, verdict, quote, NextStep(request.Call, conversation, TextOf(json, "nextStep") ?? ""));
        }

        // Where the form was right and the words fell, the teacher has the descriptors to write beside.
        return fits || kept.Values.Any(i => i.Quote.Length > 0 || i.NextStep.Length > 0)
            ? ([.. Descriptors(request.Step).Select(id => kept.GetValueOrDefault(id) ?? new FeedbackItem(id, null, "", ""))], dropped) : ([], dropped);
    }

    // A few words out of their sentence tell little.
    private static string WholeOf(string work, string found) => Kits.Sentences.Split(work).FirstOrDefault(s => s.Contains(found, StringComparison.Ordinal)) ?? found;

    // Words of the work that show something, that order nothing, that do not speak of the work itself, and that no other descriptor rests on.
    private static string Evidence(string work, string quote, IEnumerable<FeedbackItem> others) =>
        quote.Length > 0 && Quotes.Find(work, quote) is { Length: <= MaxQuote } found && Quotes.Prove(found) && !Orders.AreIn(found) && !(AboutWork.IsIn(found) && AboutWork.IsIn(WholeOf(work, found)))
        && !others.Any(o => o.Quote.Length > 0 && (o.Quote.Contains(found, StringComparison.Ordinal) || found.Contains(o.Quote, StringComparison.Ordinal))) ? found : "";

    // One next step is one or two sentences, and more than a figure: what is longer, or has no word, is not what was asked for.
    private static string NextStep(TutorCall call, ModelConversation conversation, string said)
    {
        var words = string.Join(' ', Kits.Sentences.Split(Spoken.Without(conversation.Restore(said).Trim(), call, isOfWork: true)).Take(MaxSentences));
        return words.Length <= MaxNextStep && words.Any(char.IsLetter) ? words : "";
    }

    private static IEnumerable<string> Descriptors(StepPlan step) => step.Task!.Criteria.SelectMany(c => c.Descriptors).Select(d => d.Id);

    private static Verdict? VerdictOf(string? word) => Enum.GetValues<Verdict>().Where(v => Word(v) == word).Select(v => (Verdict?)v).FirstOrDefault();

    private static string Word(Verdict verdict) => JsonNamingPolicy.CamelCase.ConvertName($"{verdict}");

    private static string? TextOf(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private sealed record ItemsJson(List<JsonElement>? Items);
}
