using System.Text.Json.Nodes;
using System.Text;
using Classroom.Kits;
using Classroom.Tutor;

namespace Classroom.Load;

/// <summary>Teaches a lesson of the kit, a step at a call, and counts the text that a student is shown by it (UTF-8, Kazakh).</summary>
public static class Lessons
{
    public static async Task<object> TeachAsync(IGrainFactory grains, Guid id, Actor teacher, LessonPlan plan, Kit kit, int number)
    {
        var grain = grains.GetGrain<IClassroomGrain>(id);
        if (number == 0)
        {
            await DoAsync(grain, teacher, new StartLesson());
        }

        if (number >= plan.Steps.Length)
        {
            await DoAsync(grain, teacher, new EndLesson());
            return new { end = true, shown = 0, ask = new Dictionary<string, string>() };
        }

        var step = plan.Steps[number];
        await DoAsync(grain, teacher, new GoToStep(step.Id));
        var shown = Bytes(step.Title) + Bytes(step.Student);
        foreach (var topic in step.Topics.Take(1))
        {
            var explanation = Guid.CreateVersion7();
            await DoAsync(grain, teacher, new RequestExplanation(explanation, step.Id, topic.Id, null, ExplainMode.Plain, null, null, []));
            await Until.TrueAsync(async () =>
            {
                await Task.Delay(50);
                var view = await grain.Sync(new SyncRequest(Audience.Teacher, teacher, Guid.Empty, 0));
                return JsonNode.Parse(view.Snapshot)!.AsArray()
                    .Any(e => e!["id"]!.GetValue<string>() == explanation.ToString() && e["v"]!["status"]?.GetValue<string>() == "finished");
            });
            shown += Encoding.UTF8.GetByteCount((await grain.ReadText(new Reader(Audience.Board, new Actor(Role.Board, Guid.Empty), Guid.Empty), explanation, "kk-simple", 0)).Text);
        }

        var ask = new Dictionary<string, string>();
        foreach (var question in step.Questions.Where(q => q.Kind == QuestionKind.Single).Take(1))
        {
            await DoAsync(grain, teacher, new AskQuestion(question.Id));
            ask[question.Id] = question.Options[0].Id;
            shown += Bytes(question.Text) + question.Options.Sum(o => Bytes(o.Text) + Bytes(o.Why)) + Bytes(question.Why);
        }

        if (step.HasPrompts)
        {
            await DoAsync(grain, teacher, new RequestPrompts(step.Id));
            var prompt = kit.Lessons.SelectMany(l => l.Steps).First(s => s.Id == step.Id).Prompts[0];
            await Until.TrueAsync(async () =>
            {
                await Task.Delay(50);
                var picked = await grain.Execute(new Envelope(Guid.CreateVersion7(), teacher, new PickPrompt(step.Id, prompt.Id, null)), default);
                return picked.Refusal is null;
            });
            shown += Bytes(prompt.Question) + Bytes(prompt.Make) + Bytes(prompt.Materials) + prompt.Roles.Sum(Bytes) + Bytes(prompt.Sharing);
        }

        if (step.Task is { } task)
        {
            shown += Bytes(task.Title) + Bytes(task.Text) + task.Criteria.Sum(c => Bytes(c.Title) + c.Descriptors.Sum(d => Bytes(d.Text)));
        }

        return new { end = false, shown, ask };
    }

    public static async Task<object> RevealAsync(IGrainFactory grains, Guid id, Actor teacher, string question)
    {
        var grain = grains.GetGrain<IClassroomGrain>(id);
        await DoAsync(grain, teacher, new CloseQuestion(question));
        await DoAsync(grain, teacher, new RevealResults(question));
        return new { };
    }

    internal static async Task DoAsync(IClassroomGrain grain, Actor by, Command command)
    {
        var reply = await grain.Execute(new Envelope(Guid.CreateVersion7(), by, command), default);
        if (reply.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"{command.GetType().Name}: {refusal.Code}");
        }
    }

    private static long Bytes(Classroom.Lessons.Trilingual? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text.Kk);
}
