using System.Reflection;

namespace Classroom.Lessons.Tests;

/// <summary>
/// One instance of every command, found by reflection and filled with plain values, so that who sends it and when decides about it
/// before its content does.
/// </summary>
internal static class AnyCommand
{
    public static IEnumerable<Type> Types => typeof(Command).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(Command)) && !t.IsAbstract).OrderBy(t => t.Name, StringComparer.Ordinal);

    public static Command Of(Type type) => (Command)Filled(type)!;

    private static object? Filled(Type type) =>
        type == typeof(string) ? "x"
        : type == typeof(Guid) ? RandomLesson.TeacherId
        : type == typeof(LessonPlan) ? RandomLesson.Plan
        : type == typeof(MarkScale) ? RandomLesson.Scale
        : Nullable.GetUnderlyingType(type) is not null ? null
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) ? type.GetField("Empty")!.GetValue(null)
        : type.IsValueType ? Activator.CreateInstance(type)
        : Constructed(type.GetConstructors(BindingFlags.Public | BindingFlags.Instance).MaxBy(c => c.GetParameters().Length)!);

    private static object Constructed(ConstructorInfo constructor) =>
        constructor.Invoke([.. constructor.GetParameters().Select(p => Filled(p.ParameterType))]);
}
