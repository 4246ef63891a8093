using Classroom.Kits.Images;

namespace Classroom.Kits.Reading;

/// <summary>Ids that must be unique within one lesson, across its steps: answers and facts cite them. And the pictures that they may name.</summary>
internal sealed class LessonIds(ImageReader images)
{
    public ImageReader Images => images;

    /// <summary>Those read so far, by their own id: one of them may come back.</summary>
    public Dictionary<string, QuestionPlan> Earlier { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Steps { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Explanations { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Questions { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Prompts { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Criteria { get; } = new(StringComparer.Ordinal);
}

/// <summary>Reads a step. Its kind decides what it must have: an explanation, prompts, questions or a task.</summary>
internal static class StepReader
{
    public static KitStep? Read(Spot spot, LessonIds ids)
    {
        if (Fields.Open(spot) is not { } fields)
        {
            return null;
        }

        var id = fields.Id(ids.Steps);
        var kind = fields.Required("kind")?.Choice<StepKind>();
        var samples = new SampleReader();
        var hints = new Dictionary<string, DescriptorHints>(StringComparer.Ordinal);
        var topicImages = new Dictionary<string, ImagePlan?>(StringComparer.Ordinal);
        var explanations = fields.OptionalItems("explanations", Limits.Items, s => ExplanationReader.Read(s, ids, topicImages));
        var stepHints = fields.OptionalItems("hints", Limits.Items, s => s.Trilingual(Limits.Line, TextKind.Line));
        var prompts = fields.OptionalItems("prompts", Limits.Items, s => WorkReader.ReadPrompt(s, ids, samples));
        var plan = new StepPlan(
            id,
            kind ?? StepKind.Unplugged,
            fields.Number("minutes", 1, 120),
            fields.Flag("devices"),
            fields.Trilingual("title", Limits.Title),
            fields.Trilingual("board", Limits.Board, TextKind.Blocks),
            fields.Trilingual("student", Limits.Student, TextKind.Blocks),
            fields.Trilingual("teacher", Limits.Teacher, TextKind.Blocks),
            [.. explanations.Select(e => new TopicPlan(e.Id, e.Topic, topicImages.GetValueOrDefault(e.Id)))],
            [.. fields.OptionalItems("questions", Limits.Items, s => QuestionReader.Read(s, id, ids, samples))],
            prompts.Count > 0,
            fields.Optional("task") is { } task ? WorkReader.ReadTask(task, ids.Criteria, hints, samples) : null,
            ids.Images.At(fields),
            ids.Images.At(fields, "boardImage"),
            stepHints.Count == 0 ? null : [.. stepHints]);
        var step = new KitStep(plan, explanations, prompts, hints, stepHints, samples.Samples);
        if (kind is not null)
        {
            CheckKind(fields, step);
        }

        fields.Close();
        return step;
    }

    private static void CheckKind(Fields fields, KitStep step)
    {
        void Need(bool has, string field, string code, string message)
        {
            if (!has && fields.Optional(field) is null)
            {
                fields.Spot.ErrorAt(field, code, message);
            }
        }

        switch (step.Plan.Kind)
        {
            case StepKind.Explain:
                Need(step.Explanations.Count > 0, "explanations", KitErrorCodes.ExplainWithoutExplanations, "an explain step has at least one explanation");
                break;
            case StepKind.Discuss:
                Need(step.Prompts.Count > 0, "prompts", KitErrorCodes.DiscussWithoutPrompts, "a discuss step offers three to five prompts");
                if (step.Prompts.Count is 1 or 2 or > 5)
                {
                    fields.Optional("prompts")!.Error(KitErrorCodes.PromptCount, $"a discuss step offers three to five prompts; here {step.Prompts.Count}");
                }

                break;
            case StepKind.Ask:
                Need(step.Plan.Questions.Length > 0, "questions", KitErrorCodes.AskWithoutQuestions, "an ask step has at least one question");
                break;
            case StepKind.Make:
                Need(step.Plan.Task is not null, "task", KitErrorCodes.MakeWithoutTask, "a make step has a task");
                break;
            case StepKind.Unplugged when step.Plan.Devices:
                fields.Optional("devices")!.Error(KitErrorCodes.UnpluggedWithDevices, "an unplugged step uses no devices: write devices: false, or another kind");
                break;
            default:
                break;
        }

        if (step.Plan.Kind != StepKind.Discuss)
        {
            fields.Refuse("prompts", "prompts belong to a discuss step");
        }

        if (step.Plan.Kind != StepKind.Make)
        {
            fields.Refuse("task", "a task belongs to a make step");
        }
    }
}
