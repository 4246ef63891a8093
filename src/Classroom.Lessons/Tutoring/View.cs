namespace Classroom.Lessons;

public sealed record FlagEntity(Guid ExchangeId, string Flag, DateTimeOffset At);

public sealed record OpeningEntity(string By, string Reason, DateTimeOffset At);

/// <summary>
/// Kind <c>exchange</c>, id = exchange id: a student's question to the tutor and its answer. The student's own; the teacher's once the
/// transcript was opened, up to that moment.
/// </summary>
/// <param name="AgainAt">When the model may be asked again, where that is known.</param>
[Entity("exchange")]
public sealed record ExchangeEntity(
    Guid StudentId, string StepId, string Question, DateTimeOffset At, string? Answer, string? Failure, Provenance? Provenance,
    DateTimeOffset? AgainAt = null) : Entity;

/// <summary>Kind <c>thread</c>, id = student id: that there is one, for the teacher and the student. Who opened it and why is for both.</summary>
/// <param name="Flags">Teacher only.</param>
[Entity("thread")]
public sealed record ThreadEntity(
    Guid StudentId, int Count, ImmutableArray<FlagEntity>? Flags, ImmutableArray<OpeningEntity> Openings) : Entity;

/// <summary>Kind <c>meter</c>, teacher only: what the lesson's AI has used. <paramref name="Limit"/> 0: not limited.</summary>
[Entity("meter")]
public sealed record MeterEntity(int Tokens, int Limit, int Calls, int Cached) : Entity;

/// <summary>A thread is its student's; the teacher sees that there is one, and reads it after opening it.</summary>
internal static class TutoringView
{
    internal static void Register(ViewTable view)
    {
        view.Entities(static s => [Meter(s), .. s.Exchanges.Keys.Select(id => Exchange(s, id))]);
        view.Entities(static s => s.Exchanges.Values.Select(e => e.StudentId).Distinct().Select(id => Thread(s, id)));
        view.Changes<AiPolicySet>(static c => [LifecycleView.Step(c.After, c.Fact.StepId)]);
        view.Changes<TutorAsked>(static c => [Exchange(c.After, c.Fact.ExchangeId), Thread(c.After, c.By)]);
        view.Changes<StudentAnswered>(static c => Answered(c.After, c.Fact.ExchangeId));
        view.Changes<StudentNotAnswered>(static c => Answered(c.After, c.Fact.ExchangeId));
        view.Changes<TranscriptOpened>(static c =>
        [
            Thread(c.After, c.Fact.StudentId),
            .. c.After.Exchanges.Values.Where(e => e.StudentId == c.Fact.StudentId)
                .Select(e => Exchange(c.After, e.Id) with { Owners = VisibleEntity.NoStudent }),
        ]);
    }

    internal static VisibleEntity Meter(LessonState s) => new(EntityKey.Of<MeterEntity>(), a =>
        a.IsTeacher ? new MeterEntity(s.Meter.Tokens, s.Opened!.TokenLimit, s.Meter.Calls, s.Meter.Cached) : null, VisibleEntity.NoStudent);

    private static IEnumerable<VisibleEntity> Answered(LessonState s, Guid exchangeId) =>
        [Exchange(s, exchangeId), Thread(s, s.Exchanges[exchangeId].StudentId), Meter(s)];

    // What was asked after the last opening stays the student's own.
    private static VisibleEntity Exchange(LessonState s, Guid id) => new(EntityKey.Of<ExchangeEntity>(id), a =>
    {
        var e = s.Exchanges[id];
        var open = Phones.IsOf(s, a, e.StudentId) || (a.IsTeacher && s.Openings.Any(o => o.StudentId == e.StudentId && o.Seq > e.Seq));
        return open ? new ExchangeEntity(e.StudentId, e.StepId, e.Question, e.At, e.Answer, e.Failure, e.Provenance, e.AgainAt) : null;
    }, Phones.Of(s, s.Exchanges[id].StudentId));

    private static VisibleEntity Thread(LessonState s, Guid student) => new(EntityKey.Of<ThreadEntity>(student), a =>
    {
        var all = s.Exchanges.Values.Where(e => e.StudentId == student).OrderBy(e => e.Seq).ToList();
        return all.Count == 0 || (!a.IsTeacher && !Phones.IsOf(s, a, student)) ? null : new ThreadEntity(
            student, all.Count,
            a.IsTeacher ? [.. all.SelectMany(e => e.Flags.Select(f => new FlagEntity(e.Id, f, e.At)))] : null,
            [.. s.Openings.Where(o => o.StudentId == student).Select(o => new OpeningEntity(o.By, o.Reason, o.At))]);
    }, Phones.Of(s, student));
}
