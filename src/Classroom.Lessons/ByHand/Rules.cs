using System.Globalization;

namespace Classroom.Lessons;

/// <summary>
/// A class without phones, or a part of it: the teacher counts hands. Invariant: hands and answers from phones together are never more than the class, where its
/// size is known; a class that has become smaller may always take some back. Invariant: what was shown is not counted anew. Invariant: the hands of one room take
/// the place of none of another's.
/// </summary>
internal static class ByHandRules
{
    public const int MaxWords = 30;

    internal static void Register(RuleTable rules)
    {
        rules.Decide<SetClassSize>(static (state, set, _) => set.Pupils is < 1 or > SeatsRules.MaxSeats ? Decision.Refuse("bad-value")
            : state.ClassSize == set.Pupils ? Decision.Nothing : Decision.Of(new ClassSizeSet(set.Pupils)));
        rules.Decide<CountHands>(static (state, count, context) => !state.Questions.TryGetValue(count.QuestionId ?? "", out var q) ? Decision.Refuse("no-such-question")
            : HandsByRoom.Of(state, context.By, count.Room) is { } room ? Count(state, q, count.Counts, RoomsRules.Stored(room)) : Decision.Refuse("no-such-room"));
        rules.Decide<CountLost>(static (state, count, context) => HandsByRoom.Of(state, context.By, count.Room) is { } room
            ? Lost(state, count with { Room = RoomsRules.Stored(room) }) : Decision.Refuse("no-such-room"));

        rules.Apply<ClassSizeSet>(static (state, c, _) => state with { ClassSize = c.Pupils });
        rules.Apply<HandsCounted>(static (state, h, _) => state with
        {
            Questions = state.Questions.SetItem(h.QuestionId, state.Questions[h.QuestionId] is var q && q.Hands.Where(x => (x.Round, x.Room) != (h.Round, h.Room)).ToImmutableArray() is var others
                ? q with { Hands = h.Counts.IsEmpty ? others : others.Add(new HandsOf(h.Round, h.Counts, h.Room)) } : q),
        });
        rules.Apply<LostCounted>(static (state, l, _) => state with
        {
            Explanations = state.Explanations.SetItem(l.ExplanationId, state.Explanations[l.ExplanationId] is var e
                && e.LostHands.RemoveAll(x => (x.Variant, x.Sentence, x.Room) == (l.Variant, l.Sentence, l.Room)) is var others
                ? e with { LostHands = l.Count == 0 ? others : others.Add(new LostHands(l.Variant, l.Sentence, l.Count, l.Room)) } : e),
        });
    }

    /// <summary>Hands of one round in all rooms; empty where none were counted.</summary>
    internal static ImmutableArray<HandCount> Of(Question q, int round) => HandsByRoom.Together(q.Hands.Where(h => h.Round == round));

    /// <summary>How many pupils the hands of a round are, in all rooms.</summary>
    internal static int Pupils(Question q, int round) => q.Hands.Where(h => h.Round == round).Sum(h => Pupils(q.Plan.Kind, h.Counts));

    /// <summary>How many pupils these hands of one room are: of several answers to one question a pupil may give more than one.</summary>
    private static int Pupils(QuestionKind kind, ImmutableArray<HandCount> hands) => hands.IsEmpty ? 0
        : kind == QuestionKind.Multiple ? hands.Max(h => h.Count) : hands.Sum(h => h.Count);

    private static Decision Count(LessonState state, Question q, ImmutableArray<HandCount> counts, int? room)
    {
        // What the class answered first is seen beside the question that comes back in another, too.
        if (q.Status is QuestionStatus.Counted or QuestionStatus.Revealed
            || (q.Round == 1 && state.Questions.Values.Any(r => r.Plan.Returns == q.Plan.Id && r.Status is QuestionStatus.Counted or QuestionStatus.Revealed)))
        {
            return Decision.Refuse("results-shown");
        }

        if (q.StemOnly)
        {
            return Decision.Refuse("options-not-shown");
        }

        var before = q.Hands.FirstOrDefault(h => h.Round == q.Round && h.Room == room)?.Counts ?? [];
        // Rooms that were closed may have brought more words together than one room may have.
        if (counts.IsDefault || counts.Length > Math.Max(Math.Max(MaxWords, before.Length), q.Plan.Options.Length) || counts.Any(c => c?.Key is null || c.Count is < 0 or > SeatsRules.MaxSeats))
        {
            return Decision.Refuse("bad-value");
        }

        ImmutableArray<HandCount> kept = [.. counts.Where(c => c.Count > 0).Select(c => c with { Key = KeyOf(q.Plan.Kind, c.Key) })];
        if (q.Plan.Kind is QuestionKind.WordCloud or QuestionKind.Open)
        {
            // A word that is written in two ways is one, as in answers.
            kept = [.. kept.GroupBy(c => c.Key, StringComparer.Ordinal).Select(g => new HandCount(g.Key, (int)Math.Min(g.Sum(c => (long)c.Count), int.MaxValue)))];
        }

        if (kept.Select(c => c.Key).Distinct(StringComparer.Ordinal).Count() != kept.Length)
        {
            return Decision.Refuse("bad-value");
        }

        var most = (state.ClassSize ?? SeatsRules.MaxSeats) - q.Answers.Keys.Count(a => a.Round == q.Round) - (Pupils(q, q.Round) - Pupils(q.Plan.Kind, before));
        return kept.Select(c => RefusalTo(q.Plan, c.Key)).FirstOrDefault(r => r is not null) is { } refusal ? refusal
            // Fewer than before are taken however small the room has become.
            : Pupils(q.Plan.Kind, kept) > Math.Max(most, Pupils(q.Plan.Kind, before)) ? Decision.Refuse("more-than-class", "max", Math.Max(0, most))
            : kept.SequenceEqual(before) ? Decision.Nothing
            : Decision.Of(new HandsCounted(q.Plan.Id, q.Round, kept, room));
    }

    private static string KeyOf(QuestionKind kind, string key) => kind switch
    {
        QuestionKind.WordCloud => Spelling.Counted(key),
        QuestionKind.Open => key.Trim(),
        QuestionKind.Single or QuestionKind.Multiple or QuestionKind.Scale => key,
    };

    private static Decision? RefusalTo(QuestionPlan plan, string key) => plan.Kind switch
    {
        QuestionKind.Single or QuestionKind.Multiple => plan.Options.Any(o => o.Id == key) ? null : Decision.Refuse("no-such-option"),
        QuestionKind.Scale => int.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var v) && v >= plan.Min && v <= plan.Max
            && v.ToString(CultureInfo.InvariantCulture) == key ? null : Decision.Refuse("out-of-scale"),
        _ when Spelling.RefusalTo(key) is { } wrong => new Decision([], [], wrong),
        QuestionKind.Open => key.Length <= QuestionsRules.MaxOpen ? null : Decision.Refuse("too-long", "max", QuestionsRules.MaxOpen),
        _ => key.Length <= QuestionsRules.MaxWord ? null : Decision.Refuse("too-long", "max", QuestionsRules.MaxWord),
    };

    private static Decision Lost(LessonState state, CountLost count)
    {
        if (!state.Explanations.TryGetValue(count.ExplanationId, out var e) || e.InPreview)
        {
            return Decision.Refuse("no-such-explanation");
        }

        if (count.Count is < 0 or > SeatsRules.MaxSeats || (count.Variant is null) != (count.Sentence is null))
        {
            return Decision.Refuse("bad-value");
        }

        if (count.Variant is { } name && !e.Order.Variants.Any(v => v.ToString() == name))
        {
            return Decision.Refuse("no-such-variant");
        }

        var sentences = count.Variant is null ? 0 : e.Completed.TryGetValue(count.Variant, out var text) ? text.SentenceEnds.Length : ExplanationsRules.MaxSentences;
        var pressed = e.Presses.Where(p => count.Variant is null || (p.Variant == count.Variant && p.Sentence == count.Sentence)).Select(p => p.StudentId).Distinct().Count();
        var hands = e.LostHands.Where(l => l.Variant == count.Variant && l.Sentence == count.Sentence).ToList();
        var before = hands.FirstOrDefault(l => l.Room == count.Room)?.Count ?? 0;
        var most = (state.ClassSize ?? SeatsRules.MaxSeats) - pressed - hands.Where(l => l.Room != count.Room).Sum(l => l.Count);
        return count.Sentence is { } at && (at < 0 || at >= sentences) ? Decision.Refuse("no-such-sentence")
            : count.Count > Math.Max(most, before) ? Decision.Refuse("more-than-class", "max", Math.Max(0, most))
            : before == count.Count ? Decision.Nothing
            : Decision.Of(new LostCounted(count.ExplanationId, count.Variant, count.Sentence, count.Count, count.Room));
    }
}
