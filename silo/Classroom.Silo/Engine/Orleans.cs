namespace Classroom.Silo.Engine;

/// <summary>The Cluster edition: real Orleans. One silo on this machine; membership in Redis comes with several silos.</summary>
public static class EngineSetup
{
    public static void AddOrtaqEngine(this WebApplicationBuilder builder) =>
        builder.UseOrleans(silo => silo.UseLocalhostClustering(
            builder.Configuration.GetValue("Orleans:SiloPort", 11111), builder.Configuration.GetValue("Orleans:GatewayPort", 30000)));
}
