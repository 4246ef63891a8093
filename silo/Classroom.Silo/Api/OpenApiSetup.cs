namespace Classroom.Silo.Api;

/// <summary>The typed endpoints as an OpenAPI document: served in Development, and written to a file for whoever generates types of it.</summary>
public static class OpenApiSetup
{
    public const string Document = "v1";

    public static void AddOrtaqOpenApi(this WebApplicationBuilder builder) => builder.Services.AddOpenApi(Document);

    public static void MapOrtaqOpenApi(this WebApplication app)
    {
        if (app.Environment.IsDevelopment())
        {
            app.MapOpenApi().AllowAnonymous();
        }
    }
}
