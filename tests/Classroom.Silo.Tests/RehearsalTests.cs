using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Classroom.Silo.Tests;

/// <summary>A rehearsal over the real server: who sees it and how it is marked, when it is over, and that a kill does not end it.</summary>
public sealed class RehearsalTests
{
    private const int Class = 24;

    [Fact]
    public async Task A_class_is_lost_over_real_sentences_a_phone_joins_it_and_no_model_is_asked()
    {
        await using var model = await ProtocolServer.StartAsync();
        await using var silo = await SiloProcess.StartAsync(
            null, ("Tutor__Endpoint", model.Endpoint), ("Tutor__Model", "local-model"), ("Tutor__Prepared__WordDelay", "00:00:00.001"));
        await using var lesson = await LessonHost.OpenAsync(silo, rehearse: true);
        var asked = model.Received;
        var (teacher, board) = (lesson.Teacher, await lesson.BoardAsync());
        teacher.Get("pace")!["phase"]!.GetValue<string>().ShouldBe("live");
        teacher.Get("pace")!["stepId"]!.GetValue<string>().ShouldBe(lesson.StepOf("explain"));
        (await teacher.RefusalAsync("SwitchAi", new { on = true })).ShouldBe("no-ai");
        await teacher.UntilAsync(t => t.All("seat").Count == Class && t.Present.Count >= Class - 1, "the class");
        var (phone, _, phoneId) = await lesson.JoinAsync("Дана", room: 1);
        await teacher.UntilAsync(t => t.Get("pace")!["joined"]!.GetValue<int>() == Class + 1, "the phone");
        foreach (var screen in new[] { teacher, board, phone })
        {
            screen.Get("plan")!["rehearsal"]!.GetValue<bool>().ShouldBeTrue();
        }

        var id = Guid.CreateVersion7();
        var topic = teacher.Get("step", lesson.StepOf("explain"))!["topics"]![0]!["id"]!.GetValue<string>();
        await teacher.DoAsync("RequestExplanation", new { explanationId = id, stepId = lesson.StepOf("explain"), topicId = topic, mode = "plain", sentences = Array.Empty<int>() });
        await board.UntilAsync(b => b.Get("heat", id.ToString())?["spots"]!.AsArray().Sum(s => s!["count"]!.GetValue<int>()) >= 5, "the heat on the board");
        await phone.DoAsync("PressConfusion", new { explanationId = id, variant = "kk-simple", sentence = 0 });
        await teacher.UntilAsync(t => Spots(t, id).Any(s => (string?)s["variant"] == "kk-simple" && s["sentence"]!.GetValue<int>() == 0
            && s["who"]!.AsArray().Any(w => w!.GetValue<Guid>() == phoneId)), "the phone's press among theirs");
        // Who knows the lesson's id knows no student's, nor what they will send.
        var seats = teacher.All("seat").Select(s => s.Id).ToHashSet();
        ScriptedClass.Of(new Draw(lesson.ClassroomId), Language.Kk).Count(p => seats.Contains(p.Id.ToString())).ShouldBe(0);

        // Whatever asks a model elsewhere: prompts, the coach, a hand of which the words alone do not tell whether a child is in danger.
        await teacher.DoAsync("RequestPrompts", new { stepId = lesson.StepOf("discuss") });
        await teacher.UntilAsync(t => (string?)t.Get("prompts", lesson.StepOf("discuss"))?["status"] == "proposed", "prepared prompts");
        await teacher.DoAsync("SetAiPolicy", new { stepId = lesson.StepOf("explain"), policy = "ask" });
        (await phone.RefusalAsync("AskTutor", new { exchangeId = Guid.CreateVersion7(), stepId = lesson.StepOf("explain"), text = "Неге жасыл?" })).ShouldBe("no-ai");
        await phone.DoAsync("RaiseHand", new { topic = "мені үйде күнде ұрады" });
        await teacher.UntilAsync(t => t.All("incident").Count == 1, "the alarm of a real child");
        model.Received.ShouldBe(asked);
        silo.Failures.ShouldBeEmpty();

        static IEnumerable<JsonNode> Spots(WireClient client, Guid id) => client.Get("heat", id.ToString())?["spots"]!.AsArray().Select(s => s!) ?? [];
    }

    [Fact]
    public async Task A_killed_server_takes_up_the_rehearsal_again()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Tutor__Prepared__WordDelay", "00:00:00.001"));
        await using var lesson = await LessonHost.OpenAsync(silo, rehearse: true);
        var teacher = lesson.Teacher;
        await teacher.UntilAsync(t => t.All("seat").Count >= 5, "the first of the class");
        await silo.KillAsync();
        await silo.StartAgainAsync();
        await teacher.ConnectAgainAsync(silo.Url, cookie: lesson.TeacherCookie);
        await teacher.SyncAsync(lesson.ClassroomId);

        await teacher.UntilAsync(t => t.All("seat").Count == Class && t.Present.Count >= Class - 1, "all of the class, none twice");
        await teacher.DoAsync("AskQuestion", new { questionId = teacher.Get("step", lesson.StepOf("explain"))!["questions"]![0]!["id"]!.GetValue<string>() });
        await teacher.UntilAsync(t => t.All("answer").Count >= 3, "answers");
        silo.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_restart_its_teachers_home_wakes_it()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var lesson = await LessonHost.OpenAsync(silo, atCentre: true, rehearse: true);
        await lesson.Teacher.UntilAsync(t => t.All("seat").Count >= 5, "the first of the class");
        await silo.KillAsync();
        await silo.StartAgainAsync();
        await using var mentor = await WireClient.ConnectAsync(silo.Url, cookie: await silo.CookieAsync(silo.MentorLink));
        await mentor.CallAsync("WatchCentre");
        using var home = await silo.BrowserAsync(silo.TeachLink);
        (await home.GetFromJsonAsync<JsonArray>("/api/classrooms"))!.Count.ShouldBe(1);

        await mentor.UntilAsync(m => m.Tiles.TryGetValue(lesson.ClassroomId.ToString(), out var tile) && tile["joined"]!.GetValue<int>() == Class, "its class, on the wall");
        silo.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task Its_tile_is_marked_it_is_over_when_the_next_one_begins_and_is_listed_no_more()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var mentor = await WireClient.ConnectAsync(silo.Url, cookie: await silo.CookieAsync(silo.MentorLink));
        await mentor.CallAsync("WatchCentre");
        await using var lesson = await LessonHost.OpenAsync(silo, atCentre: true, rehearse: true);
        var teacher = lesson.Teacher;
        await mentor.UntilAsync(m => m.Tiles.TryGetValue(lesson.ClassroomId.ToString(), out var tile) && tile["rehearsal"]!.GetValue<bool>(), "a marked tile");
        var real = await lesson.OpenAnotherAsync(atCentre: true);
        await mentor.UntilAsync(m => m.Tiles.TryGetValue(real.ToString(), out var tile) && tile["rehearsal"] is null, "one without a mark");

        var next = await lesson.OpenAnotherAsync(rehearse: true);
        await teacher.UntilAsync(t => t.Get("pace")!["phase"]!.GetValue<string>() == "ended", "its end");
        // The card is told of the end after the class is.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        JsonArray cards;
        do
        {
            cards = (await lesson.TeacherHttp.GetFromJsonAsync<JsonArray>("/api/classrooms", patience.Token))!;
        }
        while (cards.Count > 2);
        cards.Select(c => c!["classroomId"]!.GetValue<Guid>()).ShouldBe([next, real]);
        cards.Select(c => c!["rehearsal"]?.GetValue<bool>()).ShouldBe([true, null]);
        using var again = await lesson.TeacherHttp.PostAsJsonAsync($"/api/classrooms/{lesson.ClassroomId}/reopen", new { commandId = Guid.CreateVersion7() });
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await again.Content.ReadFromJsonAsync<JsonNode>())!["code"]!.GetValue<string>().ShouldBe("rehearsal-over");
        silo.Failures.ShouldBeEmpty();
    }
}
