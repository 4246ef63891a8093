using Classroom.Grains;

namespace Classroom.Silo.Engine;

/// <summary>The Embedded edition: grains run in this process, no server to install.</summary>
public static class EngineSetup
{
    public static void AddOrtaqEngine(this WebApplicationBuilder builder) => builder.Services.AddEmbeddedEngine(
        o => o.CollectionQuantum = builder.Configuration.GetValue("Engine:CollectEvery", o.CollectionQuantum), typeof(ClassroomGrain).Assembly);
}
