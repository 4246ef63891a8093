using System.Text;

namespace Classroom.Grains.Tests;

/// <summary>A lesson's facts in the log, written and folded without its grain.</summary>
public static class History
{
    public static LessonState Fold(IEnumerable<StoredFact> facts) => facts.Aggregate(LessonState.Empty, Apply);

    /// <summary>The lesson at every version, from 0 on.</summary>
    public static List<LessonState> States(IEnumerable<StoredFact> facts)
    {
        List<LessonState> states = [LessonState.Empty];
        foreach (var fact in facts)
        {
            states.Add(Apply(states[^1], fact));
        }

        return states;
    }

    public static async Task AppendAsync(IFactLog log, string stream, LessonState before, IReadOnlyList<RecordedFact> facts)
    {
        var expected = before.Seq;
        var states = new Dictionary<long, LessonState> { [before.Seq + 1] = before };
        foreach (var fact in facts)
        {
            states[fact.Meta.Seq + 1] = Lesson.Apply(states[fact.Meta.Seq], fact);
        }

        // One after another, as a grain does: nobody promises an order to who does not wait.
        foreach (var command in facts.GroupBy(f => f.Meta.CommandId))
        {
            var result = await log.AppendAsync(stream, expected, command.Key, [.. command.Select(f => new NewFact(
                FactCatalogue.NameOf(f.Fact.GetType()), Encoding.UTF8.GetString(FactCatalogue.EncodeActor(f.Meta.By)), f.Meta.At,
                Encoding.UTF8.GetString(FactCatalogue.Encode(f.Fact)), f.Fact.ChildIn(states[f.Meta.Seq], f.Meta.By)))], CancellationToken.None);
            result.Status.ShouldBe(AppendStatus.Appended);
            expected += command.Count();
        }
    }

    private static LessonState Apply(LessonState state, StoredFact stored) => Lesson.Apply(state, new RecordedFact(
        new FactMeta(stored.Version, stored.CommandId, FactCatalogue.DecodeActor(Encoding.UTF8.GetBytes(stored.Actor)), stored.At),
        FactCatalogue.Decode(stored.Name, Encoding.UTF8.GetBytes(stored.Body))));
}
