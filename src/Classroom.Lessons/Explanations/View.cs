using System.Text.Json.Serialization;

namespace Classroom.Lessons;

[JsonConverter(typeof(Camel<ExplanationStatus>))]
public enum ExplanationStatus { Running, Finished, Failed, Stopped }

/// <param name="Failure">A code when this variant broke off; what came before that is kept.</param>
/// <param name="AgainAt">When the model may be asked again, where that is known.</param>
public sealed record VariantEntity(
    string Variant, ExplanationStatus Status, int Epoch, int Length, string? Failure, Provenance? Provenance, DateTimeOffset? AgainAt = null);

/// <param name="Readers">Seats that read this variant now, and who reads with the board: how many a count is out of.</param>
/// <param name="ByHand">How many of the count are hands that the teacher counted; absent where none were.</param>
/// <param name="Text">Teacher only, of the warmest: the sentence as its readers have it; absent while it is streamed.</param>
/// <param name="Same">Teacher only, of the warmest: the same sentence in other variants, where the kit's author wrote them sentence by sentence; absent elsewhere.</param>
public sealed record HeatSpot(
    string Variant, int Sentence, int Count, int Readers, ImmutableArray<Guid>? Who, int? ByHand = null, string? Text = null, ImmutableArray<SentenceIn>? Same = null);

public sealed record SentenceIn(string Variant, string Text);

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
/// <param name="WholeByHand">Hands of who is lost in the explanation as a whole; absent where none were counted.</param>
/// <param name="InRooms">Teacher only: hands that were counted in satellites, which the counts have in them; absent where none were.</param>
[Entity("heat", OnBoard = true)]
public sealed record HeatEntity(
    ImmutableArray<HeatSpot> Spots, int? WholeByHand = null, ImmutableArray<LostHands>? InRooms = null) : Entity;

/// <summary>Kind <c>pressed</c>, id = explanation id: the student's own presses.</summary>
[Entity("pressed", StudentsOnly = true)]
public sealed record PressedEntity(ImmutableArray<PressedSpot> Spots) : Entity;

/// <summary>Explanations without their text (it travels as text chunks), the heat of confusion, and a student's own presses.</summary>
internal static class ExplanationsView
{
    // More sentences than stand on cards.
    private const int Quoted = 8;

    internal static void Register(ViewTable view)
    {
        view.Entities(static s => s.Explanations.Keys.SelectMany(id => new[] { Explanation(s, id), Heat(s, id) }));
        view.Entities(static s => s.Explanations.Values.SelectMany(e =>
            e.Presses.Select(p => p.StudentId).Distinct().Select(student => Pressed(s, e.Order.ExplanationId, student))));
        view.Changes<ExplanationRequested>(static c => [Explanation(c.After, c.Fact.Order.ExplanationId)]);
        view.Changes<VariantsAdded>(static c => [Explanation(c.After, c.Fact.ExplanationId), Heat(c.After, c.Fact.ExplanationId)]);
        view.Changes<ExplanationFinished>(static c => [Explanation(c.After, c.Fact.ExplanationId), Heat(c.After, c.Fact.ExplanationId), TutoringView.Meter(c.After)]);
        view.Changes<ExplanationFailed>(static c =>
        [
            Explanation(c.After, c.Fact.ExplanationId), Heat(c.After, c.Fact.ExplanationId), TutoringView.Meter(c.After),
            .. Unpressed(c.Before, c.After, c.Fact.ExplanationId),
        ]);
        view.Changes<ExplanationReleased>(static c => [Explanation(c.After, c.Fact.ExplanationId), Heat(c.After, c.Fact.ExplanationId)]);
        view.Changes<ExplanationRetried>(static c =>
        [
            Explanation(c.After, c.Fact.ExplanationId), Heat(c.After, c.Fact.ExplanationId),
            .. RoomsView.Counts(c.After), .. Unpressed(c.Before, c.After, c.Fact.ExplanationId),
        ]);
        view.Changes<ExplanationStopped>(static c => [Explanation(c.After, c.Fact.ExplanationId)]);
        view.Changes<ConfusionPressed>(static c => [Heat(c.After, c.Fact.ExplanationId), Pressed(c.After, c.Fact.ExplanationId, c.By), .. RoomsView.LostBefore(c.Before, c.After)]);
        view.Changes<ConfusionReleased>(static c => [Heat(c.After, c.Fact.ExplanationId), Pressed(c.After, c.Fact.ExplanationId, c.By), .. RoomsView.LostBefore(c.Before, c.After)]);
    }

    // Presses that went with their text.
    private static VisibleEntity[] Unpressed(LessonState before, LessonState after, Guid id) =>
        before.Explanations[id].Presses.Except(after.Explanations[id].Presses).Select(p => p.StudentId).Distinct().ToArray() is { Length: > 0 } lost
            ? [.. RoomsView.Counts(after), .. lost.Select(student => Pressed(after, id, student))] : [];

    internal static VisibleEntity Explanation(LessonState s, Guid id) => new(EntityKey.Of<ExplanationEntity>(id), a =>
    {
        var e = s.Explanations[id];
        if (e.InPreview && !a.IsTeacher)
        {
            return null;
        }

        var status = e.Stopped ? ExplanationStatus.Stopped
            : e.IsAwaited ? ExplanationStatus.Running
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
        !a.IsStaff || s.Explanations[id] is { Presses.IsEmpty: true, LostHands.IsEmpty: true } || (s.HeatHidden && !a.IsTeacher) ? null
            : new HeatEntity(
                Spots(s, s.Explanations[id], a.IsTeacher), s.Explanations[id].LostHands.Where(l => l.Variant is null).Sum(l => l.Count) is > 0 and var whole ? whole : null,
                a.IsTeacher ? HandsByRoom.InSatellites(s.Explanations[id]) : null),
        VisibleEntity.NoStudent);

    private static ImmutableArray<HeatSpot> Spots(LessonState s, Explanation e, bool isTeacher)
    {
        var pressed = e.Presses.ToLookup(p => (p.Variant, p.Sentence), p => p.StudentId);
        var hands = e.LostHands.Where(l => l.Variant is not null).GroupBy(l => (l.Variant!, l.Sentence!.Value)).ToDictionary(l => l.Key, l => l.Sum(x => x.Count));
        ImmutableArray<HeatSpot> spots =
        [
            .. pressed.Select(g => g.Key).Union(hands.Keys).OrderBy(k => k.Item1, StringComparer.Ordinal).ThenBy(k => k.Item2).Select(at =>
            {
                var (who, byHand) = (pressed[at].Order().ToImmutableArray(), hands.GetValueOrDefault(at));
                return new HeatSpot(
                    at.Item1, at.Item2, who.Length + byHand, Readers(s, e.Order, at.Item1) + (byHand == 0 ? 0 : Math.Max(byHand, s.WithoutPhone ?? 0)), isTeacher ? who : null,
                    byHand == 0 ? null : byHand);
            }),
        ];
        if (!isTeacher)
        {
            return spots;
        }

        var warmest = spots.OrderByDescending(x => x.Count).Take(Quoted).ToHashSet();
        return [.. spots.Select(x => warmest.Contains(x) ? x with { Text = SentenceOf(e, x.Variant, x.Sentence), Same = Same(e, x) } : x)];
    }

    // Only what the kit's author wrote for one level says the same in sentence after sentence (a kit is refused where it does not).
    private static ImmutableArray<SentenceIn>? Same(Explanation e, HeatSpot spot)
    {
        if (!Variant.TryParse(spot.Variant, out var at) || Author(e, spot.Variant) is not { } told)
        {
            return null;
        }

        ImmutableArray<SentenceIn> same =
        [
            .. e.Order.Variants.Where(v => v != at && v.Level == at.Level && Author(e, v.ToString())?.SentenceEnds.Length == told.SentenceEnds.Length)
                .Select(v => v.ToString()).Select(v => new SentenceIn(v, SentenceOf(e, v, spot.Sentence) ?? "")),
        ];
        return same.IsEmpty || same.Any(x => x.Text.Length == 0) ? null : same;
    }

    private static VariantText? Author(Explanation e, string variant) => e.Completed.GetValueOrDefault(variant) is { Failure: null, Provenance.IsPrepared: true } text ? text : null;

    private static string? SentenceOf(Explanation e, string variant, int sentence) =>
        e.Completed.GetValueOrDefault(variant) is { } text && sentence >= 0 && sentence < text.SentenceEnds.Length
            ? text.Text[(sentence == 0 ? 0 : text.SentenceEnds[sentence - 1])..text.SentenceEnds[sentence]].Trim() : null;

    /// <summary>The heat that stands on some text: who reads which variant has changed.</summary>
    internal static IEnumerable<VisibleEntity> HeatOfReaders(LessonState s) => s.Explanations.Where(e => !e.Value.Presses.IsEmpty || !e.Value.LostHands.IsEmpty).Select(e => Heat(s, e.Key));

    // Who came in after it was asked for, in a variant that it does not have, reads with the board.
    private static int Readers(LessonState s, ExplanationOrder order, string variant) =>
        s.Seats.Values.Count(seat => (order.Variants.Contains(seat.Variant) ? seat.Variant : order.BoardVariant).ToString() == variant);

    internal static VisibleEntity Pressed(LessonState s, Guid id, Guid student) => new(EntityKey.Of<PressedEntity>(id), a =>
    {
        // Under one key for every student: several on one phone press together.
        var own = s.Explanations[id].Presses.Where(p => p.StudentId == a.StudentId).ToList();
        return a.Kind != AudienceKind.Student || own.Count == 0 ? null : new PressedEntity(
            [.. own.OrderBy(p => p.Variant, StringComparer.Ordinal).ThenBy(p => p.Sentence).Select(p => new PressedSpot(p.Variant, p.Sentence))]);
    }, [student]);
}
