using System.Reflection;
using Orleans.Runtime;

namespace Classroom.Engine.Embedded;

/// <summary>What callers hold: a proxy of a grain interface. Equal when it leads to the same grain or observer.</summary>
internal class GrainReference : DispatchProxy, IAddressable
{
    public IRequestTarget Target { get; private set; } = null!;

    public static object Create(Type interfaceType, IRequestTarget target)
    {
        var proxy = DispatchProxy.Create(interfaceType, typeof(GrainReference));
        ((GrainReference)proxy).Target = target;
        return proxy;
    }

    public override bool Equals(object? obj) => obj is GrainReference other && other.Target.Equals(Target);

    public override int GetHashCode() => Target.GetHashCode();

    public override string ToString() => Target.ToString()!;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        GrainMethod.For(targetMethod!).Send(Target, args ?? []);
}

/// <summary>A grain's identity: its class and its key. Guid keys are kept in the form "N", as Orleans does.</summary>
internal sealed record GrainAddress(EmbeddedEngine Engine, Type Class, string Key) : IRequestTarget
{
    public void Receive(Request request) => Engine.Dispatch(this, request);

    public override string ToString() => $"{Class.Name}/{Key}";
}
