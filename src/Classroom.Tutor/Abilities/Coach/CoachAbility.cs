using Microsoft.Extensions.AI;

namespace Classroom.Tutor;

/// <summary>Answers a student: asks back before it helps, says little, and does no task.</summary>
internal sealed class CoachAbility : TutorAbility<CoachRequest, CoachAnswer>
{
    private const int MaxSentences = 6;
    private const int MaxTurns = 6;
    private static readonly ChatOptions Wanted = new() { MaxOutputTokens = 400 };

    protected override async Task<CoachAnswer> AskModelAsync(CoachRequest request, ModelAccess model, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var conversation = await BeginAsync(request, model, cancellationToken);
        return await conversation.AnswerAsync(Wanted, async (words, isLast) =>
        {
            var text = Spoken.Without(conversation.Restore(words).Trim(), request.Call);
            await conversation.LookOverAnswerAsync(text, cancellationToken);
            var language = request.Language;
            var isRight = LanguageCheck.IsIn(text, language) != false;
            var asks = text.Contains('?', StringComparison.Ordinal);
            return text.Length > 0 && isRight && (asks || isLast)
                ? new(new CoachAnswer(Short(text, asks, language), [.. request.Call.Flags], conversation.Source))
                : new Reading<CoachAnswer>(
                    null, Template.Line("coach", language, isRight ? "repair-question" : "repair"), isRight ? null : language.ToString().ToLowerInvariant());
        }, cancellationToken);
    }

    /// <summary>Asks back with the step's own words: prepared text cannot know more of a student's question.</summary>
    protected override Task<CoachAnswer> PreparedAsync(CoachRequest request, PreparedText text, CancellationToken cancellationToken)
    {
        var started = text.Time.GetTimestamp();
        if (LocalRules.WantsAnswer(request.Question))
        {
            request.Call.Flag("wants-answer");
        }

        var about = (request.Step.Task?.Title ?? request.Step.Title).In(request.Language);
        var words = Template.Line("coach", request.Language, "prepared").Replace("{about}", about, StringComparison.Ordinal);
        return Task.FromResult(new CoachAnswer(words, [.. request.Call.Flags], text.Source(request.Plan.KitId, "coach", started)));
    }

    // A child in distress gets words of care and a person who knows of it, never a model's improvisation; with a model or without.
    protected override CoachAnswer? InsteadOfAsking(CoachRequest request)
    {
        if (LocalRules.Find(request.Question) is not { } category)
        {
            return null;
        }

        request.Call.Incident("input-withheld", category);
        request.Call.Flag(category == "distress" ? "distress" : "unsafe");
        return InsteadOfRefusing(request);
    }

    protected override CoachAnswer InsteadOfRefusing(CoachRequest request) => new(
        Template.Line("coach", request.Language, request.Call.Flags.Contains("distress") ? "care" : "withheld"), [.. request.Call.Flags],
        new Provenance(Provenance.PreparedProvider, "ortaq", Template.Of("coach", request.Language).Id, 0, 0, false, "input-withheld"));

    private static async Task<ModelConversation> BeginAsync(CoachRequest request, ModelAccess model, CancellationToken cancellationToken)
    {
        var (call, language, step) = (request.Call, request.Language, request.Step);
        var conversation = new ModelConversation(model, call, Template.Of("coach", language,
            ("grade", $"{request.Plan.GradeTo}"), ("policy", Template.Line("coach", language, request.Policy == AiPolicy.Draft ? "draft" : "ask")),
            ("level", Template.Line("explain", language, "level " + request.Level.ToString().ToLowerInvariant()))));
        await conversation.LookOverAsync(request.Question, cancellationToken);
        if (LocalRules.WantsAnswer(request.Question))
        {
            call.Flag("wants-answer");
        }

        conversation.AddMaterial(DataBlock.LabelIn(language), string.Join(
            '\n', new[] { step.Title, step.Student, step.Task?.Title, step.Task?.Text }.OfType<Trilingual>().Select(t => t.In(language))));
        foreach (var turn in request.Before.TakeLast(MaxTurns))
        {
            conversation.AddWritten("Q", turn.Question);
            conversation.AddAnswer(turn.Answer);
        }

        conversation.AddWritten("Q", request.Question);
        if (conversation.HidesPersons)
        {
            call.Flag("personal-data");
        }

        return conversation;
    }

    // A coach says little, and its last word is a question: a long answer would be the task done.
    private static string Short(string text, bool asks, Language language)
    {
        var sentences = Kits.Sentences.Split(text);
        if (sentences.Count > MaxSentences)
        {
            var question = sentences.LastOrDefault(s => s.Contains('?', StringComparison.Ordinal));
            text = string.Join(' ', sentences.Take(MaxSentences - 1).Append(question).OfType<string>().Distinct());
            asks = question is not null;
        }

        return asks ? text : text + " " + Template.Line("coach", language, "question");
    }
}
