using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Classroom.Silo.Auth;
using Classroom.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Classroom.Silo.Api;

/// <summary>
/// Photos of handed-in work: a student's phone sends one, already small, as the bytes of a JPEG; it is cleaned again here, and kept sealed under the child's key. Only the
/// child, who shares its phone, and the teacher once the work was handed in get it back. No model, no board and no mentor does.
/// </summary>
public static class Photos
{
    /// <summary>Bytes. A phone sends about half of it.</summary>
    public const int MaxBytes = 400 * 1024;

    private const string Type = "image/jpeg";

    /// <summary>It is shown, and can do nothing, also where somebody opens it as a page.</summary>
    private const string Policy = "default-src 'none'; sandbox";

    public static void MapPhotos(this WebApplication app)
    {
        var group = app.MapGroup("/api/classrooms/{id:guid}/photos/{photo:guid}").RequireAuthorization();
        group.MapPut("/", AttachAsync).WithMetadata(new RequestSizeLimitAttribute(MaxBytes)).RequireRateLimiting(Limits.Photos);
        group.MapGet("/", ReadAsync).RequireRateLimiting(Limits.Images);
        group.MapDelete("/", RemoveAsync);
    }

    /// <param name="step">The task.</param>
    /// <param name="children">Ids of children on this phone who made the work together, with commas between; none: whose ticket it is.</param>
    private static async Task<IResult> AttachAsync(
        Guid id, Guid photo, string? step, [FromQuery(Name = "for")] string? children, HttpContext context, IGrainFactory grains, PhotoStore store)
    {
        if (CallerOf(context, id) is not { } caller)
        {
            return Errors.Of(StatusCodes.Status403Forbidden, "wrong-role");
        }

        if (await BodyAsync(context) is not { } bytes)
        {
            return Errors.Of(StatusCodes.Status413PayloadTooLarge, "photo-too-big");
        }

        if (Jpeg.Clean(bytes.Span) is not { } picture)
        {
            return Errors.Of(StatusCodes.Status400BadRequest, "photo-broken");
        }

        var classroom = grains.GetGrain<IClassroomGrain>(id);
        foreach (var (child, i) in ChildrenOf(children, caller).Select((child, i) => (child, i)))
        {
            // Each has its own, under its own key: who is forgotten takes nothing from the others.
            var own = i == 0 ? photo : Derived($"{photo}/{child}");
            // The lesson first: it knows who may. What it has and the store has not yet is sent again by the phone, and is the same.
            var reply = await classroom.Execute(
                Command(caller, child, own, "attach", new AttachPhoto(step ?? "", own, picture.Width, picture.Height)), CancellationToken.None);
            if (reply.Refusal is { } refusal)
            {
                return Errors.Of(refusal);
            }

            await store.AddAsync(id, own, child, picture.Bytes, CancellationToken.None);
        }

        return Results.NoContent();
    }

    private static async Task<IResult> ReadAsync(Guid id, Guid photo, HttpContext context, IGrainFactory grains, PhotoStore store)
    {
        var by = Caller.ActorOf(context.User);
        var reader = new Reader(
            by.Role == Role.Teacher ? Audience.Teacher : Audience.Student(by.Id), by, Caller.GuidOf(context.User, Caller.DeviceClaim) ?? Guid.Empty);
        if (by.Role is not (Role.Teacher or Role.Student) || (by.Role == Role.Student && CallerOf(context, id) is null))
        {
            return Errors.Of(StatusCodes.Status403Forbidden, "wrong-role");
        }

        var owner = await grains.GetGrain<IClassroomGrain>(id).OwnerOfPhoto(reader, photo);
        if (owner.Refusal is { } refusal)
        {
            return Errors.Of(refusal);
        }

        if (owner.StudentId is not { } child || await store.ReadAsync(id, photo, child, context.RequestAborted) is not { } bytes)
        {
            return Errors.Of(StatusCodes.Status404NotFound, "no-such-photo");
        }

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        // A computer of the school keeps nothing of it.
        headers.CacheControl = "no-store";
        return Results.Bytes(bytes, Type);
    }

    private static async Task<IResult> RemoveAsync(
        Guid id, Guid photo, [FromQuery(Name = "for")] string? children, HttpContext context, IGrainFactory grains, PhotoStore store)
    {
        if (CallerOf(context, id) is not { } caller)
        {
            return Errors.Of(StatusCodes.Status403Forbidden, "wrong-role");
        }

        var classroom = grains.GetGrain<IClassroomGrain>(id);
        foreach (var child in ChildrenOf(children, caller).Take(1))
        {
            var reply = await classroom.Execute(Command(caller, child, photo, "remove", new RemovePhoto(photo)), CancellationToken.None);
            if (reply.Refusal is { } refusal)
            {
                return Errors.Of(refusal);
            }
        }

        await store.RemoveAsync(id, photo, CancellationToken.None);
        return Results.NoContent();
    }

    /// <summary>A student with a ticket to this lesson; null for everybody else.</summary>
    private static PhoneCaller? CallerOf(HttpContext context, Guid lesson) =>
        Caller.RoleOf(context.User) == Role.Student && Caller.GuidOf(context.User, Caller.ClassroomClaim) == lesson && Caller.GuidOf(context.User, Caller.DeviceClaim) is { } device
            ? new PhoneCaller(Caller.ActorOf(context.User), device) : null;

    private static IReadOnlyList<Guid> ChildrenOf(string? children, PhoneCaller caller) => string.IsNullOrEmpty(children) ? [caller.By.Id]
        : [.. children.Split(',').Take(3).Select(c => Guid.TryParseExact(c, "D", out var child) ? child : Guid.Empty).Distinct()];

    // The same for the same photo and act: what was sent twice is done once. A removed one may come back only under another id.
    private static Envelope Command(PhoneCaller caller, Guid child, Guid photo, string act, Command command) =>
        new(Derived($"{photo}/{act}"), caller.By, command, caller.Device, child == caller.By.Id ? default : [child]);

    private static Guid Derived(string of) => new(SHA256.HashData(Encoding.UTF8.GetBytes(of)).AsSpan(0, 16));

    /// <returns>Null when there is more of it than a photo may have.</returns>
    private static async Task<ReadOnlyMemory<byte>?> BodyAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MaxBytes)
        {
            return null;
        }

        var body = new ArrayBufferWriter<byte>();
        try
        {
            while (await context.Request.Body.ReadAsync(body.GetMemory(), context.RequestAborted) is > 0 and var read)
            {
                body.Advance(read);
                if (body.WrittenCount > MaxBytes)
                {
                    return null;
                }
            }
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }

        return body.WrittenMemory;
    }

    private sealed record PhoneCaller(Actor By, Guid Device);
}
