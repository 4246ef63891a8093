using Classroom.Silo.Auth;

namespace Classroom.Silo.Api;

/// <param name="Themed">The nickname was picked from the list, so the board may show it in the lobby.</param>
/// <param name="Device">Come back to the seat with this nickname from another device.</param>
/// <param name="Proof">That of a challenge for this code.</param>
public sealed record JoinBody(string? Code, string? Nickname, string? Language, string? Level, bool Themed, bool Device, Proof? Proof = null);

public sealed record JoinReply(string Ticket, Guid ClassroomId, Guid StudentId, bool Waiting);

/// <summary>Students come in with a code. A wrong code and an expired one get the same answer after the same time.</summary>
public static class Join
{
    private static readonly TimeSpan WrongTakes = TimeSpan.FromMilliseconds(300);

    public static void MapJoin(this WebApplication app)
    {
        app.MapPost("/api/join", JoinAsync).Produces<JoinReply>().Produces<ErrorBody>(StatusCodes.Status429TooManyRequests).AllowAnonymous();
        app.MapGet("/api/nicknames", (string? language) => Nicknames.Some(language)).AllowAnonymous();
        app.MapQr();
    }

    /// <returns>The classroom; or null, and what is to be solved first, if anything.</returns>
    private static async Task<(Guid? ClassroomId, Challenge? Challenge)> ResolveAsync(JoinBody body, HttpContext context, JoinCodes codes, Attempts attempts)
    {
        var code = JoinCodes.Normalize(body.Code);
        using var attempt = await attempts.BeginAsync(context, Doors.Join, code ?? "", body.Proof);
        if (attempt.Challenge is { } challenge)
        {
            return (null, challenge);
        }

        return code is not null && await codes.ResolveAsync(code) is { } classroomId ? (classroomId, null) : (null, await attempt.FailedAsync());
    }

    private static async Task<IResult> JoinAsync(
        JoinBody body, HttpContext context, IGrainFactory grains, JoinCodes codes, Attempts codeAttempts, JoinAttempts attempts, Devices devices, KnownDevices known, Tickets tickets, TimeProvider time)
    {
        var started = time.GetTimestamp();
        devices.Ensure(context);
        var (found, challenge) = await ResolveAsync(body, context, codes, codeAttempts);
        if (challenge is not null)
        {
            return Errors.Of(challenge);
        }

        if (found is not { } classroomId)
        {
            var rest = WrongTakes - time.GetElapsedTime(started);
            await Task.Delay(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, time, context.RequestAborted);
            return Errors.Of(StatusCodes.Status404NotFound, "code-not-found");
        }

        if (!Enum.TryParse<Language>(body.Language, ignoreCase: true, out var language) || !Enum.IsDefined(language)
            || !Enum.TryParse<Level>(body.Level, ignoreCase: true, out var level) || !Enum.IsDefined(level))
        {
            return Errors.Of(StatusCodes.Status400BadRequest, "bad-value");
        }

        var classroom = grains.GetGrain<IClassroomGrain>(classroomId);
        var device = Guid.CreateVersion7();
        var nickname = body.Nickname?.Trim() ?? "";
        if (body.Device)
        {
            return await classroom.SeatOf(nickname) is not { } seat
                ? Errors.Of(StatusCodes.Status409Conflict, "no-seat")
                : !await attempts.MayAskForAsync(seat) ? Errors.Of(StatusCodes.Status429TooManyRequests, "too-fast")
                : Answer(await Do(seat, new RequestDevice(device)), seat, waiting: true);
        }

        var student = Guid.CreateVersion7();
        var themed = body.Themed && Nicknames.Contains(nickname);
        var reply = await Do(student, new TakeSeat(nickname, language, level, device, themed));
        return Answer(reply, student, waiting: false);

        Task<Reply> Do(Guid id, Command command) =>
            classroom.Execute(new Envelope(Guid.CreateVersion7(), new Actor(Role.Student, id), command), context.RequestAborted);

        IResult Answer(Reply reply, Guid id, bool waiting)
        {
            if (reply.Refusal is { } refusal)
            {
                return Errors.Of(refusal);
            }

            known.Remember(context);
            return Results.Ok(new JoinReply(tickets.Seal(new Ticket(Role.Student, classroomId, id, device)), classroomId, id, waiting));
        }
    }
}
