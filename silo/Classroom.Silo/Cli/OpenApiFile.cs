using Classroom.Silo.Api;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Classroom.Silo.Cli;

/// <summary><c>Classroom.Silo openapi FILE</c>: writes the document of the HTTP endpoints. Starts nothing and opens no database.</summary>
public static class OpenApiFile
{
    public const string Name = "openapi";

    /// <returns>The exit code.</returns>
    public static async Task<int> WriteAsync(WebApplication app, string path)
    {
        // Endpoints are known to the services once they are in use.
#pragma warning disable ASP0014 // Everything is mapped on the application itself; nothing is added here.
        app.UseEndpoints(_ => { });
#pragma warning restore ASP0014
        var document = await app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>(OpenApiSetup.Document).GetOpenApiDocumentAsync();
        GeneratedFile.Write(path, await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1) + "\n");
        return 0;
    }
}
