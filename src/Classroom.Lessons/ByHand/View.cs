namespace Classroom.Lessons;

/// <summary>What was counted by hand stands in the entities of what it was counted for: `tally`, `question`, `heat`; the class's size in `pace`.</summary>
internal static class ByHandView
{
    internal static void Register(ViewTable view)
    {
        view.Changes<ClassSizeSet>(static c => [LifecycleView.Pace(c.After), .. ExplanationsView.HeatOfReaders(c.After)]);
        // Hands are counted before anything is shown: they are no news to phones.
        view.Changes<HandsCounted>(static c =>
        [
            QuestionsView.Tally(c.After, c.Fact.QuestionId) with { Owners = VisibleEntity.NoStudent }, .. QuestionsView.Returned(c.After, c.Fact.QuestionId),
            .. c.After.Questions[c.Fact.QuestionId].Plan.Kind == QuestionKind.Open ? new[] { QuestionsView.Question(c.After, c.Fact.QuestionId) } : [],
        ]);
        view.Changes<LostCounted>(static c => [ExplanationsView.Heat(c.After, c.Fact.ExplanationId)]);
    }
}
