namespace Classroom.Lessons;

/// <summary>How the pace feels: a face that counts for a minute, and the wish for one more minute in the step.</summary>
public static class TempoRules
{
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    internal static void Register(RuleTable rules)
    {
        rules.Decide<SetTempo>(static (_, tempo, context) => tempo.Face is < 1 or > 4 ? Decision.Refuse("bad-value")
            : Decision.Of(new TempoSet(tempo.Face)).Then(new ScheduleTempoExpiry(context.Now + Window)));
        rules.Decide<ExpireTempo>(static (state, _, context) => Expire(state, context.Now));
        rules.Decide<AskForMoreTime>(static (state, _, context) => AskedIn(state, state.StepId!).Contains(context.By.Id) ? Decision.Nothing
            : Decision.Of(new MoreTimeAsked(state.StepId!)));

        rules.Apply<TempoSet>(static (state, t, meta) => SeatsRules.Change(state, meta.By.Id, s => s with { Tempo = t.Face, TempoAt = meta.At }));
        rules.Apply<TempoExpired>(static (state, e, _) => e.Students.Aggregate(
            state, static (s, id) => SeatsRules.Change(s, id, static x => x with { Tempo = null, TempoAt = null })));
        rules.Apply<MoreTimeAsked>(static (state, m, meta) => state with
        {
            MoreTime = state.MoreTime.SetItem(m.StepId, AskedIn(state, m.StepId).Add(meta.By.Id)),
        });
    }

    internal static ImmutableHashSet<Guid> AskedIn(LessonState state, string stepId) => state.MoreTime.GetValueOrDefault(stepId, []);

    private static Decision Expire(LessonState state, DateTimeOffset now)
    {
        var old = state.Seats.Values.Where(s => s.TempoAt + Window <= now).Select(s => s.StudentId).Order().ToImmutableArray();
        return old.IsEmpty ? Decision.Nothing : Decision.Of(new TempoExpired(old));
    }
}
