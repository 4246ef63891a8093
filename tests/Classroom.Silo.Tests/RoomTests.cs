using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Classroom.Silo.Tests;

/// <summary>A hub and its satellite at the real server: how one comes in, what each sees, and a line that is cut and counted.</summary>
public sealed class RoomTests(ITestOutputHelper output) : IAsyncLifetime
{
    private SiloProcess _silo = null!;

    // Prepared text at its own pace: a text in one piece would be cheaper than it is.
    public async Task InitializeAsync() => _silo = await SiloProcess.StartAsync();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task A_child_says_its_room_and_is_asked_where_the_room_is_not_there()
    {
        await using var lesson = await LessonHost.OpenAsync(_silo);
        var http = await _silo.BrowserAsync();
        (await CheckAsync()).ShouldBeNull("a lesson in one room asks nothing");
        await lesson.Teacher.DoAsync("AddRoom", new { name = "204" });
        (await CheckAsync())!.ToJsonString().ShouldBe("""[{"number":1},{"number":2,"name":"204"}]""");
        (await JoinAsync("Бір", null)).ShouldBe("which-room");
        (await JoinAsync("Бір", 9)).ShouldBe("which-room");
        (await JoinAsync("Бір", 2)).ShouldBe("");
        await lesson.Teacher.UntilAsync(t => t.All("seat").SingleOrDefault().Value?["room"]?.GetValue<int>() == 2, "the seat in its room");
        await lesson.Teacher.DoAsync("CloseRoom", new { room = 2 });
        await lesson.Teacher.UntilAsync(t => t.All("room").Count == 0 && t.All("seat").Single().Value["room"] is null, "the seat in the hub");
        (await CheckAsync()).ShouldBeNull();
        (await JoinAsync("Үш", 2)).ShouldBe("", "the link of the closed room is on the wall still");
        await lesson.Teacher.UntilAsync(t => t.All("seat").Count == 2 && t.All("seat").All(s => s.Value["room"] is null), "both in the hub");

        foreach (var room in new object[] { "two", 1.5, new[] { 2 }, 99999999999 })
        {
            using var odd = await http.PostAsJsonAsync("/api/join", new { code = lesson.Code, nickname = "Екі", language = "kk", level = "simple", themed = false, room });
            odd.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }

        async Task<JsonNode?> CheckAsync()
        {
            using var answer = await http.PostAsJsonAsync("/api/join/check", new { code = lesson.Code });
            return (await answer.Content.ReadFromJsonAsync<JsonNode>())!["rooms"];
        }

        async Task<string> JoinAsync(string nickname, int? room)
        {
            using var answer = await http.PostAsJsonAsync("/api/join", new { code = lesson.Code, nickname, language = "kk", level = "simple", themed = false, room });
            return answer.IsSuccessStatusCode ? "" : (await answer.Content.ReadFromJsonAsync<JsonNode>())!["code"]!.GetValue<string>();
        }
    }

    [Fact]
    public async Task A_board_knows_where_it_hangs_and_is_told_when_that_changes()
    {
        await using var lesson = await LessonHost.OpenAsync(_silo);
        await lesson.Teacher.DoAsync("AddRoom", new { name = "204" });
        using (var refused = await lesson.TeacherHttp.PostAsJsonAsync($"/api/classrooms/{lesson.ClassroomId}/board-ticket", new { room = 5 }))
        {
            (await refused.Content.ReadFromJsonAsync<JsonNode>())!["code"]!.GetValue<string>().ShouldBe("no-such-room");
        }

        using var pairing = await (await _silo.BrowserAsync()).PostAsJsonAsync("/api/board/pair", new { });
        var begun = (await pairing.Content.ReadFromJsonAsync<JsonNode>())!;
        using var paired = await lesson.TeacherHttp.PostAsJsonAsync($"/api/classrooms/{lesson.ClassroomId}/board", new { pairing = begun["pairing"]!.GetValue<string>(), room = 2 });
        paired.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await lesson.Teacher.UntilAsync(t => t.All("board").Count == 1, "the paired board");
        var (id, seen) = lesson.Teacher.All("board").Single();
        seen["room"]!.GetValue<int>().ShouldBe(2);

        var hub = await lesson.BoardAsync();
        await hub.UntilAsync(b => b.Get("board", id)?["room"]?.GetValue<int>() == 2 && b.All("board").Count == 1, "where the other hangs");
        await lesson.Teacher.DoAsync("MoveBoard", new { boardId = id, room = 1 });
        await hub.UntilAsync(b => b.All("board").Count == 0, "it hangs in the hub");
    }

    [Fact]
    public async Task A_satellite_whose_line_was_cut_has_its_step_and_texts_and_catches_up_when_it_is_back()
    {
        await using var lesson = await LessonHost.OpenAsync(_silo);
        await using var line = new RoomLine(_silo.Url);
        var teacher = lesson.Teacher;
        await teacher.DoAsync("AddRoom", new { name = "204" });
        var phones = new List<(WireClient Client, string Ticket, Guid Id)>();
        for (var i = 0; i < 3; i++)
        {
            phones.Add(await lesson.JoinAsync($"Қыран {i}", room: 2, url: line.Url));
        }

        var (board, boardTicket) = await lesson.BoardOfAsync(2, line.Url);
        await teacher.DoAsync("StartLesson", new { });
        var step = lesson.StepOf("explain");
        var explanation = await ExplainAsync(lesson, step);
        await Task.WhenAll(phones.Select(p => p.Client).Append(board).Select(c => c.UntilAsync(x => x.All("explanation").Count == 1 && Text(x, explanation).Length > 20, "the beginning of the text")));
        await teacher.UntilAsync(t => t.Present.Count == 3, "three present");

        line.Cut();
        await teacher.UntilAsync(t => t.Present.Count == 0, "the teacher sees that they are gone");
        await Task.WhenAll(phones.Select(p => p.Client.OverAsync()).Append(board.OverAsync()));
        // Here a phone shows what it has: its seat, the step, the text so far.
        phones[0].Client.Get("pace")!["stepId"]!.GetValue<string>().ShouldBe(step);
        Text(phones[0].Client, explanation).Length.ShouldBeGreaterThan(20);
        var questionId = teacher.Get("step", step)!["questions"]![0]!["id"]!.GetValue<string>();
        await teacher.DoAsync("AskQuestion", new { questionId });
        await teacher.UntilAsync(t => t.Get("explanation", explanation.ToString())!["status"]!.GetValue<string>() == "finished", "the whole text");
        board.Get("question", questionId).ShouldBeNull();

        line.Mend();
        foreach (var (client, ticket) in phones.Select(p => (p.Client, p.Ticket)).Append((board, boardTicket)))
        {
            await client.ConnectAgainAsync(line.Url, ticket);
            await client.SyncAsync(lesson.ClassroomId);
            await client.UntilAsync(c => c.Get("question", questionId) is not null, "what was asked meanwhile");
            // Nobody has to ask for anything else than the rest.
            var had = Text(client, explanation);
            await client.CallAsync("ReadText", explanation, client == board ? "kk-standard" : "kk-simple", had.Length);
            await client.UntilAsync(c => Text(c, explanation).Length > had.Length && Text(c, explanation).StartsWith(had, StringComparison.Ordinal), "the rest of the text");
            client.Gaps.ShouldBe(0);
        }

        await teacher.UntilAsync(t => t.Present.Count == 3, "three present again");
        await phones[0].Client.DoAsync("RaiseHand", new { topic = "" });
        await teacher.UntilAsync(t => t.Get("hand", phones[0].Id.ToString()) is not null, "a hand out of the satellite");
    }

    // Eleven screens are told the same in three languages, and much of it again with each change: a message refers to those before it (CompressionTests).
    [Theory]
    [InlineData("00:00:00.09", 50_000)]
    [InlineData("00:00:00.5", 50_000)]
    public async Task A_minute_of_ten_phones_and_a_board_in_a_satellite_takes_so_much_of_its_line(string chunkEvery, int most)
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Streaming__ChunkEvery", chunkEvery));
        await using var lesson = await LessonHost.OpenAsync(silo);
        await using var line = new RoomLine(silo.Url);
        var teacher = lesson.Teacher;
        await teacher.DoAsync("AddRoom", new { name = "204" });
        var (hub, far) = (new List<WireClient>(), new List<WireClient>());
        for (var i = 0; i < 24; i++)
        {
            var isFar = i < 10;
            var (language, level) = (i % 3) switch { 0 => ("kk", "simple"), 1 => ("kk", "standard"), _ => ("ru", "standard") };
            (isFar ? far : hub).Add((await lesson.JoinAsync($"Қыран {i}", language, level, isFar ? 2 : 1, isFar ? line.Url : null)).Client);
        }

        var (board, _) = await lesson.BoardOfAsync(2, line.Url);
        await teacher.DoAsync("StartLesson", new { });
        var step = lesson.StepOf("explain");
        await Task.WhenAll(far.Append(board).Select(c => c.UntilAsync(x => x.Get("pace")?["phase"]?.GetValue<string>() == "live", "the start")));
        var (before, began) = (line.Bytes, DateTimeOffset.UtcNow);

        var explanation = await ExplainAsync(lesson, step);
        await teacher.UntilAsync(t => t.Get("explanation", explanation.ToString())?["status"]?.GetValue<string>() == "finished", "the whole text");
        teacher.Get("explanation", explanation.ToString())!["variants"]!.AsArray().Count.ShouldBe(3);
        var explained = line.Bytes - before;
        // The two lists are one class: three of the satellite and four of the hub are lost.
        foreach (var (client, i) in far.Take(3).Concat(hub.Take(4)).Select((c, i) => (c, i)))
        {
            await client.DoAsync("PressConfusion", new { explanationId = explanation, variant = i % 2 == 0 ? "kk-simple" : "kk-standard", sentence = 1 });
        }

        var lost = line.Bytes - before - explained;
        var question = teacher.Get("step", step)!["questions"]![0]!;
        var questionId = question["id"]!.GetValue<string>();
        await teacher.DoAsync("AskQuestion", new { questionId });
        foreach (var client in far.Concat(hub))
        {
            await client.UntilAsync(c => c.Get("question", questionId) is not null, "the question");
            await client.DoAsync("GiveAnswer", new { questionId, options = new[] { question["options"]![0]!["id"]!.GetValue<string>() } });
        }

        await teacher.DoAsync("RevealResults", new { questionId });
        await Task.WhenAll(far.Append(board).Select(c => c.UntilAsync(x => x.Get("question", questionId)?["status"]?.GetValue<string>() == "revealed", "the results")));
        board.Get("room", "2")!["lost"]!.GetValue<int>().ShouldBe(3);
        far.Concat([board]).ShouldAllBe(c => c.Snapshots == 1);

        // A page says every 3 s that it is alive and the server every 4 s, in frames of 17 and 13 bytes: a minute of that, whatever was heard of it here.
        var alive = 11 * ((20 * 17) + (15 * 13));
        var minute = line.Bytes - before + alive;
        output.WriteLine($"a chunk each {chunkEvery}: {minute / 1000.0:0.0} KB, of them {explained / 1000.0:0.0} KB the explanation, {lost / 1000.0:0.0} KB the lost presses, {alive / 1000.0:0.0} KB signs of life; played in {(DateTimeOffset.UtcNow - began).TotalSeconds:0} s");
        minute.ShouldBeLessThanOrEqualTo(most);
    }

    private static async Task<Guid> ExplainAsync(LessonHost lesson, string step)
    {
        await lesson.Teacher.DoAsync("GoToStep", new { stepId = step });
        var explanation = Guid.CreateVersion7();
        var topicId = lesson.Teacher.Get("step", step)!["topics"]![0]!["id"]!.GetValue<string>();
        await lesson.Teacher.DoAsync("RequestExplanation", new { explanationId = explanation, stepId = step, topicId, mode = "plain", sentences = Array.Empty<int>() });
        return explanation;
    }

    // Each connection reads one variant.
    private static string Text(WireClient client, Guid explanation) =>
        client.TextOf(explanation, "kk-simple") is { Length: > 0 } simple ? simple : client.TextOf(explanation, "kk-standard");
}
