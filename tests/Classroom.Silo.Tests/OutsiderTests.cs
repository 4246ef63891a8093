using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Classroom.Silo.Tests;

/// <summary>Who has no business in a classroom, over the real wire: a mentor of another centre, a refused device, one that calls too fast.</summary>
public sealed class OutsiderTests : IAsyncLifetime
{
    private SiloProcess _silo = null!;

    public async Task InitializeAsync() =>
        _silo = await SiloProcess.StartAsync(null, ("Accounts__Mentor", "zhanar:Toqsan-9-jyl"), ("Tutor__Prepared__WordDelay", "00:00:00"));

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task A_mentor_of_another_centre_neither_sees_nor_claims_nor_answers_a_hand()
    {
        await using var lesson = await LessonHost.OpenAsync(_silo, atCentre: true);
        var (student, _, id) = await lesson.JoinAsync("Барыс");
        await student.DoAsync("RaiseHand", new { topic = "тамыр" });
        await using var own = await WireClient.ConnectAsync(_silo.Url, cookie: await _silo.CookieAsync(_silo.MentorLink));
        (await own.CallAsync("WatchCentre"))!["refusal"].ShouldBeNull();
        await own.UntilAsync(m => m.Tiles.ContainsKey(lesson.ClassroomId.ToString()), "the lesson on its centre's wall");
        await MoveAsync("zhanar", Guid.CreateVersion7());
        await using var other = await WireClient.ConnectAsync(_silo.Url, cookie: await LoginAsync("zhanar"));
        (await other.CallAsync("WatchCentre"))!["refusal"].ShouldBeNull();

        var hand = new { classroomId = lesson.ClassroomId, studentId = id };
        (await other.RefusalAsync("ClaimHand", hand)).ShouldBe("foreign-classroom");
        (await other.RefusalAsync("AnswerHand", hand)).ShouldBe("foreign-classroom");
        other.Tiles.ShouldBeEmpty();

        (await own.RefusalAsync("ClaimHand", hand)).ShouldBeNull("nobody else has claimed it");
        await lesson.Teacher.UntilAsync(t => t.Get("hand", id.ToString())?["claimedName"]?.GetValue<string>() == "Жанна", "who claimed it");
        (await own.RefusalAsync("AnswerHand", hand)).ShouldBeNull();
    }

    [Fact]
    public async Task A_mentor_claims_no_hand_in_a_classroom_of_no_centre_or_in_none()
    {
        await using var lesson = await LessonHost.OpenAsync(_silo, atCentre: false);
        var (student, _, id) = await lesson.JoinAsync("Барыс");
        await student.DoAsync("RaiseHand", new { topic = "тамыр" });
        await using var mentor = await WireClient.ConnectAsync(_silo.Url, cookie: await _silo.CookieAsync(_silo.MentorLink));
        (await mentor.RefusalAsync("ClaimHand", new { classroomId = lesson.ClassroomId, studentId = id })).ShouldBe("foreign-classroom");
        (await mentor.RefusalAsync("ClaimHand", new { classroomId = Guid.CreateVersion7(), studentId = id })).ShouldBe("foreign-classroom");
        (await mentor.RefusalAsync("ClaimHand", new { studentId = id })).ShouldBe("bad-id");
    }

    [Fact]
    public async Task A_refused_device_stays_out_and_the_connection_of_a_replaced_one_is_closed()
    {
        await using var lesson = await LessonHost.OpenAsync(_silo);
        var (old, _, id) = await lesson.JoinAsync("Елік");
        await using var refused = await AskToComeInAsync(lesson, "Елік");
        (await CodeAsync(refused, lesson)).ShouldBe("device-waiting");
        await lesson.Teacher.DoAsync("RefuseDevice", new { studentId = id, deviceId = await RequestOfAsync(lesson, id) });
        (await CodeAsync(refused, lesson)).ShouldBe("device-refused");
        (await refused.RefusalAsync("RaiseHand", new { topic = "" })).ShouldBe("not-entered");
        (await old.RefusalAsync("RaiseHand", new { topic = "" })).ShouldBeNull();

        await using var approved = await AskToComeInAsync(lesson, "Елік");
        await lesson.Teacher.DoAsync("ApproveDevice", new { studentId = id, deviceId = await RequestOfAsync(lesson, id) });
        await old.UntilAsync(s => s.ClosedWith == "replaced", "the old device to receive Closed");
        await old.OverAsync();
        (await CodeAsync(approved, lesson)).ShouldBeNull();
        (await approved.RefusalAsync("LowerHand", new { })).ShouldBeNull();
    }

    [Fact]
    public async Task Calls_without_a_pause_are_refused_by_code_and_a_neighbours_are_not()
    {
        await using var lesson = await LessonHost.OpenAsync(_silo);
        var (busy, _, _) = await lesson.JoinAsync("Құлан");
        var (neighbour, _, _) = await lesson.JoinAsync("Сұңқар");
        string? code = null;
        // Twenty calls come free again in each second, so how many it takes depends on the machine; without a limit it never comes.
        for (var i = 0; i < 40 && code is null; i++)
        {
            var codes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => busy.RefusalAsync("LowerHand", new { })));
            code = codes.FirstOrDefault(c => c is not null);
        }

        code.ShouldBe("too-fast");
        (await neighbour.RefusalAsync("LowerHand", new { })).ShouldBeNull();
    }

    [Fact]
    public async Task Forty_tabs_with_one_ticket_have_one_allowance_and_most_of_them_no_connection()
    {
        await using var lesson = await LessonHost.OpenAsync(_silo);
        var (_, ticket, _) = await lesson.JoinAsync("Құлан");
        var (neighbour, _, _) = await lesson.JoinAsync("Сұңқар");
        var calls = string.Concat(Enumerable.Range(1, 20).Select(i => SocketTests.Call(i, "Execute", new { id = Guid.CreateVersion7(), name = "LowerHand", fields = new { } })));
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        var tabs = new List<RawSocket>();
        while (tabs.Count < 39)
        {
            tabs.Add(await RawSocket.OpenAsync(_silo.Url, "/hubs/classroom?access_token=" + Uri.EscapeDataString(ticket)));
        }

        // Twice as many as may be connections are even taken; the others are told so at once.
        tabs.Count(t => t.IsUpgraded).ShouldBeLessThan(2 * Realtime.Allowances.MaxOfASeat);
        var answers = await Task.WhenAll(tabs.Where(t => t.IsUpgraded).Select(async tab =>
        {
            try
            {
                await tab.SendTextAsync(RawSocket.Handshake + calls);
            }
            catch (IOException)
            {
                // Closed already.
            }

            var all = new List<string>();
            while (all.Count < 20 && await tab.ReadTextAsync() is { } text)
            {
                all.AddRange(text.Split('\u001e').Where(m => m.Contains("\"type\":3", StringComparison.Ordinal)));
            }

            return all;
        }));

        // What came free while the test ran belongs to them too.
        var allowed = 60 + (20 * System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalSeconds);
        answers.Count(a => a.Count == 20).ShouldBe(Realtime.Allowances.MaxOfASeat - 1, "the student's own screen is one");
        // The student's own screen has called too, of the same allowance: a few of the sixty may be its.
        answers.Sum(a => a.Count(m => !m.Contains("too-fast", StringComparison.Ordinal))).ShouldBeInRange(57, (int)allowed);
        (await neighbour.RefusalAsync("LowerHand", new { })).ShouldBeNull();
        foreach (var tab in tabs)
        {
            await tab.DisposeAsync();
        }
    }

    private static async Task<Guid> RequestOfAsync(LessonHost lesson, Guid student)
    {
        await lesson.Teacher.UntilAsync(t => t.Get("seat", student.ToString())?["requests"] is not null, "the request");
        return lesson.Teacher.Get("seat", student.ToString())!["requests"]![0]!["deviceId"]!.GetValue<Guid>();
    }

    private static async Task<string?> CodeAsync(WireClient client, LessonHost lesson) =>
        (await client.CallAsync("Sync", lesson.ClassroomId, 0))!["refusal"]?["code"]?.GetValue<string>();

    private async Task<WireClient> AskToComeInAsync(LessonHost lesson, string nickname)
    {
        using var http = await _silo.BrowserAsync();
        using var asked = await http.PostAsJsonAsync("/api/join", new { code = lesson.Code, nickname, language = "kk", level = "simple", device = true });
        return await WireClient.ConnectAsync(_silo.Url, (await asked.Content.ReadFromJsonAsync<JsonNode>())!["ticket"]!.GetValue<string>());
    }

    // There is no screen for a second centre yet.
    private async Task MoveAsync(string userName, Guid centre)
    {
        await using var database = new SqliteConnection($"Data Source={_silo.SqliteFile};Pooling=False");
        await database.OpenAsync();
        await using var update = database.CreateCommand();
        update.CommandText = "UPDATE accounts SET \"CentreId\" = $centre WHERE \"UserName\" = $name";
        update.Parameters.AddWithValue("$centre", centre.ToString().ToUpperInvariant());
        update.Parameters.AddWithValue("$name", userName);
        (await update.ExecuteNonQueryAsync()).ShouldBe(1);
    }

    private async Task<string> LoginAsync(string userName)
    {
        using var http = await _silo.BrowserAsync();
        using var login = await http.PostAsJsonAsync("/api/login", new { userName, password = "Toqsan-9-jyl" });
        login.EnsureSuccessStatusCode();
        return login.Headers.GetValues("Set-Cookie").First().Split(';')[0];
    }
}
