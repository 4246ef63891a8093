using System.Text.Json.Serialization;

namespace Classroom.Lessons;

[JsonConverter(typeof(Camel<ExplanationStatus>))]
public enum ExplanationStatus { Running, Finished, Failed, Stopped }

/// <param name="Failure">A code when this variant broke off; what came before that is kept.</param>
/// <param name="AgainAt">When the model may be asked again, where that is known.</param>
public sealed record VariantEntity(
    string Variant, ExplanationStatus Status, int Epoch, int Length, string? Failure, Provenance? Provenance, DateTimeOffset? AgainAt = null);

/// <param name="Readers">Seats that read this variant now: how many a count is out of.</param>
public sealed record HeatSpot(string Variant, int Sentence, int Count, int Readers, ImmutableArray<Guid>? Who);

public sealed record PressedSpot(string Variant, int Sentence);

/// <summary>Kind <c>explanation</c>, id = explanation id. The text itself travels as <c>Text</c> messages.</summary>
/// <param name="Topic">What is explained, in the words of the plan or of the teacher.</param>
/// <param name="Preview">Teacher only: the class does not see it yet.</param>
/// <param name="Image">Of the topic, where the kit has one.</param>
[Entity("explanation", OnBoard = true)]
public sealed record ExplanationEntity(
    int Number, string StepId, Trilingual Topic, ExplainMode Mode, Guid? Of, string? OfVariant, ImmutableArray<int> Sentences,
    ExplanationStatus Status, DateTimeOffset StartedAt, string BoardVariant, ImmutableArray<VariantEntity> Variants,
    bool? Preview, ImagePlan? Image = null) : Entity;

/// <summary>Kind <c>heat</c>, id = explanation id: presses per variant and sentence; who pressed is for the teacher only.</summary>
[Entity("heat", OnBoard = true)]
public sealed record HeatEntity(
    ImmutableArray<HeatSpot> Spots) : Entity;

/// <summary>Kind <c>pressed</c>, id = explanation id: the student's own presses.</summary>
[Entity("pressed", StudentsOnly = true)]
public sealed record PressedEntity(ImmutableArray<PressedSpot> Spots) : Entity;

/// <summary>Explanations without their text (it travels as text chunks), the heat of confusion, and a student's own presses.</summary>
internal static class ExplanationsView
{
    internal static void Register(ViewTable view)
    {
        view.Entities(static s => s.Explanations.Keys.SelectMany(id => new[] { Explanation(s, id), Heat(s, id) }));
        view.Entities(static s => s.Explanations.Values.SelectMany(e =>
            e.Presses.Select(p => p.StudentId).Distinct().Select(student => Pressed(s, e.Order.ExplanationId, student))));
        view.Changes<ExplanationRequested>(static c => [Explanation(c.After, c.Fact.Order.ExplanationId)]);
        view.Changes<ExplanationFinished>(static c => [Explanation(c.After, c.Fact.ExplanationId), TutoringView.Meter(c.After)]);
        view.Changes<ExplanationFailed>(static c => [Explanation(c.After, c.Fact.ExplanationId), TutoringView.Meter(c.After)]);
        view.Changes<ExplanationReleased>(static c => [Explanation(c.After, c.Fact.ExplanationId), Heat(c.After, c.Fact.ExplanationId)]);
        view.Changes<ExplanationRetried>(static c =>
        [
            Explanation(c.After, c.Fact.ExplanationId), Heat(c.After, c.Fact.ExplanationId),
            .. c.Before.Explanations[c.Fact.ExplanationId].Presses.Except(c.After.Explanations[c.Fact.ExplanationId].Presses)
                .Select(p => p.StudentId).Distinct().Select(student => Pressed(c.After, c.Fact.ExplanationId, student)),
        ]);
        view.Changes<ExplanationStopped>(static c => [Explanation(c.After, c.Fact.ExplanationId)]);
        view.Changes<ConfusionPressed>(static c => [Heat(c.After, c.Fact.ExplanationId), Pressed(c.After, c.Fact.ExplanationId, c.By)]);
        view.Changes<ConfusionReleased>(static c => [Heat(c.After, c.Fact.ExplanationId), Pressed(c.After, c.Fact.ExplanationId, c.By)]);
    }

    internal static VisibleEntity Explanation(LessonState s, Guid id) => new(EntityKey.Of<ExplanationEntity>(id), a =>
    {
        var e = s.Explanations[id];
        if (e.InPreview && !a.IsTeacher)
        {
            return null;
        }

        var status = e.Stopped ? ExplanationStatus.Stopped
            : e.IsRunning ? ExplanationStatus.Running
            : e.Completed.Values.All(t => t.Failure is not null) ? ExplanationStatus.Failed : ExplanationStatus.Finished;
        return new ExplanationEntity(
            e.Number, e.Order.StepId, e.Order.Topic, e.Order.Mode, e.Of, e.OfVariant, e.Sentences, status, e.StartedAt, e.Order.BoardVariant.ToString(),
            [.. e.Order.Variants.Select(v => !e.Completed.TryGetValue(v.ToString(), out var text)
                ? new VariantEntity(v.ToString(), e.Stopped ? ExplanationStatus.Stopped : ExplanationStatus.Running, e.EpochOf(v.ToString()), 0, null, null)
                : new VariantEntity(v.ToString(), text.Failure is null ? ExplanationStatus.Finished : ExplanationStatus.Failed,
                    e.EpochOf(v.ToString()), text.Text.Length, text.Failure, text.Provenance, text.AgainAt))],
            e.InPreview ? true : null, s.Step(e.Order.StepId)?.Topics.FirstOrDefault(t => t.Id == e.Order.TopicId)?.Image);
    }, null);

    internal static VisibleEntity Heat(LessonState s, Guid id) => new(EntityKey.Of<HeatEntity>(id), a =>
        !a.IsStaff || s.Explanations[id].Presses.IsEmpty || (s.HeatHidden && !a.IsTeacher) ? null : new HeatEntity(
            [.. s.Explanations[id].Presses.GroupBy(p => (p.Variant, p.Sentence)).OrderBy(g => g.Key.Variant, StringComparer.Ordinal).ThenBy(g => g.Key.Sentence)
                .Select(g => new HeatSpot(g.Key.Variant, g.Key.Sentence, g.Count(), Readers(s, s.Explanations[id].Order, g.Key.Variant), a.IsTeacher ? [.. g.Select(p => p.StudentId).Order()] : null))]),
        VisibleEntity.NoStudent);

    /// <summary>The heat that stands on some text: who reads which variant has changed.</summary>
    internal static IEnumerable<VisibleEntity> HeatOfReaders(LessonState s) => s.Explanations.Where(e => !e.Value.Presses.IsEmpty).Select(e => Heat(s, e.Key));

    // Who came in after it was asked for, in a variant that it does not have, reads with the board.
    private static int Readers(LessonState s, ExplanationOrder order, string variant) =>
        s.Seats.Values.Count(seat => (order.Variants.Contains(seat.Variant) ? seat.Variant : order.BoardVariant).ToString() == variant);

    internal static VisibleEntity Pressed(LessonState s, Guid id, Guid student) => new(EntityKey.Of<PressedEntity>(id), a =>
    {
        var own = s.Explanations[id].Presses.Where(p => p.StudentId == student).ToList();
        return !a.Is(student) || own.Count == 0 ? null : new PressedEntity(
            [.. own.OrderBy(p => p.Variant, StringComparer.Ordinal).ThenBy(p => p.Sentence).Select(p => new PressedSpot(p.Variant, p.Sentence))]);
    }, [student]);
}
