using Classroom.Tutor;
using Microsoft.AspNetCore.SignalR;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Classroom.Silo.Hosting.Telemetry;

/// <summary>Traces and metrics go to an OTLP collector when one is named; without one nothing listens and a span costs nothing.</summary>
public static class TelemetrySetup
{
    /// <summary>What SignalR and Orleans call their own spans of a hub call and a grain call.</summary>
    public const string HubSource = "Microsoft.AspNetCore.SignalR.Server";

    public const string GrainSource = "Microsoft.Orleans.Application";

    public static void AddOrtaqTelemetry(this WebApplicationBuilder builder)
    {
        // The first filter is the outermost: what another one refuses is counted too.
        builder.Services.AddSingleton<MeasuredHub>();
        builder.Services.Configure<Microsoft.AspNetCore.SignalR.HubOptions>(o => o.AddFilter<MeasuredHub>());
        var named = builder.Configuration["Telemetry:Otlp"];
        if (string.IsNullOrWhiteSpace(named) && string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService("ortaq"))
            .WithTracing(t => t.AddSource(Instruments.Name, HubSource, GrainSource, ChatClients.TelemetryName, "Npgsql")
                // The route and not the path, which may hold a code or a link that signs in.
                .AddAspNetCoreInstrumentation(o => o.EnrichWithHttpResponse = static (span, response) =>
                    span.SetTag("url.path", (response.HttpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "a file").SetTag("url.query", null))
                .AddProcessor(new WithoutCodes()))
            .WithMetrics(m => m.AddMeter(Instruments.Name, ChatClients.TelemetryName, "Microsoft.Orleans", "Npgsql").AddAspNetCoreInstrumentation().AddRuntimeInstrumentation());
        if (Uri.TryCreate(named, UriKind.Absolute, out var collector))
        {
            telemetry.UseOtlpExporter(OpenTelemetry.Exporter.OtlpExportProtocol.Grpc, collector);
        }
        else
        {
            telemetry.UseOtlpExporter();
        }
    }
}
