namespace Classroom.Tutor;

/// <summary>
/// Drafts feedback on one student's work. The teacher reads, changes and releases it. A quote that is not in the work word for word is
/// dropped, and so is a sentence that expresses a mark.
/// </summary>
internal sealed class FeedbackAbility : TutorAbility<FeedbackRequest, FeedbackDraft>
{
    private const int MaxSentences = 3;

    protected override async Task<FeedbackDraft> AskModelAsync(FeedbackRequest request, ModelAccess model, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var language = request.Language;
        var list = string.Join('\n', request.Step.Task!.Criteria.SelectMany(c => c.Descriptors).Select(d => $"{d.Id}: {d.Text.In(language)}"));
        var conversation = new ModelConversation(
            model, request.Call, Template.Of("feedback", language, ("grade", $"{request.Plan.GradeTo}")), "\n\nDESCRIPTORS\n" + list);
        await conversation.LookOverAsync(request.Work + "\n" + request.Reflection, cancellationToken);
        conversation.AddWritten("WORK", request.Work);
        return await conversation.AnswerAsync(ModelJson.Wanted, async (words, _) =>
        {
            var (items, dropped) = Read(request, ModelJson.TryParse<FeedbackJson>(words), conversation);
            var said = string.Join(' ', items.Select(i => i.NextStep));
            var isRight = LanguageCheck.IsIn(said, language) != false;
            if (items.IsEmpty || !isRight)
            {
                return new Reading<FeedbackDraft>(
                    null, Template.Line("feedback", language, "repair"), isRight ? null : language.ToString().ToLowerInvariant());
            }

            await conversation.LookOverAnswerAsync(said, cancellationToken);
            return new(new FeedbackDraft(items, dropped, conversation.Source));
        }, cancellationToken);
    }

    protected override Task<FeedbackDraft> PreparedAsync(FeedbackRequest request, PreparedText text, CancellationToken cancellationToken) =>
        PreparedFeedback.OfAsync(request, text, cancellationToken);

    private static (ImmutableArray<FeedbackItem> Items, int Dropped) Read(FeedbackRequest request, FeedbackJson? json, ModelConversation conversation)
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

            var quote = conversation.RestoreQuote(item.Quote ?? "").Trim();
            if (quote.Length > 0 && !request.Work.Contains(quote, StringComparison.Ordinal))
            {
                request.Call.Incident("quote-dropped");
                (quote, dropped) = ("", dropped + 1);
            }

            var (next, marks) = MarkTalk.Without(conversation.Restore(item.NextStep ?? "").Trim());
            for (var i = 0; i < marks; i++)
            {
                request.Call.Incident("mark-dropped");
            }

            items.Add(new FeedbackItem(item.DescriptorId, item.Verdict, quote, Short(next)));
        }

        return (items.ToImmutable(), dropped);
    }

    // One next step is one or two sentences, and more than a figure: what is longer, or has no word, is not what was asked for.
    private static string Short(string next)
    {
        var sentences = Kits.Sentences.Split(next).Take(MaxSentences);
        var words = string.Join(' ', sentences);
        return words.Length <= FeedbackRules.MaxNextStep && words.Any(char.IsLetter) ? words : "";
    }

    private sealed record FeedbackJson(List<ItemJson?>? Items);

    private sealed record ItemJson(string? DescriptorId, Verdict Verdict, string? Quote, string? NextStep);
}
