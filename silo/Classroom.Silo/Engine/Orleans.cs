using Orleans.Configuration;

namespace Classroom.Silo.Engine;

/// <summary>The Cluster edition: real Orleans. One silo on this machine; membership in Redis comes with several silos.</summary>
public static class EngineSetup
{
    // Orleans looks for idle grains by the wall clock, and makes no new ones while the clock stands further back than this age: a clock that
    // somebody sets back by an hour must not stop a lesson.
    private static readonly TimeSpan CollectionAge = TimeSpan.FromHours(2);

    public static void AddOrtaqEngine(this WebApplicationBuilder builder) =>
        builder.UseOrleans(silo => silo.AddActivityPropagation().UseLocalhostClustering(
                builder.Configuration.GetValue("Orleans:SiloPort", 11111), builder.Configuration.GetValue("Orleans:GatewayPort", 30000))
            .Configure<GrainCollectionOptions>(o => o.CollectionAge = CollectionAge));
}
