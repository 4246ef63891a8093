using System.Text.Json.Nodes;

namespace Classroom.Cluster.Tests;

/// <summary>A class at the step that explains; it asks for one of the kit's explanations, or for what its teacher typed, and follows it to its end.</summary>
public sealed class ExplainedLesson(LessonHost host) : IAsyncDisposable
{
    public const string Variant = "kk-standard";

    public WireClient Teacher => host.Teacher;

    public SiloProcess Silo => host.Silo;

    public static async Task<ExplainedLesson> OpenAsync(SiloProcess silo)
    {
        var lesson = new ExplainedLesson(await LessonHost.OpenAsync(silo));
        await lesson.Teacher.DoAsync("StartLesson", new { });
        await lesson.Teacher.DoAsync("GoToStep", new { stepId = lesson.Step });
        return lesson;
    }

    /// <summary>An explanation from its request to its end, as its teacher sees it.</summary>
    public async Task<(string Text, JsonNode Variant)> ExplainAsync(string mode = "plain")
    {
        var id = await AskAsync(mode);
        return await EndAsync(id);
    }

    public async Task<Guid> AskAsync(string mode = "plain")
    {
        var explanation = Guid.CreateVersion7();
        await Teacher.DoAsync("RequestExplanation", new
        {
            explanationId = explanation, stepId = Step, mode, sentences = Array.Empty<int>(),
            topicId = Teacher.Get("step", Step)!["topics"]![0]!["id"]!.GetValue<string>(),
        });
        return explanation;
    }

    /// <summary>For what somebody typed: never cached, never shared.</summary>
    public async Task<Guid> AskWordsAsync(string words)
    {
        var explanation = Guid.CreateVersion7();
        await Teacher.DoAsync("RequestExplanation", new { explanationId = explanation, stepId = Step, mode = "plain", sentences = Array.Empty<int>(), words });
        return explanation;
    }

    public bool IsOver(Guid explanation) => Of(Teacher, explanation)?["status"]?.GetValue<string>() is { } status and not "running";

    public bool HasFailed(Guid explanation) => IsOver(explanation) && Of(Teacher, explanation)!["failure"] is not null;

    /// <summary>The teacher presses "again".</summary>
    public Task AgainAsync(Guid explanation) =>
        Teacher.DoAsync("RetryExplanation", new { explanationId = explanation, variant = Variant, @continue = false });

    public async Task<(string Text, JsonNode Variant)> EndAsync(Guid explanation)
    {
        await Teacher.UntilAsync(_ => IsOver(explanation), "the end");
        if (!HasText(Teacher, explanation))
        {
            // What was told while this browser was on its way back it asks for, as the page does after each return.
            await Teacher.CallAsync("ReadText", explanation, Variant, 0);
        }

        await Teacher.UntilAsync(t => HasText(t, explanation), "the whole text");
        return (Teacher.TextOf(explanation, Variant), Of(Teacher, explanation)!);
    }

    /// <summary>The teacher's browser, at another silo. (The cookie is read at all.)</summary>
    public async Task ReconnectAsync(string url)
    {
        await Teacher.ConnectAgainAsync(url, cookie: host.TeacherCookie);
        while (true)
        {
            try
            {
                await Teacher.SyncAsync(host.ClassroomId);
                return;
            }
            catch (InvalidOperationException e) when (e.Message.EndsWith("try-again", StringComparison.Ordinal) || e.Message.EndsWith("too-fast", StringComparison.Ordinal))
            {
                // While the others do not know yet that a silo is dead, a browser asks again, with a pause.
                await Task.Delay(250);
            }
        }
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private string Step => host.StepOf("explain");

    private static JsonNode? Of(WireClient teacher, Guid explanation) =>
        teacher.Get("explanation", explanation.ToString())?["variants"]?.AsArray().First(v => v!["variant"]!.GetValue<string>() == Variant);

    // Text and state come by two ways; the state says how long the text is.
    private static bool HasText(WireClient teacher, Guid explanation) =>
        teacher.TextOf(explanation, Variant).Length == Of(teacher, explanation)!["length"]!.GetValue<int>();
}
