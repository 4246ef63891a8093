using System.Reflection;

namespace Classroom.Lessons.Tests;

/// <summary>What of a fact is a child's, and whose. What this project does not mark as personal is stored in the clear for ever.</summary>
public sealed class PersonalFacts
{
    // Texts and numbers that no child wrote and that say nothing of one: the teacher's own words to all, a helper's name (an adult's, as a teacher's and a mentor's in every fact of theirs), ids, codes, the tutor's texts to the whole class.
    private static readonly HashSet<string> NotPersonal = new(StringComparer.Ordinal)
    {
        "AiPolicySet.StepId", "AiPolicySet.Policy", "AnswerGiven.QuestionId", "AnswerGiven.Round", "AnswerPicked.QuestionId", "BoardVariantSet.Language", "BoardVariantSet.Level",
        "ClassSizeSet.Pupils", "HandsCounted.QuestionId", "HandsCounted.Round", "HandsCounted.Counts", "HandsCounted.Room", "LostCounted.Room", "LostCounted.Variant", "LostCounted.Sentence", "LostCounted.Count", "ConfusionPressed.Variant", "ConfusionPressed.Sentence", "ConfusionReleased.Variant", "ConfusionReleased.Sentence", "Contributed.StepId", "Contributed.Team",
        "ContributionsShared.StepId", "DeviceRequested.Code", "DeviceRequested.Network", "DraftSaved.StepId", "EntryRequested.Language", "EntryRequested.Level",
        "ExplanationFailed.Variant", "ExplanationFailed.Code", "ExplanationFailed.Text", "ExplanationFailed.SentenceEnds", "ExplanationFailed.Provenance",
        "ExplanationFinished.Variant", "ExplanationFinished.Text", "ExplanationFinished.SentenceEnds", "ExplanationFinished.Provenance",
        "ExplanationFailed.AgainInSeconds", "PromptsFailed.AgainInSeconds", "FeedbackFailed.AgainInSeconds", "StudentNotAnswered.AgainInSeconds", "ExplanationRequested.Order", "ExplanationRequested.OfVariant", "ExplanationRequested.Sentences", "ExplanationRetried.Variants",
        "FeedbackDrafted.DroppedQuotes", "FeedbackDrafted.Hints", "FeedbackDrafted.Provenance", "FeedbackFailed.Code", "FeedbackFailed.Tokens", "FeedbackRequested.StepId", "FeedbackRequested.WorkVersion",
        "IncidentRecorded.Ability", "IncidentRecorded.Kind", "IncidentRecorded.Category", "IncidentRecorded.StepId", "LessonCombined.ClassName", "LessonCombined.Title", "LessonOpened.Opening", "LessonReopened.JoinCode",
        "LessonStarted.StepId", "MarkGiven.StepId", "MarkGiven.ScaleId", "MarkWithdrawn.StepId", "MoreTimeAsked.StepId", "MovedToTeam.Team", "PreferencesChanged.Language",
        "PreferencesChanged.Level", "PromptPicked.StepId", "PromptPicked.PromptId", "PromptPicked.Edited", "PromptsFailed.StepId", "PromptsFailed.Code", "PromptsFailed.Tokens",
        "PromptsProposed.StepId", "PromptsProposed.Candidates", "PromptsProposed.Provenance", "PromptsRequested.StepId", "QuestionAsked.Question", "QuestionAsked.StepId",
        "QuestionAskedAgain.QuestionId", "QuestionAskedAgain.Round", "QuestionClosed.QuestionId", "MinuteAdded.StepId", "OptionsShown.QuestionId", "QuestionTimed.QuestionId", "QuestionTimed.EndsAt", "InkCleared.StepId", "InkUndone.StepId", "StrokeDrawn.StepId", "StrokeDrawn.Tool", "StrokeDrawn.Colour", "StrokeDrawn.Points", "StrokesErased.StepId", "CountsShown.QuestionId", "CountsShown.Seen", "ResultsRevealed.QuestionId", "ResultsRevealed.Seen", "RevisionOpened.StepId", "SeatTaken.Language",
        "SeatTaken.Level", "StepStarted.StepId", "StudentAnswered.Provenance", "StudentForgotten.Reason", "StudentNotAnswered.Code", "StudentNotAnswered.Tokens", "TempoSet.Face",
        "TypedKept.Field", "TypedKept.Of", "TypedKept.Round", "PhotoAttached.StepId", "PhotoAttached.Width", "PhotoAttached.Height", "TutorAsked.StepId", "SeatTaken.Room", "EntryRequested.Room", "BoardPaired.Room", "RoomAdded.Room", "RoomAdded.Name", "RoomRenamed.Room", "RoomRenamed.Name", "RoomClosed.Room", "MovedToRoom.Room", "BoardMoved.Room", "HelperInvited.Room", "HelperCame.Name", "WordHidden.QuestionId", "WordHidden.Round", "WorkHandedIn.StepId", "WorkReturned.StepId", "DescriptorHeld.DescriptorId", "QuestionReopened.QuestionId", "AnswersGrouped.QuestionId", "AnswerMoved.QuestionId", "VariantsAdded.Variants",
    };

    [Fact]
    public void Every_text_and_number_of_every_fact_is_personal_or_named_here_as_nobodys()
    {
        var all = FactCatalogue.Types.SelectMany(f => f.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(Says)).ToList();
        all.Where(p => !IsPersonal(p)).Select(Name).Except(NotPersonal).ShouldBeEmpty("mark it with [Personal], or say here that it is nobody's");
        NotPersonal.Except(all.Select(Name)).ShouldBeEmpty("there is no such property");
        all.Where(IsPersonal).Select(Name).Intersect(NotPersonal).ShouldBeEmpty("it cannot be both");
    }

    [Fact]
    public void Every_fact_with_something_personal_says_whose_it_is()
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var full = new Run();
        FullLesson.Commands().ToList().ForEach(e => full.Do(e, announce: false));
        foreach (var run in Enumerable.Range(0, 40).Select(seed => Run.After(seed, 500)).Append(full))
        {
            var state = LessonState.Empty;
            foreach (var recorded in run.History)
            {
                var name = FactCatalogue.NameOf(recorded.Fact.GetType());
                if (PersonalProperties.Placeholders.ContainsKey(name))
                {
                    reached.Add(name);
                    recorded.Fact.ChildIn(state, recorded.Meta.By).ShouldNotBeNull(name).ShouldNotBe(Guid.Empty);
                }

                state = Lesson.Apply(state, recorded);
            }
        }

        PersonalProperties.Placeholders.Keys.Except(reached).ShouldBeEmpty("no random lesson has it");
    }

    private static bool IsPersonal(PropertyInfo property) => property.IsDefined(typeof(PersonalAttribute));

    private static string Name(PropertyInfo property) => $"{property.DeclaringType!.Name}.{property.Name}";

    // Ids are random and yes or no is no text.
    private static bool Says(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type != typeof(Guid) && type != typeof(bool) && type != typeof(ImmutableArray<Guid>) && type != typeof(ImmutableArray<ImmutableArray<Guid>>);
    }
}
