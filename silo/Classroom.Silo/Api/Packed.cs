using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Classroom.Silo.Api;

/// <summary>
/// Beside a built file may stand its brotli and its gzip, made by the build; a browser gets what it accepts. Nothing is compressed here:
/// an answer made for a person never shares a compressor with what somebody else wrote into it.
/// MapStaticAssets does not do this here: its manifest is made by MSBuild from files that stand before the build, it knows nothing of what Vite has
/// packed or named by hash (no "immutable" for those), and it maps files, not the entries /teach, /board and /j/CODE.
/// </summary>
internal static class Packed
{
    // In the order preferred among those a browser accepts alike.
    private static readonly (string Coding, string Extension)[] Codings = [("br", ".br"), ("gzip", ".gz")];

    /// <param name="app">The pages come next, for whom no packed file serves.</param>
    /// <param name="types">The types of the files themselves.</param>
    /// <param name="prepare">What every file of the client carries.</param>
    public static void UsePackedFiles(this WebApplication app, IContentTypeProvider types, Action<StaticFileResponseContext> prepare)
    {
        var files = app.Environment.WebRootFileProvider;
        var packed = ((IApplicationBuilder)app).New();
        packed.UseStaticFiles(new StaticFileOptions
        {
            ContentTypeProvider = new TypesOfUnpacked(types),
            OnPrepareResponse = c =>
            {
                c.Context.Response.Headers.ContentEncoding = c.Context.Request.Path.Value!.EndsWith(".br", StringComparison.Ordinal) ? "br" : "gzip";
                prepare(c);
            },
        });
        var serve = packed.Build();
        app.Use((context, next) =>
        {
            var request = context.Request;
            if (request.Path.Value is not { Length: > 1 } path || !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
            {
                return next(context);
            }

            var there = Codings.Where(c => files.GetFileInfo(path + c.Extension) is { Exists: true, IsDirectory: false }).ToList();
            if (there.Count == 0)
            {
                return next(context);
            }

            // Who does not accept a packed file must not get one from a cache on the way, nor the other way round.
            context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
            if (Choose(request.GetTypedHeaders().AcceptEncoding, there.Select(c => c.Coding)) is not { } coding)
            {
                return next(context);
            }

            request.Path = path + there.First(c => c.Coding == coding).Extension;
            return serve(context);
        });
    }

    /// <returns>The coding wished most, or null when none is accepted or the plain file is wished more, by name.</returns>
    internal static string? Choose(IList<StringWithQualityHeaderValue> accepted, IEnumerable<string> there)
    {
        // The plain file is accepted without being named; only by name is it wished.
        var plain = Named("identity") ?? 0;
        return there.Select(coding => (Coding: coding, Wish: Named(coding) ?? Named("*") ?? 0))
            .Where(c => c.Wish > 0 && c.Wish >= plain)
            .OrderByDescending(c => c.Wish).Select(c => c.Coding).FirstOrDefault();

        double? Named(string coding) =>
            accepted.FirstOrDefault(a => a.Value.Equals(coding, StringComparison.OrdinalIgnoreCase)) is { } named ? named.Quality ?? 1 : null;
    }

    private sealed class TypesOfUnpacked(IContentTypeProvider types) : IContentTypeProvider
    {
        public bool TryGetContentType(string subpath, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out string contentType) =>
            types.TryGetContentType(Path.ChangeExtension(subpath, null), out contentType);
    }
}
