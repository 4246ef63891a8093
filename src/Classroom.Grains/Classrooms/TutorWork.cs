using Classroom.Tutor;
using Microsoft.Extensions.Logging;

namespace Classroom.Grains;

/// <summary>The tutor's short answers for a classroom: asked for outside its turn, reported back as commands.</summary>
/// <param name="aiEnds">The teacher switches AI off: what is under way is given up, and its tokens count.</param>
internal sealed class TutorWork(ITutor tutor, IClassroomGrain classroom, LessonState state, Guid classroomId, TimeProvider time, ILogger logger, CancellationToken aiEnds)
{
    public Task ProposePrompts(string stepId)
    {
        var call = Call("prompt", stepId);
        ImmutableArray<string> known = [.. (state.Discussions.GetValueOrDefault(stepId)?.Candidates ?? []).Select(c => c.Question.En)];
        var request = new PromptsRequest(call, state.Plan, state.Step(stepId)!, state.AiOn, known);
        return Report(call, async () =>
        {
            var draft = await tutor.Ask(request, aiEnds);
            return new ProposePrompts(stepId, draft.Candidates, draft.Provenance);
        }, e => new FailPrompts(stepId, e.Code, e.Tokens, Again(e)));
    }

    public Task DraftFeedback(Guid feedbackId)
    {
        var key = state.Feedbacks[feedbackId].Work;
        var work = state.Works[key];
        var call = Call("feedback", key.StepId, key.StudentId);
        // One student's work at a time: nothing of another child is in the request.
        var request = new FeedbackRequest(
            call, state.Plan, state.Step(key.StepId)!, LanguageOf(key.StudentId), work.Submission ?? "", work.Reflection,
            // Of a photo alone there is nothing that a model could read: the teacher looks at it.
            state.AiOn && WorkRules.Words(work.Submission ?? "") > 0);
        return Report(call, async () =>
        {
            var draft = await tutor.Ask(request, aiEnds);
            return new DraftFeedback(feedbackId, draft.Items, draft.DroppedQuotes, draft.Provenance, draft.Hints.IsEmpty ? null : draft.Hints);
        }, e => new FailFeedback(feedbackId, e.Code, e.Tokens, Again(e)));
    }

    public Task Answer(Guid exchangeId)
    {
        var exchange = state.Exchanges[exchangeId];
        var step = state.Step(exchange.StepId)!;
        var call = Call("coach", exchange.StepId, exchange.StudentId);
        var request = new CoachRequest(
            call, state.Plan, step, LanguageOf(exchange.StudentId), state.Seats.GetValueOrDefault(exchange.StudentId)?.Level ?? Level.Simple,
            state.PolicyOf(step),
            [
                .. state.Exchanges.Values.Where(e => e.StudentId == exchange.StudentId && e.StepId == exchange.StepId && e.Answer is not null)
                    .OrderBy(e => e.Seq).Select(e => new Turn(e.Question, e.Answer!)),
            ],
            exchange.Question, state.AiOn);
        return Report(call, async () =>
        {
            var answer = await tutor.Ask(request, aiEnds);
            return new AnswerStudent(exchangeId, answer.Text, answer.Flags, answer.Provenance);
        }, e => new FailStudent(exchangeId, e.Code, [.. call.Flags], e.Tokens, Again(e)));
    }

    /// <summary>The second look at words of which the first could not tell. Who will not speak of them, or whose filter stops them, has seen something; where nobody can be asked, the teacher has a quiet line.</summary>
    public Task LookForDanger(AskTutorForDanger danger)
    {
        var request = new DangerRequest(Call("danger", danger.StepId, danger.StudentId), danger.Text, state.AiOn);
        return Task.Run(async () =>
        {
            var found = danger.Incident;
            try
            {
                if (!(await tutor.Ask(request, CancellationToken.None)).IsInDanger)
                {
                    return;
                }
            }
            catch (TutorException e) when (e.Code is "input-refused" or "answer-refused")
            {
                logger.LogInformation("Asked whether a child is in danger, the model refuses: {Code}", e.Code);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // Without a model, or with AI off, that is how it is.
                logger.Log(e is TutorException { Code: "no-prepared-text" } ? LogLevel.Debug : LogLevel.Warning, e, "Whether a child is in danger could not be asked");
                found = danger.Uncertain;
            }

            await OutcomeReports.SendAsync(classroom, found, time, logger);
        });
    }

    /// <summary>A refused command that plainly says it: the alarm is given all the same.</summary>
    public Task TellDanger(TellDanger danger) => Task.Run(() => OutcomeReports.SendAsync(classroom, danger.Incident, time, logger));

    private static int? Again(TutorException e) => (int?)e.RetryAfter?.TotalSeconds;

    private Language LanguageOf(Guid student) => state.Seats.GetValueOrDefault(student)?.Language ?? state.BoardVariant.Language;

    private TutorCall Call(string ability, string stepId, Guid? student = null) =>
        new(ability, classroomId, state.TeacherId, stepId, student, Names.Of(state)) { Roster = Names.Known(state) };

    // Off the grain's scheduler: a slow model must not hold a turn of the lesson, nor its threads.
    private Task Report(TutorCall call, Func<Task<Command>> ask, Func<TutorException, Command> failed) => Task.Run(async () =>
    {
        Command command;
        try
        {
            command = await ask();
        }
        catch (TutorException e)
        {
            command = failed(aiEnds.IsCancellationRequested && e.Code == "tutor-stopped" ? new TutorException("no-ai", e) { Tokens = e.Tokens } : e);
        }
        catch (OperationCanceledException e) when (aiEnds.IsCancellationRequested)
        {
            command = failed(new TutorException("no-ai", e));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Also what nobody foresaw: a request without an answer could never be made again.
            logger.LogWarning(e, "The tutor did not answer");
            command = failed(new TutorException("tutor-unavailable", e));
        }

        await OutcomeReports.SendAsync(classroom, command, time, logger);
        await OutcomeReports.SendIncidentsAsync(classroom, call, time, logger);
    });
}

/// <summary>Names of a room, none of which may leave for a model.</summary>
internal static class Names
{
    public static ImmutableArray<string> Of(LessonState state) =>
        [.. state.Seats.Values.Select(s => s.Nickname), state.Opened!.TeacherName];

    /// <summary>The class by its list, who waits to be let in, and what students were called before.</summary>
    public static ImmutableArray<string> Known(LessonState state) =>
        [.. state.Roster?.Names ?? [], .. state.Entries.Values.Select(e => e.Nickname), .. state.FormerNames.Values.SelectMany(n => n)];
}
