using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans.Runtime;

namespace Classroom.Grains.Tests;

/// <summary>
/// What travels between grains never changes, so that Orleans need not copy it within a silo, and each member has a number of its own, so that
/// two versions of the program understand each other. Walks every type reachable from the grain and observer interfaces of an assembly.
/// </summary>
public static class MessageRules
{
    private static readonly HashSet<Type> Leaves =
    [
        typeof(string), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly),
        typeof(TimeSpan), typeof(Uri), typeof(Version), typeof(CancellationToken),
        // Bytes cannot be made immutable without a copy: whoever sends them never writes to them again.
        typeof(byte[]), typeof(ReadOnlyMemory<byte>),
        // Orleans' own.
        typeof(SiloAddress),
    ];

    private static readonly HashSet<Type> Containers =
    [
        typeof(Nullable<>), typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableHashSet<>), typeof(ImmutableSortedSet<>),
        typeof(ImmutableDictionary<,>), typeof(ImmutableSortedDictionary<,>), typeof(KeyValuePair<,>),
    ];

    private static readonly HashSet<Type> Returns = [typeof(Task<>), typeof(ValueTask<>), typeof(IAsyncEnumerable<>)];

    public static IReadOnlyList<string> Check(params Assembly[] assemblies) =>
        Check(assemblies.SelectMany(static assembly => assembly.GetTypes()).Where(IsContract));

    public static IReadOnlyList<string> Check(IEnumerable<Type> contracts)
    {
        var walk = new Walk();
        var all = contracts.SelectMany(static contract => contract.GetInterfaces().Append(contract)).Distinct();
        foreach (var method in all.SelectMany(static contract => contract.GetMethods()))
        {
            walk.Method(method);
        }

        return walk.Breaches;
    }

    private static bool IsContract(Type type) =>
        type.IsInterface && typeof(IAddressable).IsAssignableFrom(type) && type.Assembly != typeof(IGrain).Assembly;

    private sealed class Walk
    {
        private readonly HashSet<Type> _seen = [];

        public List<string> Breaches { get; } = [];

        public void Method(MethodInfo method)
        {
            var where = $"{method.DeclaringType!.Name}.{method.Name}";
            var returned = method.ReturnType;
            if (returned.IsGenericType && Returns.Contains(returned.GetGenericTypeDefinition()))
            {
                Visit(returned.GetGenericArguments()[0], where);
            }
            else if (returned != typeof(Task) && returned != typeof(ValueTask))
            {
                Breaches.Add($"{where} returns {returned.Name}, not a task or an async sequence");
            }

            if (method.IsGenericMethod)
            {
                Breaches.Add($"{where} is generic");
                return;
            }

            foreach (var parameter in method.GetParameters())
            {
                Visit(parameter.ParameterType, $"{where}({parameter.Name})");
            }
        }

        private void Visit(Type type, string where)
        {
            if (type.IsPrimitive || Leaves.Contains(type) || typeof(IAddressable).IsAssignableFrom(type) || !_seen.Add(type))
            {
                return;
            }

            if (type.IsGenericType && (Containers.Contains(type.GetGenericTypeDefinition()) || type.IsAssignableTo(typeof(ITuple))))
            {
                Array.ForEach(type.GetGenericArguments(), argument => Visit(argument, where));
            }
            else if (type.IsEnum)
            {
                // An enum travels as its number.
            }
            else if (type.Assembly == typeof(object).Assembly || type.IsInterface || type.IsArray)
            {
                Breaches.Add($"{where}: {type} can change, or may be anything");
            }
            else
            {
                Message(type, where);
            }
        }

        private void Message(Type type, string where)
        {
            if (!type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))
            {
                Breaches.Add($"{where}: {type.Name} is not [GenerateSerializer]");
            }

            if (!type.IsDefined(typeof(ImmutableAttribute), inherit: false))
            {
                Breaches.Add($"{where}: {type.Name} is not [Immutable]");
            }

            Members(type);
            if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
            {
                Visit(parent, type.Name);
            }

            // A family of records: whatever derives from a message may arrive in its place.
            foreach (var child in type.Assembly.GetTypes().Where(child => child.BaseType == type))
            {
                Visit(child, type.Name);
            }
        }

        private void Members(Type type)
        {
            Dictionary<uint, string> ids = [];
            const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
            foreach (var field in type.GetFields(Own))
            {
                // The field behind an automatic property is named <Property>k__BackingField, and the attributes are on the property.
                var end = field.Name.StartsWith('<') ? field.Name.IndexOf('>', StringComparison.Ordinal) : 0;
                var member = end > 0 && type.GetProperty(field.Name[1..end], Own) is { } property ? property : (MemberInfo)field;
                var where = $"{type.Name}.{member.Name}";
                if (!field.IsInitOnly)
                {
                    Breaches.Add($"{where} can be set");
                }

                if (member.GetCustomAttribute<IdAttribute>() is not { } id)
                {
                    Breaches.Add($"{where} has no [Id]");
                }
                else if (!ids.TryAdd(id.Id, member.Name))
                {
                    Breaches.Add($"{where} has the [Id({id.Id})] of {ids[id.Id]}");
                }

                Visit(field.FieldType, where);
            }
        }
    }
}
