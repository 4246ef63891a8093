using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Realtime;

public static class HubSetup
{
    public const string Path = "/hubs/classroom";
    public const int MaxMessageBytes = 32 * 1024;

    public static void AddOrtaqHub(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Audiences>();
        builder.Services.AddHostedService(s => s.GetRequiredService<Audiences>());
        builder.Services.AddSingleton<Connections>();
        builder.Services.AddSingleton<Allowances>();
        builder.Services.AddSingleton<HubGuard>();
        builder.Services.AddSingleton<HubLifetimeManager<ClassroomHub>, ConnectionLifetimeManager>();
        builder.Services.AddOptions<HubOptions>().Configure<IOptions<Hosting.HubOptions>>((o, ours) =>
            o.ClientTimeoutInterval = ours.Value.Silent);
        builder.Services
            .AddSignalR(o =>
            {
                o.MaximumReceiveMessageSize = MaxMessageBytes;
                o.MaximumParallelInvocationsPerClient = 4;
                // A browser that hears nothing for 10 s looks for another line.
                o.KeepAliveInterval = TimeSpan.FromSeconds(4);
                o.EnableDetailedErrors = false;
                o.AddFilter<HubGuard>();
                o.AddFilter<Auth.SessionWatch>();
            })
            .AddJsonProtocol(o => SpeakLessonJson(o.PayloadSerializerOptions));
        builder.Services.RemoveAll<IHubProtocol>().AddSingleton<JsonHubProtocol>().AddSingleton<IHubProtocol, CodedErrors>();
        builder.Services.ConfigureHttpJsonOptions(o => SpeakLessonJson(o.SerializerOptions));
        builder.WebHost.UseSockets(o =>
        {
            // A building's power comes back, and a thousand phones connect in one moment: who finds the queue full waits a second to try again.
            o.Backlog = 4096;
            // A message goes to the system where it is written, without waking another thread for it. What then follows a read runs on
            // the thread pool all the same, so that a call which waits for SQLite holds up no other socket.
            o.UnsafePreferInlineScheduling = true;
        });
    }

    /// <summary>The same JSON on the hub, over HTTP and in the log.</summary>
    public static void SpeakLessonJson(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Encoder = LessonJson.Options.Encoder;
        options.DefaultIgnoreCondition = LessonJson.Options.DefaultIgnoreCondition;
        options.PropertyNamingPolicy = LessonJson.Options.PropertyNamingPolicy;
        options.TypeInfoResolver = JsonTypeInfoResolver.Combine(LessonJson.Options.TypeInfoResolver, new DefaultJsonTypeInfoResolver());
    }

    // MapHub, with a word to say about the connection before the hub has it.
    public static void MapOrtaqHub(this WebApplication app) => app.MapConnections(
        Path,
        new HttpConnectionDispatcherOptions { ApplicationMaxBufferSize = 64 * 1024, TransportMaxBufferSize = 64 * 1024, CloseOnAuthenticationExpiration = true },
        connections => connections.Use(next => connection => CountedAsync(app.Services, connection, next)).UseHub<ClassroomHub>()).RequireAuthorization();

    private static async Task CountedAsync(IServiceProvider services, ConnectionContext connection, ConnectionDelegate next)
    {
        var (allowances, user) = (services.GetRequiredService<Allowances>(), connection.GetHttpContext()!.User);
        if (!allowances.TryOpen(user))
        {
            connection.Abort();
            return;
        }

        try
        {
            var line = new Line(services.GetRequiredService<IOptions<Hosting.HubOptions>>().Value);
            connection.Features.Set(line);
            connection.Features.Get<IConnectionHeartbeatFeature>()?.OnHeartbeat(static state =>
            {
                var (connection, line) = ((ConnectionContext, Line))state;
                if (line.IsDead)
                {
                    connection.Abort();
                }
            }, (connection, line));
            connection.Transport = new Duplex(new BudgetedReader(connection, allowances.BytesOf(user), line, connection.Transport.Input), connection.Transport.Output);
            await next(connection);
        }
        finally
        {
            allowances.Close(user);
        }
    }
}
