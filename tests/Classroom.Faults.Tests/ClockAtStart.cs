using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Classroom.Faults.Tests;

/// <summary>
/// Invariant: a box whose clock believes that it is the year 2000 teaches: lessons, links, cookies, tickets and marks are those of today, screens and log say
/// that the clock is wrong, and when it is set everything goes on.
/// </summary>
[Collection(Alone.Name)]
public sealed class ClockAtStart
{
    private static readonly DateTimeOffset Earliest = Silo.Hosting.BoxClock.Released;

    [Fact]
    public async Task A_box_that_starts_in_the_year_2000_teaches_and_goes_on_when_its_clock_is_set()
    {
        await using var time = await SettableClock.CreateAsync();
        await using var silo = await SiloProcess.StartAsync(null, [("Accounts__Admin", "boss:jolbarys-jaz-9"), .. time.Environment]);
        // Yesterday all was well.
        await using (var yesterday = await ClassUnderFault.OpenAsync(silo, 1))
        {
            await yesterday.ActAsync(2);
        }

        await silo.StopAsync();
        Year2000(time);
        await silo.StartAgainAsync();
        await silo.SaysAsync("The clock of this machine is wrong: it is before this program was made.");

        await using var room = await ClassUnderFault.OpenAsync(silo, 3);
        await room.ActAsync(4);
        using var admin = await silo.AdminAsync();
        await admin.OperatorAsync(said => said.ToJsonString().Contains("clock-off", StringComparison.Ordinal), "the operator is told");
        (await SessionAsync(room)).Now.ShouldBeGreaterThan(DateTimeOffset.UtcNow - TimeSpan.FromDays(1), "the last time that is known to have been");

        time.Set(TimeSpan.Zero);
        await room.ActAsync(4);
        foreach (var learner in room.Learners)
        {
            await learner.ComeBackAsync();
        }

        (await SessionAsync(room)).Role.ShouldBe("teacher", "the cookie of before");
        await room.Host.Teacher.ConnectAgainAsync(silo.Url, cookie: room.Host.TeacherCookie);
        await room.Host.Teacher.SyncAsync(room.Host.ClassroomId);
        await room.Host.JoinAsync("Кейін");
        await admin.OperatorAsync(said => !said.ToJsonString().Contains("clock-off", StringComparison.Ordinal), "the operator sees that it is over");
        var audit = new Audit(() => Task.FromResult<IFactLog>(new SqliteFactLog(DatabaseSettings.ForFile(silo.SqliteFile).Sqlite)));
        await audit.CheckAsync(room);
        audit.Facts.ShouldAllBe(f => f.At > Earliest);
        Neighbours.ErrorsIn(silo.Output).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_box_that_was_never_started_before_teaches_in_the_year_2000()
    {
        await using var time = await SettableClock.CreateAsync();
        Year2000(time);
        await using var silo = await SiloProcess.StartAsync(null, time.Environment);
        await using var room = await ClassUnderFault.OpenAsync(silo, 2);
        await room.ActAsync(8);
        var audit = new Audit(() => Task.FromResult<IFactLog>(new SqliteFactLog(DatabaseSettings.ForFile(silo.SqliteFile).Sqlite)));
        await audit.CheckAsync(room);
        audit.Facts.ShouldAllBe(f => f.At >= Earliest && f.At < Earliest + TimeSpan.FromDays(1));
        // A browser whose clock is right would throw away a cookie that ended in the year 2000.
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        using var entered = await http.GetAsync(new Uri(silo.MentorLink));
        entered.Headers.GetValues("Set-Cookie").Where(c => c.StartsWith("ortaq=", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldContain("max-age=");
    }

    private static void Year2000(SettableClock time) => time.Set(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero) - DateTimeOffset.UtcNow);

    private static async Task<(string Role, DateTimeOffset Now)> SessionAsync(ClassUnderFault room)
    {
        var session = (await room.Host.TeacherHttp.GetFromJsonAsync<JsonNode>("/api/session"))!;
        return (session["role"]!.GetValue<string>(), session["now"]!.GetValue<DateTimeOffset>());
    }
}
