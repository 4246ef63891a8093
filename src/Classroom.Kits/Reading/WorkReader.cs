namespace Classroom.Kits.Reading;

/// <summary>Reads prompts and the task of a make step.</summary>
internal static class WorkReader
{
    public static PromptText ReadPrompt(Spot spot, LessonIds ids, SampleReader samples)
    {
        if (Fields.Open(spot) is not { } fields)
        {
            return new PromptText("", Words.NoText, Words.NoText, Words.NoText, 1, [], Words.NoText);
        }

        var prompt = new PromptText(
            fields.Id(ids.Prompts),
            fields.Trilingual("question", Limits.Question, TextKind.Blocks),
            fields.Trilingual("make", Limits.Question, TextKind.Line),
            fields.Trilingual("materials", Limits.Line, TextKind.Line),
            fields.Number("minutes", 1, 90),
            [.. fields.Trilinguals("roles", Limits.Title, TextKind.Line)],
            fields.Trilingual("sharing", Limits.Line, TextKind.Line),
            ids.Images.At(fields));
        samples.ReadIdeas(fields, prompt.Id);
        fields.Close();
        return prompt;
    }

    /// <param name="hints">Filled with the hints of each descriptor, by its id.</param>
    public static TaskPlan ReadTask(Spot spot, HashSet<string> criteria, Dictionary<string, DescriptorHints> hints, SampleReader samples)
    {
        if (Fields.Open(spot) is not { } fields)
        {
            return new TaskPlan(Words.NoText, Words.NoText, AiPolicy.None, 0, false, false, []);
        }

        var descriptors = new HashSet<string>(StringComparer.Ordinal);
        var task = new TaskPlan(
            fields.Trilingual("title", Limits.Title),
            fields.Trilingual("text", Limits.Task, TextKind.Blocks),
            fields.Required("aiPolicy")?.Choice<AiPolicy>() ?? AiPolicy.None,
            fields.Number("minOwnWords", 0, 500),
            fields.Flag("asksReflection"),
            fields.Flag("asksSources"),
            [.. fields.Required("criteria")?.Items(Limits.Items, s => ReadCriterion(s, criteria, descriptors, hints)) ?? []]);
        samples.ReadWorks(fields);
        fields.Close();
        return task;
    }

    private static CriterionPlan ReadCriterion(
        Spot spot, HashSet<string> ids, HashSet<string> descriptorIds, Dictionary<string, DescriptorHints> hints)
    {
        if (Fields.Open(spot) is not { } fields)
        {
            return new CriterionPlan("", Words.NoText, []);
        }

        var criterion = new CriterionPlan(
            fields.Id(ids),
            fields.Trilingual("title", Limits.Title),
            [.. fields.Required("descriptors")?.Items(Limits.Items, s => ReadDescriptor(s, descriptorIds, hints)) ?? []]);
        fields.Close();
        return criterion;
    }

    private static DescriptorPlan ReadDescriptor(Spot spot, HashSet<string> ids, Dictionary<string, DescriptorHints> hints)
    {
        if (Fields.Open(spot) is not { } fields)
        {
            return new DescriptorPlan("", Words.NoText);
        }

        var descriptor = new DescriptorPlan(fields.Id(ids), fields.Trilingual("text", Limits.Line, TextKind.Line));
        if (fields.Required("hints") is { } its)
        {
            hints[descriptor.Id] = ReadHints(its);
        }

        fields.Close();
        return descriptor;
    }

    private static DescriptorHints ReadHints(Spot spot)
    {
        if (Fields.Open(spot) is not { } fields)
        {
            return new DescriptorHints(Words.NoText, Words.NoText, Words.NoText);
        }

        var hints = new DescriptorHints(
            fields.Trilingual("met", Limits.Line, TextKind.Line),
            fields.Trilingual("partly", Limits.Line, TextKind.Line),
            fields.Trilingual("notYet", Limits.Line, TextKind.Line));
        fields.Close();
        return hints;
    }
}
