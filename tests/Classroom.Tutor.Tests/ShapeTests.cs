namespace Classroom.Tutor.Tests;

/// <summary>An ability is registered by being there: nothing but these tests sees one that is only half there.</summary>
public sealed class ShapeTests
{
    private static readonly Type[] Types = typeof(ITutor).Assembly.GetTypes();

    private static readonly Type[] Requests =
        [.. Types.Where(t => t is { IsAbstract: false } && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITutorRequest<>)))];

    [Fact]
    public void Each_request_has_exactly_one_ability() =>
        Types.Where(t => !t.IsAbstract && t.BaseType?.Name == "TutorAbility`2").Select(t => t.BaseType!.GetGenericArguments()[0])
            .ShouldBe(Requests, ignoreOrder: true);

    [Fact]
    public void Each_ability_is_asked_by_the_theories_on_guard_budget_and_desk() =>
        Asking.All.Length.ShouldBe(Requests.Length, "explain, which streams, is one more; danger, which says yes or no, has DangerTests");

    [Fact]
    public void An_answer_says_where_it_is_from_and_holds_no_number_that_could_be_a_mark() =>
        Types.Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(TutorAnswer))).SelectMany(t => t.GetProperties())
            .Where(p => p.PropertyType == typeof(int) || p.PropertyType == typeof(double)).Select(p => p.Name).ShouldBe(["DroppedQuotes"]);
}
