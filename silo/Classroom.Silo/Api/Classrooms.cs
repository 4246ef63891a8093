using Classroom.Kits;
using Classroom.Silo.Auth;
using Classroom.Silo.Hosting;
using Classroom.Silo.Realtime;
using Classroom.Storage;
using Classroom.Tutor;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Api;

/// <param name="Rehearse">With a scripted class; the teacher's rehearsal of before ends.</param>
/// <param name="With">The teacher's lesson whose other group this is: of a combined class.</param>
public sealed record OpenBody(string? KitId, string? LessonId, string? ClassName, string? Language, bool AtCentre, bool Rehearse = false, Guid? With = null);

public sealed record ReopenBody(Guid? CommandId);

public sealed record OpenedReply(Guid ClassroomId);

/// <param name="IsNewCode">Another lesson has the one that it had.</param>
public sealed record ReopenedReply(long Seq, bool IsNewCode);

/// <summary>Kits to choose from, and a teacher's classrooms.</summary>
public static class Classrooms
{
    public static void MapKits(this WebApplication app) => app.MapGet("/api/kits", async (LiveKits kits, CancellationToken cancellationToken) => (await kits.RefreshAsync(cancellationToken)).Kits.Select(k => new KitCard(
        k.Id, k.Version, k.Title, k.Lessons.Select(l => l.Plan).Select(l => new LessonCard(
            l.LessonId, l.Title, l.Subject, l.GradeFrom, l.GradeTo, l.Minutes,
            l.Steps.Select(s => new StepHead(s.Id, s.Kind, s.Minutes, s.Devices, s.Title)), l.Preparation))))).RequireAuthorization(Policies.Teacher);

    public static void MapClassrooms(this WebApplication app)
    {
        var group = app.MapGroup("/api/classrooms").RequireAuthorization(Policies.Teacher);
        group.MapGet("/", async (HttpContext context, IGrainFactory grains, ILogger<OpenedReply> logger) =>
        {
            // A rehearsal that is over is nothing to come back to.
            var cards = (await Teacher(grains, context).Classrooms()).RemoveAll(c => c.Rehearsal is true && c.EndedAt is not null);
            _ = Rehearsals.WakeAsync(cards, id => grains.GetGrain<IClassroomGrain>(id).JoinCode(), logger);
            return Results.Json(cards);
        }).Produces<ImmutableArray<ClassroomCard>>();
        group.MapPost("/", OpenAsync).Produces<OpenedReply>();
        group.MapPost("/{id:guid}/reopen", ReopenAsync).Produces<ReopenedReply>();
    }

    private static ITeacherGrain Teacher(IGrainFactory grains, HttpContext context) => grains.GetGrain<ITeacherGrain>(Caller.IdOf(context.User));

    private static async Task<IResult> OpenAsync(
        OpenBody body, HttpContext context, IGrainFactory grains, LiveKits kits, KitImageStore images, JoinCodes codes, IOptions<MarksOptions> marks,
        TokenLimits limits, TimeProvider time, ILogger<OpenBody> logger)
    {
        if ((await kits.RefreshAsync(context.RequestAborted)).Find(body.KitId ?? "") is not { } kit || kit.Lessons.FirstOrDefault(l => l.Id == body.LessonId) is not { } lesson)
        {
            return Errors.Of(StatusCodes.Status404NotFound, "no-such-kit");
        }

        if (!Enum.TryParse<Language>(body.Language, ignoreCase: true, out var language) || !Enum.IsDefined(language))
        {
            return Errors.Of(StatusCodes.Status400BadRequest, "bad-value");
        }

        var (with, notFree) = body.With is { } other ? await Groups.FreeAsync(grains, context, other) : (null, null);
        if (body.With is not null && (notFree ?? (body.Rehearse ? new Refusal("rehearsal-alone") : null)) is { } refusal)
        {
            return Errors.Of(refusal);
        }

        await images.KeepAsync(kit, context.RequestAborted);
        var teacher = Caller.ActorOf(context.User);
        var id = Guid.CreateVersion7();
        var (code, isListed) = (await codes.LeaseAsync(id), false);
        try
        {
            var (plan, rehearsal) = (lesson.Plan, body.Rehearse ? true : (bool?)null);
            var centre = body.AtCentre ? Caller.GuidOf(context.User, Caller.CentreClaim) : null;
            var reply = await grains.GetGrain<IClassroomGrain>(id).Execute(new Envelope(Guid.CreateVersion7(), teacher, new OpenLesson(
                plan, body.ClassName?.Trim() ?? "", teacher.Name ?? "", code, centre, language, MarkScales.InForce(marks.Value, time)!, limits.Lesson, rehearsal,
                body.Rehearse ? Guid.NewGuid() : null, with)), CancellationToken.None);
            if (reply.Refusal is not null)
            {
                return Errors.Of(reply.Refusal);
            }

            await Teacher(grains, context).Opened(new ClassroomCard(id, plan.Title, body.ClassName!.Trim(), time.GetUtcNow(), null, rehearsal));
            isListed = true;
            if (with is not null)
            {
                await CombineAsync(grains, context, id, with.With, logger);
            }

            if (body.Rehearse)
            {
                var list = Teacher(grains, context);
                _ = Rehearsals.EndBeforeAsync(list.Classrooms, id, other => grains.GetGrain<IClassroomGrain>(other).Execute(
                    new Envelope(Guid.CreateVersion7(), Actor.System, new EndLesson()), CancellationToken.None), logger);
            }

            return Results.Ok(new OpenedReply(id));
        }
        finally
        {
            // A classroom that its teacher cannot find needs no code. What broke off may have been stored all the same: the card says so.
            if (!isListed && !await Teacher(grains, context).Owns(id))
            {
                await codes.ReleaseAsync(code, id);
            }
        }
    }

    // The new lesson knows the other one. Where that one cannot be told, both are there all the same, and the console of the new one asks for it again.
    private static async Task CombineAsync(IGrainFactory grains, HttpContext context, Guid id, Guid with, ILogger logger)
    {
        try
        {
            if (await Groups.CombineAsync(grains, context, id, with) is { } refusal)
            {
                logger.LogWarning("Lesson {Classroom} was opened beside {Other}, which is not told: {Code}", id, with, refusal.Code);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.LogWarning(e, "Lesson {Classroom} was opened beside {Other}, which could not be told", id, with);
        }
    }

    private static async Task<IResult> ReopenAsync(Guid id, ReopenBody body, HttpContext context, IGrainFactory grains, JoinCodes codes)
    {
        if (!await Teacher(grains, context).Owns(id))
        {
            return Errors.Of(StatusCodes.Status403Forbidden, "foreign-classroom");
        }

        var classroom = grains.GetGrain<IClassroomGrain>(id);
        // Links and what stands on paper go on leading to it, unless another lesson has been given its code since.
        var before = await classroom.LastJoinCode();
        var keeps = before is not null && await codes.LeaseAsync(before, id);
        var code = keeps ? before! : await codes.LeaseAsync(id);
        Reply reply;
        var isLed = false;
        try
        {
            reply = await classroom.Execute(
                new Envelope(body.CommandId ?? Guid.CreateVersion7(), Caller.ActorOf(context.User), new ReopenLesson(code)), CancellationToken.None);
        }
        finally
        {
            isLed = await KeepOneCodeAsync(classroom, codes, id, code);
        }

        return reply.Refusal is { } refusal ? Errors.Of(refusal)
            : !isLed ? Errors.Of(StatusCodes.Status409Conflict, "code-taken")
            : Results.Ok(new ReopenedReply(reply.Seq, !keeps));
    }

    /// <summary>Refused, broken off, or carried out by an earlier try with another code.</summary>
    /// <returns>False when the lesson is open and its code leads to another one: by an earlier try whose code was given away since.</returns>
    private static async Task<bool> KeepOneCodeAsync(IClassroomGrain classroom, JoinCodes codes, Guid id, string leased)
    {
        var inForce = await classroom.JoinCode();
        if (inForce != leased)
        {
            await codes.ReleaseAsync(leased, id);
        }

        // An earlier try may have given its code back, when its answer was lost; and the lesson's end may have done so amid this one.
        return inForce is null || await codes.LeaseAsync(inForce, id);
    }
}

/// <summary>The mark scale in force today, from dated configuration.</summary>
public static class MarkScales
{
    /// <returns>The first that will be where none is yet, as with a clock that is behind; null where there is none at all.</returns>
    public static MarkScale? InForce(MarksOptions marks, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(marks);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var scales = marks.Scales.Where(s => s.Bands.Count > 0).OrderBy(s => s.ValidFrom).ToList();
        var scale = scales.LastOrDefault(s => s.ValidFrom <= today) ?? scales.FirstOrDefault();
        return scale is null ? null : new MarkScale(scale.Id, scale.ValidFrom, [.. scale.Bands.OrderBy(b => b.FromPercent)]);
    }
}
