namespace Classroom.Grains.Tests;

/// <summary>The key store is away while the database is not: whoever is new waits, the others go on, and the teacher is told so once.</summary>
public sealed class KeysAway(StageFixture fixture) : GrainTest(fixture)
{
    [Fact]
    public async Task That_it_is_saved_again_is_said_when_a_newcomer_can_be_stored_and_not_when_somebody_else_was()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var student = await lesson.JoinAsync("Аружан");
        var observer = Stage.Observe();
        await lesson.Grain.Subscribe(Stage.Refer(observer));
        var (newcomer, seat) = (new Actor(Role.Student, Guid.CreateVersion7()), new TakeSeat("Диас", Language.Kk, Level.Standard, Guid.CreateVersion7(), false));
        Stage.KeyStore.IsAway = true;
        await lesson.RefusedAsync("not-saved", newcomer, seat);
        await Stage.Signal.UntilAsync(() => observer.Saving is [.., false]);

        await lesson.DoneAsync(student, new RaiseHand("тамыр"));
        var probed = Stage.KeyStore.Probed;
        // Two whole ones: the second begins after the first has ended.
        await Signal.UntilAsync(() => Task.FromResult(Stage.KeyStore.Probed >= probed + 2), () => Stage.Time.Advance(TimeSpan.FromSeconds(1)));
        observer.Saving.ShouldBe([true, false]);

        Stage.KeyStore.IsAway = false;
        await Signal.UntilAsync(() => Task.FromResult(observer.Saving is [.., true]), () => Stage.Time.Advance(TimeSpan.FromSeconds(1)));
        await lesson.DoneAsync(newcomer, seat);
        observer.Saving.ShouldBe([true, false, true]);
    }

    [Fact]
    public async Task When_nobody_acts_any_more_it_is_said_when_the_keys_are_back_and_not_before()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var observer = Stage.Observe();
        await lesson.Grain.Subscribe(Stage.Refer(observer));
        Stage.KeyStore.IsAway = true;
        await lesson.RefusedAsync("not-saved", new Actor(Role.Student, Guid.CreateVersion7()), new TakeSeat("Диас", Language.Kk, Level.Standard, Guid.CreateVersion7(), false));
        var probed = Stage.KeyStore.Probed;
        await Signal.UntilAsync(() => Task.FromResult(Stage.KeyStore.Probed >= probed + 2), () => Stage.Time.Advance(TimeSpan.FromSeconds(1)));
        observer.Saving.ShouldBe([true, false]);
        Stage.KeyStore.IsAway = false;
        await Signal.UntilAsync(() => Task.FromResult(observer.Saving is [.., true]), () => Stage.Time.Advance(TimeSpan.FromSeconds(1)));
    }
}
