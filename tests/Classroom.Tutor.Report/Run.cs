using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Classroom.Tutor.Report;

/// <summary>What came of one case.</summary>
/// <param name="Text">Everything the tutor would show, as it would show it.</param>
/// <param name="Raw">Everything the model itself said, before the tutor looked over it.</param>
/// <param name="Leaked">Names and numbers that were found in what was sent.</param>
public sealed record Result(
    Case Case, string? Failure, string Text, string Raw, double? FirstTokenSeconds, int Tokens, int QuotesSaid, int QuotesDropped,
    ImmutableArray<string> Incidents, ImmutableArray<string> Leaked);

/// <summary>Runs cases through the tutor as it ships, and records what goes to the model and what comes from it.</summary>
public sealed class Run(ModelOptions options)
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

    public async Task<ImmutableArray<Result>> AllAsync(ImmutableArray<Case> cases, TextWriter log, CancellationToken cancellationToken)
    {
        var results = ImmutableArray.CreateBuilder<Result>();
        foreach (var one in cases)
        {
            var result = await OneAsync(one, cancellationToken);
            results.Add(result);
            await log.WriteLineAsync($"{one.Id}: {result.Failure ?? "answered"}");
        }

        return results.ToImmutable();
    }

    private async Task<Result> OneAsync(Case one, CancellationToken cancellationToken)
    {
        using var recorder = new Recorder(ChatClients.Create(options));
        // Each case by itself: a breaker that a bad case opened must not answer for the next one.
        var tutor = new ModelTutor(new Providers(options, TimeProvider.System, (options, recorder)), new LocalRules(), new NoBudget(), null, options, TimeProvider.System);
        var call = new TutorCall(one.Ability, Guid.Empty, Guid.Empty, Step.Id, null, one.Names);
        var plan = new LessonPlan("golden", "1", "golden", one.Id, new(one.Subject, one.Subject, one.Subject), Trilingual.Same(one.Subject), one.Grade, one.Grade, 40, [Step]);
        var (text, failure, dropped, said) = (new StringBuilder(), default(string), 0, 0);
        try
        {
            switch (one.Ability)
            {
                case "explain":
                    var order = new ExplanationOrder(
                        Guid.Empty, Guid.Empty, "golden", "golden", one.Id, Step.Id, null, Trilingual.Same(one.Text), ExplainMode.Plain, null, [], default, one.Grade, true);
                    await foreach (var piece in tutor.Explain(new ExplainRequest(call, order, new Variant(one.Language, one.Level), null), cancellationToken))
                    {
                        text.Append(piece.Text);
                    }

                    break;
                case "prompt":
                    foreach (var candidate in (await tutor.Ask(new PromptsRequest(call, plan, Step, true, []), cancellationToken)).Candidates)
                    {
                        text.AppendLine(candidate.Question.In(one.Language)).AppendLine(candidate.Make.In(one.Language));
                    }

                    break;
                case "feedback":
                    var draft = await tutor.Ask(new FeedbackRequest(call, plan, Step, one.Language, one.Text, "", true), cancellationToken);
                    dropped = draft.DroppedQuotes;
                    said = dropped + draft.Items.Count(i => i.Quote.Length > 0);
                    draft.Items.ToList().ForEach(i => text.AppendLine(i.NextStep));
                    break;
                default:
                    text.Append((await tutor.Ask(
                        new CoachRequest(call, plan, Step, one.Language, one.Level, AiPolicy.Ask, [], one.Text, true), cancellationToken)).Text);
                    break;
            }
        }
        catch (TutorException e)
        {
            failure = e.Code;
        }

        // Names are looked for in the words: the sign between them is taken for the space that it stands for.
        var sent = Regex.Replace(recorder.Sent.ToString(), @"[\ue000-\uf8ff]", " ");
        ImmutableArray<string> leaked = [.. one.Names.Concat(Numbers(one.Text)).Where(n => Regex.IsMatch(sent, @"(?<![\p{L}\d])" + Regex.Escape(n), RegexOptions.IgnoreCase))];
        return new Result(
            one, failure, text.ToString().Trim(), recorder.Said.ToString(), recorder.FirstToken?.TotalSeconds, recorder.Tokens, said, dropped,
            [.. call.TakeIncidents().Select(i => i.Kind)], leaked);
    }

    private static IEnumerable<string> Numbers(string text) => Regex.Matches(text, @"\d{12}|\+7[\d ]{10,}\d|\S+@\S+").Select(m => m.Value.TrimEnd('.', ','));

    /// <summary>Keeps what was sent, what came, and when the first word did.</summary>
    private sealed class Recorder(IChatClient inner) : DelegatingChatClient(inner)
    {
        public StringBuilder Sent { get; } = new();

        public StringBuilder Said { get; } = new();

        public TimeSpan? FirstToken { get; private set; }

        public int Tokens { get; private set; }

        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (var message in messages.Where(m => m.Role != ChatRole.System))
            {
                Sent.AppendLine(message.Text);
            }

            var started = Stopwatch.GetTimestamp();
            await foreach (var update in base.GetStreamingResponseAsync(messages, options, cancellationToken))
            {
                if (update.Text.Length > 0)
                {
                    FirstToken ??= Stopwatch.GetElapsedTime(started);
                    Said.Append(update.Text);
                }

                Tokens += (int)(update.Contents.OfType<UsageContent>().Sum(u => u.Details.TotalTokenCount) ?? 0);
                yield return update;
            }
        }
    }
}
