namespace Classroom.Grains.Tests;

/// <summary>A link signs in once, within twelve hours, whoever asks and wherever.</summary>
public sealed class OneTimeLinks(StageFixture fixture) : GrainTest(fixture)
{
    private readonly Guid _account = Guid.CreateVersion7();

    private IOneTimeLinkGrain Link { get; } = fixture.Stage.Grains.GetGrain<IOneTimeLinkGrain>(Guid.NewGuid().ToString("N"));

    [Fact]
    public async Task Of_many_who_take_a_link_one_gets_the_account()
    {
        await Link.Begin(_account);
        var got = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Link.Take()));
        got.Where(g => g is not null).ShouldBe([_account]);
        (await Link.Take()).ShouldBeNull();
    }

    [Fact]
    public async Task A_link_that_was_never_made_leads_nowhere() => (await Link.Take()).ShouldBeNull();

    [Fact]
    public async Task A_link_waits_for_hours_and_is_over_after_twelve()
    {
        // A stage of its own: everybody else's clock stays where it is.
        await using var stage = await Stage.StartAsync(Stage.NewFile());
        var link = stage.Grains.GetGrain<IOneTimeLinkGrain>("a");
        await link.Begin(_account);
        stage.Time.Advance(TimeSpan.FromHours(11.9));
        await stage.Silo.CollectIdleAsync();
        (await link.Take()).ShouldBe(_account);

        await link.Begin(_account);
        stage.Time.Advance(TimeSpan.FromHours(12));
        (await link.Take()).ShouldBeNull();
        Stage.Delete(stage.File);
    }
}
