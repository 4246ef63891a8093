using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Classroom.Silo.Broadcast;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Classroom.Silo.Hubs;

/// <param name="Now">The server's clock, for timers on the screen.</param>
/// <param name="Variant">The explanation variant this screen reads by default.</param>
/// <param name="HasModel">A model serves the tutor here; otherwise explanations are prepared text.</param>
public sealed record EnterReply(Refusal? Refusal, DateTimeOffset Now, string Variant, bool HasModel);

/// <summary>
/// Where browsers speak: one method per command. It says who speaks, turns the call into a command, and nothing else. What browsers
/// hear comes from the broadcaster. Arguments arrive as JSON and are read here, so that a malformed one is a refusal, not an error.
/// </summary>
[Authorize]
public sealed partial class ClassroomHub(IGrainFactory grains, Broadcaster broadcaster, Screens screens, Classroom.Tutor.TutorDesk tutor, TimeProvider time) : Hub
{
    private Screen Screen => screens.Of(Context.ConnectionId);

    [AllowedFor(Role.Student, Role.Teacher, Role.Board)]
    public async Task<EnterReply> Enter(JsonElement classroomId, JsonElement seq)
    {
        if (!TryGuid(classroomId, out var id) || seq.ValueKind != JsonValueKind.Number || !seq.TryGetInt64(out var last) || last < 0)
        {
            return Refused("bad-id");
        }

        var (user, by) = (Context.User!, Caller.ActorOf(Context.User!));
        if (by.Role != Role.Teacher && Caller.GuidOf(user, Caller.ClassroomClaim) != id)
        {
            return Refused("foreign-classroom");
        }

        var audience = by.Role switch
        {
            Role.Teacher => Audience.Teacher,
            Role.Board => Audience.Board,
            _ => Audience.Student(by.Id),
        };
        var welcome = await broadcaster.EnterAsync(Screen, id, audience, by, Caller.GuidOf(user, Caller.DeviceClaim) ?? Guid.Empty, last);
        return new EnterReply(welcome.Refusal, time.GetUtcNow(), welcome.Variant, tutor.HasModel);
    }

    [AllowedFor(Role.Mentor, Role.Admin)]
    public async Task<Reply> WatchCentre()
    {
        if (Caller.GuidOf(Context.User!, Caller.CentreClaim) is not { } centre)
        {
            return Reply.Refused("wrong-role");
        }

        await broadcaster.WatchAsync(Screen, centre);
        return new Reply(0, null);
    }

    /// <summary>This screen reads another variant from now on; what has been told of it comes at once.</summary>
    [AllowedFor(Role.Student, Role.Teacher, Role.Board)]
    public async Task<Reply> ReadText(JsonElement explanationId, JsonElement variant, JsonElement offset)
    {
        if (!TryGuid(explanationId, out var id) || !TryText(variant, out var name) || !Variant.TryParse(name, out var wanted)
            || offset.ValueKind != JsonValueKind.Number || !offset.TryGetInt32(out var from) || from < 0)
        {
            return Reply.Refused("bad-id");
        }

        var screen = Screen;
        if (screen.Room is not { } room)
        {
            return Reply.Refused("not-entered");
        }

        screen.Ask(id, wanted.ToString());
        var slice = await grains.GetGrain<IExplanationGrain>(id).Read(
            room.ClassroomId, wanted.ToString(), from, screen.Audience.Kind == AudienceKind.Teacher);
        screen.Send(Message.Text(id, wanted.ToString(), slice.Offset, slice.Text, slice.Ends));
        return new Reply(room.Last, null);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        if (screens.TryTake(Context.ConnectionId) is { } screen)
        {
            screen.Go();
            broadcaster.Leave(screen);
        }

        return base.OnDisconnectedAsync(exception);
    }

    private Task<Reply> Do<T>(JsonElement commandId, JsonElement body) where T : Command =>
        Screen.Room is { } room ? Send<T>(room.ClassroomId, commandId, body) : Task.FromResult(Reply.Refused("not-entered"));

    // A mentor is in no classroom: the command says which, and it must be one of the mentor's centre.
    private async Task<Reply> Help<T>(JsonElement commandId, JsonElement body) where T : Command
    {
        if (Caller.RoleOf(Context.User) == Role.Teacher)
        {
            return await Do<T>(commandId, body);
        }

        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("classroomId", out var named) || !TryGuid(named, out var classroomId))
        {
            return Reply.Refused("bad-id");
        }

        return Caller.GuidOf(Context.User!, Caller.CentreClaim) is { } centre && await grains.GetGrain<ICentreGrain>(centre).Holds(classroomId)
            ? await Send<T>(classroomId, commandId, body) : Reply.Refused("foreign-classroom");
    }

    private async Task<Reply> Send<T>(Guid classroomId, JsonElement commandId, JsonElement body) where T : Command
    {
        if (!TryGuid(commandId, out var id) || id == Guid.Empty)
        {
            return Reply.Refused("bad-id");
        }

        T? command;
        try
        {
            command = body.ValueKind == JsonValueKind.Object ? (T?)body.Deserialize(WireJson.Options.GetTypeInfo(typeof(T))) : null;
        }
        catch (Exception e) when (e is JsonException or FormatException or NotSupportedException or InvalidOperationException)
        {
            command = null;
        }

        return command is null ? Reply.Refused("bad-json")
            : await grains.GetGrain<IClassroomGrain>(classroomId).Execute(new Envelope(id, Caller.ActorOf(Context.User!), command), Context.ConnectionAborted);
    }

    private static EnterReply Refused(string code) => new(new Refusal(code), default, "", false);

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
