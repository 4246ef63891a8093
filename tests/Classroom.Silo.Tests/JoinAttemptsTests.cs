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
    public async Task Wrong_codes_from_everywhere_together_have_a_limit()
    {
        using var permits = new LocalPermits();
        using var attempts = new JoinAttempts(permits);
        for (var i = 0; i < JoinAttempts.WrongAMinute; i++)
        {
            (await attempts.WrongAsync(new IPAddress([10, 1, (byte)(i / 20), 1]))).ShouldBeTrue();
        }

        (await attempts.MayTryAsync(IPAddress.Parse("10.9.9.9"))).ShouldBeFalse();
    }
}
