using System.Reflection;

namespace Classroom.Silo.Tests;

/// <summary>Stands for a service of which a test needs one answer.</summary>
public class Answering : DispatchProxy
{
    private Func<string, object?[]?, object?> _answer = null!;

    public static T With<T>(Func<string, object?[]?, object?> answer)
        where T : class
    {
        var proxy = Create<T, Answering>();
        ((Answering)(object)proxy)._answer = answer;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(targetMethod!.Name, args);
}
