using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans.Concurrency;
using Xunit;

namespace Engine.Specification;

public interface IPlain : IGrainWithStringKey
{
    Task Plain();
}

public interface IShapes : IPlain
{
    Task<int> Number();

    ValueTask Light();

    ValueTask<string> LightText();

    IAsyncEnumerable<int> Numbers();

    [OneWay]
    ValueTask Told();

    [ReadOnly]
    Task<(int Number, string? Text)> Pair(int number, string? text);
}

public sealed class ShapesGrain : Grain, IShapes
{
    public Task Plain() => Task.CompletedTask;

    public async Task<int> Number()
    {
        await Task.Yield();
        return 7;
    }

    public async ValueTask Light() => await Task.Yield();

    public ValueTask<string> LightText() => ValueTask.FromResult("light");

    public async IAsyncEnumerable<int> Numbers()
    {
        await Task.Yield();
        yield return 1;
    }

    public ValueTask Told() => ValueTask.CompletedTask;

    public Task<(int Number, string? Text)> Pair(int number, string? text) => Task.FromResult((number, text));
}

public sealed class E11_Surface(EngineFixture fixture) : Rule(fixture)
{
    [Fact]
    public async Task E11_every_shape_of_method_can_be_called()
    {
        var shapes = Grains.GetGrain<IShapes>($"shapes {Key}");
        await shapes.Plain().Soon();
        Assert.Equal(7, await shapes.Number().Soon());
        await shapes.Light().AsTask().Soon();
        Assert.Equal("light", await shapes.LightText().AsTask().Soon());
        await shapes.Told().AsTask().Soon();
        Assert.Equal((3, null), await shapes.Pair(3, text: null).Soon());
        await foreach (var number in shapes.Numbers())
        {
            Assert.Equal(1, number);
        }
    }

    [Fact]
    public void E11_every_member_of_the_subset_exists_in_this_edition()
    {
        var here = Surface.Of(EngineUnderTest.ModelTypes).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(Surface.Agreed().Except(here, StringComparer.Ordinal));
    }
}

/// <summary>The public surface of types, one line a member, in a form that both editions can be compared by.</summary>
public static class Surface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Agreed()
    {
        using var reader = new StreamReader(typeof(Surface).Assembly.GetManifestResourceStream("surface.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    public static IEnumerable<string> Of(IEnumerable<Type> types) =>
        types.SelectMany(static type => Lines(type).Prepend($"{Kind(type)} {Name(type)}")).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<string> Lines(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{Name(type)}.{name} = {Convert.ToInt32(Enum.Parse(type, name), provider: null)}");
        }

        var levels = new List<Type>();
        for (var level = type; level is not null && IsModel(level); level = level.BaseType)
        {
            levels.Add(level);
        }

        var members = levels.SelectMany(static level => level.GetMembers(Declared));
        return members.Select(member => Line(member)).OfType<string>().Select(line => $"{Name(type)}.{line}");
    }

    private static bool IsModel(Type type) =>
        type.Namespace == "Orleans" || type.Namespace?.StartsWith("Orleans.", StringComparison.Ordinal) == true;

    private static string? Line(MemberInfo member) => member switch
    {
        MethodInfo { IsSpecialName: false } method when IsVisible(method) && !method.Name.Contains('<', StringComparison.Ordinal) =>
            $"{method.Name}{Arity(method)}({Parameters(method)}) : {Name(method.ReturnType)}",
        ConstructorInfo constructor when IsVisible(constructor) => $"new({Parameters(constructor)})",
        PropertyInfo { GetMethod: { } get } property when IsVisible(get) => $"{property.Name} : {Name(property.PropertyType)}",
        FieldInfo { IsPublic: true } field => $"{field.Name} : {Name(field.FieldType)}",
        _ => null,
    };

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    // What has a default may be absent in the subset; the receiver of an extension may be a narrower type.
    private static string Parameters(MethodBase method)
    {
        var names = method.GetParameters().Where(static parameter => !parameter.IsOptional)
            .Select(static parameter => Name(parameter.ParameterType));
        return string.Join(", ", method.IsDefined(typeof(ExtensionAttribute)) ? names.Skip(1).Prepend("this") : names);
    }

    private static string Arity(MethodInfo method) => method.IsGenericMethod ? $"`{method.GetGenericArguments().Length}" : "";

    private static string Kind(Type type) => 0 switch
    {
        _ when type.IsInterface => "interface",
        _ when type.IsEnum => "enum",
        _ when type.IsValueType => "struct",
        _ => "class",
    };

    private static string Name(Type type) => 0 switch
    {
        _ when type.IsGenericParameter => $"{(type.DeclaringMethod is null ? "!" : "!!")}{type.GenericParameterPosition}",
        _ when type.IsGenericType => $"{type.Namespace}.{type.Name}[{string.Join(", ", type.GetGenericArguments().Select(Name))}]",
        _ => type.FullName ?? type.Name,
    };
}
