using Grpc.Core;
using Ortaq.Centre.V1;

namespace Classroom.Centre.Tests;

/// <summary>Two centres on one installation, each with a teacher, a mentor, an admin and a program: nothing of one is seen or done from the other, by any way in.</summary>
public sealed class TwoCentresTests
{
    private const string Password = "jolbarys-jaz-9";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_of_one_centre_is_seen_or_done_from_the_other(bool onPostgres)
    {
        await using var host = await FeedHost.StartAsync(onPostgres, ("Accounts__Admin", "boss:" + Password));
        using var boss = await AccountClient.SignInAsync(host.Silo.Url, "boss", Password);
        var (astana, almaty) = (await CentreAsync("Астана"), await CentreAsync("Алматы"));
        var (here, there) = (await LessonAsync("astana", astana), await LessonAsync("almaty", almaty));

        // The wall, of a mentor and of an admin.
        foreach (var (login, role, own, other) in new[] { ("mentor1", "mentor", here, there), ("mentor2", "mentor", there, here), ("admin1", "admin", here, there) })
        {
            using var watcher = await PersonAsync(login, role, own == here ? astana : almaty);
            await using var wall = await WireClient.ConnectAsync(host.Silo.Url, cookie: watcher.Cookie);
            (await wall.CallAsync("WatchCentre"))!["refusal"].ShouldBeNull();
            await wall.UntilAsync(w => w.Tiles.ContainsKey(own.ToString()), "the centre's own lesson");
            wall.Tiles.Keys.ShouldBe([own.ToString()]);
            var hand = new { classroomId = other, studentId = Guid.CreateVersion7() };
            (await wall.RefusalAsync("ClaimHand", hand)).ShouldBe(role == "mentor" ? "foreign-classroom" : "wrong-role");
            (await wall.RefusalAsync("AnswerHand", hand)).ShouldBe(role == "mentor" ? "foreign-classroom" : "wrong-role");
            (await wall.CallAsync("Sync", other, 0))!["refusal"]!["code"]!.GetValue<string>().ShouldBe("wrong-role");
            foreach (var path in new[] { $"/api/classrooms/{other}/export", $"/api/classrooms/{own}/export", "/api/classrooms" })
            {
                (await watcher.StatusOfAsync(path)).ShouldBe(System.Net.HttpStatusCode.Forbidden, $"{login} {path}");
            }

            (await watcher.PostAsync($"/api/classrooms/{other}/board-ticket")).Code.ShouldBe("wrong-role");
        }

        // A teacher of the other centre.
        using var teacher = await AccountClient.SignInAsync(host.Silo.Url, "almaty", Password);
        (await teacher.StatusOfAsync($"/api/classrooms/{here}/export")).ShouldBe(System.Net.HttpStatusCode.Forbidden);
        (await teacher.PostAsync($"/api/classrooms/{here}/board-ticket")).Code.ShouldBe("foreign-classroom");
        (await teacher.PostAsync($"/api/classrooms/{here}/board", new { pairing = "123456" })).Code.ShouldBe("foreign-classroom");
        (await teacher.PostAsync($"/api/classrooms/{here}/reopen")).Code.ShouldBe("foreign-classroom");
        await using var hub = await WireClient.ConnectAsync(host.Silo.Url, cookie: teacher.Cookie);
        (await hub.CallAsync("Sync", here, 0))!["refusal"]!["code"]!.GetValue<string>().ShouldBe("foreign-classroom");

        // Their programs.
        foreach (var (centre, own, other) in new[] { (astana, here, there), (almaty, there, here) })
        {
            var token = FeedHost.With(await host.TokenAsync(centre: centre.ToString()));
            using var call = host.Feed.WatchSessions(new WatchSessionsRequest(), token);
            var seen = await FeedHost.UntilAsync(call, FeedHost.IsCaughtUp);
            seen.Where(r => r.WhatCase == WatchSessionsReply.WhatOneofCase.Tile).Select(r => r.Tile.ClassroomId).ShouldBe([own.ToString()]);
            (await FeedHost.StatusOf(async () => await host.Feed.GetReportAsync(new GetReportRequest { ClassroomId = other.ToString() }, token))).StatusCode.ShouldBe(StatusCode.NotFound);
            (await FeedHost.StatusOf(async () => await FactsAsync(other.ToString()))).StatusCode.ShouldBe(StatusCode.NotFound);
            (await FactsAsync("")).Distinct().ShouldBe([own.ToString()]);

            async Task<List<string>> FactsAsync(string classroom)
            {
                using var facts = host.Feed.ExportFacts(new ExportFactsRequest { ClassroomId = classroom }, token);
                return await facts.ResponseStream.ReadAllAsync().Select(f => f.ClassroomId).ToListAsync();
            }
        }

        // Moved: the old cookie is over, and the new wall is the other centre's.
        using var moving = await PersonAsync("mentor3", "mentor", astana);
        (await boss.PostAsync($"/api/accounts/{await boss.IdOfAsync("mentor3")}/centre", new { centreId = almaty })).Code.ShouldBeNull();
        await moving.OutAsync();
        using var moved = await AccountClient.SignInAsync(host.Silo.Url, "mentor3", Password);
        await using var newWall = await WireClient.ConnectAsync(host.Silo.Url, cookie: moved.Cookie);
        await newWall.CallAsync("WatchCentre");
        await newWall.UntilAsync(w => w.Tiles.ContainsKey(there.ToString()), "the new centre's lesson");
        newWall.Tiles.Keys.ShouldBe([there.ToString()]);

        // Who belongs to no centre has no wall.
        using var nowhere = await PersonAsync("mentor4", "mentor", null);
        await using var blank = await WireClient.ConnectAsync(host.Silo.Url, cookie: nowhere.Cookie);
        (await blank.CallAsync("WatchCentre"))!["refusal"]!["code"]!.GetValue<string>().ShouldBe("wrong-role");
        host.Silo.Failures.ShouldBeEmpty();

        async Task<Guid> CentreAsync(string name) => (await boss.PostAsync("/api/centres", new { name })).Body!["id"]!.GetValue<Guid>();

        async Task<AccountClient> PersonAsync(string login, string role, Guid? centreId)
        {
            var (code, made) = await boss.PostAsync("/api/accounts", new { login, name = login, role, centreId });
            code.ShouldBeNull();
            (await AccountClient.ChooseAsync(host.Silo.Url, made!["token"]!.GetValue<string>(), Password)).ShouldBeNull();
            return await AccountClient.SignInAsync(host.Silo.Url, login, Password);
        }

        async Task<Guid> LessonAsync(string login, Guid centre)
        {
            using var owner = await PersonAsync(login, "teacher", centre);
            var kit = (await owner.GetAsync("/api/kits")).AsArray().First(k => k!["id"]!.GetValue<string>() == "photosynthesis")!;
            var (code, opened) = await owner.PostAsync(
                "/api/classrooms", new { kitId = "photosynthesis", lessonId = kit["lessons"]![0]!["id"]!.GetValue<string>(), className = "7Б", language = "kk", atCentre = true });
            code.ShouldBeNull();
            return opened!["classroomId"]!.GetValue<Guid>();
        }
    }
}
