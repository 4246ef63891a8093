using System.Reflection;

namespace Classroom.Silo.Tests;

/// <summary>A classroom at a version, which counts who subscribes and who comes in.</summary>
public class CountingGrain : DispatchProxy
{
    public int Count { get; private set; }

    public int Entered { get; private set; }

    public object Answer { get; set; } = 0L;

    protected override object Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        switch (targetMethod!.Name)
        {
            case nameof(IClassroomGrain.Sync):
                Entered++;
                return Task.FromResult(new SyncResponse(null, (long)Answer, "[]"u8.ToArray(), [], ""));
            case nameof(IClassroomGrain.Present):
                return Task.CompletedTask;
            default:
                Count++;
                return Answer is Exception e ? Task.FromException<long>(e) : Task.FromResult((long)Answer);
        }
    }
}
