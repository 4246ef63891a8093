using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Serialization;
using StackExchange.Redis;

namespace Classroom.Silo.Hosting;

/// <summary>
/// Orleans in this process. Alone, with nothing to install; or one silo of several, which find each other in Redis and share one Postgres.
/// </summary>
public static class OrleansSetup
{
    private const string Cluster = "ortaq";

    // Orleans looks for idle grains by the wall clock, and makes no new ones while the clock stands further back than this age: a clock that
    // somebody sets back by an hour must not stop a lesson.
    private static readonly TimeSpan CollectionAge = TimeSpan.FromHours(2);

    // A silo that was killed is noticed after two seconds; shorter probes give false alarms under load.
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(1);
    private const int MissedProbes = 2;

    // How soon a silo that was cut off, and counts as dead, learns it once it hears again.
    private static readonly TimeSpan MembersReadEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DeadAreForgottenAfter = TimeSpan.FromHours(1);

    // A silo's number is the second of its start. One that started when the clock stood in the year 2000 would count as long dead once it is set, and end; one
    // that is alone has no dead to forget.
    private static readonly TimeSpan NeverForgotten = TimeSpan.FromDays(40 * 365);

    public static void AddOrtaqSilo(this WebApplicationBuilder builder)
    {
        // What is wrong in them is said later, in one sentence each.
        var redis = builder.Configuration.GetConnectionString("Redis");
        var port = int.TryParse(builder.Configuration["Orleans:SiloPort"], CultureInfo.InvariantCulture, out var given) && given is > 0 and < 65_536 ? given : FreePort();
        builder.UseOrleans(silo =>
        {
            if (string.IsNullOrWhiteSpace(redis))
            {
                silo.UseLocalhostClustering(port);
            }
            else
            {
                silo.UseRedisClustering(o => o.ConfigurationOptions = RedisOf(redis))
                    .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (Cluster, Cluster));
                if (IPAddress.TryParse(builder.Configuration["Orleans:Address"], out var address))
                {
                    silo.ConfigureEndpoints(address, port, gatewayPort: 0);
                }
                else
                {
                    silo.ConfigureEndpoints(port, gatewayPort: 0);
                }
            }

            if (bool.TryParse(builder.Configuration["Orleans:Dashboard"], out var dashboard) && dashboard)
            {
                silo.AddDashboard(o => o.HideTrace = true);
            }

            silo.AddActivityPropagation()
                // Browsers reach grains through the silos themselves: no gateway, no second port.
                .Configure<EndpointOptions>(o => o.GatewayPort = 0)
                .Configure<GrainCollectionOptions>(o => o.CollectionAge = CollectionAge)
                .Configure<SiloMessagingOptions>(o => o.ResponseTimeout = AnswerWithin)
                .Configure<ClusterMembershipOptions>(o =>
                {
                    (o.ProbeTimeout, o.NumMissedProbesLimit, o.TableRefreshTimeout) = (ProbeEvery, MissedProbes, MembersReadEvery);
                    o.DefunctSiloExpiration = string.IsNullOrWhiteSpace(redis) ? NeverForgotten : DeadAreForgottenAfter;
                    // Who is alone has nobody to put out but itself: by a start that a wrong clock noted, it would.
                    o.EvictWhenMaxJoinAttemptTimeExceeded = !string.IsNullOrWhiteSpace(redis);
                });
            // Our own exceptions arrive as what they are, so that "the database is away" is told from a fault of the program.
            silo.Services.Configure<ExceptionSerializationOptions>(o =>
            {
                o.SupportedNamespacePrefixes.Add("Classroom");
                o.SupportedNamespacePrefixes.Add("Npgsql");
            });
        });
    }

    /// <exception cref="ArgumentException">It is no address of a Redis.</exception>
    public static ConfigurationOptions RedisOf(string text)
    {
        var options = ConfigurationOptions.Parse(text);
        // One that is away comes back: the program tries again for as long as it takes.
        options.AbortOnConnectFail = false;
        return options;
    }

    // Two copies of the program stand side by side on one machine, so no port of Orleans' own is fixed.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
