namespace Classroom.Lessons;

/// <summary>How the pace feels: a face that counts for a minute.</summary>
public static class TempoRules
{
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    internal static void Register(RuleTable rules)
    {
        rules.Decide<SetTempo>(static (_, tempo, context) => tempo.Face is < 1 or > 4 ? Decision.Refuse("bad-value")
            : Decision.Of(new TempoSet(tempo.Face)).Then(new ScheduleTempoExpiry(context.Now + Window)));
        rules.Decide<ExpireTempo>(static (state, _, context) => Expire(state, context.Now));

        rules.Apply<TempoSet>(static (state, t, meta) => SeatsRules.Change(state, meta.By.Id, s => s with { Tempo = t.Face, TempoAt = meta.At }));
        rules.Apply<TempoExpired>(static (state, e, _) => e.Students.Aggregate(
            state, static (s, id) => SeatsRules.Change(s, id, static x => x with { Tempo = null, TempoAt = null })));
    }

    private static Decision Expire(LessonState state, DateTimeOffset now)
    {
        var old = state.Seats.Values.Where(s => s.TempoAt + Window <= now).Select(s => s.StudentId).Order().ToImmutableArray();
        return old.IsEmpty ? Decision.Nothing : Decision.Of(new TempoExpired(old));
    }
}
