using Xunit;

namespace Engine.Specification;

public interface ICounter : IGrainWithGuidKey
{
    Task<int> Next();

    Task<Guid> Incarnation();
}

public interface ICounterReader : IGrainWithGuidKey
{
    Task<int> Read();

    Task<ICounter> AsCounter();

    Task<(Guid Own, Guid OfReference)> Keys();
}

public sealed class CounterGrain : Grain, ICounter, ICounterReader
{
    private readonly Guid _incarnation = Guid.CreateVersion7();
    private int _count;

    public Task<int> Next() => Task.FromResult(++_count);

    public Task<Guid> Incarnation() => Task.FromResult(_incarnation);

    public Task<int> Read() => Task.FromResult(_count);

    public Task<ICounter> AsCounter() => Task.FromResult(this.AsReference<ICounter>());

    public Task<(Guid Own, Guid OfReference)> Keys() =>
        Task.FromResult((this.GetPrimaryKey(), this.AsReference<ICounter>().GetPrimaryKey()));
}

public interface INamed : IGrainWithStringKey
{
    Task<string> Name();
}

public sealed class NamedGrain : Grain, INamed
{
    public Task<string> Name() => Task.FromResult(this.GetPrimaryKeyString());
}

public sealed class E1_OneActivation(EngineFixture fixture) : Rule(fixture)
{
    [Fact]
    public async Task E1_calls_from_everywhere_reach_one_activation()
    {
        var calls = Enumerable.Range(0, 200).Select(_ => Task.Run(() => Grains.GetGrain<ICounter>(Key).Next()));
        var numbers = await Task.WhenAll(calls).Soon();
        Assert.Equal(Enumerable.Range(1, 200), numbers.Order());
    }

    [Fact]
    public async Task E1_different_keys_are_different_activations()
    {
        var one = await Grains.GetGrain<ICounter>(Key).Incarnation();
        var other = await Grains.GetGrain<ICounter>(Guid.CreateVersion7()).Incarnation();
        Assert.NotEqual(one, other);
    }

    [Fact]
    public async Task E1_two_interfaces_of_one_class_with_one_key_are_one_activation()
    {
        await Grains.GetGrain<ICounter>(Key).Next();
        Assert.Equal(1, await Grains.GetGrain<ICounterReader>(Key).Read());
    }

    [Fact]
    public async Task E1_a_grain_hands_out_itself_by_reference()
    {
        var same = await Grains.GetGrain<ICounterReader>(Key).AsCounter();
        Assert.Equal(1, await same.Next());
        Assert.Equal(2, await Grains.GetGrain<ICounter>(Key).Next());
    }

    [Fact]
    public void E1_references_to_one_grain_are_equal()
    {
        var one = Grains.GetGrain<ICounter>(Key);
        var same = Grains.GetGrain<ICounter>(Key);
        var other = Grains.GetGrain<ICounter>(Guid.CreateVersion7());
        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(one, other);
    }

    [Fact]
    public async Task E1_a_grain_knows_its_key()
    {
        var keys = await Grains.GetGrain<ICounterReader>(Key).Keys();
        Assert.Equal((Key, Key), keys);
        Assert.Equal(Key, Grains.GetGrain<ICounter>(Key).GetPrimaryKey());
        Assert.Equal("Алматы, 5 «Ә»", await Grains.GetGrain<INamed>("Алматы, 5 «Ә»").Name());
    }
}
