using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Classroom.Silo.Auth;
using Classroom.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Classroom.Silo.Api;

/// <summary>
/// Photos of handed-in work: a student's phone sends one, already small, as the bytes of a JPEG; it is cleaned again here, and kept sealed under the child's key. Only the
/// child, who shares its phone, and the teacher once the work was handed in get it back (and with all else that is held of the child, whoever may export that). No model, no board and no mentor does.
/// </summary>
public static class Photos
{
    /// <summary>Bytes. A phone sends about half of it.</summary>
    public const int MaxBytes = 400 * 1024;

    private const int MostOnAPhone = 3;
    private const string Type = "image/jpeg";

    /// <summary>It is shown, and can do nothing, also where somebody opens it as a page.</summary>
    private const string Policy = "default-src 'none'; sandbox";

    public static void MapPhotos(this WebApplication app)
    {
        var group = app.MapGroup("/api/classrooms/{id:guid}/photos/{photo:guid}").RequireAuthorization();
        group.MapPut("/", AttachAsync).WithMetadata(new RequestSizeLimitAttribute(MaxBytes)).RequireRateLimiting(Limits.Photos);
        group.MapGet("/", ReadAsync).RequireRateLimiting(Limits.Images);
        group.MapDelete("/", RemoveAsync).RequireRateLimiting(Limits.Photos);
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
        foreach (var (child, i) in ChildrenOf(children).Select((child, i) => (child, i)))
        {
            // Each has its own, under its own key: who is forgotten takes nothing from the others.
            var own = i == 0 ? photo : CopyOf(photo, child);
            // The lesson first: it knows who may, and whose it is. What it has and the store has not yet is sent again by the phone, and is the same.
            var reply = await classroom.Execute(Command(caller, child, new AttachPhoto(step ?? "", own, photo, picture.Width, picture.Height)), CancellationToken.None);
            if (reply.Refusal is { } refusal)
            {
                return Errors.Of(refusal);
            }

            if ((await classroom.OwnerOfPhoto(caller.Reader, own)).StudentId is not { } owner)
            {
                return Errors.Of(StatusCodes.Status404NotFound, "no-such-photo");
            }

            await store.AddAsync(id, own, owner, picture.Bytes, CancellationToken.None);
            await KeepOnlyKnownAsync(classroom, caller, store, id, own);
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
        var (named, shot) = (ChildrenOf(children), (await classroom.OwnerOfPhoto(caller.Reader, photo)).Shot);
        var reply = await classroom.Execute(Command(caller, named, new RemovePhoto(photo)), CancellationToken.None);
        if (reply.Refusal is { } refusal)
        {
            return Errors.Of(refusal);
        }

        foreach (var copy in named.Select(child => CopyOf(shot, child)).Concat([photo, shot]).Distinct())
        {
            await KeepOnlyKnownAsync(classroom, caller, store, id, copy);
        }

        return Results.NoContent();
    }

    /// <summary>A student with a ticket to this lesson; null for everybody else.</summary>
    private static PhoneCaller? CallerOf(HttpContext context, Guid lesson) =>
        Caller.RoleOf(context.User) == Role.Student && Caller.GuidOf(context.User, Caller.ClassroomClaim) == lesson && Caller.GuidOf(context.User, Caller.DeviceClaim) is { } device
            ? new PhoneCaller(Caller.ActorOf(context.User), device) : null;

    /// <summary>Null stands for whose ticket it is, or who speaks by it now: the lesson knows.</summary>
    private static IReadOnlyList<Guid?> ChildrenOf(string? children) => string.IsNullOrEmpty(children) ? [null]
        : [.. children.Split(',').Take(MostOnAPhone).Select(c => (Guid?)(Guid.TryParseExact(c, "D", out var child) ? child : Guid.Empty)).Distinct()];

    private static Guid CopyOf(Guid shot, Guid? child) => child is null ? shot : new(SHA256.HashData(Encoding.UTF8.GetBytes($"{shot}/{child}")).AsSpan(0, 16));

    private static Envelope Command(PhoneCaller caller, Guid? child, Command command) => Command(caller, [child], command);

    private static Envelope Command(PhoneCaller caller, IReadOnlyList<Guid?> children, Command command) =>
        new(Guid.CreateVersion7(), caller.By, command, caller.Device, [.. children.OfType<Guid>()]);

    // A row that no fact knows any more: taken out while it was sent, or just now.
    private static async Task KeepOnlyKnownAsync(IClassroomGrain classroom, PhoneCaller caller, PhotoStore store, Guid lesson, Guid photo)
    {
        if (await classroom.OwnerOfPhoto(caller.Reader, photo) is { Refusal: null, StudentId: null })
        {
            await store.RemoveAsync(lesson, photo, CancellationToken.None);
        }
    }

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

    private sealed record PhoneCaller(Actor By, Guid Device)
    {
        public Reader Reader => new(Audience.Student(By.Id), By, Device);
    }
}
