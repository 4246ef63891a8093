namespace Classroom.Tutor;

/// <summary>
/// Drafts feedback on one student's work. The teacher reads, changes and releases it. What is kept of a model's answer stands in <see cref="FeedbackReader"/>.
/// </summary>
internal sealed class FeedbackAbility : TutorAbility<FeedbackRequest, FeedbackDraft>
{
    protected override async Task<FeedbackDraft> AskModelAsync(FeedbackRequest request, ModelAccess model, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var language = request.Language;
        var list = string.Join('\n', request.Step.Task!.Criteria.SelectMany(c => c.Descriptors).Select(d => $"{d.Id}: {d.Text.In(language)}"));
        var conversation = new ModelConversation(
            model, request.Call, Template.Of("feedback", language, ("grade", $"{request.Plan.GradeTo}")), "\n\nDESCRIPTORS\n" + list);
        await conversation.LookOverAsync(request.Work + "\n" + request.Reflection, cancellationToken);
        conversation.AddWritten("WORK", request.Work);
        return await conversation.AnswerAsync(ModelJson.Of("feedback", FeedbackReader.SchemaFor(request.Step)), async (words, _) =>
        {
            var (items, dropped) = FeedbackReader.Read(request, conversation, words);
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
}
