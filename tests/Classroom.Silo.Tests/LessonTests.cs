namespace Classroom.Silo.Tests;

/// <summary>A whole lesson over the wire, the process killed in the middle; the same on both databases.</summary>
public abstract class LessonTests
{
    protected abstract Task<(SiloProcess Silo, IAsyncDisposable Database)> StartAsync();

    [Fact]
    public async Task A_lesson_survives_the_kill_of_its_server_with_everything_acknowledged()
    {
        var (silo, database) = await StartAsync();
        await using var _ = database;
        await using var __ = silo;
        await using var lesson = await LessonHost.OpenAsync(silo);
        var teacher = lesson.Teacher;
        var board = await lesson.BoardAsync();
        var (aigerim, aigerimTicket, aigerimId) = await lesson.JoinAsync("Айгерім", "kk", "simple");
        var (ivan, ivanTicket, ivanId) = await lesson.JoinAsync("Иван", "ru", "standard");
        await teacher.UntilAsync(t => t.All("seat").Count == 2, "two seats");
        await teacher.UntilAsync(t => t.Present.Count == 2, "two present");

        await teacher.DoAsync("StartLesson", new { });
        await teacher.DoAsync("GoToStep", new { stepId = lesson.StepOf("explain") });
        var explanation = Guid.CreateVersion7();
        var topic = teacher.Get("step", lesson.StepOf("explain"))!["topics"]![0]!["id"]!.GetValue<string>();
        await teacher.DoAsync("RequestExplanation", new
        {
            explanationId = explanation, stepId = lesson.StepOf("explain"), topicId = topic, mode = "plain", sentences = Array.Empty<int>(),
        });
        await aigerim.UntilAsync(s => s.TextOf(explanation, "kk-simple").Length > 40, "Kazakh text");
        await ivan.UntilAsync(s => s.TextOf(explanation, "ru-standard").Length > 40, "Russian text");
        await board.UntilAsync(s => s.TextOf(explanation, "kk-standard").Length > 40, "the board's text");
        aigerim.TextOf(explanation, "ru-standard").ShouldBe("");
        await aigerim.DoAsync("PressConfusion", new { explanationId = explanation, variant = "kk-simple", sentence = 1 });
        await teacher.UntilAsync(t => t.Get("heat", explanation.ToString())?["spots"]?[0]?["count"]?.GetValue<int>() == 1, "heat");
        await board.UntilAsync(s => s.Get("heat", explanation.ToString()) is not null, "heat on the board");
        board.Get("heat", explanation.ToString())!.ToJsonString().ShouldNotContain(aigerimId.ToString());
        // One that dies with its server is said anew, and nobody is lost at it yet.
        await teacher.UntilAsync(t => t.Get("explanation", explanation.ToString())?["status"]?.GetValue<string>() == "finished", "the end of the explanation");

        var question = teacher.All("step").SelectMany(s => s.Value["questions"]!.AsArray())
            .First(q => q!["kind"]!.GetValue<string>() == "single")!;
        var (questionId, option) = (question["id"]!.GetValue<string>(), question["options"]![0]!["id"]!.GetValue<string>());
        await teacher.DoAsync("GoToStep", new { stepId = questionId.Split('.')[0] });
        await teacher.DoAsync("AskQuestion", new { questionId });
        await ivan.UntilAsync(s => s.Get("question", questionId) is not null, "the question");
        var answerId = Guid.CreateVersion7();
        await ivan.DoAsync("GiveAnswer", new { questionId, options = new[] { option } }, answerId);
        await teacher.UntilAsync(t => t.All("answer").Count == 1, "the answer");
        ivan.Get("question", questionId)!.ToJsonString().ShouldNotContain("correct");
        aigerim.All("answer").ShouldBeEmpty();

        var seqBefore = teacher.Seq;
        await silo.KillAsync();
        await silo.StartAgainAsync();
        await teacher.ConnectAgainAsync(silo.Url, cookie: lesson.TeacherCookie);
        await teacher.SyncAsync(lesson.ClassroomId);
        await aigerim.ConnectAgainAsync(silo.Url, aigerimTicket);
        await aigerim.SyncAsync(lesson.ClassroomId);
        await ivan.ConnectAgainAsync(silo.Url, ivanTicket);
        await ivan.SyncAsync(lesson.ClassroomId);
        teacher.Seq.ShouldBeGreaterThanOrEqualTo(seqBefore);
        teacher.All("answer").Count.ShouldBe(1);
        teacher.Get("heat", explanation.ToString())!["spots"]![0]!["count"]!.GetValue<int>().ShouldBe(1);
        ivan.All("answer").Count.ShouldBe(1);

        // The same command again, as a browser sends it that never saw the first answer.
        await ivan.DoAsync("GiveAnswer", new { questionId, options = new[] { option } }, answerId);
        teacher.All("answer").Count.ShouldBe(1);

        // What was being streamed is streamed again to its end.
        await aigerim.CallAsync("ReadText", explanation, "kk-simple", 0);
        await teacher.UntilAsync(t => t.Get("explanation", explanation.ToString())!["status"]!.GetValue<string>() == "finished", "the explanation's end");
        await teacher.DoAsync("RevealResults", new { questionId });
        await aigerim.UntilAsync(s => s.Get("question", questionId)!.ToJsonString().Contains("correct", StringComparison.Ordinal), "the solution");

        await DiscussAsync(lesson, aigerim, ivan);
        await MakeAsync(lesson, aigerim, aigerimId, ivan);

        await teacher.DoAsync("EndLesson", new { });
        await ivan.UntilAsync(s => s.Get("pace")!["phase"]!.GetValue<string>() == "ended", "the end");
        (await ivan.RefusalAsync("RaiseHand", new { topic = "" })).ShouldBe("lesson-ended");
        using (var reopened = await lesson.TeacherHttp.PostAsync(
            new Uri($"/api/classrooms/{lesson.ClassroomId}/reopen", UriKind.Relative), JsonContentOf("{}")))
        {
            reopened.EnsureSuccessStatusCode();
        }

        await ivan.UntilAsync(s => s.Get("pace")!["phase"]!.GetValue<string>() == "live", "live again");
        (teacher.Gaps + ivan.Gaps + aigerim.Gaps + board.Gaps).ShouldBe(0);
        silo.Failures.ShouldBeEmpty();
    }

    private static async Task DiscussAsync(LessonHost lesson, WireClient aigerim, WireClient ivan)
    {
        var (teacher, step) = (lesson.Teacher, lesson.StepOf("discuss"));
        await teacher.DoAsync("GoToStep", new { stepId = step });
        await teacher.DoAsync("RequestPrompts", new { stepId = step });
        await teacher.UntilAsync(t => t.Get("prompts", step)?["status"]?.GetValue<string>() == "proposed", "candidates");
        var candidates = teacher.Get("prompts", step)!["candidates"]!.AsArray();
        candidates.Count.ShouldBeGreaterThanOrEqualTo(3);
        await teacher.DoAsync("PickPrompt", new { stepId = step, promptId = candidates[0]!["id"]!.GetValue<string>() });
        await teacher.DoAsync("FormTeams", new { count = 2, mixed = true });
        await ivan.UntilAsync(s => s.Get("prompt", step) is not null && s.All("team").Count == 1, "the prompt and a team");
        var idea = Guid.CreateVersion7();
        await ivan.DoAsync("Contribute", new { contributionId = idea, stepId = step, text = "Тополь у школы" });
        await teacher.UntilAsync(t => t.All("contribution").Count == 1, "the idea");
        aigerim.All("contribution").ShouldBeEmpty();
        await teacher.DoAsync("ShareContributions", new { stepId = step });
        await aigerim.UntilAsync(s => s.All("contribution").Count == 1, "the shared idea");
        await aigerim.DoAsync("Upvote", new { contributionId = idea, on = true });
        await ivan.UntilAsync(s => s.Get("contribution", idea.ToString())!["votes"]!.GetValue<int>() == 1, "the vote");
    }

    private static async Task MakeAsync(LessonHost lesson, WireClient student, Guid studentId, WireClient other)
    {
        var (teacher, step) = (lesson.Teacher, lesson.StepOf("make"));
        await teacher.DoAsync("GoToStep", new { stepId = step });
        const string Text = "Біздің ауладағы терек жапырағы күнге бұрылады, себебі оған жарық керек. Мен үш күн бақыладым және суретін салдым, жапырақ санын "
            + "санадым, топырақты өлшедім, су құйдым, көлеңкедегі бұтақпен салыстырдым және оттегі туралы ойымды жаздым. Жарық көп жерде жапырақ "
            + "қалың, көлеңкеде жұқа екенін байқадым және мұны досыма түсіндірдім.";
        await student.DoAsync("SaveDraft", new
        {
            stepId = step, text = Text, ownContribution = "Өзім бақыладым", reflection = "Жарықтың маңызын түсіндім", sources = new[] { "Оқулық" },
        });
        await student.DoAsync("HandIn", new { stepId = step });
        var feedback = Guid.CreateVersion7();
        await teacher.DoAsync("RequestFeedback", new { feedbackId = feedback, studentId, stepId = step });
        await teacher.UntilAsync(t => t.Get("feedback", feedback.ToString())?["status"]?.GetValue<string>() == "draft", "the draft");
        student.All("feedback").ShouldBeEmpty();
        var items = teacher.Get("feedback", feedback.ToString())!["items"]!;
        items.AsArray().ShouldAllBe(i => Text.Contains(i!["quote"]!.GetValue<string>()));
        await teacher.DoAsync("EditFeedback", new { feedbackId = feedback, items, note = "Жақсы бақылау" });
        await teacher.DoAsync("ReleaseFeedback", new { feedbackIds = new[] { feedback } });
        await student.UntilAsync(s => s.Get("feedback", feedback.ToString()) is not null, "released feedback");
        other.All("feedback").ShouldBeEmpty();
        await student.DoAsync("ReplyToFeedback", new { feedbackId = feedback, text = "Рақмет" });
        await student.DoAsync("ReviseWork", new { stepId = step });
        await student.DoAsync("SaveDraft", new
        {
            stepId = step, text = Text + " Қосымша мысал жаздым.", ownContribution = "Өзім", reflection = "Толықтырдым", sources = new[] { "Оқулық" },
        });
        await student.DoAsync("HandIn", new { stepId = step });
        await teacher.UntilAsync(t => t.Get("work", $"{studentId}/{step}")!["version"]!.GetValue<int>() == 2, "the second draft");
        teacher.Get("work", $"{studentId}/{step}")!["previousSubmission"]!.GetValue<string>().ShouldBe(Text);
        await teacher.DoAsync("GiveMark", new { studentId, stepId = step, mark = 5 });
        await student.UntilAsync(s => s.All("mark").Count == 1, "the mark");
        other.All("mark").ShouldBeEmpty();
    }

    private static StringContent JsonContentOf(string json) => new(json, System.Text.Encoding.UTF8, "application/json");
}

public sealed class SqliteLessonTests : LessonTests
{
    protected override async Task<(SiloProcess, IAsyncDisposable)> StartAsync() =>
        (await SiloProcess.StartAsync(null, ("Tutor__Prepared__WordDelay", "00:00:00.03")), new Nothing());

    private sealed class Nothing : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

public sealed class PostgresLessonTests : LessonTests
{
    protected override async Task<(SiloProcess, IAsyncDisposable)> StartAsync()
    {
        var database = await TestPostgres.CreateAsync();
        return (await SiloProcess.StartAsync(database.ConnectionString, ("Tutor__Prepared__WordDelay", "00:00:00.03")), database);
    }
}
