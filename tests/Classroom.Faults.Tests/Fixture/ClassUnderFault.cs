using System.Text.Json.Nodes;

namespace Classroom.Faults.Tests;

/// <summary>
/// A lesson on a real server with a class of learners in it, and the ledger of what they were promised. Faults are made around it; afterwards
/// <see cref="Audit"/> compares the log with the ledger, and every screen with the log.
/// </summary>
public sealed class ClassUnderFault : IAsyncDisposable
{
    public const string Question = "own-question";

    // Learners never give up; a class that cannot come back must end in red and not in silence.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The one that the teacher's browser, and whoever has no road of its own, comes back to.</summary>
    public SiloProcess Silo { get; set; } = null!;

    public LessonHost Host { get; private set; } = null!;

    public Ledger Ledger { get; } = new();

    public List<Learner> Learners { get; } = [];

    public string MakeStep { get; private set; } = "";

    public string DiscussStep { get; private set; } = "";

    public string Stream => $"classroom/{Host.ClassroomId}";

    /// <summary>Ends when the server can be connected to.</summary>
    public Task Up => _up.Task;

    /// <param name="via">Which silo each learner is at, by its number; all at the teacher's unless given.</param>
    public static async Task<ClassUnderFault> OpenAsync(SiloProcess silo, int learners, Func<int, string>? via = null)
    {
        var room = new ClassUnderFault { Silo = silo, Host = await LessonHost.OpenAsync(silo) };
        room._up.SetResult();
        for (var i = 0; i < learners; i++)
        {
            var (client, ticket, id) = await room.Host.JoinAsync(string.Create(CultureInfo.InvariantCulture, $"Құс {i}"));
            var number = i;
            var learner = new Learner(room, client, ticket, id, via is null ? null : () => via(number));
            room.Learners.Add(learner);
            if (via is not null)
            {
                await learner.ComeBackAsync();
            }
        }

        var teacher = room.Host.Teacher;
        (room.MakeStep, room.DiscussStep) = (room.Host.StepOf("make"), room.Host.StepOf("discuss"));
        await teacher.DoAsync("StartLesson", new { });
        // Whatever is asked for later must have been reached.
        await teacher.DoAsync("GoToStep", new { stepId = room.Host.StepOf("explain") });
        await teacher.DoAsync("GoToStep", new { stepId = room.DiscussStep });
        await teacher.DoAsync("RequestPrompts", new { stepId = room.DiscussStep });
        await teacher.UntilAsync(t => t.Get("prompts", room.DiscussStep)?["status"]?.GetValue<string>() == "proposed", "candidates");
        await teacher.DoAsync("PickPrompt", new
        {
            stepId = room.DiscussStep, promptId = teacher.Get("prompts", room.DiscussStep)!["candidates"]![0]!["id"]!.GetValue<string>(),
        });
        await teacher.DoAsync("FormTeams", new { count = Math.Min(4, learners), mixed = true });
        await teacher.DoAsync("GoToStep", new { stepId = room.MakeStep });
        var text = new { kk = "Не байқадыңыз?", ru = "Что вы заметили?", en = "What did you notice?" };
        await teacher.DoAsync("AskOwnQuestion", new { question = new { id = Question, kind = "open", text, options = Array.Empty<object>(), min = 0, max = 0 } });
        return room;
    }

    /// <summary>Every learner does this many things, all of them at once; ends when all is acknowledged.</summary>
    public Task ActAsync(int each) => Task.WhenAll(Learners.Select(async learner =>
    {
        for (var i = 0; i < each; i++)
        {
            await learner.ActAsync();
        }
    })).WaitAsync(Patience);

    /// <summary>The teacher has something explained to everybody.</summary>
    /// <returns>The explanation's id.</returns>
    public async Task<Guid> ExplainAsync()
    {
        var (id, step) = (Guid.CreateVersion7(), Host.StepOf("explain"));
        var topic = Host.Teacher.Get("step", step)!["topics"]![0]!["id"]!.GetValue<string>();
        await Host.Teacher.DoAsync("RequestExplanation", new { explanationId = id, stepId = step, topicId = topic, mode = "plain", sentences = Array.Empty<int>() });
        return id;
    }

    /// <summary>Ends when the explanation has ended and every learner shows what was stored of it, reading what is missing as a browser does.</summary>
    public async Task ExplainedAsync(Guid explanation, IReadOnlyList<StoredFact> facts)
    {
        const string Variant = "kk-simple";
        var ends = facts.Where(f => f.Name.StartsWith("explanation-", StringComparison.Ordinal) && f.Body.Contains(explanation.ToString(), StringComparison.Ordinal)).ToList();
        var stored = ends.Where(f => f.Name.StartsWith("explanation-finished", StringComparison.Ordinal)).Select(f => JsonNode.Parse(f.Body)!)
            .SingleOrDefault(f => f["variant"]!.GetValue<string>() == Variant)?["text"]!.GetValue<string>()
            ?? throw new InvalidOperationException("It did not end whole: " + string.Join("; ", ends.Select(e => e.Name + " " + e.Body)));
        foreach (var wire in Learners.Select(l => l.Wire))
        {
            if (wire.TextOf(explanation, Variant).Length != stored.Length)
            {
                await wire.CallAsync("ReadText", explanation, Variant, wire.TextOf(explanation, Variant).Length);
            }

            await wire.UntilAsync(w => w.TextOf(explanation, Variant) == stored, "the explanation as it is stored");
        }
    }

    /// <summary>SIGKILL. Learners wait for <see cref="StartAgainAsync"/>.</summary>
    public async Task KillAsync()
    {
        _up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Silo.KillAsync();
    }

    /// <summary>SIGTERM, awaited to the end of the process. Learners wait for <see cref="StartAgainAsync"/>.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        _up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Silo.StopAsync();
        return Silo.ExitCode;
    }

    public async Task StartAgainAsync()
    {
        await Silo.StartAgainAsync();
        _up.SetResult();
    }

    /// <summary>Those whose connection broke without a command on its way come back too, and so does the teacher.</summary>
    public async Task EverybodyBackAsync()
    {
        await Task.WhenAll(Learners.Where(l => !l.Wire.IsOpen).Select(l => l.ComeBackAsync())).WaitAsync(Patience);
        if (!Host.Teacher.IsOpen)
        {
            await Host.Teacher.ConnectAgainAsync(Silo.Url, cookie: Host.TeacherCookie);
            await Host.Teacher.SyncAsync(Host.ClassroomId);
        }
    }

    public async ValueTask DisposeAsync() => await Host.DisposeAsync();
}
