using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Classroom.Silo.Api;
using Classroom.Silo.Auth;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Classroom.Silo.Realtime;

/// <param name="Now">The server's clock, for timers on the screen.</param>
/// <param name="Variant">The explanation variant this connection reads by default.</param>
/// <param name="HasModel">A model serves the tutor here; otherwise explanations are prepared text.</param>
/// <param name="BoardId">A board's own id.</param>
public sealed record SyncReply(Refusal? Refusal, DateTimeOffset Now, string Variant, bool HasModel, Guid? BoardId = null)
{
    public static SyncReply Refused(string code) => new(new Refusal(code), default, "", false);
}

/// <summary>
/// Where browsers call: it says who calls and which command, and nothing else. What browsers are sent comes from <see cref="Audiences"/>.
/// Arguments are read here, so that a malformed one is a refusal, not an error.
/// </summary>
[Authorize]
public sealed class ClassroomHub(IGrainFactory grains, Audiences audiences, Connections connections, Classroom.Tutor.TutorDesk tutor, TimeProvider time) : Hub
{
    private ClientConnection Connection => connections.Of(Context.ConnectionId);

    /// <summary>Comes into a classroom, or back with the last version it has; what it misses is sent beside the reply.</summary>
    [AllowedFor(Role.Student, Role.Teacher, Role.Board, Role.Helper)]
    public async Task<SyncReply> Sync(JsonElement classroomId, JsonElement seq)
    {
        if (!TryGuid(classroomId, out var id) || seq.ValueKind != JsonValueKind.Number || !seq.TryGetInt64(out var last) || last < 0)
        {
            return SyncReply.Refused("bad-id");
        }

        var (user, by) = (Context.User!, Caller.ActorOf(Context.User!));
        if (by.Role != Role.Teacher && Caller.GuidOf(user, Caller.ClassroomClaim) != id)
        {
            return SyncReply.Refused("foreign-classroom");
        }

        var audience = by.Role switch
        {
            Role.Teacher => Audience.Teacher,
            Role.Board => Audience.Board,
            Role.Helper => Audience.Helper(by.Id),
            _ => Audience.Student(by.Id),
        };
        var device = Caller.GuidOf(user, Caller.DeviceClaim) ?? Guid.Empty;
        var response = await audiences.SyncAsync(Connection, id, audience, by, device, last);
        if (response.Student is { } next)
        {
            // The ticket is the phone's: its child has left, and another one is there, of whom this page may have seen nothing.
            response = await audiences.SyncAsync(Connection, id, Audience.Student(next), by with { Id = next }, device, 0);
        }

        return new SyncReply(response.Refusal, time.GetUtcNow(), response.Variant, tutor.HasModel, by.Role == Role.Board ? by.Id : null);
    }

    /// <summary>
    /// Is the line alive? A page asks when it has reason to doubt it, and says whether it is looked at: only then it promises to be heard every few seconds.
    /// </summary>
    [AllowedFor(Role.Student, Role.Teacher, Role.Board, Role.Mentor, Role.Admin, Role.Helper)]
    public Reply Ping(JsonElement visible)
    {
        if (visible.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            return Reply.Refused("bad-value");
        }

        Context.Features.Get<Line>()?.Promise(visible.GetBoolean());
        return new Reply(0, null);
    }

    /// <summary>The wall of a centre's mentors and admins: the tiles of the centre follow, all at first.</summary>
    [AllowedFor(Role.Mentor, Role.Admin)]
    public async Task<Reply> WatchCentre()
    {
        if (Caller.GuidOf(Context.User!, Caller.CentreClaim) is not { } centre)
        {
            return Reply.Refused("wrong-role");
        }

        await audiences.WatchAsync(Connection, centre);
        return new Reply(0, null);
    }

    /// <summary>This connection reads a variant from now on; what has been streamed of it from the offset on comes at once.</summary>
    [AllowedFor(Role.Student, Role.Teacher, Role.Board)]
    public async Task<Reply> ReadText(JsonElement explanationId, JsonElement variant, JsonElement offset)
    {
        if (!TryGuid(explanationId, out var id) || !TryText(variant, out var name) || !Variant.TryParse(name, out var wanted)
            || offset.ValueKind != JsonValueKind.Number || !offset.TryGetInt32(out var from) || from < 0)
        {
            return Reply.Refused("bad-id");
        }

        var connection = Connection;
        if (connection.Classroom is not { } classroom)
        {
            return Reply.Refused("not-entered");
        }

        connection.Read(id, wanted.ToString());
        var slice = await classroom.Grain.ReadText(new Reader(connection.Audience, connection.By!, connection.DeviceId), id, wanted.ToString(), from);
        if (slice.Refusal is { } refusal)
        {
            return new Reply(0, refusal);
        }

        if (slice.Number > 0)
        {
            connection.Send(OutboundMessage.Text(wanted.ToString(), slice));
        }

        return new Reply(classroom.Last, null);
    }

    /// <summary>Points of a stroke while it is drawn, for the other boards. Nothing is stored: the stroke comes by <c>Execute</c> once it is finished.</summary>
    [AllowedFor(Role.Board)]
    public async Task<Reply> Sketch(JsonElement part)
    {
        if (Connection.Classroom is not { } classroom)
        {
            return Reply.Refused("not-entered");
        }

        StrokePart? drawn;
        try
        {
            drawn = part.ValueKind == JsonValueKind.Object ? part.Deserialize(LessonJson.Of<StrokePart>()) : null;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            drawn = null;
        }

        return drawn is null ? Reply.Refused("bad-json") : new Reply(0, await classroom.Grain.Sketch(Caller.ActorOf(Context.User!), drawn));
    }

    /// <summary>One command, for whom its own permission allows. Accepted means durable; the same id again returns the first outcome.</summary>
    [AllowedFor(Role.Student, Role.Teacher, Role.Mentor, Role.Board, Role.Helper)]
    public async Task<Reply> Execute(CommandCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var by = Caller.ActorOf(Context.User!);
        if (call.Type is not { } type)
        {
            return Reply.Refused("unknown-command");
        }

        if (type.ServerOnly || !type.Allows(by.Role))
        {
            return Reply.Refused("wrong-role");
        }

        var (classroom, refusal) = await ClassroomOfAsync(call, by);
        return classroom is null ? Reply.Refused(refusal)
            : call.Id == Guid.Empty ? Reply.Refused("bad-id")
            : call.Command is null ? Reply.Refused("bad-json")
            : await classroom.Execute(
                new Envelope(
                    call.Id, by, Nicknames.Checked(call.Command), by.Role == Role.Student ? Caller.GuidOf(Context.User!, Caller.DeviceClaim) ?? Guid.Empty : null, call.For),
                Context.ConnectionAborted);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        if (connections.TryTake(Context.ConnectionId) is { } connection)
        {
            connection.Disconnected();
            audiences.Leave(connection);
        }

        return base.OnDisconnectedAsync(exception);
    }

    // Who is in a classroom acts there. A mentor is in none: the command says which, and it must be one of the mentor's centre.
    private async ValueTask<(IClassroomGrain? Grain, string Refusal)> ClassroomOfAsync(CommandCall call, Actor by)
    {
        if (by.Role != Role.Mentor)
        {
            return Connection.Classroom is { } entered ? (entered.Grain, "") : (null, "not-entered");
        }

        if (call.ClassroomId is not { } named)
        {
            return (null, "bad-id");
        }

        return Caller.GuidOf(Context.User!, Caller.CentreClaim) is { } centre && await grains.GetGrain<ICentreGrain>(centre).Holds(named)
            ? (grains.GetGrain<IClassroomGrain>(named), "") : (null, "foreign-classroom");
    }

    // Half a surrogate pair is well-formed JSON and no text.
    private static bool TryText(JsonElement element, [NotNullWhen(true)] out string? text)
    {
        text = null;
        try
        {
            text = element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }

        return text is not null;
    }

    private static bool TryGuid(JsonElement element, out Guid id)
    {
        id = Guid.Empty;
        return TryText(element, out var text) && Guid.TryParseExact(text, "D", out id);
    }
}
