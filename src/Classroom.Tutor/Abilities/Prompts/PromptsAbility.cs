namespace Classroom.Tutor;

/// <summary>Proposes candidates, each in all three languages. The teacher picks one; until then no student sees any.</summary>
internal sealed class PromptsAbility : TutorAbility<PromptsRequest, PromptsDraft>
{
    protected override async Task<PromptsDraft> AskModelAsync(PromptsRequest request, ModelAccess model, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (plan, step) = (request.Plan, request.Step);
        var template = Template.Of("prompt", null, ("grade", $"{plan.GradeTo}"), ("minutes", $"{Math.Max(step.Minutes, 5)}"));
        var conversation = new ModelConversation(model, request.Call, template);
        conversation.AddMaterial("DATA", Material(request));
        if (!request.Known.IsDefaultOrEmpty)
        {
            conversation.AddWritten("KNOWN", string.Join('\n', request.Known));
        }

        return await conversation.AnswerAsync(ModelJson.Wanted, (words, _) => ValueTask.FromResult(Read(request, conversation, words)), cancellationToken);
    }

    protected override async Task<PromptsDraft> PreparedAsync(PromptsRequest request, PreparedText text, CancellationToken cancellationToken)
    {
        var started = text.Time.GetTimestamp();
        var known = request.Known.IsDefault ? [] : request.Known;
        var step = await text.StepAsync((request.Plan.KitId, request.Plan.KitHash), request.Plan.LessonId, request.Step.Id, cancellationToken);
        ImmutableArray<PromptText> candidates = [.. step.Prompts.Where(p => !known.Contains(p.Question.En))];
        return candidates.IsEmpty ? throw new TutorException("no-prepared-text")
            : new PromptsDraft(candidates, text.Source(request.Plan.KitId, "prompt", started));
    }

    private static string Material(PromptsRequest request) => string.Join(
        '\n', new[] { request.Plan.Subject, request.Plan.Title, request.Step.Title, request.Step.Student, request.Step.Board }.SelectMany(t => t.Each()));

    private static Reading<PromptsDraft> Read(PromptsRequest request, ModelConversation conversation, string words)
    {
        var candidates = CandidateReader.Read(words, conversation, request.Call, Material(request));
        var isRight = candidates.All(CandidateReader.IsInItsLanguages);
        return !candidates.IsEmpty && isRight ? new(new PromptsDraft(candidates, conversation.Source))
            : new(null, Template.Line("prompt", null, "repair"), isRight ? null : "");
    }
}
