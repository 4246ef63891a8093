using System.Text.Json.Serialization;

namespace Classroom.Lessons;

[JsonConverter(typeof(Camel<QuestionStatus>))]
public enum QuestionStatus { Open, Closed, Counted, Revealed }

public sealed record OptionEntity(string Id, Trilingual Text, bool? Correct, Trilingual? Why, ImagePlan? Image = null);

/// <summary>Counts of one round: per option id, scale value or word; of open answers those alone that were counted by hand.</summary>
/// <param name="ByHand">How many of the answers are hands that the teacher counted; absent where none were.</param>
public sealed record RoundEntity(int Round, int Answered, ImmutableArray<CountEntity> Counts, int? ByHand = null);

/// <param name="Hidden">Teacher only: a word that the class does not see.</param>
/// <param name="ByHand">How many of the count are hands; absent where none were counted.</param>
public sealed record CountEntity(string Key, int Count, bool? Hidden = null, int? ByHand = null);

/// <summary>Kind <c>question</c>, id = question id. Solutions and results are absent until revealed, except for the teacher.</summary>
/// <param name="StemOnly">The class does not have the options yet, and nobody can answer; absent otherwise.</param>
/// <param name="EndsAt">When the question's own time is over, or was: it stays open; absent where it has none.</param>
/// <param name="Returns">The id of the earlier question that comes back in this one; absent otherwise.</param>
[Entity("question", OnBoard = true)]
public sealed record QuestionEntity(
    string? StepId, QuestionKind Kind, Trilingual Text, ImmutableArray<OptionEntity> Options, int Min, int Max, Trilingual? MinLabel,
    Trilingual? MaxLabel, Trilingual? Why, int Round, QuestionStatus Status, DateTimeOffset AskedAt,
    ImmutableArray<string>? Picked, bool? StemOnly = null, ImagePlan? Image = null, string? Returns = null, ImagePlan? WhyImage = null, DateTimeOffset? EndsAt = null) : Entity;

/// <summary>Kind <c>tally</c>, id = question id. Apart from the question, which is long and does not change with every answer.</summary>
/// <param name="Answered">Teacher and board: answers in this round, hands too.</param>
/// <param name="Rounds">Absent until the counts are shown, except for the teacher.</param>
/// <param name="Before">What the class first answered to the question that comes back in this one; seen with the rounds, by all but the teacher once it is closed.</param>
/// <param name="Hands">Teacher and board: what was counted by hand, in this round, by room, so that a finger there goes on from it; absent where nothing was. It stands nowhere but where hands are counted.</param>
[Entity("tally", OnBoard = true)]
public sealed record TallyEntity(int? Answered, ImmutableArray<RoundEntity>? Rounds, RoundEntity? Before = null, ImmutableArray<HandsOf>? Hands = null) : Entity;

/// <summary>Kind <c>answer</c>, id = question/round/student. Teacher: all; a student: its own, and those of who shares its phone.</summary>
/// <param name="Together">Given by all on the phone; absent otherwise.</param>
[Entity("answer")]
public sealed record AnswerEntity(
    string QuestionId, int Round, Guid StudentId, ImmutableArray<string> Options, int? Scale, string? Text, DateTimeOffset At, bool? Picked,
    bool? Together = null) : Entity;

/// <summary>Solutions and counts stay with the teacher until revealed; an answer is its student's and the teacher's.</summary>
internal static class QuestionsView
{
    internal static void Register(ViewTable view)
    {
        view.Entities(static s => s.Questions.Keys.SelectMany(id => new[] { Question(s, id), Tally(s, id) }));
        view.Entities(static s => s.Questions.Values.SelectMany(q => q.Answers.Keys.Select(k => Answer(s, q.Plan.Id, k.Round, k.StudentId))));
        view.Changes<QuestionAsked>(static c => [Question(c.After, c.Fact.Question.Id), Tally(c.After, c.Fact.Question.Id)]);
        view.Changes<OptionsShown>(static c => [Question(c.After, c.Fact.QuestionId)]);
        view.Changes<QuestionTimed>(static c => [Question(c.After, c.Fact.QuestionId)]);
        view.Changes<QuestionClosed>(static c => [Question(c.After, c.Fact.QuestionId), .. Returned(c.After, c.Fact.QuestionId)]);
        view.Changes<QuestionReopened>(static c => [Question(c.After, c.Fact.QuestionId), .. Returned(c.After, c.Fact.QuestionId)]);
        view.Changes<CountsShown>(static c => [Question(c.After, c.Fact.QuestionId), Tally(c.After, c.Fact.QuestionId), .. Returned(c.After, c.Fact.QuestionId)]);
        view.Changes<ResultsRevealed>(static c => [Question(c.After, c.Fact.QuestionId), Tally(c.After, c.Fact.QuestionId), .. Returned(c.After, c.Fact.QuestionId)]);
        view.Changes<QuestionAskedAgain>(static c => [Question(c.After, c.Fact.QuestionId), Tally(c.After, c.Fact.QuestionId), LikenessView.Groups(c.After, c.Fact.QuestionId)]);
        view.Changes<EachChildAsked>(static c => [LifecycleView.Pace(c.After)]);
        view.Changes<WordHidden>(static c => [Tally(c.After, c.Fact.QuestionId), .. Returned(c.After, c.Fact.QuestionId)]);
        // Students see no counts before the reveal, so an answer to an unrevealed question is no news to them.
        view.Changes<AnswerGiven>(static c =>
        [
            Tally(c.After, c.Fact.QuestionId) with { Owners = VisibleEntity.NoStudent }, Answer(c.After, c.Fact.QuestionId, c.Fact.Round, c.By),
            .. Returned(c.After, c.Fact.QuestionId).Select(t => t with { Owners = VisibleEntity.NoStudent }),
            .. TypedView.Sent(c.Before, c.After, c.By, TypedField.Answer, c.Fact.QuestionId),
            .. c.Before.Questions[c.Fact.QuestionId].Groups.IsEmpty ? [] : new[] { LikenessView.Groups(c.After, c.Fact.QuestionId) },
            // Who answers anew takes back what was shown of it.
            .. c.Before.Questions[c.Fact.QuestionId].Answers.GetValueOrDefault(new(c.Fact.Round, c.By)) is { Picked: true } ? new[] { Question(c.After, c.Fact.QuestionId) } : [],
        ]);
        view.Changes<AnswerPicked>(static c =>
        [
            Question(c.After, c.Fact.QuestionId),
            Answer(c.After, c.Fact.QuestionId, c.After.Questions[c.Fact.QuestionId].Round, c.Fact.StudentId) with { Owners = VisibleEntity.NoStudent },
        ]);
    }

    internal static VisibleEntity Question(LessonState s, string id) => new(EntityKey.Of<QuestionEntity>(id), a =>
    {
        var q = s.Questions[id];
        var open = a.IsTeacher || q.Status == QuestionStatus.Revealed;
        var picked = q.Answers.Where(x => x.Key.Round == q.Round && x.Value.Picked).OrderBy(x => x.Value.At).ThenBy(x => x.Key.StudentId)
            .Select(x => x.Value.Text!)
            // What the teacher has typed is meant to be looked at.
            .Concat(q.Plan.Kind == QuestionKind.Open ? ByHandRules.Of(q, q.Round).Select(h => h.Key) : []).ToImmutableArray();
        return new QuestionEntity(
            q.StepId, q.Plan.Kind, q.Plan.Text,
            q.StemOnly && !a.IsTeacher ? [] : [.. q.Plan.Options.Select(o => new OptionEntity(o.Id, o.Text, open ? o.Correct : null, open ? o.Why : null, o.Image))],
            q.Plan.Min, q.Plan.Max, q.Plan.MinLabel, q.Plan.MaxLabel, open ? q.Plan.Why : null, q.Round, q.Status, q.AskedAt,
            picked.IsEmpty ? null : picked, q.StemOnly ? true : null, q.Plan.Image, q.Plan.Returns, open ? q.Plan.WhyImage : null, q.EndsAt);
    }, null);

    internal static VisibleEntity Tally(LessonState s, string id) => new(EntityKey.Of<TallyEntity>(id), a =>
    {
        var q = s.Questions[id];
        var open = a.IsTeacher || q.Status is QuestionStatus.Counted or QuestionStatus.Revealed;
        return open || a.IsStaff
            ? new TallyEntity(
                a.IsStaff ? q.Answers.Count(x => x.Key.Round == q.Round) + ByHandRules.Pupils(q, q.Round) : null, open ? Rounds(q, a.IsTeacher) : null,
                open ? Before(s, q, a.IsTeacher) : null, a.IsStaff ? HandsByRoom.Of(q) : null)
            : null;
    }, null);

    // While the class still answers it, only the teacher sees how: a late child would follow the others. Where nobody answered there is nothing to compare.
    private static RoundEntity? Before(LessonState s, Question q, bool isTeacher) =>
        s.Questions.GetValueOrDefault(q.Plan.Returns ?? "") is { } first && (isTeacher || first.Round > 1 || first.Status != QuestionStatus.Open)
        && Rounds(first, isTeacher)[0] is { Answered: > 0 } round ? round : null;

    /// <summary>The tallies that show what the class first answered to this question.</summary>
    internal static IEnumerable<VisibleEntity> Returned(LessonState s, string id) => s.Questions.Values.Where(q => q.Plan.Returns == id).Select(q => Tally(s, q.Plan.Id));

    internal static VisibleEntity Answer(LessonState s, string id, int round, Guid student) => new(EntityKey.Of<AnswerEntity>($"{id}/{round}/{student}"), a =>
    {
        var answer = s.Questions[id].Answers[new(round, student)];
        return a.IsTeacher || Phones.IsOf(s, a, student)
            ? new AnswerEntity(
                id, round, student, answer.Options, answer.Scale, answer.Text, answer.At, a.IsTeacher ? answer.Picked : null, answer.Together ? true : null) : null;
    }, Phones.Of(s, student));

    // Once over the answers: this is done with every one of them that comes in.
    private static ImmutableArray<RoundEntity> Rounds(Question q, bool isTeacher)
    {
        var answered = new int[q.Round];
        var counts = new Dictionary<string, int>?[q.Round];
        var doubted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, answer) in q.Answers)
        {
            answered[key.Round - 1]++;
            var counted = counts[key.Round - 1] ??= new(StringComparer.Ordinal);
            foreach (var word in Counted(q.Plan.Kind, answer))
            {
                counted[word] = counted.GetValueOrDefault(word) + 1;
                if (answer.Doubted)
                {
                    doubted.Add(word);
                }
            }
        }

        return [.. answered.Select(Round)];

        RoundEntity Round(int n, int i)
        {
            var hands = ByHandRules.Of(q, i + 1);
            var pupils = ByHandRules.Pupils(q, i + 1);
            return new RoundEntity(
                i + 1, n + pupils,
                [
                    .. Merged(counts[i] ?? [], hands).Select(c => c with { Hidden = IsHidden(c.Key) ? true : null }).Where(c => isTeacher || c.Hidden is null)
                        .OrderByDescending(c => c.Count).ThenBy(c => c.Key, StringComparer.Ordinal),
                ],
                pupils == 0 ? null : pupils);
        }

        bool IsHidden(string key) => q.Plan.Kind == QuestionKind.WordCloud && QuestionsRules.IsHidden(q, key, doubted.Contains(key));
    }

    private static IEnumerable<CountEntity> Merged(Dictionary<string, int> phones, ImmutableArray<HandCount> hands) =>
        phones.Keys.Union(hands.Select(h => h.Key), StringComparer.Ordinal).Select(key => (Key: key, Hands: hands.FirstOrDefault(h => h.Key == key)?.Count))
            .Select(c => new CountEntity(c.Key, phones.GetValueOrDefault(c.Key) + (c.Hands ?? 0), null, c.Hands));

    private static ImmutableArray<string> Counted(QuestionKind kind, Answer answer) => kind switch
    {
        QuestionKind.Single or QuestionKind.Multiple => answer.Options,
        QuestionKind.Scale => [answer.Scale!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)],
        QuestionKind.WordCloud => [Spelling.Counted(answer.Text!)],
        _ => [],
    };
}
