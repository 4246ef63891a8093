using System.Text.Json.Serialization;

namespace Classroom.Lessons;

[JsonConverter(typeof(Camel<FeedbackStatus>))]
public enum FeedbackStatus { Requested, Failed, Draft, Released }

/// <summary>Kind <c>feedback</c>, id = feedback id. A student has it only while it is released, and so do all who made the work and who is on one phone with them.</summary>
/// <param name="Opened">Teacher only: it was opened, and can be released.</param>
/// <param name="AgainAt">Teacher only: when the model may be asked again, where that is known.</param>
/// <param name="With">Who made the work together with its student; absent when nobody did.</param>
/// <param name="Held">Teacher only: descriptors that are kept from the student; absent where none is.</param>
/// <param name="Hints">Teacher only: next steps to choose from, where there are any.</param>
[Entity("feedback")]
public sealed record FeedbackEntity(
    Guid StudentId, string StepId, int WorkVersion, FeedbackStatus Status, string? Failure, ImmutableArray<FeedbackItem> Items, string Note,
    Provenance? Provenance, bool Edited, int DroppedQuotes, string? Reply, DateTimeOffset? ReleasedAt, string? EditedBy, bool? Opened,
    ImmutableArray<DescriptorHint>? Hints, DateTimeOffset? AgainAt = null, ImmutableArray<Guid>? With = null,
    ImmutableArray<string>? Held = null) : Entity;

/// <summary>A draft is the teacher's; what was released is its student's too.</summary>
internal static class FeedbackView
{
    internal static void Register(ViewTable view)
    {
        view.Entities(static s => s.Feedbacks.Keys.Select(id => Feedback(s, id)));
        view.Changes<FeedbackRequested>(static c => [Feedback(c.After, c.Fact.FeedbackId) with { Owners = VisibleEntity.NoStudent }]);
        view.Changes<FeedbackDrafted>(static c =>
            [Feedback(c.After, c.Fact.FeedbackId) with { Owners = VisibleEntity.NoStudent }, TutoringView.Meter(c.After)]);
        view.Changes<FeedbackFailed>(static c =>
            [Feedback(c.After, c.Fact.FeedbackId) with { Owners = VisibleEntity.NoStudent }, TutoringView.Meter(c.After)]);
        view.Changes<FeedbackEdited>(static c => [Feedback(c.After, c.Fact.FeedbackId)]);
        view.Changes<FeedbackOpened>(static c => [Feedback(c.After, c.Fact.FeedbackId)]);
        view.Changes<FeedbackReleased>(static c => [Feedback(c.After, c.Fact.FeedbackId)]);
        view.Changes<DescriptorHeld>(static c => [Feedback(c.After, c.Fact.FeedbackId)]);
        view.Changes<FeedbackReturned>(static c => [Feedback(c.After, c.Fact.FeedbackId)]);
        view.Changes<FeedbackReplied>(static c => [Feedback(c.After, c.Fact.FeedbackId)]);
    }

    private static VisibleEntity Feedback(LessonState s, Guid id) => new(EntityKey.Of<FeedbackEntity>(id), a =>
    {
        var f = s.Feedbacks[id];
        return a.IsTeacher || (f.With.Add(f.Work.StudentId).Any(id => Phones.IsOf(s, a, id)) && f.Status == FeedbackStatus.Released)
            ? new FeedbackEntity(f.Work.StudentId, f.Work.StepId, f.WorkVersion, f.Status, f.Failure, a.IsTeacher ? f.Items : [.. FeedbackRules.Given(f)], f.Note, f.Provenance, f.Edited,
                a.IsTeacher ? f.DroppedQuotes : 0, f.Reply, f.ReleasedAt, f.EditedBy, a.IsTeacher ? f.Opened : null,
                a.IsTeacher && !f.Hints.IsEmpty ? f.Hints : null, a.IsTeacher ? f.AgainAt : null, f.With.IsEmpty ? null : f.With,
                a.IsTeacher && !f.Held.IsEmpty ? [.. f.Held.Order(StringComparer.Ordinal)] : null)
            : null;
    }, [.. s.Feedbacks[id].With.Prepend(s.Feedbacks[id].Work.StudentId).SelectMany(student => Phones.Of(s, student)).Distinct()]);
}
