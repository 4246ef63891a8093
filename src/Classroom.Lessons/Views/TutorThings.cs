namespace Classroom.Lessons;

internal static partial class Things
{
    public static Thing Meter(LessonState s) => new(Key.Meter, a =>
        a.Kind == AudienceKind.Teacher ? new MeterEntity(s.Meter.Tokens, s.Opened!.TokenLimit, s.Meter.Calls, s.Meter.Cached) : null, Thing.Nobody);

    // What was asked after the last opening stays the student's own.
    public static Thing Exchange(LessonState s, Guid id) => new(Key.Exchange(id), a =>
    {
        var e = s.Exchanges[id];
        var open = a == Audience.Student(e.StudentId)
            || (a.Kind == AudienceKind.Teacher && s.Openings.Any(o => o.StudentId == e.StudentId && o.Seq > e.Seq));
        return open ? new ExchangeEntity(e.StudentId, e.StepId, e.Question, e.At, e.Answer, e.Failure, e.Provenance) : null;
    }, [s.Exchanges[id].StudentId]);

    public static Thing Thread(LessonState s, Guid student) => new(Key.Thread(student), a =>
    {
        var all = s.Exchanges.Values.Where(e => e.StudentId == student).OrderBy(e => e.Seq).ToList();
        return all.Count == 0 || !IsOwnOrTeacher(a, student) ? null : new ThreadEntity(
            student, all.Count,
            a.Kind == AudienceKind.Teacher ? [.. all.SelectMany(e => e.Flags.Select(f => new FlagEntity(e.Id, f, e.At)))] : null,
            [.. s.Openings.Where(o => o.StudentId == student).Select(o => new OpeningEntity(o.By, o.Reason, o.At))]);
    }, [student]);

    public static Thing Incident(LessonState s, Guid id) => new(Key.Incident(id), a =>
    {
        var i = s.Incidents[id];
        return a.Kind == AudienceKind.Teacher ? new IncidentEntity(i.Ability, i.Kind, i.Category, i.StepId, i.StudentId, i.At) : null;
    }, Thing.Nobody);
}
