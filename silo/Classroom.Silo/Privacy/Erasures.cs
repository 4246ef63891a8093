using System.Text;
using Classroom.Lessons;
using Classroom.Storage;

namespace Classroom.Silo.Privacy;

/// <summary>
/// Carries out what is ordered and not done: by a command beside the server, by retention, or by a lesson whose process died between the order and the
/// destroyed key. Every process looks; doing it twice is doing it once.
/// </summary>
public sealed class Erasures(IKeyStore store, ChildKeys keys, IGrainFactory grains, TimeProvider time, ILogger<Erasures> logger) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do
            {
                await CarryOutAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // What is left is found at the next start.
        }
    }

    private async Task CarryOutAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var erasure in await store.OrderedAsync(cancellationToken))
            {
                await CarryOutAsync(erasure, cancellationToken);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
        {
            logger.LogWarning(e, "Whom to forget is not known just now; it is asked again in {Every}", Every);
        }
    }

    private async Task CarryOutAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        try
        {
            var command = new ForgetStudent(erasure.Child, Enum.Parse<ForgetReason>(erasure.Reason));
            var reply = await grains.GetGrain<IClassroomGrain>(erasure.Lesson).Execute(
                new Envelope(Guid.CreateVersion7(), FactCatalogue.DecodeActor(Encoding.UTF8.GetBytes(erasure.By)), command), cancellationToken);
            if (reply.Refusal?.Code is "no-such-student" or "not-open")
            {
                // The lesson knows nothing of this child; there may be a key all the same.
                await keys.DestroyAsync(erasure.Lesson, erasure.Child, cancellationToken);
            }
            else if (reply.Refusal is not null)
            {
                logger.LogWarning("Lesson {Classroom}: {Student} is not forgotten yet: {Code}", erasure.Lesson, erasure.Child, reply.Refusal.Code);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
        {
            logger.LogWarning(e, "Lesson {Classroom}: {Student} is not forgotten yet; it is tried again in {Every}", erasure.Lesson, erasure.Child, Every);
        }
    }
}
