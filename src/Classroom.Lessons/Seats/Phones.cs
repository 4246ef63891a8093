using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Classroom.Lessons;

/// <summary>
/// Children who share one phone: each has a seat of its own on the same device, so that each is counted, called, erased and marked alone. A command says for whom of
/// them it is; for several it leads to the facts of each, which are that child's and sealed under its key. A ticket is the phone's as long as a child is on it.
/// Invariant: nobody acts for a child of another device. Invariant: what several did together stays with the others when one of them is forgotten.
/// Invariant: no word that a child wrote alone becomes another's.
/// </summary>
internal static class Phones
{
    public const int Most = 3;
    private const int IdBytes = 16;

    internal static void Register(RuleTable rules)
    {
        rules.Decide<TakeSeat>(static (state, take, context) => Come(state, take, context));
        rules.Decide<ShareSeat>(static (state, share, context) => Share(state, share, context));
    }

    /// <summary>All children of the phone on which this student is, in the order in which they came; who has no seat is alone.</summary>
    public static ImmutableArray<Guid> Of(LessonState state, Guid student) => state.Seats.TryGetValue(student, out var seat) && seat.IsShared
        ? [.. state.Seats.Values.Where(s => s.DeviceId == seat.DeviceId).OrderBy(s => s.JoinedAt).ThenBy(s => s.StudentId).Select(s => s.StudentId)] : [student];

    /// <summary>On how many phones these are: who shares one presses as one, so that counts of few phones would say who.</summary>
    public static int Count(IEnumerable<Seat> seats) => seats.Select(s => s.DeviceId).Distinct().Count();

    public static bool IsShared(LessonState state, Guid student) => Of(state, student).Length > 1;

    /// <summary>Whether this is the screen of one of the children who are on a student's phone.</summary>
    public static bool IsOf(LessonState state, Audience audience, Guid student) =>
        audience.Is(student) || (audience.Kind == AudienceKind.Student && Of(state, student).Contains(audience.StudentId));

    /// <summary>What all children of a phone are called, as of one who waits there.</summary>
    public static string NamesOf(LessonState state, Guid student) => string.Join(", ", Of(state, student).Select(id => state.Seats[id].Nickname));

    /// <summary>Who is on a phone, and came first of them; null: nobody.</summary>
    public static Guid? FirstOn(LessonState state, Guid device) =>
        state.Seats.Values.Where(s => s.DeviceId == device).OrderBy(s => s.JoinedAt).ThenBy(s => s.StudentId).Select(s => (Guid?)s.StudentId).FirstOrDefault();

    /// <summary>The phones that a child has left, and where another one stays.</summary>
    public static ImmutableArray<StudentDevice> Left(LessonState before, LessonState after) =>
    [
        .. before.Seats.Values.Where(s => s.IsShared && after.Seats.GetValueOrDefault(s.StudentId)?.DeviceId != s.DeviceId && FirstOn(after, s.DeviceId) is not null)
            .Select(s => new StudentDevice(s.StudentId, s.DeviceId)),
    ];

    /// <summary>Whether it was this child's command. A child that another one brought to its phone is named by that command.</summary>
    public static bool IsRepeated(SeenCommand seen, Command command, Actor by) =>
        seen.IsOf(by) || (command is ShareSeat && seen.Role == by.Role && seen.By == IdOf(by.Id, seen.Seq - 1));

    /// <summary>For whom a command is: those of the phone that it names. Who has left the phone meanwhile is named in vain.</summary>
    public static ImmutableArray<Guid> Named(LessonState state, Envelope envelope)
    {
        if (envelope.For.IsDefaultOrEmpty || envelope.By.Role != Role.Student)
        {
            return [envelope.By.Id];
        }

        var here = Of(state, envelope.By.Id);
        return [.. envelope.For.Where(here.Contains).Distinct()];
    }

    /// <summary>What a command leads to for each of several children. The first one's refusal is that of all; whom it does not concern is left out.</summary>
    public static Decision Each(LessonState state, Command command, ImmutableArray<Guid> children, Func<Guid, Decision> decide)
    {
        var first = decide(children[0]);
        return first.Refusal is not null ? first : children.Skip(1).Where(child => !IsApart(state, command, children[0], child)).Select(child => (child, Decision: decide(child)))
            .Where(each => each.Decision.Refusal is null)
            .Aggregate(first.Of(children[0]), static (all, each) => all.And(each.Decision.Of(each.child)));
    }

    /// <summary>Those of several whose draft is the same: they made it together.</summary>
    public static ImmutableArray<Guid>? MadeWith(LessonState state, ImmutableArray<Guid> together, Guid me, string stepId)
    {
        ImmutableArray<Guid> others = [.. together.Where(id => id != me && IsSame(state, stepId, me, id)
            && PhotosRules.AreSame(state, new(me, stepId), new(id, stepId)))];
        return others.IsEmpty ? null : others;
    }

    internal static LessonState Seated(LessonState state, Seat seat)
    {
        var mates = state.Seats.Values.Where(s => s.DeviceId == seat.DeviceId).ToList();
        return state with
        {
            Seats = state.Seats.SetItems(mates.Select(m => KeyValuePair.Create(m.StudentId, m with { IsShared = true })))
                .Add(seat.StudentId, mates.Count == 0 ? seat : seat with { IsShared = true, Team = mates[0].Team, Room = mates[0].Room }),
        };
    }

    // Who has anything else in a step goes on alone there, and so does who has nothing where the first wrote alone: no words are overwritten, and none are given away.
    private static bool IsApart(LessonState state, Command command, Guid first, Guid other) =>
        command switch { SaveDraft d => d.StepId, HandIn h => h.StepId, ReviseWork r => r.StepId, _ => null } is { } step && !IsSame(state, step, first, other);

    private static bool IsSame(LessonState state, string step, Guid one, Guid other) =>
        WorkRules.IsSame(state.Works.GetValueOrDefault(new(one, step)), state.Works.GetValueOrDefault(new(other, step)));

    // All come in, or none: a phone on which one name is wrong asks for another one first.
    private static Decision Come(LessonState state, TakeSeat take, CommandContext context)
    {
        var decision = SeatsRules.Sit(state, context.By.Id, take, context);
        var others = take.Others is { IsDefault: false } named ? named : [];
        if (decision.Refusal is not null || others.IsEmpty)
        {
            return decision;
        }

        var there = 1;
        if (decision.Facts.IsEmpty)
        {
            // Who is in already, or at the door, brings the others to the phone that it is on; who of them is there stays.
            (take, var names) = OnPhoneOf(state, context.By.Id, take);
            (there, others) = (names.Count, [.. others.Where(o => !names.Contains(SeatsRules.Plain(o?.Nickname ?? "")))]);
        }

        if (there + others.Length > Most)
        {
            return Decision.Refuse("phone-full", "max", Most);
        }

        decision = decision.Of(context.By.Id);
        foreach (var other in others)
        {
            var after = Folded(state, decision, context);
            var next = SeatsRules.Sit(after, IdOf(context.By.Id, after.Seq), take with { Nickname = other?.Nickname ?? "", Themed = other?.Themed == true, Others = null }, context);
            if (next.Refusal is { } refusal)
            {
                return next with { Refusal = refusal with { Args = refusal.Args.SetItem("name", Names.Normalize(other?.Nickname)) } };
            }

            decision = decision.And(next.Of(IdOf(context.By.Id, after.Seq)));
        }

        return decision;
    }

    private static (TakeSeat Take, HashSet<string> Names) OnPhoneOf(LessonState state, Guid student, TakeSeat take)
    {
        take = state.Seats.TryGetValue(student, out var seat)
            ? take with { DeviceId = seat.DeviceId, BrowserId = seat.BrowserId, Language = seat.Language, Level = seat.Level, Room = seat.Room ?? RoomsRules.Hub }
            : state.Entries[student] is var e ? take with { DeviceId = e.DeviceId, BrowserId = e.BrowserId, Language = e.Language, Level = e.Level, Room = e.Room ?? RoomsRules.Hub } : take;
        return (take, [.. state.Seats.Values.Where(s => s.DeviceId == take.DeviceId).Select(s => s.Nickname)
            .Concat(state.Entries.Values.Where(e => e.DeviceId == take.DeviceId).Select(e => e.Nickname)).Select(SeatsRules.Plain)]);
    }

    private static Decision Share(LessonState state, ShareSeat share, CommandContext context)
    {
        var seat = state.Seats[context.By.Id];
        var here = Of(state, seat.StudentId).Length + state.Entries.Values.Count(e => e.DeviceId == seat.DeviceId);
        if (here >= Most || DeviceRules.HeldBy(state, seat.BrowserId) >= Most)
        {
            return Decision.Refuse("phone-full", "max", Most);
        }

        var id = IdOf(seat.StudentId, state.Seq);
        return SeatsRules.Sit(state, id, new TakeSeat(share.Nickname, seat.Language, seat.Level, seat.DeviceId, share.Themed, seat.BrowserId, Room: seat.Room ?? RoomsRules.Hub), context).Of(id);
    }

    private static LessonState Folded(LessonState state, Decision decision, CommandContext context) => decision.Facts.Select((fact, i) => (fact, i)).Aggregate(
        state, (s, x) => Lesson.Apply(s, new RecordedFact(new FactMeta(s.Seq + 1, Guid.Empty, context.By with { Id = decision.Children[x.i] }, context.Now), x.fact)) with { Seen = s.Seen });

    // Made of what nobody can choose: an id that a browser named could be another child's, in another lesson.
    private static Guid IdOf(Guid first, long seq)
    {
        Span<byte> named = stackalloc byte[IdBytes + sizeof(long)];
        first.TryWriteBytes(named);
        BinaryPrimitives.WriteInt64LittleEndian(named[IdBytes..], seq);
        return new Guid(SHA256.HashData(named).AsSpan(0, IdBytes));
    }
}
