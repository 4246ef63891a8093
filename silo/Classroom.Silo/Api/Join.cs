using System.Security.Cryptography;
using Classroom.Silo.Auth;
using Classroom.Silo.Hosting;
using Microsoft.Extensions.Options;
using QRCoder;

namespace Classroom.Silo.Api;

/// <param name="Themed">The nickname was picked from the list, so the board may show it in the lobby.</param>
/// <param name="Device">Come back to the seat with this nickname from another device.</param>
public sealed record JoinBody(string? Code, string? Nickname, string? Language, string? Level, bool Themed, bool Device);

/// <param name="Waiting">For the teacher's yes: the device is another, or the teacher lets in.</param>
public sealed record JoinReply(string Ticket, Guid ClassroomId, Guid StudentId, bool Waiting);

/// <summary>Students come in with a code. A wrong code and an expired one get the same answer after the same time.</summary>
public static class Join
{
    private static readonly TimeSpan WrongTakes = TimeSpan.FromMilliseconds(300);

    public static void MapJoin(this WebApplication app)
    {
        app.MapPost("/api/join", JoinAsync).Produces<JoinReply>().AllowAnonymous();
        app.MapGet("/api/nicknames", (string? language) => Nicknames.Some(language)).AllowAnonymous();
        app.MapGet("/api/qr", (string? text) =>
        {
            if (string.IsNullOrEmpty(text) || text.Length > 300)
            {
                return Errors.Of(StatusCodes.Status400BadRequest, "bad-value");
            }

            using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
            using var code = new SvgQRCode(data);
            return Results.Text(code.GetGraphic(8, "#10242C", "#FFFFFF", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute), "image/svg+xml");
        }).AllowAnonymous();
    }

    private static async Task<(bool MayTry, Guid? ClassroomId)> ResolveAsync(string? typed, HttpContext context, JoinCodes codes, JoinAttempts attempts)
    {
        var address = context.Connection.RemoteIpAddress;
        using var turn = await attempts.TurnAsync(address, context.RequestAborted);
        if (!turn.IsAcquired || !await attempts.MayTryAsync(address))
        {
            return (false, null);
        }

        var classroomId = JoinCodes.Normalize(typed) is { } code ? await codes.ResolveAsync(code) : null;
        return (classroomId is not null || await attempts.WrongAsync(address), classroomId);
    }

    private static async Task<IResult> JoinAsync(
        JoinBody body, HttpContext context, IGrainFactory grains, JoinCodes codes, JoinAttempts attempts, Devices devices, Tickets tickets,
        IOptions<SeatsOptions> seats, TimeProvider time)
    {
        var started = time.GetTimestamp();
        var browser = devices.Ensure(context);
        var (mayTry, found) = await ResolveAsync(body.Code, context, codes, attempts);
        if (!mayTry)
        {
            return Errors.Of(StatusCodes.Status429TooManyRequests, "too-fast");
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
        browser = Devices.In(classroomId, browser);
        if (body.Device)
        {
            var owner = await classroom.SeatOf(nickname);
            return owner is null || owner.IsWaiting && owner.BrowserId != browser ? Errors.Of(StatusCodes.Status409Conflict, "no-seat")
                : owner.BrowserId == browser ? Own(owner)
                : !await attempts.MayAskForAsync(owner.StudentId) ? Errors.Of(StatusCodes.Status429TooManyRequests, "too-fast")
                : Answer(await Do(owner.StudentId, new RequestDevice(device, browser, RandomNumberGenerator.GetInt32(int.MaxValue), seats.Value.PerDevice)),
                    owner.StudentId, waiting: true);
        }

        var student = Guid.CreateVersion7();
        var themed = body.Themed && Nicknames.Contains(nickname);
        var reply = await Do(student, new TakeSeat(nickname, language, level, device, themed, browser, seats.Value.PerDevice));
        if (reply.Refusal is { Code: not "nickname-taken" })
        {
            return Errors.Of(reply.Refusal);
        }

        // Somebody else may have been given the name since; whose it is, is asked either way: a seat, a place at the door, or this browser's own of before.
        var taken = await classroom.SeatOf(nickname);
        return reply.Refusal is null ? Answer(reply, student, waiting: taken is { IsWaiting: true } && taken.StudentId == student)
            : taken?.BrowserId == browser ? Own(taken) : Errors.Of(reply.Refusal);

        Task<Reply> Do(Guid id, Command command) =>
            classroom.Execute(new Envelope(Guid.CreateVersion7(), new Actor(Role.Student, id), command), context.RequestAborted);

        // A phone never loses its own seat: it is the same device, whose other tabs stay.
        IResult Own(SeatOwner owner) => Seated(owner.StudentId, owner.DeviceId, owner.IsWaiting);

        IResult Answer(Reply answer, Guid id, bool waiting) => answer.Refusal is { } refusal ? Errors.Of(refusal) : Seated(id, device, waiting);

        IResult Seated(Guid id, Guid on, bool waiting) =>
            Results.Ok(new JoinReply(tickets.Seal(new Ticket(Role.Student, classroomId, id, on)), classroomId, id, waiting));
    }
}
