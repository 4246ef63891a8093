using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Classroom.Tests.Otlp;

/// <summary>A span as the collector got it, and the process that sent it.</summary>
public sealed record ReceivedSpan(string Process, string Scope, Span Span)
{
    public string Trace => Convert.ToHexStringLower(Span.TraceId.Span);

    public string Id => Convert.ToHexStringLower(Span.SpanId.Span);

    public string Parent => Convert.ToHexStringLower(Span.ParentSpanId.Span);

    public string Tag(string key) => Span.Attributes.FirstOrDefault(a => a.Key == key)?.Value is { } value
        ? value.IsCase == Value.IsOneofCase.Text ? value.Text : value.Whole.ToString(System.Globalization.CultureInfo.InvariantCulture) : "";
}

/// <summary>A collector of the test's own: it takes what silos export over OTLP's gRPC, and keeps all of it.</summary>
public sealed class Collector : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<ReceivedSpan> _spans = [];
    private readonly Dictionary<string, Metric> _metrics = new(StringComparer.Ordinal);
    private readonly StringBuilder _everything = new();
    private readonly WebApplication _app;
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Collector(WebApplication app) => _app = app;

    /// <summary>The settings of a silo that exports here, and soon.</summary>
    public (string Name, string? Value)[] Settings =>
        [("Telemetry__Otlp", Url), ("OTEL_BSP_SCHEDULE_DELAY", "100"), ("OTEL_METRIC_EXPORT_INTERVAL", "500")];

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>All that came, as text: what may not leave is looked for in it.</summary>
    public string Everything
    {
        get
        {
            lock (_lock)
            {
                return _everything.ToString();
            }
        }
    }

    public IReadOnlyList<ReceivedSpan> Spans
    {
        get
        {
            lock (_lock)
            {
                return [.. _spans];
            }
        }
    }

    public IReadOnlyCollection<Metric> Metrics
    {
        get
        {
            lock (_lock)
            {
                return [.. _metrics.Values];
            }
        }
    }

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, 0, l => l.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc(o => o.MaxReceiveMessageSize = null);
        Collector? collector = null;
        builder.Services.AddSingleton(_ => collector!);
        var app = builder.Build();
        collector = new Collector(app);
        app.MapGrpcService<Traces>();
        app.MapGrpcService<Measurements>();
        await app.StartAsync();
        return collector;
    }

    /// <summary>Waits until something holds of what came; looked at whenever more has come.</summary>
    public async Task UntilAsync(Func<Collector, bool> holds, string what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            Task next;
            lock (_lock)
            {
                next = _arrived.Task;
            }

            if (holds(this))
            {
                return;
            }

            try
            {
                await next.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException e)
            {
                throw new TimeoutException($"Not within a minute: {what}. Spans: {string.Join(", ", Spans.Select(s => $"{s.Scope}/{s.Span.Name}").Distinct())}", e);
            }
        }
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private void Take(IMessage message, Action keep)
    {
        TaskCompletionSource arrived;
        lock (_lock)
        {
            keep();
            _everything.Append(Encoding.UTF8.GetString(message.ToByteArray()));
            (arrived, _arrived) = (_arrived, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        arrived.SetResult();
    }

    private sealed class Traces(Collector collector) : TraceService.TraceServiceBase
    {
        public override Task<TraceTaken> Export(TraceExport request, ServerCallContext context)
        {
            collector.Take(request, () => collector._spans.AddRange(
                from resource in request.Resources
                let process = resource.Resource.Attributes.Single(a => a.Key == "service.instance.id").Value.Text
                from scope in resource.Scopes
                from span in scope.Spans
                select new ReceivedSpan(process, scope.Scope.Name, span)));
            return Task.FromResult(new TraceTaken());
        }
    }

    private sealed class Measurements(Collector collector) : MetricsService.MetricsServiceBase
    {
        public override Task<MetricsTaken> Export(MetricsExport request, ServerCallContext context)
        {
            collector.Take(request, () =>
            {
                foreach (var metric in request.Resources.SelectMany(r => r.Scopes).SelectMany(s => s.Metrics))
                {
                    collector._metrics[metric.Name] = metric;
                }
            });
            return Task.FromResult(new MetricsTaken());
        }
    }
}
