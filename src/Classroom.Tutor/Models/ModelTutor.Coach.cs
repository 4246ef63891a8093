using Microsoft.Extensions.AI;

namespace Classroom.Tutor;

public sealed partial class ModelTutor
{
    private const int MaxCoachTokens = 400;
    private const int MaxCoachSentences = 6;

    public async Task<CoachAnswer> Answer(CoachRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (call, language, started) = (request.Call, request.Language, time.GetTimestamp());
        var (pseudonyms, answering) = (new Pseudonyms(), new Answering());
        await LookOverAsync(call, request.Question, cancellationToken);
        if (LocalRules.WantsAnswer(request.Question))
        {
            call.Flag("wants-answer");
        }

        var template = Template.Of("coach", language,
            ("grade", $"{request.Plan.GradeTo}"), ("policy", Template.Line("coach", language, request.Policy == AiPolicy.Draft ? "draft" : "ask")),
            ("level", Template.Line("explain", language, "level " + request.Level.ToString().ToLowerInvariant())));
        var step = request.Step;
        var about = string.Join('\n', new[] { step.Title, step.Student, step.Task?.Title, step.Task?.Text }.OfType<Trilingual>().Select(t => t.In(language)));
        var messages = Messages(template.Text, new ChatMessage(ChatRole.User, DataBlock.Of(Label(language), about)));
        foreach (var turn in request.Before.TakeLast(6))
        {
            messages.Add(new ChatMessage(ChatRole.User, DataBlock.Of("Q", pseudonyms.Hide(turn.Question, call.Names))));
            messages.Add(new ChatMessage(ChatRole.Assistant, pseudonyms.Hide(turn.Answer, call.Names)));
        }

        messages.Add(new ChatMessage(ChatRole.User, DataBlock.Of("Q", pseudonyms.Hide(request.Question, call.Names))));
        if (pseudonyms.Found)
        {
            call.Flag("personal-data");
        }

        for (var attempt = 1; ; attempt++)
        {
            var raw = await AskAsync(call, messages, new ChatOptions { MaxOutputTokens = MaxCoachTokens }, answering, template.Id, cancellationToken);
            var (text, marks) = MarkTalk.Without(pseudonyms.Restore(raw).Trim());
            if (marks > 0)
            {
                call.Incident("mark-dropped");
            }

            if (await moderation.FindAsync(text, cancellationToken) is { } category)
            {
                call.Incident("output-withheld", category);
                throw new TutorException("output-withheld") { From = Source(answering, template.Id, started) };
            }

            var right = LanguageCheck.IsIn(text, language) != false;
            var asks = text.Contains('?', StringComparison.Ordinal);
            if (text.Length > 0 && right && (asks || attempt == 2))
            {
                return new CoachAnswer(Short(text, asks, language), [.. call.Flags], Source(answering, template.Id, started));
            }

            if (!right)
            {
                call.Incident("wrong-language", language.ToString().ToLowerInvariant());
            }

            if (attempt == 2)
            {
                throw new TutorException(right ? "tutor-empty" : "wrong-language") { From = Source(answering, template.Id, started) };
            }

            messages.Add(new ChatMessage(ChatRole.User, Template.Line("coach", language, right ? "repair-question" : "repair")));
        }
    }

    // A coach says little, and its last word is a question: a long answer would be the task done.
    private static string Short(string text, bool asks, Language language)
    {
        var sentences = Kits.Sentences.Split(text);
        if (sentences.Count > MaxCoachSentences)
        {
            var question = sentences.LastOrDefault(s => s.Contains('?', StringComparison.Ordinal));
            text = string.Join(' ', sentences.Take(MaxCoachSentences - 1).Append(question).OfType<string>().Distinct());
            asks = question is not null;
        }

        return asks ? text : text + " " + Template.Line("coach", language, "question");
    }
}
