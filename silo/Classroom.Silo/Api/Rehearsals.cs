namespace Classroom.Silo.Api;

/// <summary>A teacher's rehearsals beside the one at hand. Nothing here fails or holds up a request: a lesson whose silo is away answers late.</summary>
internal static class Rehearsals
{
    /// <summary>Nobody rehearses two lessons at once, so those from before <paramref name="but"/> end. Of two that were opened at once the later stays.</summary>
    /// <param name="list">The teacher's cards, newest first.</param>
    /// <param name="but">The one that has just been opened.</param>
    /// <param name="end">Sends the end to a lesson.</param>
    /// <param name="logger">Told of those that go on.</param>
    public static Task EndBeforeAsync(Func<Task<ImmutableArray<ClassroomCard>>> list, Guid but, Func<Guid, Task<Reply>> end, ILogger logger) =>
        TryAsync(but, logger, async () => await Task.WhenAll(Live((await list()).SkipWhile(c => c.ClassroomId != but).Skip(1)).Select(id => TryAsync(id, logger, async () =>
        {
            // One that has ended by itself meanwhile has done what was asked.
            if ((await end(id)).Refusal is { Code: not "lesson-ended" } refusal)
            {
                logger.LogWarning("Rehearsal {Classroom} was to end and goes on: {Code}", id, refusal.Code);
            }
        }))));

    /// <summary>One that fell asleep with its silo plays on, or ends when its time is over, once somebody looks.</summary>
    public static Task WakeAsync(IEnumerable<ClassroomCard> cards, Func<Guid, Task> look, ILogger logger) =>
        Task.WhenAll(Live(cards).Select(id => TryAsync(id, logger, () => look(id))));

    private static IEnumerable<Guid> Live(IEnumerable<ClassroomCard> cards) => cards.Where(c => c.Rehearsal is true && c.EndedAt is null).Select(c => c.ClassroomId);

    private static async Task TryAsync(Guid id, ILogger logger, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.LogWarning(e, "Rehearsal {Classroom} could not be reached", id);
        }
    }
}
