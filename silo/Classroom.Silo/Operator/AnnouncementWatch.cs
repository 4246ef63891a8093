namespace Classroom.Silo.Operator;

/// <summary>How long what a lesson announces takes to be passed on by a process that shows it.</summary>
public sealed class AnnouncementWatch(Pauses pauses, TimeProvider time) : IOutgoingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.InterfaceMethod?.DeclaringType == typeof(IClassroomObserver) && context.Request.GetArgument(0) is Guid classroom
            ? WatchAsync(context, classroom) : context.Invoke();
    }

    private async Task WatchAsync(IOutgoingGrainCallContext context, Guid classroom)
    {
        var began = time.GetTimestamp();
        try
        {
            await context.Invoke();
        }
        catch (Exception e) when (e is not TimeoutException)
        {
            // That process is gone, and its browsers with it: they are measured where they come back.
            began = time.GetTimestamp();
            throw;
        }
        finally
        {
            pauses.Felt(classroom, time.GetElapsedTime(began));
        }
    }
}
