using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;

namespace Classroom.Silo.Hosting;

/// <summary>Orleans in this process: one silo on this machine, nothing to install.</summary>
public static class OrleansSetup
{
    // Orleans looks for idle grains by the wall clock, and makes no new ones while the clock stands further back than this age: a clock that
    // somebody sets back by an hour must not stop a lesson.
    private static readonly TimeSpan CollectionAge = TimeSpan.FromHours(2);

    public static void AddOrtaqSilo(this WebApplicationBuilder builder) =>
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(builder.Configuration.GetValue("Orleans:SiloPort", 0) is > 0 and var port ? port : FreePort())
            .AddActivityPropagation()
            // Browsers reach grains through this process alone: no gateway, no second port.
            .Configure<EndpointOptions>(o => o.GatewayPort = 0)
            .Configure<GrainCollectionOptions>(o => o.CollectionAge = CollectionAge));

    // Two copies of the program stand side by side on one machine, so no port of Orleans' own is fixed.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
