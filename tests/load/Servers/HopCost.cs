using System.Diagnostics;
using Classroom.Lessons;
using Microsoft.Extensions.DependencyInjection;

namespace Classroom.Load;

/// <summary>Microseconds a call, one after another, in this process: a grain's turn, and the same work called straight.</summary>
public static class HopCost
{
    public static async Task<object> MeasureAsync(IServiceProvider services, Guid classroomId, Actor teacher, int calls)
    {
        var grain = services.GetRequiredService<IGrainFactory>().GetGrain<IClassroomGrain>(classroomId);
        var repeated = new Envelope(Guid.CreateVersion7(), teacher, new LockLobby());
        await grain.Execute(repeated, default);
        var seen = ImmutableDictionary<Guid, long>.Empty.Add(repeated.CommandId, 1);
        var state = LessonState.Empty;
        var now = DateTimeOffset.UtcNow;
        await GrainAsync(grain, repeated, calls / 10);
        return new
        {
            grain = await GrainAsync(grain, repeated, calls),
            direct = Straight(calls, () => seen.TryGetValue(repeated.CommandId, out var seq) ? new Reply(seq, null) : throw new InvalidOperationException()),
            decide = Straight(calls, () => Lesson.Decide(state, repeated, now)),
        };
    }

    private static async Task<double> GrainAsync(IClassroomGrain grain, Envelope repeated, int calls)
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < calls; i++)
        {
            await grain.Execute(repeated, default);
        }

        return watch.Elapsed.TotalMicroseconds / calls;
    }

    private static double Straight(int calls, Func<object> call)
    {
        object? last = null;
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < calls; i++)
        {
            last = call();
        }

        GC.KeepAlive(last);
        return watch.Elapsed.TotalMicroseconds / calls;
    }
}
