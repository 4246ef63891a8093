using Classroom.Kits;
using Classroom.Silo.Hosting;
using Classroom.Storage;
using Microsoft.Net.Http.Headers;

namespace Classroom.Silo.Api;

/// <summary>
/// The pictures of kits, by the hash of their bytes: of the kits that are offered here, and of those that lessons were opened with. Anybody who has the
/// address gets one, as a browser asks for pictures without saying who it is; they are of kits and never of a child.
/// </summary>
public static class KitImages
{
    private const int HashLength = 64;

    /// <summary>It is shown, and can do nothing, also where somebody opens it as a page.</summary>
    private const string Policy = "default-src 'none'; sandbox";

    public static void MapKitImages(this WebApplication app) => app.MapGet("/api/images/{hash}", async (string hash, HttpContext context, IKits kits, KitImageStore store) =>
    {
        if (hash.Length != HashLength || !hash.All(char.IsAsciiHexDigitLower))
        {
            return Results.NotFound();
        }

        var image = kits.Now.Image(hash) is { } offered ? new StoredImage(hash, offered.Type, offered.Bytes) : await store.ReadAsync(hash, context.RequestAborted);
        if (image is null)
        {
            return Results.NotFound();
        }

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        // Other bytes have another address.
        headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(image.Bytes, image.Type, entityTag: new EntityTagHeaderValue($"\"{hash}\""));
    }).AllowAnonymous().RequireRateLimiting(Limits.Images);

    /// <summary>Keeps the pictures of a kit for a lesson that is about to be opened with it.</summary>
    internal static Task KeepAsync(this KitImageStore store, Kit kit, CancellationToken cancellationToken) =>
        store.AddAsync(kit.Images.Values.Select(i => new StoredImage(i.Hash, i.Type, i.Bytes)), cancellationToken);
}
