using Orleans;

namespace Classroom.Grains.Tests;

/// <summary>Stands before every call between grains and lets the next of them fail, as if the silo had gone that the called one is in.</summary>
public sealed class FailingCalls(Signal signal) : IIncomingGrainCallFilter
{
    private string _method = "";
    private int _left;
    private int _failed;

    /// <summary>Calls that failed, of all tests.</summary>
    public int Failed => Volatile.Read(ref _failed);

    /// <param name="interfaceType">Whose method it is.</param>
    /// <param name="method">Its name.</param>
    /// <param name="times">How many of the next calls fail.</param>
    public void Next(Type interfaceType, string method, int times)
    {
        ArgumentNullException.ThrowIfNull(interfaceType);
        (_method, _left) = (interfaceType.Name + "." + method, times);
    }

    public Task Invoke(IIncomingGrainCallContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.InterfaceMethod is { } called && called.DeclaringType?.Name + "." + called.Name == _method && Interlocked.Decrement(ref _left) >= 0)
        {
            Interlocked.Increment(ref _failed);
            signal.Pulse();
            throw new TimeoutException("The silo has gone.");
        }

        return context.Invoke();
    }
}
