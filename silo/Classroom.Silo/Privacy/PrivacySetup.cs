using Classroom.Silo.Api;
using Classroom.Silo.Auth;
using Classroom.Silo.Hosting;
using Classroom.Lessons;
using Classroom.Storage;
using Npgsql;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Classroom.Silo.Privacy;

public sealed record ForgetBody(string? Reason);

/// <param name="Unsealed">The lesson is of before there were keys: what the child wrote in it is out of all that the program shows, and stays in the table and in old backups.</param>
public sealed record ForgottenReply(long Seq, bool Unsealed);

/// <summary>A child's rights: what is held about it is exported, and forgotten; and who did either is noted.</summary>
public static class PrivacySetup
{
    public static void AddOrtaqPrivacy(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<AccessLog>();
        services.AddSingleton(s => new UnsealedLessons(s.GetRequiredService<DatabaseSettings>(), s.GetService<NpgsqlDataSource>()));
        services.AddSingleton(s => new Retention(
            s.GetRequiredService<DatabaseSettings>(), s.GetRequiredService<IKeyStore>(), s.GetRequiredService<UnsealedLessons>(), s.GetRequiredService<IFactLog>(),
            s.GetRequiredService<PersonalFields>(), s.GetRequiredService<TimeProvider>(), s.GetService<NpgsqlDataSource>()));
        services.AddHostedService<Erasures>();
        services.AddHostedService<DailyRetention>();
        services.AddSettings<RetentionOptions>("Retention").Validate(
            o => o.Periods.TrueForAll(p => p.Days > 0), "Retention:Periods: Days must be more than 0.").Validate(
            o => o.SeenDays is > 0 and <= 90, "Retention:SeenDays must be from 1 to 90.");
    }

    public static void MapPrivacy(this WebApplication app)
    {
        app.MapPost("/api/classrooms/{id:guid}/students/{student:guid}/forget", ForgetAsync).Produces<ForgottenReply>().RequireAuthorization(Policies.Admin);
        app.MapGet("/api/classrooms/{id:guid}/students/{student:guid}/export", ExportAsync);
        app.MapGet("/api/access", AccessAsync).Produces<AccessRow[]>().RequireAuthorization(Policies.Admin);
    }

    /// <summary>JSON of who asks, as the access log keeps it.</summary>
    internal static string Text(Actor actor) => Encoding.UTF8.GetString(FactCatalogue.EncodeActor(actor));

    private static async Task<IResult> ForgetAsync(Guid id, Guid student, ForgetBody body, HttpContext context, IGrainFactory grains, UnsealedLessons unsealed)
    {
        if (!Enum.TryParse<ForgetReason>(body.Reason, ignoreCase: true, out var reason) || reason is not (ForgetReason.Family or ForgetReason.Mistake))
        {
            return Errors.Of(StatusCodes.Status400BadRequest, "bad-value");
        }

        var reply = await grains.GetGrain<IClassroomGrain>(id).Execute(
            new Envelope(Guid.CreateVersion7(), Caller.ActorOf(context.User), new ForgetStudent(student, reason)), CancellationToken.None);
        return reply.Refusal is null ? Results.Ok(new ForgottenReply(reply.Seq, await unsealed.HasAsync(id, CancellationToken.None))) : Errors.Of(reply.Refusal);
    }

    private static async Task<IResult> ExportAsync(Guid id, Guid student, HttpContext context, IGrainFactory grains, IFactLog log, PhotoStore photos, AccessLog access, TimeProvider time)
    {
        var by = Caller.ActorOf(context.User);
        if (by.Role is not (Role.Teacher or Role.Admin))
        {
            return Errors.Of(StatusCodes.Status403Forbidden, "wrong-role");
        }

        if (by.Role == Role.Teacher && !await grains.GetGrain<ITeacherGrain>(by.Id).Owns(id))
        {
            return Errors.Of(StatusCodes.Status403Forbidden, "foreign-classroom");
        }

        if (await StudentRecord.ReadAsync(log, id, student, time.GetUtcNow(), withThread: by.Role == Role.Admin, context.RequestAborted) is not { } record)
        {
            return Errors.Of(StatusCodes.Status404NotFound, "no-such-student");
        }

        record = await StudentRecord.WithPhotosAsync(record, photos, id, student, context.RequestAborted);
        await access.AddAsync(Text(by), "student-exported.1", id, student, CancellationToken.None);
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"ortaq-{student:N}.json\"";
        return Results.Text(LessonRecord.Text(record), "application/json");
    }

    private static async Task<IResult> AccessAsync(string? month, AccessLog access, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (month is not null && !DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out now))
        {
            return Errors.Of(StatusCodes.Status400BadRequest, "bad-value");
        }

        return Results.Json((await access.ReadAsync(now, cancellationToken)).Select(e =>
        {
            var (actor, about) = (FactCatalogue.DecodeActor(Encoding.UTF8.GetBytes(e.Actor)), JsonNode.Parse(e.About)!);
            return new AccessRow(e.At, actor.Role, actor.Name, e.Act, about["lesson"]!.GetValue<Guid>(), about["student"]?.GetValue<Guid>());
        }));
    }
}

/// <summary>Who did what with what is held about children.</summary>
/// <param name="Act"><c>lesson-exported.1</c>, <c>student-exported.1</c>, <c>students-listed.1</c>, <c>transcript-opened.1</c>, <c>student-forgotten.1</c>; about no lesson (an id of zeros): <c>audit-started.1</c>, <c>audit-stopped.1</c>, <c>audit-taken.1</c>.</param>
public sealed record AccessRow(DateTimeOffset At, Role By, string? Name, string Act, Guid Lesson, Guid? Student);
