using Classroom.Tutor;

namespace Classroom.Grains;

/// <summary>The tutor's short answers for a classroom: thought of outside its turn, reported back as commands.</summary>
internal static class TutorWork
{
    public static Task ProposePrompts(ITutor tutor, IClassroomGrain classroom, LessonState state, string stepId)
    {
        var request = new PromptsRequest(state.Plan, state.Step(stepId)!, state.AiOn);
        return Report(classroom, async () =>
        {
            var draft = await tutor.ProposePrompts(request, CancellationToken.None);
            return new ProposePrompts(stepId, draft.Candidates, draft.Provenance);
        }, code => new FailPrompts(stepId, code));
    }

    public static Task DraftFeedback(ITutor tutor, IClassroomGrain classroom, LessonState state, Guid feedbackId)
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
    private static Task Report(IClassroomGrain classroom, Func<Task<Command>> think, Func<string, Command> failed) => Task.Run(async () =>
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
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or TimeoutException)
        {
            command = failed("tutor-unavailable");
        }

        await classroom.Execute(new Envelope(Guid.CreateVersion7(), Actor.System, command), CancellationToken.None);
    });
}
