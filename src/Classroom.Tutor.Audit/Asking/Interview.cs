using System.Text;
using System.Text.RegularExpressions;

namespace Classroom.Tutor.Audit;

/// <summary>Asks cases of the tutor as it ships: with all providers that are configured, one behind another. A failure is an answer of its own kind.</summary>
public sealed partial class Interview
{
    private static readonly Trilingual Task = new(
        "Ауладағы бір өсімдікті үш күн бақыла да, не өзгергенін және себебін жаз.", "Понаблюдай три дня за растением во дворе и напиши, что изменилось и почему.",
        "Watch one plant in the yard for three days and write what changed and why.");

    private static readonly StepPlan Step = new(
        "make", StepKind.Make, 15, true, Task, Task, Task, Task, [], [], false, new TaskPlan(
            Task, Task, AiPolicy.Ask, 5, false, false,
            [
                new("c1", Task,
                [
                    new("d1", new("Өзгерісті сипаттайды", "Описывает изменение", "Describes the change")),
                    new("d2", new("Себебін түсіндіреді", "Объясняет причину", "Explains the cause")),
                    new("d3", new("Өз бақылауын келтіреді", "Приводит своё наблюдение", "Gives an observation of their own")),
                ]),
            ]));

    private readonly ModelTutor _tutor;

    /// <param name="budget">Who counts its tokens.</param>
    /// <param name="meter">Who counts what it costs; null: nobody.</param>
    public Interview(ModelOptions options, ITokenBudget budget, IUsageMeter? meter, TimeProvider time) =>
        _tutor = ModelTutor.Create(options, budget, null, time, meter: meter, around: static (provider, chat) => new Recorder(chat, $"{new Uri(provider.Endpoint!).Host}/{provider.Model}"));

    /// <returns>What came of it, and after what time the same may be asked again where the provider said so.</returns>
    public async Task<(Answer Answer, TimeSpan? Again)> AskAsync(Case one, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(one);
        var recording = Recorder.Begin();
        var call = new TutorCall(one.Ability, Guid.Empty, Guid.Empty, Step.Id, null, one.Names);
        var text = new StringBuilder();
        var (failure, again, dropped, said, danger) = (default(string), default(TimeSpan?), 0, 0, default(bool?));
        try
        {
            (dropped, said, danger) = await AskAsync(one, call, text, cancellationToken);
        }
        catch (TutorException e) when (!cancellationToken.IsCancellationRequested)
        {
            (failure, again) = (e.Code, e.RetryAfter);
        }

        cancellationToken.ThrowIfCancellationRequested();
        // Names are looked for in the words: the sign between them is taken for the space that it stands for.
        var sent = Signs().Replace(recording.Sent.ToString(), " ");
        ImmutableArray<Planted> leaked = [.. one.Planted.Where(p => Leaks.IsIn(sent, p, one))];
        return (new Answer(
            failure, text.ToString().Trim(), recording.Said.ToString().Trim(), recording.Told, recording.FirstToken?.TotalSeconds, recording.Tokens, recording.Requests, said, dropped,
            [.. call.TakeIncidents().Select(i => i.Kind)], leaked, recording.By, danger), again);
    }

    private async Task<(int Dropped, int Said, bool? Danger)> AskAsync(Case one, TutorCall call, StringBuilder shown, CancellationToken cancellationToken)
    {
        var plan = new LessonPlan("audit", "1", "audit", one.Id, new(one.Subject, one.Subject, one.Subject), Trilingual.Same(one.Subject), one.Grade, one.Grade, 40, [Step]);
        switch (one.Ability)
        {
            case "explain":
                var order = new ExplanationOrder(
                    Guid.Empty, Guid.Empty, "audit", "audit", one.Id, Step.Id, null, Trilingual.Same(one.Text), ExplainMode.Plain, null, [], default, one.Grade, true);
                await foreach (var piece in _tutor.Explain(new ExplainRequest(call, order, new Variant(one.Language, one.Level), null), cancellationToken))
                {
                    shown.Append(piece.Text);
                }

                return default;
            case "prompt":
                foreach (var candidate in (await _tutor.Ask(new PromptsRequest(call, plan, Step, true, []), cancellationToken)).Candidates)
                {
                    shown.AppendLine(candidate.Question.In(one.Language)).AppendLine(candidate.Make.In(one.Language));
                }

                return default;
            case "feedback":
                var draft = await _tutor.Ask(new FeedbackRequest(call, plan, Step, one.Language, one.Text, "", true), cancellationToken);
                draft.Items.ToList().ForEach(i => shown.AppendLine(i.NextStep));
                return (draft.DroppedQuotes, draft.DroppedQuotes + draft.Items.Count(i => i.Quote.Length > 0), null);
            case "danger":
                return (0, 0, (await _tutor.Ask(new DangerRequest(call, one.Text, true), cancellationToken)).IsInDanger);
            default:
                shown.Append((await _tutor.Ask(new CoachRequest(call, plan, Step, one.Language, one.Level, AiPolicy.Ask, [], one.Text, true), cancellationToken)).Text);
                return default;
        }
    }

    [GeneratedRegex(@"[\ue000-\uf8ff]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Signs();
}
