using System.Runtime.CompilerServices;
using Orleans.Runtime;
using Xunit;

namespace Engine.Specification;

public interface ISequences : IGrainWithGuidKey
{
    IAsyncEnumerable<int> Count(int upTo, CancellationToken cancellationToken = default);

    /// <summary>Each item after the first waits at the gate "item{n}".</summary>
    IAsyncEnumerable<int> Gated(CancellationToken cancellationToken = default);

    IAsyncEnumerable<int> FailAfter(int items);

    IAsyncEnumerable<string> Home();

    Task<string> Hello();

    Task End();
}

public sealed class SequencesGrain(Probe probe) : Grain, ISequences
{
    public async IAsyncEnumerable<int> Count(int upTo, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        probe.Write(this.GetPrimaryKey(), "begun");
        try
        {
            for (var number = 0; number < upTo; number++)
            {
                if (number % 3 == 0)
                {
                    await Task.Yield();
                }

                yield return number;
            }
        }
        finally
        {
            probe.Write(this.GetPrimaryKey(), "over");
        }
    }

    public async IAsyncEnumerable<int> Gated([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            for (var number = 0; ; number++)
            {
                yield return number;
                probe.Write(this.GetPrimaryKey(), $"waiting {number + 1}");
                await probe.GateAsync(this.GetPrimaryKey(), $"item {number + 1}").WaitAsync(cancellationToken);
            }
        }
        finally
        {
            probe.Write(this.GetPrimaryKey(), cancellationToken.IsCancellationRequested ? "cancelled" : "over");
        }
    }

    public async IAsyncEnumerable<int> FailAfter(int items)
    {
        for (var number = 0; number < items; number++)
        {
            yield return number;
        }

        await Task.Yield();
        throw new InvalidDataException("the model was cut off");
    }

    public async IAsyncEnumerable<string> Home()
    {
        var home = TaskScheduler.Current;
        yield return home == TaskScheduler.Default ? "elsewhere" : "home";
        await Task.Delay(1);
        yield return TaskScheduler.Current == home ? "home" : "elsewhere";
    }

    public Task<string> Hello() => Task.FromResult("hello");

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Write(this.GetPrimaryKey(), "deactivated");
        return Task.CompletedTask;
    }
}

public sealed class E8_Sequences(EngineFixture fixture) : Rule(fixture)
{
    private ISequences Grain => Grains.GetGrain<ISequences>(Key);

    [Fact]
    public async Task E8_a_sequence_arrives_whole_and_in_order()
    {
        List<int> numbers = [];
        await foreach (var number in Grain.Count(1_000))
        {
            numbers.Add(number);
        }

        Assert.Equal(Enumerable.Range(0, 1_000), numbers);
        Assert.Equal(["begun", "over"], await Probe.ReadAsync(Key, 2));
    }

    [Fact]
    public async Task E8_nothing_begins_before_the_first_MoveNextAsync()
    {
        await using var numbers = Grain.Count(10).GetAsyncEnumerator();
        Assert.Equal("hello", await Grain.Hello());
        Assert.True(Probe.IsSilent(Key));
        Assert.True(await numbers.MoveNextAsync().AsTask().Soon());
        Assert.Equal("begun", await Probe.ReadAsync(Key));
    }

    [Fact]
    public async Task E8_an_empty_sequence_is_empty()
    {
        await using var numbers = Grain.Count(0).GetAsyncEnumerator();
        Assert.False(await numbers.MoveNextAsync().AsTask().Soon());
    }

    [Fact]
    public async Task E8_the_items_before_a_failure_arrive_before_it()
    {
        List<int> numbers = [];
        var failure = await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var number in Grain.FailAfter(5))
            {
                numbers.Add(number);
            }
        });
        Assert.Equal("the model was cut off", failure.Message);
        Assert.Equal([0, 1, 2, 3, 4], numbers);
    }

    [Fact]
    public async Task E8_leaving_early_ends_the_iterator()
    {
        await foreach (var number in Grain.Count(1_000_000))
        {
            if (number == 250)
            {
                break;
            }
        }

        Assert.Equal(["begun", "over"], await Probe.ReadAsync(Key, 2));
    }

    [Fact]
    public async Task E8_leaving_cancels_an_iterator_that_waits()
    {
        using var leave = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var number in Grain.Gated().WithCancellation(leave.Token))
            {
                Assert.Equal(0, number);
                Assert.Equal("waiting 1", await Probe.ReadAsync(Key));
                await leave.CancelAsync();
            }
        });
        Assert.Equal("cancelled", await Probe.ReadAsync(Key));
    }

    [Fact]
    public async Task E8_a_token_given_to_the_method_reaches_the_iterator()
    {
        using var leave = new CancellationTokenSource();
        var gated = Grain.Gated(leave.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var number in gated)
            {
                Assert.Equal("waiting 1", await Probe.ReadAsync(Key));
                leave.CancelAfter(TimeSpan.FromMilliseconds(1));
            }
        });
        Assert.Equal("cancelled", await Probe.ReadAsync(Key));
    }

    [Fact]
    public async Task E8_requests_are_served_while_a_sequence_waits()
    {
        await using var numbers = Grain.Gated().GetAsyncEnumerator();
        Assert.True(await numbers.MoveNextAsync().AsTask().Soon());
        var next = numbers.MoveNextAsync().AsTask();
        Assert.Equal("waiting 1", await Probe.ReadAsync(Key));
        Assert.Equal("hello", await Grain.Hello().Soon());
        Probe.Open(Key, "item 1");
        Assert.True(await next.Soon());
        Assert.Equal(1, numbers.Current);
    }

    [Fact]
    public async Task E8_a_sequence_ends_with_its_activation()
    {
        await using var numbers = Grain.Gated().GetAsyncEnumerator();
        Assert.True(await numbers.MoveNextAsync().AsTask().Soon());
        await Grain.End();
        List<string> endings = [await Probe.ReadAsync(Key), await Probe.ReadAsync(Key), await Probe.ReadAsync(Key)];
        Assert.Equal(["cancelled", "deactivated", "waiting 1"], endings.Order(StringComparer.Ordinal));
        await Assert.ThrowsAsync<EnumerationAbortedException>(() => numbers.MoveNextAsync().AsTask().Soon());
    }

    [Fact]
    public async Task E8_who_waits_for_an_item_learns_of_the_end()
    {
        await using var numbers = Grain.Gated().GetAsyncEnumerator();
        Assert.True(await numbers.MoveNextAsync().AsTask().Soon());
        var next = numbers.MoveNextAsync().AsTask();
        await Grain.End();
        await Assert.ThrowsAsync<EnumerationAbortedException>(() => next.Soon());
    }

    [Fact]
    public async Task E8_an_iterator_runs_on_the_activation()
    {
        await foreach (var place in Grain.Home())
        {
            Assert.Equal("home", place);
        }
    }
}
