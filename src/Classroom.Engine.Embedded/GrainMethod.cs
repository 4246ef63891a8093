using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Classroom.Engine.Embedded;

/// <summary>A method of a grain interface, looked at once: its options, and a compiled delegate in place of reflection.</summary>
internal abstract class GrainMethod
{
    private static readonly ConcurrentDictionary<MethodInfo, GrainMethod> Known = new();
    private readonly int[] _addressables;
    private readonly int _token;

    protected GrainMethod(MethodInfo method)
    {
        Name = $"{method.DeclaringType!.Name}.{method.Name}";
        AlwaysInterleave = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        ReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        OneWay = method.IsDefined(typeof(OneWayAttribute));
        Timeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
        var types = Array.ConvertAll(method.GetParameters(), static parameter => parameter.ParameterType);
        _token = Array.IndexOf(types, typeof(CancellationToken));
        _addressables = [.. Enumerable.Range(0, types.Length).Where(index => typeof(IAddressable).IsAssignableFrom(types[index]))];
    }

    public string Name { get; }

    public bool AlwaysInterleave { get; }

    public bool ReadOnly { get; }

    public bool OneWay { get; }

    public TimeSpan? Timeout { get; }

    public static GrainMethod For(MethodInfo method) => Known.GetOrAdd(method, static method => Create(method));

    /// <summary>Sends the call and returns what the interface method returns.</summary>
    public object Send(IRequestTarget target, object?[] arguments)
    {
        foreach (var index in _addressables)
        {
            if (arguments[index] is not (null or GrainReference))
            {
                throw new ArgumentException($"{Name} was given an object where a reference is due: "
                    + "use this.AsReference<T>() for a grain, CreateObjectReference<T> for an observer.", nameof(arguments));
            }
        }

        return SendCore(target, arguments);
    }

    public void PutToken(object?[] arguments, CancellationToken token)
    {
        if (_token >= 0)
        {
            arguments[_token] = token;
        }
    }

    protected CancellationToken TokenIn(object?[] arguments) => _token < 0 ? default : (CancellationToken)arguments[_token]!;

    protected abstract object SendCore(IRequestTarget target, object?[] arguments);

    /// <summary>(target, arguments) => target.Method(arguments...), with a ValueTask turned into a Task.</summary>
    protected static Func<object, object?[], TReturn> Compile<TReturn>(MethodInfo method)
    {
        var target = Expression.Parameter(typeof(object));
        var arguments = Expression.Parameter(typeof(object?[]));
        Expression call = Expression.Call(
            Expression.Convert(target, method.DeclaringType!),
            method,
            method.GetParameters().Select((parameter, index) =>
                Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(index)), parameter.ParameterType)));
        if (call.Type.IsValueType)
        {
            call = Expression.Call(call, nameof(ValueTask.AsTask), typeArguments: null);
        }

        return Expression.Lambda<Func<object, object?[], TReturn>>(call, target, arguments).Compile();
    }

    private static GrainMethod Create(MethodInfo method)
    {
        var returned = method.ReturnType;
        var shape = returned.IsGenericType ? returned.GetGenericTypeDefinition() : returned;
        var result = returned.IsGenericType ? returned.GetGenericArguments()[0] : typeof(Nothing);
        var kind = 0 switch
        {
            _ when method.IsGenericMethod || method.GetParameters().Any(static parameter => parameter.ParameterType.IsByRef) => null,
            _ when shape == typeof(Task) || shape == typeof(ValueTask) => typeof(CallMethod<>),
            _ when shape == typeof(Task<>) || shape == typeof(ValueTask<>) => typeof(CallMethod<>),
            _ when shape == typeof(IAsyncEnumerable<>) => typeof(StreamMethod<>),
            _ => null,
        };
        return kind is null
            ? throw new NotSupportedException(
                $"{method.DeclaringType}.{method.Name}: a grain method is not generic, takes no reference parameters, and returns "
                + "Task, Task<T>, ValueTask, ValueTask<T> or IAsyncEnumerable<T>.")
            : (GrainMethod)Activator.CreateInstance(kind.MakeGenericType(result), method)!;
    }
}

/// <summary>The result of a method that has none.</summary>
internal readonly struct Nothing;

/// <summary>A method that returns a task.</summary>
internal sealed class CallMethod<TResult> : GrainMethod
{
    private readonly Func<object, object?[], Task> _invoke;
    private readonly Func<Task<TResult>, object> _wrap;

    public CallMethod(MethodInfo method) : base(method)
    {
        _invoke = Compile<Task>(method);
        _wrap = 0 switch
        {
            _ when method.ReturnType == typeof(ValueTask) => static task => new ValueTask(task),
            _ when method.ReturnType.IsValueType => static task => new ValueTask<TResult>(task),
            _ => static task => task,
        };
    }

    public async Task<TResult> InvokeAsync(object target, object?[] arguments)
    {
        var task = _invoke(target, arguments);
        if (task is Task<TResult> typed)
        {
            return await typed;
        }

        await task;
        return default!;
    }

    protected override object SendCore(IRequestTarget target, object?[] arguments)
    {
        var token = TokenIn(arguments);
        if (token.IsCancellationRequested)
        {
            return _wrap(Task.FromCanceled<TResult>(token));
        }

        var request = new CallRequest<TResult>(this, arguments, target, token) { AlwaysInterleave = AlwaysInterleave, ReadOnly = ReadOnly };
        target.Receive(request);
        return _wrap(OneWay ? Task.FromResult<TResult>(default!) : request.Outcome);
    }
}
