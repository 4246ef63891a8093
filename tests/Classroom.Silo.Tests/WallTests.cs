using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Classroom.Silo.Tests;

/// <summary>Children's words on the way to the wall, over the real server: what a hostile child tries, and what stands on the board.</summary>
public sealed class WallTests
{
    [Fact]
    public async Task What_comes_after_the_sharing_and_what_is_rude_waits_for_the_teacher()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var lesson = await LessonHost.OpenAsync(silo);
        var (dana, _, _) = await lesson.JoinAsync("Дана");
        var (ivan, _, _) = await lesson.JoinAsync("Иван", "ru");
        var board = await lesson.BoardAsync();
        var teacher = lesson.Teacher;
        var step = lesson.StepOf("discuss");
        await teacher.DoAsync("StartLesson", new { });
        await teacher.DoAsync("GoToStep", new { stepId = step });
        await teacher.DoAsync("RequestPrompts", new { stepId = step });
        await teacher.UntilAsync(t => t.Get("prompts", step)?["status"]!.GetValue<string>() == "proposed", "prompts");
        await teacher.DoAsync("PickPrompt", new { stepId = step, promptId = teacher.Get("prompts", step)!["candidates"]![0]!["id"]!.GetValue<string>() });
        await teacher.DoAsync("FormTeams", new { count = 1, mixed = false });
        var (calm, rude, late) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await dana.DoAsync("Contribute", new { contributionId = calm, stepId = step, text = "Терек көлеңке береді" });
        await dana.DoAsync("Contribute", new { contributionId = rude, stepId = step, text = "Иван — и д и о т" });
        await teacher.DoAsync("ShareContributions", new { stepId = step });
        var seen = await ivan.DoAsync("Contribute", new { contributionId = late, stepId = step, text = "Поздняя мысль" });

        // The board has everything up to Ivan's idea when its own version has come so far: a later fact that it sees.
        await teacher.DoAsync("ShareContributions", new { stepId = step, contributions = new[] { late } });
        await board.UntilAsync(b => b.Get("contribution", late.ToString()) is not null, "the one that was shown by hand");
        board.All("contribution").Select(c => c.Id).ShouldBe([calm.ToString(), late.ToString()], ignoreOrder: true);
        ivan.All("contribution").Select(c => c.Id).ShouldBe([calm.ToString(), late.ToString()], ignoreOrder: true, $"after {seen}");
        teacher.Get("contribution", rude.ToString())!["doubted"]!.GetValue<bool>().ShouldBeTrue();
        await teacher.DoAsync("ShareContributions", new { stepId = step, contributions = new[] { rude } });
        await board.UntilAsync(b => b.All("contribution").Count == 3, "the doubted one, by the teacher's hand");
        (await dana.RefusalAsync("Contribute", new { contributionId = Guid.CreateVersion7(), stepId = step, text = "а" + new string('\u0301', 590) })).ShouldBe("stacked-marks");
        (await dana.RefusalAsync("Contribute", new { contributionId = Guid.CreateVersion7(), stepId = step, text = "\u200b" })).ShouldBe("empty");
        (await dana.RefusalAsync("Contribute", new { contributionId = Guid.CreateVersion7(), stepId = step, text = "abc \u202e cba" })).ShouldBe("bad-sign");
        silo.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task Rude_words_of_a_cloud_are_not_revealed_and_any_word_is_taken_off()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var lesson = await LessonHost.OpenAsync(silo);
        var teacher = lesson.Teacher;
        string[] said = ["Ағаш", "ағаш!", "АҒАШ", "fuck", "f u c k", "sh1t", "хуйня", "х*й", "с у к а", "қотақ", "ақымақ", "терек"];
        var children = new List<WireClient>();
        for (var i = 0; i < said.Length; i++)
        {
            children.Add((await lesson.JoinAsync($"Құс {i + 1}")).Client);
        }

        var board = await lesson.BoardAsync();
        await teacher.DoAsync("StartLesson", new { });
        await teacher.DoAsync("AskOwnQuestion", new
        {
            question = new { id = "cloud", kind = "wordCloud", text = new { kk = "?", ru = "?", en = "?" }, options = Array.Empty<object>(), min = 0, max = 0 },
        });
        await Task.WhenAll(children.Select((c, i) => c.DoAsync("GiveAnswer", new { questionId = "cloud", options = Array.Empty<string>(), text = said[i] })));
        await teacher.DoAsync("RevealResults", new { questionId = "cloud" });
        await board.UntilAsync(b => Words(b).Count > 0, "the cloud");
        Words(board).ShouldBe([("ағаш", 3), ("терек", 1)]);
        Words(teacher).Count.ShouldBe(10);

        await teacher.DoAsync("HideWord", new { questionId = "cloud", word = "терек", hidden = true });
        await board.UntilAsync(b => Words(b).Count == 1, "the word is off");
        await teacher.DoAsync("HideWord", new { questionId = "cloud", word = "ақымақ", hidden = false });
        await board.UntilAsync(b => Words(b).Count == 2, "shown by the teacher's hand");
        Words(children[0]).Select(w => w.Word).ShouldBe(["ағаш", "ақымақ"], ignoreOrder: true);
        (await children[0].RefusalAsync("HideWord", new { questionId = "cloud", word = "ағаш", hidden = true })).ShouldBe("wrong-role");
        silo.Failures.ShouldBeEmpty();

        static List<(string Word, int Count)> Words(WireClient client) =>
            [.. client.Get("tally", "cloud")?["rounds"]?[0]?["counts"]?.AsArray().Select(c => (c!["key"]!.GetValue<string>(), c["count"]!.GetValue<int>())) ?? []];
    }

    [Theory]
    [InlineData("Мұғалім", "nickname-of-role")]
    [InlineData("Учитель", "nickname-of-role")]
    [InlineData("TEACHER", "nickname-of-role")]
    [InlineData("Айгүл Маратқызы", "nickname-of-teacher")]
    [InlineData("Aйгүл Mаратқызы", "nickname-of-teacher")]
    [InlineData("Cәулe", "nickname-taken")]
    [InlineData("Қотақ", "bad-word")]
    [InlineData("\u3164", "bad-sign")]
    [InlineData("Са\u200bуле", "bad-sign")]
    [InlineData("С\u0336а\u0336", "bad-sign")]
    [InlineData("", "bad-nickname")]
    public async Task A_name_that_cannot_be_told_apart_or_seen_is_refused_kindly(string nickname, string code)
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var lesson = await LessonHost.OpenAsync(silo);
        await lesson.JoinAsync("Сәуле");
        using var http = await silo.BrowserAsync();
        using var refused = await http.PostAsJsonAsync("/api/join", new { code = lesson.Code, nickname, language = "kk", level = "simple", themed = false });
        refused.StatusCode.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.Conflict);
        var body = (await refused.Content.ReadFromJsonAsync<JsonNode>())!;
        body["code"]!.GetValue<string>().ShouldBe(code);
        (body["args"]!["sign"] is not null).ShouldBe(code == "bad-sign");
    }
}
