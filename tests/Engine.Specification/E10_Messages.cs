using System.Collections.Immutable;
using Xunit;

namespace Engine.Specification;

[GenerateSerializer, Immutable]
public sealed record Seat([property: Id(0)] string Name, [property: Id(1)] int Row);

[GenerateSerializer, Immutable]
public abstract record Said([property: Id(0)] Guid By, [property: Id(1)] DateTimeOffset At);

[GenerateSerializer, Immutable]
public sealed record Asked(Guid By, DateTimeOffset At, [property: Id(0)] string Question) : Said(By, At);

[GenerateSerializer, Immutable]
public readonly record struct Point([property: Id(0)] int X, [property: Id(1)] int Y);

[GenerateSerializer]
public enum Mood
{
    Calm,
    Lost,
}

[GenerateSerializer, Immutable]
public sealed record Board(
    [property: Id(0)] ImmutableArray<Seat> Seats,
    [property: Id(1)] ImmutableDictionary<string, Mood> Moods,
    [property: Id(2)] ImmutableHashSet<int> Rows,
    [property: Id(3)] Said? Last,
    [property: Id(4)] Point? At,
    [property: Id(5)] ReadOnlyMemory<byte> Picture)
{
    public int Count => Seats.Length;
}

public interface IMirror : IGrainWithGuidKey
{
    Task<Board> Reflect(Board board);

    ValueTask<Said?> ReflectSaid(Said? said, CancellationToken cancellationToken = default);

    IAsyncEnumerable<Seat> Each(Board board);

    Task Keep(Board board);
}

public sealed class MirrorGrain(Probe probe) : Grain, IMirror
{
    public Task<Board> Reflect(Board board) => Task.FromResult(board);

    public ValueTask<Said?> ReflectSaid(Said? said, CancellationToken cancellationToken = default) => ValueTask.FromResult(said);

    public IAsyncEnumerable<Seat> Each(Board board) => board.Seats.ToAsyncEnumerable();

    public Task Keep(Board board)
    {
        probe.Keep(this.GetPrimaryKey(), board);
        return Task.CompletedTask;
    }
}

public sealed class E10_Messages(EngineFixture fixture) : Rule(fixture)
{
    private static readonly Board Example = new(
        [new("Айгүл", 1), new("Нұрлан", 2)],
        ImmutableDictionary<string, Mood>.Empty.Add("Айгүл", Mood.Lost),
        [1, 2],
        new Asked(Guid.CreateVersion7(), DateTimeOffset.UnixEpoch, "Неге?"),
        new(3, 4),
        new byte[] { 1, 2, 3 });

    private IMirror Mirror => Grains.GetGrain<IMirror>(Key);

    [Fact]
    public async Task E10_an_immutable_message_is_shared_not_copied()
    {
        await Mirror.Keep(Example);
        Assert.Same(Example, Probe.Kept<Board>(Key));
        Assert.Same(Example, await Mirror.Reflect(Example));
        Assert.Same(Example.Last, await Mirror.ReflectSaid(Example.Last));
        Assert.Null(await Mirror.ReflectSaid(said: null));
    }

    [Fact]
    public async Task E10_messages_travel_in_sequences()
    {
        List<Seat> seats = [];
        await foreach (var seat in Mirror.Each(Example))
        {
            seats.Add(seat);
        }

        Assert.Equal(Example.Seats, seats);
    }

    [Fact]
    public void E10_the_contracts_of_this_suite_keep_the_rule() =>
        Assert.Empty(MessageRules.Check(
            typeof(E10_Messages).Assembly.GetTypes().Where(static type =>
                type is { IsInterface: true, IsNested: false } && type.IsAssignableTo(typeof(IGrain)))));

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
    public void E10_a_breach_is_named(Type contract, string breach) =>
        Assert.Contains(MessageRules.Check([contract]), found => found.Contains(breach, StringComparison.Ordinal));

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
