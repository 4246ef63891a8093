using System.Collections.Immutable;
using System.Net;
using Classroom.Silo.Auth;

namespace Classroom.Silo.Tests;

public sealed class JoinAttemptsTests
{
    [Fact]
    public async Task Only_wrong_codes_count_and_each_address_has_its_own_share()
    {
        using var permits = new LocalPermits();
        using var attempts = new JoinAttempts(permits);
        var (one, other) = (IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.2"));
        for (var i = 0; i < JoinAttempts.WrongAMinuteByAddress; i++)
        {
            // A right code in between takes nothing.
            (await attempts.MayTryAsync(one)).ShouldBeTrue();
            (await attempts.MayTryAsync(one)).ShouldBeTrue();
            (await attempts.WrongAsync(one)).ShouldBeTrue();
        }

        (await attempts.MayTryAsync(one)).ShouldBeFalse();
        (await attempts.MayTryAsync(other)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_seat_is_asked_for_from_another_device_six_times_a_minute_and_other_seats_all_the_same()
    {
        using var permits = new LocalPermits();
        using var attempts = new JoinAttempts(permits);
        var seat = Guid.NewGuid();
        (await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => attempts.MayAskForAsync(seat).AsTask()))).Count(may => may).ShouldBe(6);
        (await attempts.MayAskForAsync(Guid.NewGuid())).ShouldBeTrue();
    }

    [Fact]
    public async Task Wrong_codes_from_everywhere_together_refuse_nobody_and_are_known_to_be_many()
    {
        var permits = new CountedPermits();
        using var attempts = new JoinAttempts(permits);
        for (var i = 0; i < JoinAttempts.WrongAMinute; i++)
        {
            (await attempts.AreFewAsync()).ShouldBeTrue();
            (await attempts.WrongAsync(new IPAddress([10, (byte)(i / 20 / 256), (byte)(i / 20 % 256), 1]))).ShouldBeTrue();
        }

        (await attempts.AreFewAsync()).ShouldBeFalse();
        var child = IPAddress.Parse("10.99.9.9");
        (await attempts.MayTryAsync(child)).ShouldBeTrue("a right code is looked at");
        (await attempts.WrongAsync(child)).ShouldBeTrue("and a slip of the finger is told");
    }

    [Fact]
    public async Task The_addresses_of_one_ipv6_network_count_as_one()
    {
        var permits = new CountedPermits();
        using var attempts = new JoinAttempts(permits);
        for (var i = 0; i < JoinAttempts.WrongAMinuteByAddress; i++)
        {
            (await attempts.WrongAsync(IPAddress.Parse($"2001:db8:0:1:{i:x}::{i:x}"))).ShouldBeTrue();
        }

        (await attempts.MayTryAsync(IPAddress.Parse("2001:db8:0:1:ffff::1"))).ShouldBeFalse();
        (await attempts.MayTryAsync(IPAddress.Parse("2001:db8:0:2::1"))).ShouldBeTrue();
        for (var i = 0; i < JoinAttempts.WrongAMinuteByAddress; i++)
        {
            (await attempts.WrongAsync(IPAddress.Parse("::ffff:10.0.0.1"))).ShouldBeTrue();
        }

        (await attempts.MayTryAsync(IPAddress.Parse("10.0.0.1"))).ShouldBeFalse("written in another way");
        (await attempts.MayTryAsync(IPAddress.Parse("::ffff:10.0.0.2"))).ShouldBeTrue("mapped addresses are no one network");
    }

    /// <summary>Of one minute, however long the test takes.</summary>
    private sealed class CountedPermits : IPermits
    {
        private readonly Dictionary<string, int> _taken = [];

        public ValueTask<bool> AnyLeftAsync(params ImmutableArray<PermitLimit> limits) => new(limits.All(l => _taken.GetValueOrDefault(l.Scope) < l.AMinute));

        public async ValueTask<bool> TakeAsync(params ImmutableArray<PermitLimit> limits)
        {
            var left = await AnyLeftAsync(limits);
            foreach (var limit in left ? limits : [])
            {
                _taken[limit.Scope] = _taken.GetValueOrDefault(limit.Scope) + 1;
            }

            return left;
        }
    }
}
