namespace Classroom.Kits.Reading;

/// <summary>Gathers what the author wrote for rehearsals while a step is read, and reads a sample work.</summary>
internal sealed class SampleReader
{
    private readonly Dictionary<string, IReadOnlyList<Trilingual>> _answers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<Trilingual>> _ideas = new(StringComparer.Ordinal);
    private IReadOnlyList<SampleWork> _works = [];

    public StepSamples Samples => new(_answers, _ideas, _works);

    public void ReadAnswers(Fields fields, QuestionPlan question, bool kindUnknown)
    {
        if (question.Kind is QuestionKind.Open or QuestionKind.WordCloud)
        {
            // A word of a cloud is as long as a student may make it.
            Keep(_answers, question.Id, fields.OptionalItems("samples", Limits.Items, s => s.Trilingual(question.Kind == QuestionKind.Open ? Limits.Line : Limits.Word, TextKind.Typed)));
        }
        else if (!kindUnknown)
        {
            fields.Refuse("samples", "only open questions and word clouds have sample answers");
        }
    }

    public void ReadIdeas(Fields fields, string prompt) =>
        Keep(_ideas, prompt, fields.OptionalItems("ideas", Limits.Items, s => s.Trilingual(Limits.Line, TextKind.Typed)));

    public void ReadWorks(Fields fields) => _works = fields.OptionalItems("samples", Limits.Items, ReadWork);

    private static SampleWork ReadWork(Spot spot)
    {
        if (Fields.Open(spot) is not { } fields)
        {
            return new SampleWork(Words.NoText, null, null);
        }

        var work = new SampleWork(
            fields.Trilingual("text", Limits.Task, TextKind.Typed), fields.OptionalTrilingual("reflection", Limits.Line, TextKind.Typed), fields.OptionalTrilingual("source", Limits.Line, TextKind.Typed));
        fields.Close();
        return work;
    }

    private static void Keep(Dictionary<string, IReadOnlyList<Trilingual>> where, string id, IReadOnlyList<Trilingual> lines)
    {
        if (lines.Count > 0)
        {
            where[id] = lines;
        }
    }
}
