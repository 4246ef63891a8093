using Classroom.Grains;

namespace Classroom.Silo.Engine;

/// <summary>The Embedded edition: grains run in this process, no server to install.</summary>
public static class EngineSetup
{
    public static void AddOrtaqEngine(this WebApplicationBuilder builder) =>
        builder.Services.AddEmbeddedEngine(typeof(ClassroomGrain).Assembly);
}
