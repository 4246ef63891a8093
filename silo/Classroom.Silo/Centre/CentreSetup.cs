using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Classroom.Silo.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Centre;

/// <summary>
/// The gRPC feed of a centre, when <c>Centre:GrpcPort</c> is set: an endpoint of its own that speaks nothing but HTTP/2. It has a pipeline of
/// its own, so that neither port serves what the other does; what guards browsers (cookies, forgery, headers) is not in it.
/// </summary>
public static class CentreSetup
{
    // A kit with its pictures may have 8 MiB.
    private const int MaxMessageBytes = 9 * 1024 * 1024;

    public static void AddOrtaqCentre(this WebApplicationBuilder builder)
    {
        // What is wrong in the section is said later, in one sentence.
        if (!int.TryParse(builder.Configuration["Centre:GrpcPort"], CultureInfo.InvariantCulture, out var port) || port is <= 0 or > 65_535
            || !IPAddress.TryParse(builder.Configuration["Centre:GrpcAddress"] ?? new CentreOptions().GrpcAddress, out var address))
        {
            return;
        }

        // Beside the addresses of Urls: an endpoint that is configured in code would replace them all.
        builder.Configuration["Urls"] = $"{builder.Configuration["Urls"]};http://{new IPEndPoint(address, port)}";
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint =>
        {
            if (endpoint.EndPoint is IPEndPoint ip && ip.Port == port)
            {
                endpoint.Protocols = HttpProtocols.Http2;
            }
        }));
        builder.Services.AddGrpc(o => o.MaxReceiveMessageSize = MaxMessageBytes).AddServiceOptions<FeedService>(o => o.Interceptors.Add<CallCheck>());
        builder.Services.AddGrpcReflection();
        builder.Services.AddGrpcHealthChecks(o => o.Services.Map("ortaq.centre.v1.CentreFeed", check => check.Tags.Contains("ready")));
        builder.Services.AddSingleton<CallCheck>().AddSingleton<KitImport>().AddSingleton<CentreWalls>();
        builder.Services.AddHostedService(s => s.GetRequiredService<CentreWalls>());
    }

    public static void UseOrtaqCentre(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<CentreOptions>>().Value.GrpcPort is not { } port)
        {
            return;
        }

        var branch = new ApplicationBuilder(app.Services);
        branch.UseRouting();
        branch.UseEndpoints(endpoints =>
        {
            endpoints.MapGrpcService<FeedService>();
            // Whoever looks after the process asks these; they say nothing of a centre.
            endpoints.MapGrpcHealthChecksService();
            endpoints.MapGrpcReflectionService();
        });
        var feed = branch.Build();
        app.Use((context, next) =>
        {
            if (context.Connection.LocalPort != port)
            {
                return next(context);
            }

            // The limit of browsers' requests is less than a kit; gRPC has a limit of its own.
            context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
            return feed(context);
        });
    }

    /// <exception cref="SettingException">Another program listens there; Kestrel would name the wrong setting.</exception>
    public static void CheckCentrePort(this WebApplication app)
    {
        var centre = app.Services.GetRequiredService<IOptions<CentreOptions>>().Value;
        if (centre.GrpcPort is not { } port)
        {
            return;
        }

        try
        {
            using var listener = new TcpListener(IPAddress.Parse(centre.GrpcAddress), port);
            listener.Start();
        }
        catch (SocketException e)
        {
            throw new SettingException($"Centre:GrpcPort: port {port} of {centre.GrpcAddress} cannot be listened on ({e.Message}).", e);
        }
    }
}
