using Classroom.Tutor;
using Microsoft.Extensions.Logging;

namespace Classroom.Grains;

/// <summary>What came of work outside a classroom's turn, reported to it as a command until that is durable.</summary>
internal static class OutcomeReports
{
    // An hour at one try in five seconds: longer than a lesson, and as long as an explanation's activation is kept.
    private const int Attempts = 720;
    private const int MaxSeconds = 5;

    public static Task SendAsync(IClassroomGrain classroom, Command outcome, TimeProvider time, ILogger logger) =>
        SendAsync(classroom, new Envelope(Guid.CreateVersion7(), Actor.System, outcome), time, logger);

    /// <summary>What went wrong around a call goes to the lesson's register.</summary>
    public static async Task SendIncidentsAsync(IClassroomGrain classroom, TutorCall call, TimeProvider time, ILogger logger)
    {
        foreach (var incident in call.TakeIncidents())
        {
            await SendAsync(classroom, new Envelope(incident.Id, Actor.System, new RecordIncident(
                incident.Id, call.Ability, incident.Kind, incident.Category, call.StepId, call.StudentId)), time, logger);
        }
    }

    // One command id for every try, so that a lost answer never doubles the fact.
    private static async Task SendAsync(IClassroomGrain classroom, Envelope envelope, TimeProvider time, ILogger logger)
    {
        var outcome = envelope.Command;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                var reply = await classroom.Execute(envelope, CancellationToken.None);
                if (reply.Refusal?.Code is not ("try-again" or "not-saved"))
                {
                    return;
                }
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // Whatever keeps the lesson from being loaded or called, it ends, or the process does.
                logger.LogWarning(e, "{Outcome} is not stored yet, try {Attempt}", outcome.GetType().Name, attempt);
            }

            await Task.Delay(TimeSpan.FromSeconds(Math.Min(attempt, MaxSeconds)), time);
        }

        logger.LogError("{Outcome} could not be stored and is given up", outcome.GetType().Name);
    }
}
