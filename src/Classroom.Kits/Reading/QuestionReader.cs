namespace Classroom.Kits.Reading;

/// <summary>Reads a question. Its kind decides which further fields belong to it.</summary>
internal static class QuestionReader
{
    private static readonly Dictionary<string, QuestionKind> Kinds = new(StringComparer.Ordinal)
    {
        ["single"] = QuestionKind.Single,
        ["multiple"] = QuestionKind.Multiple,
        ["scale"] = QuestionKind.Scale,
        ["open"] = QuestionKind.Open,
        ["word-cloud"] = QuestionKind.WordCloud,
    };

    public static Question Read(Spot spot, HashSet<string> ids)
    {
        if (Fields.Open(spot) is not { } fields)
        {
            return new Question("", QuestionKind.Open, Trilingual.Empty, [], null, null);
        }

        var id = fields.Id(ids);
        var kind = fields.Required("kind")?.Choice(Kinds);
        var question = new Question(
            id,
            kind ?? QuestionKind.Open,
            fields.Trilingual("text", Limits.Question),
            ReadOptions(fields, kind),
            ReadScale(fields, kind),
            fields.OptionalTrilingual("solution", Limits.Why));
        fields.Close();
        return question;
    }

    private static List<Option> ReadOptions(Fields fields, QuestionKind? kind)
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
        var options = spot.Items(Limits.Options, s => ReadOption(s, ids));
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

    private static Option ReadOption(Spot spot, HashSet<string> ids)
    {
        if (Fields.Open(spot) is not { } fields)
        {
            return new Option("", Trilingual.Empty, false, null);
        }

        var option = new Option(
            fields.Id(ids),
            fields.Trilingual("text", Limits.Option),
            fields.Optional("correct")?.Flag() ?? false,
            fields.OptionalTrilingual("why", Limits.Why));
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
}
