using Microsoft.AspNetCore.StaticFiles;

namespace Classroom.Silo.Api;

/// <summary>The built web client: seven entries and their hashed assets.</summary>
public static class Pages
{
    private static readonly Dictionary<string, string> Entries = new(StringComparer.OrdinalIgnoreCase)
    {
        ["/"] = "/index.html", ["/teach"] = "/teach.html", ["/board"] = "/board.html", ["/mentor"] = "/mentor.html", ["/operator"] = "/operator.html",
        ["/accounts"] = "/accounts.html", ["/helper"] = "/helper.html",
    };

    public static void UseOrtaqPages(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            var path = context.Request.Path.Value ?? "/";
            if (Entries.TryGetValue(path.Length > 1 ? path.TrimEnd('/') : path, out var file))
            {
                context.Request.Path = file;
            }
            else if (path.StartsWith("/j/", StringComparison.OrdinalIgnoreCase))
            {
                context.Request.Path = "/index.html";
            }

            return next(context);
        });
        var types = new FileExtensionContentTypeProvider { Mappings = { [".webmanifest"] = "application/manifest+json" } };
        // A packed file is the same page, asked for by its own name; under the name of its packing there is nothing.
        types.Mappings.Remove(".gz");
        app.UsePackedFiles(types, Prepare);
        app.UseStaticFiles(new StaticFileOptions { ContentTypeProvider = types, OnPrepareResponse = Prepare });
        app.UseRouting();
    }

    // Assets carry a hash in their names; the entries must be asked for each time.
    private static void Prepare(StaticFileResponseContext c) => c.Context.Response.Headers.CacheControl =
        c.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
}
