namespace Classroom.Grains.Tests;

/// <summary>Invariant: a pairing code belongs to a board that is there, for ten minutes at most; nobody can hold many without asking for each.</summary>
public sealed class PairingLife
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_board_that_goes_on_asking_waits_for_ten_minutes()
    {
        var pairing = new PairingGrain(_time);
        (await pairing.Begin("secret")).ShouldBeTrue();
        for (var i = 0; i < 9; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            (await pairing.Ask("secret")).Known.ShouldBeTrue();
        }

        (await pairing.Begin("another")).ShouldBeFalse();
        _time.Advance(TimeSpan.FromMinutes(1));
        (await pairing.Waits()).ShouldBeFalse();
        (await pairing.Begin("another")).ShouldBeTrue();
    }

    [Fact]
    public async Task One_that_does_not_ask_is_gone_in_a_minute_and_a_half_and_no_slip_of_the_finger_finds_it()
    {
        var pairing = new PairingGrain(_time);
        await pairing.Begin("secret");
        _time.Advance(TimeSpan.FromSeconds(80));
        (await pairing.Ask("wrong")).Known.ShouldBeFalse();
        (await pairing.Waits()).ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(10));
        (await pairing.Approve(Guid.NewGuid(), Guid.NewGuid(), away: false)).ShouldBeFalse();
        (await pairing.Begin("another")).ShouldBeTrue();
    }
}
