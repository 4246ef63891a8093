using Classroom.Tutor;

namespace Classroom.Silo.Hosting;

/// <summary>Learns what the guards learn from examples beside the start, so that no child's first text waits for it.</summary>
internal sealed class GuardPreparation : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(static () =>
    {
        Distress.Prepare();
        MarkTalk.Prepare();
    }, stoppingToken);
}
