using System.Collections.Immutable;

namespace Classroom.Grains.Tests;

/// <summary>Every silo hears whose connections are to be closed; one that had to subscribe anew hears what it may have missed.</summary>
public sealed class Revocations(StageFixture fixture) : GrainTest(fixture)
{
    [Fact]
    public async Task Each_silo_that_is_subscribed_hears_it_before_the_caller_goes_on_and_a_late_one_is_told()
    {
        var grain = Stage.Grains.GetGrain<IRevocationGrain>(Random.Shared.NextInt64());
        var (first, second) = (new Silo(), new Silo());
        (await grain.Subscribe(Stage.Grains.CreateObjectReference<IRevocationObserver>(first)).Soon()).ShouldBeEmpty();
        await grain.Subscribe(Stage.Grains.CreateObjectReference<IRevocationObserver>(second)).Soon();
        var revocation = new Revocation(Guid.CreateVersion7(), Guid.CreateVersion7(), "signed-out");
        await grain.Revoke(revocation).Soon();
        first.Heard.ShouldBe([revocation]);
        second.Heard.ShouldBe([revocation]);
        var late = new Silo();
        (await grain.Subscribe(Stage.Grains.CreateObjectReference<IRevocationObserver>(late)).Soon()).ShouldBe([revocation]);
        GC.KeepAlive(first);
        GC.KeepAlive(second);
    }

    private sealed class Silo : IRevocationObserver
    {
        private ImmutableArray<Revocation> _heard = [];

        public ImmutableArray<Revocation> Heard => _heard;

        public Task Revoked(ImmutableArray<Revocation> revocations)
        {
            ImmutableInterlocked.Update(ref _heard, h => h.AddRange(revocations));
            return Task.CompletedTask;
        }
    }
}
