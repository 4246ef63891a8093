namespace Classroom.Grains.Tests;

/// <summary>
/// An answer that several classes are given at one moment: one gives it, the others follow; when who gives it is gone, one of them goes on where
/// it stopped; and nobody is ever given what does not fit to what they have.
/// </summary>
public sealed class SharedAnswers(StageFixture fixture) : GrainTest(fixture)
{
    private static readonly Provenance Source = new("host", "model", "explain.kk@2", 10, 20, false);
    private readonly string _key = "answer/" + Guid.CreateVersion7();
    private readonly Guid _leader = Guid.CreateVersion7();

    private ISharedAnswerGrain Answer => Grains.GetGrain<ISharedAnswerGrain>(_key);

    [Fact]
    public async Task Who_comes_first_gives_it_and_the_others_read_it_to_its_end()
    {
        (await LeadAsync(_leader)).ShouldBe((true, ""));
        (await LeadAsync(Guid.CreateVersion7())).ShouldBe((false, ""));
        (await Answer.Add(_leader, Of("a"))).ShouldBeTrue();
        (await Answer.Add(Guid.CreateVersion7(), Of("x"))).ShouldBeFalse();
        await Answer.Add(_leader, Of("b"));
        (await ReadAsync(1)).ShouldBe(("b", SharedState.Given, null));
        await Answer.End(Guid.CreateVersion7(), null);
        await Answer.End(_leader, Source);
        (await ReadAsync(0)).ShouldBe(("ab", SharedState.Whole, Source));
        (await LeadAsync(Guid.CreateVersion7(), "a")).ShouldBe((false, "a"), "who has some reads the rest");
        (await LeadAsync(Guid.CreateVersion7())).ShouldBe((true, ""), "who asks later begins anew");
    }

    [Fact]
    public async Task One_that_failed_is_nobodys_to_go_on_with()
    {
        await LeadAsync(_leader);
        await Answer.Add(_leader, Of("a"));
        await Answer.End(_leader, null);
        (await ReadAsync(0)).ShouldBe(("a", SharedState.Failed, null));
        (await LeadAsync(Guid.CreateVersion7(), "a")).ShouldBe((false, "a"));
    }

    [Fact]
    public async Task When_who_gives_it_is_stopped_the_first_who_follows_goes_on_and_the_rest_read_that()
    {
        await LeadAsync(_leader);
        await Answer.Add(_leader, Of("a"));
        await Answer.Add(_leader, Of("b"));
        await Answer.Leave(_leader);
        (await ReadAsync(1)).ShouldBe(("b", SharedState.Left, null));
        var next = Guid.CreateVersion7();
        (await LeadAsync(next, "a")).ShouldBe((true, "ab"), "it goes on after all that was given");
        (await LeadAsync(Guid.CreateVersion7(), "a", "b")).ShouldBe((false, "ab"));
        (await Answer.Add(_leader, Of("x"))).ShouldBeFalse();
        await Answer.Add(next, Of("c"));
        (await ReadAsync(0)).ShouldBe(("abc", SharedState.Given, null));
    }

    [Fact]
    public async Task When_it_was_lost_with_its_silo_whoever_has_most_is_gone_on_with()
    {
        // Nothing is known here, as after the death of a silo.
        var callers = new[] { LeadAsync(Guid.CreateVersion7(), "a"), LeadAsync(Guid.CreateVersion7(), "a", "b", "c") };
        while ((await Answer.Read(0)).Pieces.Length < 3)
        {
        }

        Stage.Time.Advance(TimeSpan.FromSeconds(3));
        var got = await Task.WhenAll(callers);
        got.Count(g => g.IsMine).ShouldBe(1);
        got.Single(g => g.IsMine).Text.ShouldBe("abc");
        (await ReadAsync(0)).ShouldBe(("abc", SharedState.Given, null));
        (await LeadAsync(Guid.CreateVersion7(), "a", "b", "c", "d")).ShouldBe((true, "abcd"), "who comes too late with more gives its own to its end");
        (await ReadAsync(0)).Text.ShouldBe("abc");
    }

    [Fact]
    public async Task Who_gives_it_goes_on_when_it_was_lost_and_is_followed_again()
    {
        var follower = LeadAsync(Guid.CreateVersion7(), "a");
        while ((await Answer.Read(0)).Pieces.Length < 1)
        {
        }

        (await Answer.Add(_leader, Of("c"))).ShouldBeFalse();
        var again = await Answer.Lead(_leader, await SiloAsync(), [Of("a"), Of("b"), Of("c")], gives: true);
        again.IsMine.ShouldBeTrue();
        Stage.Time.Advance(TimeSpan.FromSeconds(5));
        (await follower).ShouldBe((false, "a"));
        (await ReadAsync(1)).ShouldBe(("bc", SharedState.Given, null));
        (await Answer.Add(_leader, Of("d"))).ShouldBeTrue();
    }

    [Fact]
    public async Task When_the_silo_of_who_gives_it_is_dead_another_goes_on()
    {
        var here = await SiloAsync();
        // An earlier life of the silo that is there.
        await Answer.Lead(_leader, here[..(here.IndexOf('@', StringComparison.Ordinal) + 1)] + "1", [], gives: false);
        await Answer.Add(_leader, Of("a"));
        (await ReadAsync(0)).ShouldBe(("a", SharedState.Left, null));
        (await LeadAsync(Guid.CreateVersion7())).ShouldBe((true, "a"));
    }

    [Fact]
    public async Task One_that_says_nothing_is_gone_after_a_while()
    {
        await LeadAsync(_leader);
        Stage.Time.Advance(TimeSpan.FromSeconds(61));
        (await ReadAsync(0)).State.ShouldBe(SharedState.Left);
        (await LeadAsync(Guid.CreateVersion7())).IsMine.ShouldBeTrue();
    }

    private async Task<string> SiloAsync() =>
        (await Grains.GetGrain<Orleans.Runtime.IManagementGrain>(0).GetHosts(onlyActive: true)).Keys.Single().ToParsableString();

    private static SharedPiece Of(string text) => new(text, []);

    private async Task<(bool IsMine, string Text)> LeadAsync(Guid caller, params string[] have)
    {
        var lead = await Answer.Lead(caller, await SiloAsync(), [.. have.Select(Of)], gives: false);
        return (lead.IsMine, string.Concat(lead.Pieces.Select(p => p.Text)));
    }

    private async Task<(string Text, SharedState State, Provenance? Source)> ReadAsync(int after)
    {
        var slice = await Answer.Read(after);
        return (string.Concat(slice.Pieces.Select(p => p.Text)), slice.State, slice.Source);
    }
}
