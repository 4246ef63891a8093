using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Classroom.Silo.Tests;

/// <summary>Who may draw on the boards of a lesson, and what becomes of bad ink, over the wire.</summary>
public sealed class InkTests(SharedSilo shared) : IClassFixture<SharedSilo>
{
    private static readonly int[] Line = [400, 400, 31, 8, 4, 0];

    [Fact]
    public async Task A_board_of_the_teachers_own_browser_draws_on_every_board_and_on_no_phone()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        var (student, _, _) = await lesson.JoinAsync("Тұлпар");
        var (board, other) = (await lesson.BoardAsync(), await lesson.BoardAsync());
        await lesson.Teacher.DoAsync("StartLesson", new { });
        var (step, id) = (await StepAsync(lesson, board), Guid.CreateVersion7());

        (await SketchAsync(board, id, step)).ShouldBeNull();
        await other.UntilAsync(c => c.Strokes.Count == 1, "the stroke while it is drawn");
        other.Strokes[0]["strokeId"]!.GetValue<Guid>().ShouldBe(id);
        var seq = await board.DoAsync("DrawStroke", Stroke(id, step));
        await other.UntilAsync(c => c.Get("stroke", id.ToString()) is not null, "the stroke");
        await lesson.Teacher.UntilAsync(c => c.Seq >= seq, "the stroke for the record");
        other.Get("stroke", id.ToString())!["points"]!.AsArray().Select(n => n!.GetValue<int>()).ShouldBe(Line);

        await student.DoAsync("RaiseHand", new { topic = "" });
        await student.UntilAsync(c => c.Get("hand", c.Get("me")!["studentId"]!.GetValue<string>()) is not null, "what comes after");
        (student.All("stroke").Count, student.All("pens").Count, student.Strokes.Count, lesson.Teacher.Strokes.Count).ShouldBe((0, 0, 0, 0));
        shared.Silo.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_board_that_was_paired_by_its_code_looks_until_the_teacher_lets_it_draw()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        await lesson.Teacher.DoAsync("StartLesson", new { });
        await using var board = await PairedAsync(lesson);
        var step = await StepAsync(lesson, board);
        (await board.RefusalAsync("DrawStroke", Stroke(Guid.CreateVersion7(), step))).ShouldBe("board-read-only");
        (await SketchAsync(board, Guid.CreateVersion7(), step)).ShouldBe("board-read-only");
        (await board.RefusalAsync("LetBoardDraw", new { boardId = Guid.CreateVersion7(), draws = true })).ShouldBe("wrong-role");

        var (boardId, _) = lesson.Teacher.All("board").Single();
        await lesson.Teacher.DoAsync("LetBoardDraw", new { boardId, draws = true });
        await board.DoAsync("DrawStroke", Stroke(Guid.CreateVersion7(), step));
        await lesson.Teacher.DoAsync("LetBoardDraw", new { boardId, draws = false });
        (await board.RefusalAsync("UndoInk", new { stepId = step })).ShouldBe("board-read-only");
        shared.Silo.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task Bad_ink_is_refused_by_a_code_and_logged_as_nothing()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        var (student, _, _) = await lesson.JoinAsync("Барыс");
        var board = await lesson.BoardAsync();
        await lesson.Teacher.DoAsync("StartLesson", new { });
        var step = await StepAsync(lesson, board);
        var id = Guid.CreateVersion7();
        foreach (var points in new object?[] { null, "NaN", new[] { "NaN", "1", "1" }, new double[] { 1.5, 2, 3 }, new long[] { 1, long.MaxValue, 1 }, new object?[] { 1, null, 1 }, new { x = 1 } })
        {
            (await board.RefusalAsync("DrawStroke", new { strokeId = id, stepId = step, tool = "pen", colour = "ink", points })).ShouldBeOneOf("bad-json", "empty");
            (await CodeAsync(board, new { strokeId = id, stepId = step, tool = "pen", colour = "ink", from = 1, points })).ShouldBeOneOf("bad-json", "empty");
        }

        (await board.RefusalAsync("DrawStroke", new { strokeId = id, stepId = step, tool = "spray", colour = "ink", points = Line })).ShouldBe("bad-json");
        (await board.RefusalAsync("DrawStroke", Stroke(id, "s99"))).ShouldBe("no-such-step");
        (await board.RefusalAsync("DrawStroke", new { })).ShouldBe("bad-value");
        (await board.RefusalAsync("EraseStrokes", new { stepId = step })).ShouldBe("empty");
        (await CodeAsync(board, new { })).ShouldBe("no-such-step");
        (await CodeAsync(board, null)).ShouldBe("bad-json");
        (await CodeAsync(board, 7)).ShouldBe("bad-json");
        (await CodeAsync(student, new { })).ShouldBe("wrong-role");
        (await student.RefusalAsync("DrawStroke", Stroke(id, step))).ShouldBe("wrong-role");
        (await lesson.Teacher.RefusalAsync("DrawStroke", Stroke(id, step))).ShouldBe("wrong-role");

        var command = Guid.CreateVersion7();
        var seq = await board.DoAsync("DrawStroke", Stroke(id, step), command);
        (await board.DoAsync("DrawStroke", Stroke(id, step), command)).ShouldBe(seq);
        (await board.DoAsync("DrawStroke", Stroke(id, step))).ShouldBe(seq);
        await lesson.Teacher.DoAsync("EndLesson", new { });
        await board.UntilAsync(c => c.ClosedWith == "lesson-ended", "the end");
        shared.Silo.Failures.ShouldBeEmpty();
    }

    private static object Stroke(Guid strokeId, string stepId) => new { strokeId, stepId, tool = "pen", colour = "coral", points = Line };

    private static Task<string?> SketchAsync(WireClient board, Guid strokeId, string stepId) =>
        CodeAsync(board, new { strokeId, stepId, tool = "pen", colour = "coral", from = 0, points = Line });

    private static async Task<string?> CodeAsync(WireClient client, object? part) => (await client.CallAsync("Sketch", part))?["refusal"]?["code"]?.GetValue<string>();

    private static async Task<string> StepAsync(LessonHost lesson, WireClient board)
    {
        await board.UntilAsync(c => c.Get("pace")?["stepId"] is not null, "the first step");
        return board.Get("pace")!["stepId"]!.GetValue<string>();
    }

    private static async Task<WireClient> PairedAsync(LessonHost lesson)
    {
        using var http = await lesson.Silo.BrowserAsync();
        using var begun = await http.PostAsJsonAsync("/api/board/pair", new { });
        var pairing = (await begun.Content.ReadFromJsonAsync<JsonNode>())!;
        using var approved = await lesson.TeacherHttp.PostAsJsonAsync($"/api/classrooms/{lesson.ClassroomId}/board", new { pairing = pairing["pairing"]!.GetValue<string>() });
        approved.EnsureSuccessStatusCode();
        var given = (await http.GetFromJsonAsync<JsonNode>($"/api/board/pair/{pairing["secret"]!.GetValue<string>()}"))!;
        var board = await WireClient.ConnectAsync(lesson.Silo.Url, given["ticket"]!.GetValue<string>());
        await board.SyncAsync(lesson.ClassroomId);
        return board;
    }
}
