using System.Net;
using Classroom.Silo.Auth;

namespace Classroom.Silo.Tests;

public sealed class JoinAttemptsTests
{
    [Fact]
    public void Only_wrong_codes_count_and_each_address_has_its_own_share()
    {
        using var attempts = new JoinAttempts();
        var (one, other) = (IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.2"));
        for (var i = 0; i < JoinAttempts.WrongAMinuteByAddress; i++)
        {
            // A right code in between takes nothing.
            attempts.MayTry(one).ShouldBeTrue();
            attempts.MayTry(one).ShouldBeTrue();
            attempts.Wrong(one);
        }

        attempts.MayTry(one).ShouldBeFalse();
        attempts.MayTry(other).ShouldBeTrue();
    }

    [Fact]
    public void A_seat_is_asked_for_from_another_device_six_times_a_minute_and_other_seats_all_the_same()
    {
        using var attempts = new JoinAttempts();
        var seat = Guid.NewGuid();
        Enumerable.Range(0, 20).Count(_ => attempts.MayAskFor(seat)).ShouldBe(6);
        attempts.MayAskFor(Guid.NewGuid()).ShouldBeTrue();
    }

    [Fact]
    public void Wrong_codes_from_everywhere_together_have_a_limit()
    {
        using var attempts = new JoinAttempts();
        for (var i = 0; i < JoinAttempts.WrongAMinute; i++)
        {
            attempts.Wrong(new IPAddress([10, 1, (byte)(i / 20), 1]));
        }

        attempts.MayTry(IPAddress.Parse("10.9.9.9")).ShouldBeFalse();
    }
}
