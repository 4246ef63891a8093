using System.Net;
using Classroom.Silo.Auth;

namespace Classroom.Silo.Tests;

public sealed class JoinAttemptsTests
{
    private readonly CountedPermits _permits = new();

    [Fact]
    public void An_asker_is_a_number_that_differs_by_address_and_lesson_and_says_of_no_address_that_it_was_it()
    {
        var (lesson, address) = (Guid.NewGuid(), IPAddress.Parse("10.0.0.1"));
        Networks.NumberIn(lesson, address).ShouldBe(Networks.NumberIn(lesson, IPAddress.Parse("::ffff:10.0.0.1")));
        Enumerable.Range(0, 200).Select(i => Networks.NumberIn(lesson, IPAddress.Parse($"10.0.1.{i}"))).Distinct().Count().ShouldBeGreaterThan(190);
        Enumerable.Range(0, 200).Select(_ => Networks.NumberIn(Guid.NewGuid(), address)).Distinct().Count().ShouldBeGreaterThan(190);
        Enumerable.Range(0, 20_000).Select(i => Networks.NumberIn(lesson, new IPAddress(i))).ShouldAllBe(n => n >= 0 && n < 65_536);
    }

    /// <summary>Lessons that are live x silos that count for themselves x wrong codes of this minute, free and paid for.</summary>
    [Theory]
    [InlineData(250, 1, 0, 0)]
    [InlineData(250, 1, 19_999, 0)]
    [InlineData(250, 1, 20_000, 0)]
    [InlineData(250, 3, 20_000, 500_000)]
    [InlineData(20_000, 1, 12, 0)]
    [InlineData(20_000, 12, 0, 0)]
    [InlineData(20_000, 12, 20_000, 3_000_000)]
    [InlineData(3, 1, 0, 1)]
    public async Task A_new_code_is_found_less_than_once_in_a_hundred_hours_by_as_many_guesses_as_are_then_possible(int lessons, int silos, int free, int paid)
    {
        var attempts = new JoinAttempts(_permits);
        _permits.Spend(JoinAttempts.OverAll, free);
        _permits.Spend(Attempts.PaidOf(JoinAttempts.OverAll), paid);
        var rate = await attempts.WrongToStandAsync(silos);
        // Each silo gives the free ones while nobody counts for all; who has begun to pay may be ten times as many in the next minute.
        rate.ShouldBeGreaterThanOrEqualTo(20_000L * silos);
        rate.ShouldBeGreaterThanOrEqualTo(paid > 0 ? 10L * (free + paid) : 0);
        var length = JoinCodes.LengthFor(lessons, rate);
        (rate * 60.0 * lessons / Math.Pow(JoinCodes.Alphabet.Length, length)).ShouldBeLessThan(0.01);
    }

    [Fact]
    public async Task Silos_that_count_together_give_the_free_ones_once()
    {
        (await new JoinAttempts(new CountedPermits { AreShared = true }).WrongToStandAsync(12)).ShouldBe(JoinAttempts.WrongAMinute);
        (await new JoinAttempts(_permits).WrongToStandAsync(12)).ShouldBe(12L * JoinAttempts.WrongAMinute);
        (await new JoinAttempts(_permits).WrongToStandAsync(0)).ShouldBe(JoinAttempts.WrongAMinute, "a silo that does not know the others yet is one");
    }

    [Theory]
    [InlineData("2001:db8:0:1:aaaa::1", "2001:db8:0:1:bbbb::2", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1", true)]
    [InlineData("::ffff:10.0.0.1", "::ffff:10.0.0.2", false)]
    [InlineData("10.0.0.1", "10.0.0.2", false)]
    public void The_addresses_of_one_ipv6_network_count_as_one(string one, string other, bool same) =>
        Networks.Of(IPAddress.Parse(one)).Equals(Networks.Of(IPAddress.Parse(other))).ShouldBe(same);
}
