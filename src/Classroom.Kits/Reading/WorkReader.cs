namespace Classroom.Kits.Reading;

/// <summary>Reads prompts and the task of a make step.</summary>
internal static class WorkReader
{
    private static readonly Dictionary<string, AiPolicy> Policies = new(StringComparer.Ordinal)
    {
        ["none"] = AiPolicy.None,
        ["ask"] = AiPolicy.Ask,
        ["draft"] = AiPolicy.Draft,
    };

    public static Prompt ReadPrompt(Spot spot, HashSet<string> ids)
    {
        if (Fields.Open(spot) is not { } fields)
        {
            return new Prompt("", Trilingual.Empty, Trilingual.Empty, Trilingual.Empty, 1, [], Trilingual.Empty);
        }

        var prompt = new Prompt(
            fields.Id(ids),
            fields.Trilingual("question", Limits.Question),
            fields.Trilingual("make", Limits.Question),
            fields.Trilingual("materials", Limits.Line),
            fields.Number("minutes", 1, 90),
            fields.Trilinguals("roles", Limits.Title),
            fields.Trilingual("sharing", Limits.Line));
        fields.Close();
        return prompt;
    }

    public static MakeTask ReadTask(Spot spot, HashSet<string> criteria)
    {
        if (Fields.Open(spot) is not { } fields)
        {
            return new MakeTask(Trilingual.Empty, Trilingual.Empty, AiPolicy.None, 0, false, false, []);
        }

        var descriptors = new HashSet<string>(StringComparer.Ordinal);
        var task = new MakeTask(
            fields.Trilingual("title", Limits.Title),
            fields.Trilingual("text", Limits.Task),
            fields.Required("aiPolicy")?.Choice(Policies) ?? AiPolicy.None,
            fields.Number("minOwnWords", 0, 500),
            fields.Flag("asksReflection"),
            fields.Flag("asksSources"),
            fields.Required("criteria")?.Items(Limits.Items, s => ReadCriterion(s, criteria, descriptors)) ?? []);
        fields.Close();
        return task;
    }

    private static Criterion ReadCriterion(Spot spot, HashSet<string> ids, HashSet<string> descriptorIds)
    {
        if (Fields.Open(spot) is not { } fields)
        {
            return new Criterion("", Trilingual.Empty, []);
        }

        var criterion = new Criterion(
            fields.Id(ids),
            fields.Trilingual("title", Limits.Title),
            fields.Required("descriptors")?.Items(Limits.Items, s => ReadDescriptor(s, descriptorIds)) ?? []);
        fields.Close();
        return criterion;
    }

    private static Descriptor ReadDescriptor(Spot spot, HashSet<string> ids)
    {
        if (Fields.Open(spot) is not { } fields)
        {
            return new Descriptor("", Trilingual.Empty, new(Trilingual.Empty, Trilingual.Empty, Trilingual.Empty));
        }

        var descriptor = new Descriptor(
            fields.Id(ids),
            fields.Trilingual("text", Limits.Line),
            fields.Required("hints") is { } hints ? ReadHints(hints) : new(Trilingual.Empty, Trilingual.Empty, Trilingual.Empty));
        fields.Close();
        return descriptor;
    }

    private static DescriptorHints ReadHints(Spot spot)
    {
        if (Fields.Open(spot) is not { } fields)
        {
            return new DescriptorHints(Trilingual.Empty, Trilingual.Empty, Trilingual.Empty);
        }

        var hints = new DescriptorHints(
            fields.Trilingual("met", Limits.Line),
            fields.Trilingual("partly", Limits.Line),
            fields.Trilingual("notYet", Limits.Line));
        fields.Close();
        return hints;
    }
}
