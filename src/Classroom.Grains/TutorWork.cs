using Classroom.Tutor;
using Microsoft.Extensions.Logging;

namespace Classroom.Grains;

/// <summary>The tutor's short answers for a classroom: thought of outside its turn, reported back as commands.</summary>
internal sealed class TutorWork(ITutor tutor, TimeProvider time, ILogger logger)
{
    public Task ProposePrompts(IClassroomGrain classroom, LessonState state, string stepId)
    {
        var request = new PromptsRequest(state.Plan, state.Step(stepId)!, state.AiOn);
        return Report(classroom, async () =>
        {
            var draft = await tutor.ProposePrompts(request, CancellationToken.None);
            return new ProposePrompts(stepId, draft.Candidates, draft.Provenance);
        }, code => new FailPrompts(stepId, code));
    }

    public Task DraftFeedback(IClassroomGrain classroom, LessonState state, Guid feedbackId)
    {
        var key = state.Feedbacks[feedbackId].Work;
        var work = state.Works[key];
        var language = state.Seats.GetValueOrDefault(key.StudentId)?.Language ?? state.BoardVariant.Language;
        var request = new FeedbackRequest(
            state.Plan, state.Step(key.StepId)!, language, work.Handed ?? "", work.Reflection, [.. state.Seats.Values.Select(s => s.Nickname)], state.AiOn);
        return Report(classroom, async () =>
        {
            var draft = await tutor.DraftFeedback(request, CancellationToken.None);
            return new DraftFeedback(feedbackId, draft.Items, draft.DroppedQuotes, draft.Provenance);
        }, code => new FailFeedback(feedbackId, code));
    }

    // Off the grain's scheduler: a slow model must not hold a turn of the lesson, nor its threads.
    private Task Report(IClassroomGrain classroom, Func<Task<Command>> think, Func<string, Command> failed) => Task.Run(async () =>
    {
        Command command;
        try
        {
            command = await think();
        }
        catch (TutorException e)
        {
            command = failed(e.Code);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Also what nobody foresaw: a request without an answer could never be made again.
            logger.LogWarning(e, "The tutor did not answer");
            command = failed("tutor-unavailable");
        }

        await Reports.SendAsync(classroom, command, time, logger);
    });
}
