using Classroom.Kits.Images;

namespace Classroom.Kits.Reading;

/// <summary>Reads a question. Its kind decides which further fields belong to it.</summary>
internal static class QuestionReader
{
    /// <param name="step">The id of its step: with it before its own, a question's id is unique in the lesson's plan.</param>
    public static QuestionPlan Read(Spot spot, string step, LessonIds ids, SampleReader samples)
    {
        if (Fields.Open(spot) is not { } fields)
        {
            return new QuestionPlan("", QuestionKind.Open, Words.NoText, [], 0, 0, null, null, null);
        }

        var id = fields.Id(ids.Questions);
        if (fields.Optional("returns") is { } back)
        {
            return Returning(fields, back, step + "." + id, ids, samples);
        }

        var kind = fields.Required("kind")?.Choice<QuestionKind>();
        var text = fields.Trilingual("text", Limits.Question, TextKind.Blocks);
        var options = ReadOptions(fields, kind, ids);
        var scale = ReadScale(fields, kind);
        var question = new QuestionPlan(
            step + "." + id, kind ?? QuestionKind.Open, text, [.. options], scale?.Min ?? 0, scale?.Max ?? 0, scale?.MinLabel, scale?.MaxLabel,
            fields.OptionalTrilingual("solution", Limits.Why, TextKind.Line),
            ids.Images.At(fields),
            WhyImage: ids.Images.At(fields, "solutionImage"));
        samples.ReadAnswers(fields, question, kind is null);
        fields.Close();
        ids.Earlier.TryAdd(id, question);
        return question;
    }

    // The same question again, word for word: else what the class thought then and now could not be compared.
    private static QuestionPlan Returning(Fields fields, Spot back, string id, LessonIds ids, SampleReader samples)
    {
        var of = back.Text(Limits.Id);
        if (!ids.Earlier.TryGetValue(of, out var first))
        {
            back.Error(KitErrorCodes.UnknownQuestion, $"there is no question \"{of}\" before this one that is asked for the first time");
        }

        foreach (var name in new[] { "kind", "text", "options", "scale", "image" })
        {
            fields.Refuse(name, "a question that returns is asked as it was; only its solution may be another");
        }

        var question = (first ?? new QuestionPlan("", QuestionKind.Open, Words.NoText, [], 0, 0, null, null, null)) with { Id = id, Returns = first?.Id };
        question = question with { Why = fields.OptionalTrilingual("solution", Limits.Why, TextKind.Line) ?? question.Why, WhyImage = ids.Images.At(fields, "solutionImage") ?? question.WhyImage };
        samples.ReadAnswers(fields, question, first is null);
        fields.Close();
        return question;
    }

    private static List<OptionPlan> ReadOptions(Fields fields, QuestionKind? kind, LessonIds lesson)
    {
        if (kind is not (QuestionKind.Single or QuestionKind.Multiple))
        {
            RefuseUnless(kind is null, fields, "options", "only single and multiple questions have options");
            return [];
        }

        if (fields.Required("options") is not { } spot)
        {
            return [];
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        var options = spot.Items(Limits.Options, s => ReadOption(s, ids, lesson.Images));
        var correct = options.Count(o => o.Correct);
        if (options.Count < 2)
        {
            spot.Error(KitErrorCodes.FewOptions, "a question of choice has at least two options");
        }

        if (kind == QuestionKind.Single && correct != 1)
        {
            spot.Error(KitErrorCodes.SingleCorrect, $"a single question has exactly one correct option; here {correct}");
        }

        if (kind == QuestionKind.Multiple && correct == 0)
        {
            spot.Error(KitErrorCodes.MultipleCorrect, "a multiple question has at least one correct option");
        }

        return options;
    }

    private static OptionPlan ReadOption(Spot spot, HashSet<string> ids, ImageReader images)
    {
        if (Fields.Open(spot) is not { } fields)
        {
            return new OptionPlan("", Words.NoText, false, null);
        }

        var option = new OptionPlan(
            fields.Id(ids),
            fields.Trilingual("text", Limits.Option, TextKind.Line),
            fields.Optional("correct")?.Flag() ?? false,
            fields.OptionalTrilingual("why", Limits.Why, TextKind.Line),
            images.At(fields));
        fields.Close();
        return option;
    }

    private static Scale? ReadScale(Fields fields, QuestionKind? kind)
    {
        if (kind is not QuestionKind.Scale)
        {
            RefuseUnless(kind is null, fields, "scale", "only a scale question has a scale");
            return null;
        }

        if (fields.Required("scale") is not { } spot || Fields.Open(spot) is not { } inner)
        {
            return null;
        }

        var scale = new Scale(
            inner.Number("min", 0, 10),
            inner.Number("max", 0, 10),
            inner.Trilingual("minLabel", Limits.Label),
            inner.Trilingual("maxLabel", Limits.Label));
        inner.Close();
        if (inner.AreNumbers("min", "max") && scale.Min >= scale.Max)
        {
            spot.Error(KitErrorCodes.ScaleOrder, "the scale's min must be below its max");
        }

        return scale;
    }

    /// <summary>While the kind itself is wrong, nobody can say what belongs to it.</summary>
    private static void RefuseUnless(bool kindUnknown, Fields fields, string name, string why)
    {
        if (fields.Optional(name) is { } spot && !kindUnknown)
        {
            spot.Error(KitErrorCodes.FieldNotHere, why);
        }
    }

    /// <summary>Whole numbers from Min to Max, both ends named.</summary>
    private sealed record Scale(int Min, int Max, Trilingual MinLabel, Trilingual MaxLabel);
}
