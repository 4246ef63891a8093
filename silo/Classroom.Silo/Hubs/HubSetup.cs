using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Classroom.Silo.Broadcast;
using Microsoft.AspNetCore.SignalR;

namespace Classroom.Silo.Hubs;

public static class HubSetup
{
    public const string Path = "/hubs/classroom";
    private const int MaxMessageBytes = 32 * 1024;
    private const int SilentSeconds = 30;

    public static void AddOrtaqHub(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Broadcaster>();
        builder.Services.AddHostedService(s => s.GetRequiredService<Broadcaster>());
        builder.Services.AddSingleton<Screens>();
        builder.Services.AddSingleton<HubGuard>();
        builder.Services.AddSingleton<HubLifetimeManager<ClassroomHub>, ScreenLifetimeManager>();
        builder.Services
            .AddSignalR(o =>
            {
                o.MaximumReceiveMessageSize = MaxMessageBytes;
                o.MaximumParallelInvocationsPerClient = 4;
                o.ClientTimeoutInterval = TimeSpan.FromSeconds(builder.Configuration.GetValue("Hub:SilentSeconds", SilentSeconds));
                o.KeepAliveInterval = TimeSpan.FromSeconds(10);
                o.EnableDetailedErrors = false;
                o.AddFilter<HubGuard>();
            })
            .AddJsonProtocol(o => SpeakAsTheWire(o.PayloadSerializerOptions));
        builder.Services.ConfigureHttpJsonOptions(o => SpeakAsTheWire(o.SerializerOptions));
    }

    private static void SpeakAsTheWire(JsonSerializerOptions options)
    {
        options.Encoder = WireJson.Options.Encoder;
        options.DefaultIgnoreCondition = WireJson.Options.DefaultIgnoreCondition;
        foreach (var converter in WireContext.Default.Options.Converters)
        {
            options.Converters.Add(converter);
        }

        options.TypeInfoResolver = JsonTypeInfoResolver.Combine(WireContext.Default, new DefaultJsonTypeInfoResolver());
    }

    public static void MapOrtaqHub(this WebApplication app) => app.MapHub<ClassroomHub>(Path, o =>
    {
        o.ApplicationMaxBufferSize = 64 * 1024;
        o.TransportMaxBufferSize = 64 * 1024;
        o.CloseOnAuthenticationExpiration = true;
    });
}
