using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;

namespace Classroom.Engine.Embedded;

/// <summary>A grain class, looked at once at start: how to make it, and what its attributes say.</summary>
internal sealed class GrainClass
{
    private readonly ObjectFactory _construct;

    private GrainClass(Type type, TimeSpan defaultAge)
    {
        Type = type;
        Reentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        CollectionAge = type.GetCustomAttribute<CollectionAgeLimitAttribute>() switch
        {
            null => defaultAge,
            { AlwaysActive: true } => TimeSpan.MaxValue,
            { AgeLimit: var age } => age,
        };
        _construct = ActivatorUtilities.CreateFactory(type, []);
    }

    public Type Type { get; }

    public bool Reentrant { get; }

    public TimeSpan CollectionAge { get; }

    public Grain Construct(IServiceProvider services) => (Grain)_construct(services, arguments: null);

    /// <summary>The grain classes, by each grain interface they implement. A method the engine cannot call fails here.</summary>
    public static ILookup<Type, GrainClass> Find(IEnumerable<Assembly> assemblies, TimeSpan defaultAge)
    {
        var found = assemblies.Distinct()
            .SelectMany(static assembly => assembly.GetTypes())
            .Where(static type => type is { IsAbstract: false, IsGenericTypeDefinition: false } && type.IsSubclassOf(typeof(Grain)))
            .SelectMany(type => GrainInterfaces(type), (type, contract) => (type, contract))
            .ToList();
        foreach (var method in found.SelectMany(static pair => pair.contract.GetMethods()))
        {
            GrainMethod.For(method);
        }

        var classes = found.Select(static pair => pair.type).Distinct()
            .ToDictionary(static type => type, type => new GrainClass(type, defaultAge));
        return found.ToLookup(static pair => pair.contract, pair => classes[pair.type]);
    }

    private static IEnumerable<Type> GrainInterfaces(Type type) =>
        type.GetInterfaces().Where(static contract =>
            typeof(IGrain).IsAssignableFrom(contract) && contract.Assembly != typeof(IGrain).Assembly);
}
