namespace Classroom.Grains.Tests;

/// <summary>Every message between grains is immutable and numbered.</summary>
public sealed class Messages
{
    [Fact]
    public void Every_message_between_grains_is_immutable_and_numbered() => MessageRules.Check(typeof(IClassroomGrain).Assembly).ShouldBeEmpty();

    [Theory]
    [InlineData(typeof(IBreach<Bare>), "Bare is not [GenerateSerializer]")]
    [InlineData(typeof(IBreach<Bare>), "Bare is not [Immutable]")]
    [InlineData(typeof(IBreach<Bare>), "Bare.Text has no [Id]")]
    [InlineData(typeof(IBreach<Bare>), "Bare.Text can be set")]
    [InlineData(typeof(IBreach<TwoOfOneId>), "TwoOfOneId.Other has the [Id(0)] of One")]
    [InlineData(typeof(IBreach<Deep>), "Bare is not [Immutable]")]
    [InlineData(typeof(IBreach<Parent>), "Child is not [Immutable]")]
    [InlineData(typeof(IBreach<List<int>>), "can change")]
    [InlineData(typeof(IBreach<int[]>), "can change")]
    [InlineData(typeof(IBreach<object>), "may be anything")]
    [InlineData(typeof(IBreach<ImmutableArray<Bare>>), "Bare is not [Immutable]")]
    [InlineData(typeof(IBreachInShape), "not a task")]
    public void A_breach_is_named(Type contract, string breach) =>
        MessageRules.Check([contract]).ShouldContain(found => found.Contains(breach, StringComparison.Ordinal));

    // Not grain interfaces, so that Orleans does not generate code for what is wrong on purpose.
    private interface IBreach<T>
    {
        Task Send(T message);
    }

    private interface IBreachInShape
    {
        int Send();
    }

    private sealed class Bare
    {
        public string Text { get; set; } = "";
    }

    [Immutable]
    private sealed record TwoOfOneId([property: Id(0)] int One, [property: Id(0)] int Other);

    [Immutable]
    private sealed record Deep([property: Id(0)] ImmutableDictionary<string, Bare> Things);

    [Immutable]
    private abstract record Parent;

    private sealed record Child : Parent;
}
