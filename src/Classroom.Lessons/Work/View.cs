using System.Text.Json.Serialization;

namespace Classroom.Lessons;

[JsonConverter(typeof(Camel<WorkStatus>))]
public enum WorkStatus { Draft, HandedIn, Revising }

/// <summary>Kind <c>work</c>, id = student/step. The teacher reads the text once it was handed in, before that only its length.</summary>
/// <param name="With">Who made it together with the student; absent when nobody did.</param>
/// <param name="Returned">What the teacher said when it was given back, until it is handed in again; absent otherwise.</param>
/// <param name="Submission">The last handed-in version's text, while another is written or compared.</param>
[Entity("work")]
public sealed record WorkEntity(
    Guid StudentId, string StepId, WorkStatus Status, int Version, int Words, string? Text, string? OwnContribution, string? Reflection,
    ImmutableArray<string>? Sources, DateTimeOffset SavedAt, DateTimeOffset? HandedInAt, string? Submission, string? PreviousSubmission,
    ImmutableArray<Guid>? With = null, string? Returned = null) : Entity;

/// <summary>A work is its student's; the teacher reads what was handed in.</summary>
internal static class WorkView
{
    internal static void Register(ViewTable view)
    {
        view.Entities(static s => s.Works.Keys.Select(k => Work(s, k)));
        view.Changes<DraftSaved>(static c => [Work(c.After, new(c.By, c.Fact.StepId))]);
        view.Changes<WorkHandedIn>(static c => [Work(c.After, new(c.By, c.Fact.StepId)), .. PhotosView.Of(c.After, new(c.By, c.Fact.StepId))]);
        view.Changes<RevisionOpened>(static c => [Work(c.After, new(c.By, c.Fact.StepId)), .. PhotosView.Of(c.After, new(c.By, c.Fact.StepId))]);
        view.Changes<WorkReturned>(static c => [Work(c.After, new(c.Fact.StudentId, c.Fact.StepId)), .. PhotosView.Of(c.After, new(c.Fact.StudentId, c.Fact.StepId))]);
    }

    private static VisibleEntity Work(LessonState s, WorkKey key) => new(EntityKey.Of<WorkEntity>(key), a =>
    {
        var w = s.Works[key];
        if (!a.IsTeacher && !Phones.IsOf(s, a, key.StudentId))
        {
            return null;
        }

        // A draft is the student's own until it is handed in; the teacher sees that it grows.
        var own = !a.IsTeacher || w.Status == WorkStatus.HandedIn;
        return new WorkEntity(
            key.StudentId, key.StepId, w.Status, w.Version, WorkRules.Words(w.Text), own ? w.Text : null, own ? w.OwnContribution : null,
            own ? w.Reflection : null, own ? w.Sources : null, w.SavedAt, w.HandedInAt, w.Submission, w.PreviousSubmission, w.With.IsEmpty ? null : w.With, w.Returned);
    }, Phones.Of(s, key.StudentId));
}
