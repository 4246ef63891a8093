using Grpc.Core;
using Ortaq.Centre.V1;

namespace Classroom.Centre.Tests;

/// <summary>The live sessions of a centre, over a real connection.</summary>
public sealed class WatchTests
{
    [Fact]
    public async Task A_session_comes_changes_and_goes_and_another_centre_sees_nothing_of_it()
    {
        await using var host = await FeedHost.StartAsync();
        var (mine, other) = (await host.TokenAsync("watch"), await host.TokenAsync("watch", Guid.CreateVersion7().ToString()));
        await using var lesson = await LessonHost.OpenAsync(host.Silo, atCentre: true);
        await using var elsewhere = await LessonHost.OpenAsync(host.Silo);
        var id = lesson.ClassroomId.ToString();
        using var foreign = host.Feed.WatchSessions(new WatchSessionsRequest(), FeedHost.With(other));
        (await FeedHost.UntilAsync(foreign, FeedHost.IsCaughtUp)).Count.ShouldBe(1, "no tile");

        using var wall = host.Feed.WatchSessions(new WatchSessionsRequest(), FeedHost.With(mine));
        await FeedHost.UntilAsync(wall, r => r.Tile?.ClassroomId == id && r.Tile.Phase == Phase.Lobby);
        var (student, _, studentId) = await lesson.JoinAsync("Айгерім");
        await lesson.Teacher.DoAsync("StartLesson", new { });
        await student.DoAsync("RaiseHand", new { topic = "жарық" });
        var seen = await FeedHost.UntilAsync(wall, r => r.Tile is { Hands.Count: 1 });
        var tile = seen[^1].Tile;
        (tile.Phase, tile.Joined, tile.ClassName, tile.StepIndex).ShouldBe((Phase.Live, 1, "7Б", 0));
        (tile.Hands[0].StudentId, tile.Hands[0].Nickname, tile.Hands[0].Topic, tile.Hands[0].ClaimedBy).ShouldBe((studentId.ToString(), "Айгерім", "жарық", ""));
        (tile.Title.Kk, tile.StepTitle.Ru).ShouldNotBe(("", ""));

        await lesson.Teacher.DoAsync("EndLesson", new { });
        seen = await FeedHost.UntilAsync(wall, r => r.WhatCase == WatchSessionsReply.WhatOneofCase.Gone);
        seen[^1].Gone.ShouldBe(id);
        using var late = host.Feed.WatchSessions(new WatchSessionsRequest(), FeedHost.With(mine));
        (await FeedHost.UntilAsync(late, FeedHost.IsCaughtUp)).Count.ShouldBe(1, "it has ended");
    }

    [Fact]
    public async Task A_stream_ends_by_its_deadline_when_its_token_is_revoked_and_when_the_process_stops()
    {
        await using var host = await FeedHost.StartAsync();
        var (kept, revoked) = (await host.TokenAsync("watch"), await host.TokenAsync("watch", name: "gone"));
        using var brief = host.Feed.WatchSessions(new WatchSessionsRequest(), FeedHost.With(kept), DateTime.UtcNow.AddMilliseconds(300));
        (await FeedHost.StatusOf(() => FeedHost.UntilAsync(brief, _ => false))).StatusCode.ShouldBe(StatusCode.DeadlineExceeded);

        using var first = host.Feed.WatchSessions(new WatchSessionsRequest(), FeedHost.With(revoked));
        await FeedHost.UntilAsync(first, FeedHost.IsCaughtUp);
        (await host.Silo.RunAsync("token", "revoke", "gone")).Code.ShouldBe(0);
        (await FeedHost.StatusOf(() => FeedHost.UntilAsync(first, _ => false))).StatusCode.ShouldBe(StatusCode.Unauthenticated);

        using var second = host.Feed.WatchSessions(new WatchSessionsRequest(), FeedHost.With(kept));
        await FeedHost.UntilAsync(second, FeedHost.IsCaughtUp);
        var status = FeedHost.StatusOf(() => FeedHost.UntilAsync(second, _ => false));
        await host.Silo.StopAsync();
        (await status).StatusCode.ShouldBe(StatusCode.Unavailable);
    }
}
