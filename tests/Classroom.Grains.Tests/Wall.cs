using Orleans.Core.Internal;

namespace Classroom.Grains.Tests;

/// <summary>The mentors' wall: lessons report at most once a second each, the wall passes on the last of each.</summary>
public sealed class Wall(StageFixture fixture) : GrainTest(fixture)
{
    private readonly Guid _centre = Guid.CreateVersion7();

    private ICentreGrain Centre => Grains.GetGrain<ICentreGrain>(_centre);

    [Fact]
    public async Task Many_reports_between_two_passes_are_one_update_with_the_last_of_each_lesson()
    {
        var (observer, a, b) = (Stage.Observe(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await Centre.Watch(Grains.CreateObjectReference<ICentreObserver>(observer));
        // The first report starts the timer, due at once. From when it was passed on the clock stands still, and with it the timer.
        await Centre.Report(Tile(a, 1));
        Stage.Time.Advance(TimeSpan.Zero);
        await Signal.UntilAsync(() => Task.FromResult(observer.Walls.Length == 1));
        for (var joined = 2; joined <= 5; joined++)
        {
            await Centre.Report(Tile(a, joined));
        }

        await Centre.Report(Tile(b, 30));
        observer.Walls.Length.ShouldBe(1, "no time has passed");

        await Signal.UntilAsync(() => Task.FromResult(observer.Walls.Length > 1), Turn);

        observer.Walls[0].Select(t => (t.ClassroomId, t.Joined)).ShouldBe([(a, 1)]);
        observer.Walls[1].Select(t => (t.ClassroomId, t.Joined)).ShouldBe([(a, 5), (b, 30)], ignoreOrder: true);
    }

    [Fact]
    public async Task A_pass_without_news_says_nothing_and_the_next_report_is_passed_on_alone()
    {
        var (observer, a, b) = (Stage.Observe(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await Centre.Watch(Grains.CreateObjectReference<ICentreObserver>(observer));
        await Centre.Report(Tile(a, 1));
        await Centre.Report(Tile(b, 2));
        await Signal.UntilAsync(() => Task.FromResult(observer.Walls.Sum(w => w.Length) == 2), Turn);
        for (var i = 0; i < 20; i++)
        {
            Turn();
        }

        await Centre.Report(Tile(a, 3));

        await Signal.UntilAsync(() => Task.FromResult(observer.Walls.Sum(w => w.Length) == 3), Turn);
        observer.Walls[^1].ShouldHaveSingleItem().Joined.ShouldBe(3);
        observer.Walls.ShouldAllBe(w => w.Length > 0);
    }

    [Fact]
    public async Task Whoever_comes_to_the_wall_sees_every_lesson_and_an_ended_one_leaves_it()
    {
        var (observer, a, b) = (Stage.Observe(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await Centre.Report(Tile(a, 1));
        await Centre.Report(Tile(b, 2));
        (await Centre.Watch(Grains.CreateObjectReference<ICentreObserver>(observer))).Length.ShouldBe(2);
        (await Centre.Holds(a)).ShouldBeTrue();

        await Centre.Report(Tile(a, 1) with { Phase = LessonPhase.Ended });

        await Signal.UntilAsync(() => Task.FromResult(observer.Walls.Any(w => w.Any(t => t.Phase == LessonPhase.Ended))), Turn);
        await Signal.UntilAsync(async () => !await Centre.Holds(a));
        (await WallAsync()).ShouldHaveSingleItem().ClassroomId.ShouldBe(b);
    }

    [Fact]
    public async Task A_lesson_reports_at_most_once_a_second_and_always_its_last()
    {
        var lesson = await TestLesson.OpenAsync(Stage, _centre);
        var student = await lesson.JoinAsync("Аружан");
        await Signal.UntilAsync(async () => (await WallAsync()).Any(t => t.Joined == 1), Turn);
        var seen = new HashSet<string>();
        for (var i = 0; i < 20; i++)
        {
            await lesson.DoneAsync(student, new RaiseHand($"тамыр {i}"));
            Stage.Time.Advance(TimeSpan.FromMilliseconds(100));
            seen.UnionWith((await WallAsync())[0].Hands.Select(h => h.Topic));
        }

        seen.Count.ShouldBeLessThanOrEqualTo(3, "two seconds went by");
        await Signal.UntilAsync(async () => (await WallAsync())[0].Hands is [{ Topic: "тамыр 19" }], Turn);
    }

    [Fact]
    public async Task Idle_students_appear_on_the_wall_by_the_mere_passing_of_time()
    {
        var lesson = await TestLesson.OpenAsync(Stage, _centre);
        await lesson.JoinAsync("Аружан");
        await Signal.UntilAsync(async () => (await WallAsync()).Any(t => t.Joined == 1 && t.Idle == 0), Turn);

        Stage.Time.Advance(Tiles.IdleAfter);

        await Signal.UntilAsync(async () => (await WallAsync())[0].Idle == 1, () => Stage.Time.Advance(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_wall_that_was_lost_with_its_silo_shows_a_lesson_in_its_lobby_again_though_nothing_happens_in_it()
    {
        var lesson = await TestLesson.LobbyAsync(Stage, _centre);
        await lesson.JoinAsync("Аружан");
        await Signal.UntilAsync(async () => (await WallAsync()).Any(t => t.Joined == 1), Turn);

        await Centre.AsReference<IGrainManagementExtension>().DeactivateOnIdle();

        // What stands on the wall of before is no answer: the new one begins with nothing.
        await Signal.UntilAsync(async () => (await WallAsync()).Length == 0);
        await Signal.UntilAsync(async () => (await WallAsync()) is [{ Joined: 1, Phase: LessonPhase.Lobby }], () => Stage.Time.Advance(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Of_two_mentors_who_claim_one_hand_one_goes_and_the_other_is_told_who()
    {
        var lesson = await TestLesson.OpenAsync(Stage, _centre);
        var student = await lesson.JoinAsync("Аружан");
        await lesson.DoneAsync(student, new RaiseHand("тамыр"));
        Actor[] mentors = [new(Role.Mentor, Guid.CreateVersion7(), "Жанна"), new(Role.Mentor, Guid.CreateVersion7(), "Ерлан")];

        var replies = await Task.WhenAll(mentors.Select(m => lesson.DoAsync(m, new ClaimHand(student.Id))));

        var winner = mentors[Array.FindIndex(replies, r => r.Refusal is null)];
        var refusal = replies.Single(r => r.Refusal is not null).Refusal!;
        (refusal.Code, refusal.Args["by"]).ShouldBe(("hand-claimed", winner.Name));
        (await lesson.FactsAsync()).OfType<HandClaimed>().ShouldHaveSingleItem();
        await Signal.UntilAsync(async () => (await WallAsync()).Any(t => t.Hands is [{ ClaimedBy: { } by }] && by == winner.Name), Turn);
    }

    private static Tile Tile(Guid classroom, int joined) => new(
        classroom, Trilingual.Same("Фотосинтез"), "7Б", "Айгүл", LessonPhase.Live, null, -1, 4, 0, null, 40, null, joined, 0, 0, 0, []);

    private void Turn() => Stage.Time.Advance(TimeSpan.FromMilliseconds(100));

    private async Task<ImmutableArray<Tile>> WallAsync() =>
        await Centre.Watch(Grains.CreateObjectReference<ICentreObserver>(Stage.Observe())).Soon();
}
