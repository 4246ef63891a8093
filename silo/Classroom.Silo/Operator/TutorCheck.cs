using Classroom.Tutor;

namespace Classroom.Silo.Operator;

/// <summary>
/// Asks the model for a word when the server has started, beside everything else: a wrong key, model or address is said with the names of its
/// settings before a class meets it.
/// </summary>
public sealed class TutorCheck(TutorDesk tutor, ILogger<TutorCheck> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The start does not wait for it.
        await Task.Yield();
        try
        {
            var found = await tutor.CheckAsync(stoppingToken);
            for (var i = 0; i < found.Length; i++)
            {
                var section = i == 0 ? "Tutor" : "Tutor:Second";
                if (found[i].Fault is not { } fault)
                {
                    logger.LogInformation("{Section}: the model answers", section);
                }
                else if (fault.Code == "tutor-misconfigured")
                {
                    logger.LogError(
                        "{Section}:Endpoint, {Section}:Model or {Section}:ApiKey is wrong ({Cause}). Lessons show prepared text",
                        section, section, section, (fault.InnerException ?? fault).Message);
                }
                else
                {
                    logger.LogWarning("{Section}: the model does not answer now ({Code}: {Cause})", section, fault.Code, (fault.InnerException ?? fault).Message);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops before it is known.
        }
    }
}
