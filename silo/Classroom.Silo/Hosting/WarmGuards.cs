using Classroom.Tutor;

namespace Classroom.Silo.Hosting;

/// <summary>Where a model answers, its guards are read when the process starts and not when a class waits: on a loaded machine that took the time of the first word.</summary>
public sealed class WarmGuards(ModelOptions options, ILogger<WarmGuards> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => !options.IsConfigured ? Task.CompletedTask : Task.Run(
        () =>
        {
            if (!Guards.Warm())
            {
                logger.LogError("A guard of the tutor stops a plain sentence of a lesson: explanations may be replaced by prepared text");
            }
        },
        stoppingToken);
}
