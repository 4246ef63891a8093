using Classroom.Kits.Yaml;

namespace Classroom.Kits.Reading;

/// <summary>Reads an explanation: three levels and four ways to explain again, sentence for sentence in three languages.</summary>
internal static class ExplanationReader
{
    /// <param name="images">Filled with the picture of each, by its id: the plan carries it.</param>
    public static KitExplanation Read(Spot spot, LessonIds ids, Dictionary<string, ImagePlan?> images)
    {
        if (Fields.Open(spot) is not { } fields)
        {
            return new KitExplanation("", Words.NoText, new(Words.NoText, Words.NoText, Words.NoText), NoFollowups);
        }

        var explanation = new KitExplanation(
            fields.Id(ids.Explanations),
            fields.Trilingual("topic", Limits.Title),
            new(Passage(fields, "simple", 4, 8), Passage(fields, "standard", 4, 8), Passage(fields, "advanced", 4, 8)),
            fields.Required("followups") is { } followups ? Followups(followups) : NoFollowups);
        images[explanation.Id] = ids.Images.At(fields);
        fields.Close();
        return explanation;
    }

    private static ExplanationFollowups NoFollowups => new(Words.NoText, Words.NoText, Words.NoText, Words.NoText);

    private static ExplanationFollowups Followups(Spot spot)
    {
        if (Fields.Open(spot) is not { } fields)
        {
            return NoFollowups;
        }

        var followups = new ExplanationFollowups(
            Passage(fields, "simpler", 3, 6),
            Passage(fields, "life", 3, 6),
            Passage(fields, "story", 3, 6),
            Passage(fields, "steps", 3, 6));
        fields.Close();
        return followups;
    }

    private static Trilingual Passage(Fields fields, string name, int min, int max)
    {
        if (fields.Required(name) is not { } spot)
        {
            return Words.NoText;
        }

        var passage = spot.Trilingual(Limits.Passage, TextKind.Line);
        var counts = new List<(string Language, int Count)>();
        foreach (var language in Words.Languages)
        {
            if (passage.In(language) is { Length: > 0 } text)
            {
                counts.Add((Words.Of(language), Check(spot, Words.Of(language), text, min, max)));
            }
        }

        if (counts.Select(c => c.Count).Distinct().Count() > 1)
        {
            var said = string.Join(", ", counts.Select(c => $"{c.Language} {c.Count}"));
            spot.Error(KitErrorCodes.SentenceAlignment, $"the languages have different numbers of sentences ({said}); sentence by sentence they must say the same");
        }

        return passage;
    }

    private static int Check(Spot passage, string language, string text, int min, int max)
    {
        var spot = new Spot(passage.Node, passage.Join(language), At(passage, language), passage.Errors);
        var sentences = Sentences.Split(text);
        if (sentences.Count < min || sentences.Count > max)
        {
            spot.Error(KitErrorCodes.SentenceCount, $"{sentences.Count} sentences; {min} to {max} are expected");
        }

        foreach (var unfinished in sentences.Where(s => !Sentences.IsFinished(s)))
        {
            spot.Error(KitErrorCodes.SentenceUnfinished, $"one line is one sentence and ends with a full stop or a question mark: \"{Begin(unfinished)}\"");
        }

        return sentences.Count;
    }

    private static Position At(Spot passage, string language) =>
        ((YamlMap)passage.Node).Entries.First(e => e.Key == language).At;

    private static string Begin(string sentence) => sentence.Length <= 40 ? sentence : sentence[..40] + "…";
}
