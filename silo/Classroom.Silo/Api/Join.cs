using System.Security.Cryptography;
using System.Text;
using Classroom.Silo.Auth;
using Classroom.Silo.Hosting;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Api;

/// <param name="Themed">The nickname was picked from the list, so the board may show it in the lobby.</param>
/// <param name="Device">Come back to the seat with this nickname from another device.</param>
/// <param name="Proof">That of a challenge for this code.</param>
/// <param name="Id">
/// The idempotency key, made by the page and known to nobody else: whoever asks again with it, because the answer was lost on the way, gets the same seat.
/// </param>
/// <param name="Pass">What checking the code has given.</param>
/// <param name="Room">The number of the room, of the link or as the child chose it.</param>
/// <param name="Others">One or two more, who share the phone.</param>
public sealed record JoinBody(
    string? Code, string? Nickname, string? Language, string? Level, bool Themed, bool Device, Proof? Proof = null, Guid? Id = null, string? Pass = null, int? Room = null,
    SharingBody[]? Others = null);

/// <param name="Themed">As in <see cref="JoinBody"/>.</param>
public sealed record SharingBody(string? Nickname, bool Themed);

/// <param name="Proof">That of a challenge for this code.</param>
public sealed record CheckBody(string? Code, Proof? Proof = null);

/// <param name="Pass">For joining with that code: it is not counted as another guess.</param>
/// <param name="Rooms">To choose from; null where the lesson has one.</param>
/// <param name="Groups">Of a combined class, to choose from, that of the code first; null where the class is not combined.</param>
public sealed record CheckReply(string Pass, ImmutableArray<RoomCard>? Rooms = null, ImmutableArray<GroupChoice>? Groups = null);

/// <param name="Waiting">For the teacher's yes: the device is another, or the teacher lets in.</param>
public sealed record JoinReply(string Ticket, Guid ClassroomId, Guid StudentId, bool Waiting);

/// <summary>Students come in with a code. A wrong code and an expired one get the same answer after the same time.</summary>
public static class Join
{
    private static readonly TimeSpan WrongTakes = TimeSpan.FromMilliseconds(300);

    public static void MapJoin(this WebApplication app)
    {
        app.MapPost("/api/join", JoinAsync).Produces<JoinReply>().Produces<ErrorBody>(StatusCodes.Status429TooManyRequests).AllowAnonymous();
        app.MapPost("/api/join/check", CheckAsync).Produces<CheckReply>().Produces<ErrorBody>(StatusCodes.Status429TooManyRequests).AllowAnonymous();
        app.MapGet("/api/nicknames", (string? language) => Nicknames.Some(language)).AllowAnonymous();
        app.MapQr();
    }

    /// <returns>The classroom; or null, and what is to be solved first, if anything.</returns>
    private static async Task<(Guid? ClassroomId, Challenge? Challenge)> ResolveAsync(string? code, JoinBody body, HttpContext context, JoinCodes codes, CheckedCodes passes, Attempts attempts)
    {
        // Who works at the door of a lesson was asked to behind a right code; and who has just checked it has been at the door of guesses.
        if (code is not null && (passes.IsFor(code, body.Pass) || attempts.IsFor(context, body.Device ? Doors.Device : Doors.Enter, code, body.Proof)))
        {
            return (await codes.ResolveAsync(code), null);
        }

        return await ResolveAsync(code, body.Proof, context, codes, attempts);
    }

    private static async Task<(Guid? ClassroomId, Challenge? Challenge)> ResolveAsync(string? code, Proof? proof, HttpContext context, JoinCodes codes, Attempts attempts)
    {
        using var attempt = await attempts.BeginAsync(context, Doors.Join, code ?? "", proof);
        if (attempt.Challenge is { } challenge)
        {
            return (null, challenge);
        }

        return code is not null && await codes.ResolveAsync(code) is { } classroomId ? (classroomId, null) : (null, await attempt.FailedAsync());
    }

    /// <summary>Each seat is one of the class, each request is on the teacher's screen: who makes one after another works for them, a class that comes in does not.</summary>
    /// <returns>What is to be solved first, or null.</returns>
    private static async Task<Challenge?> PassAsync(Door door, string code, JoinBody body, HttpContext context, Attempts attempts)
    {
        using var attempt = await attempts.BeginAsync(context, door, code, body.Proof);
        return attempt.Challenge ?? await attempt.FailedAsync();
    }

    /// <summary>Before a child has chosen a name: a wrong code is one guess here, and joining with a right one is none after it.</summary>
    private static async Task<IResult> CheckAsync(CheckBody body, HttpContext context, IGrainFactory grains, JoinCodes codes, CheckedCodes passes, Attempts attempts, KnownDevices known, TimeProvider time)
    {
        var started = time.GetTimestamp();
        known.Ensure(context);
        var code = JoinCodes.Normalize(body.Code);
        var (found, challenge) = await ResolveAsync(code, body.Proof, context, codes, attempts);
        return challenge is not null ? Errors.Of(challenge)
            : found is { } id ? Results.Ok(new CheckReply(
                passes.Seal(code!), await grains.GetGrain<IClassroomGrain>(id).Rooms() is { IsEmpty: false } rooms ? rooms : null, await Groups.AtTheDoorAsync(grains, id))) : await WrongAsync(started, time, context.RequestAborted);
    }

    private static async Task<IResult> WrongAsync(long started, TimeProvider time, CancellationToken cancellationToken)
    {
        var rest = WrongTakes - time.GetElapsedTime(started);
        await Task.Delay(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, time, cancellationToken);
        return Errors.Of(StatusCodes.Status404NotFound, "code-not-found");
    }

    private static async Task<IResult> JoinAsync(
        JoinBody body, HttpContext context, IGrainFactory grains, JoinCodes codes, CheckedCodes passes, Attempts attempts, Devices devices, KnownDevices known, Tickets tickets,
        IOptions<SeatsOptions> seats, TimeProvider time)
    {
        var started = time.GetTimestamp();
        var browser = known.Ensure(context);
        var code = JoinCodes.Normalize(body.Code);
        var (found, challenge) = await ResolveAsync(code, body, context, codes, passes, attempts);
        if (challenge is not null)
        {
            return Errors.Of(challenge);
        }

        if (found is not { } classroomId)
        {
            return await WrongAsync(started, time, context.RequestAborted);
        }

        if (!Enum.TryParse<Language>(body.Language, ignoreCase: true, out var language) || !Enum.IsDefined(language)
            || !Enum.TryParse<Level>(body.Level, ignoreCase: true, out var level) || !Enum.IsDefined(level))
        {
            return Errors.Of(StatusCodes.Status400BadRequest, "bad-value");
        }

        var classroom = grains.GetGrain<IClassroomGrain>(classroomId);
        var asked = body.Id is { } id && id != Guid.Empty ? id : Guid.NewGuid();
        var (student, device) = (Of("student"), Of("device"));
        var nickname = body.Nickname?.Trim() ?? "";
        browser = Devices.In(classroomId, browser);
        var owner = await classroom.SeatOf(nickname);
        if (owner is not null && (owner.BrowserId == browser || owner.StudentId == student))
        {
            return await OwnAsync(owner);
        }

        if (body.Device)
        {
            if (owner is null or { IsWaiting: true })
            {
                return Errors.Of(StatusCodes.Status409Conflict, "no-seat");
            }

            if (await PassAsync(Doors.Device, code!, body, context, attempts) is { } first)
            {
                return Errors.Of(first);
            }

            int? network = known.Of(context.Request) is null ? Networks.NumberIn(classroomId, context.Connection.RemoteIpAddress) : null;
            var request = new RequestDevice(
                device, browser, RandomNumberGenerator.GetInt32(int.MaxValue), seats.Value.PerDevice, network, Cookieless: network is not null && devices.Known(context.Request) is null);
            return Answer(await Do(owner.StudentId, request), owner.StudentId, waiting: true, owner.Room);
        }

        if (await PassAsync(Doors.Enter, code!, body, context, attempts) is { } work)
        {
            return Errors.Of(work, atALesson: true);
        }

        var reply = await Do(student, Take(device));
        if (reply.Refusal is { Code: "device-barred" })
        {
            return Errors.Of(reply.Refusal);
        }

        // Somebody else may have been given the name since; whose it is, is asked either way: a seat, a place at the door, or this browser's own of before,
        // which it has also where nobody new may come in.
        var taken = await classroom.SeatOf(nickname);
        return reply.Refusal is null ? Answer(reply, student, waiting: taken is { IsWaiting: true } && taken.StudentId == student, taken?.Room)
            : taken?.BrowserId == browser ? await OwnAsync(taken) : Errors.Of(reply.Refusal);

        static ImmutableArray<SharedName>? Others(JoinBody body) => body.Others is not { Length: > 0 } others ? null
            : [.. others.Select(o => new SharedName(o?.Nickname?.Trim() ?? "", o?.Themed == true && Nicknames.Contains(o.Nickname?.Trim() ?? "")))];

        Task<Reply> Do(Guid id, Command command) =>
            classroom.Execute(new Envelope(Of("command"), new Actor(Role.Student, id), command), context.RequestAborted);

        // Always the same for the same asking, and no clue to it.
        Guid Of(string what) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{what}/{classroomId}/{asked}")).AsSpan(0, 16));

        TakeSeat Take(Guid on) => new(
            nickname, language, level, on, body.Themed && Nicknames.Contains(nickname), browser, seats.Value.PerDevice, Others(body), body.Room);

        // A phone never loses its own seat: it is the same device, whose other tabs stay. Who comes with it now is seated beside.
        async Task<IResult> OwnAsync(SeatOwner owner)
        {
            if (owner.IsBarred)
            {
                return Errors.Of(StatusCodes.Status409Conflict, "device-barred");
            }

            var refusal = Others(body) is null ? null : (await Do(owner.StudentId, Take(owner.DeviceId))).Refusal;
            return refusal is null ? Seated(owner.StudentId, owner.DeviceId, owner.IsWaiting, owner.Room) : Errors.Of(refusal);
        }

        IResult Answer(Reply answer, Guid id, bool waiting, int? room) => answer.Refusal is { } refusal ? Errors.Of(refusal) : Seated(id, device, waiting, room);

        IResult Seated(Guid id, Guid on, bool waiting, int? room)
        {
            known.Remember(context);
            return Results.Ok(new JoinReply(tickets.Seal(new Ticket(Role.Student, classroomId, id, on, Away: room is not null)), classroomId, id, waiting));
        }
    }
}
