using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Classroom.Silo.Auth;
using Classroom.Silo.Hosting.Telemetry;
using Classroom.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Classroom.Silo.Tests;

/// <summary>A command is one trace: the hub's call, the grain's, the append to the log, the tutor's answer; what happens is counted.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task A_commands_hub_call_grain_call_append_and_tutor_are_one_trace()
    {
        var (spans, seen) = (new ConcurrentBag<Activity>(), new SemaphoreSlim(0));
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name is Instruments.Name or TelemetrySetup.HubSource or TelemetrySetup.GrainSource,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = a =>
            {
                spans.Add(a);
                seen.Release();
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var factory = new InProcessSilo();
        await using var teacher = await TeachAsync(factory);
        await teacher.DoAsync("StartLesson", new { });
        var step = teacher.Get("plan")!["steps"]!.AsArray().First(s => (string?)s!["kind"] == "discuss")!["id"]!.GetValue<string>();
        await teacher.DoAsync("RequestPrompts", new { stepId = step });
        while (!spans.Any(s => s.OperationName == "tutor prompt"))
        {
            (await seen.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue("a span of the tutor");
        }

        var tutor = spans.Single(s => s.OperationName == "tutor prompt");
        while (!spans.Any(s => s.TraceId == tutor.TraceId && s.Source.Name == TelemetrySetup.HubSource))
        {
            (await seen.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue("a span of the hub");
        }

        var trace = spans.Where(s => s.TraceId == tutor.TraceId).ToList();
        trace.Single(s => s.Source.Name == TelemetrySetup.HubSource).GetTagItem("ortaq.call").ShouldBe("RequestPrompts");
        trace.ShouldContain(s => s.OperationName == "log append");
        trace.ShouldContain(s => s.Source.Name == TelemetrySetup.GrainSource && s.DisplayName.Contains("Execute"));
        trace.SelectMany(s => s.TagObjects).Select(t => t.Value?.ToString() ?? "").ShouldNotContain(t => t.Contains("Айгүл"));
    }

    [Fact]
    public async Task A_lesson_is_counted_and_measured()
    {
        var measured = new ConcurrentDictionary<(string Instrument, string? Code), int>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == Instruments.Name)
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Measure(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Measure(instrument, tags));
        listener.Start();
        await using var factory = new InProcessSilo();
        await using var teacher = await TeachAsync(factory);
        await teacher.DoAsync("StartLesson", new { });
        (await teacher.RefusalAsync("GoToStep", new { stepId = "nowhere" })).ShouldBe("no-such-step");
        (await teacher.RefusalAsync("RaiseHand", new { topic = "" })).ShouldBe("wrong-role");
        await teacher.DoAsync("RequestPrompts", new { stepId = "team-talk" });
        await teacher.UntilAsync(t => (string?)t.Get("prompts", "team-talk")?["status"] == "proposed", "candidates");
        await teacher.DoAsync("EndLesson", new { });
        foreach (var expected in new (string, string?)[]
                 {
                     ("ortaq.connections", null), ("ortaq.lessons.started", null), ("ortaq.lessons.ended", null), ("ortaq.acknowledgement.duration", null),
                     ("ortaq.refusals", "no-such-step"), ("ortaq.refusals", "wrong-role"), ("ortaq.tutor.tokens", null),
                 })
        {
            measured.ShouldContainKey(expected);
        }

        void Measure(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            string? code = null;
            foreach (var tag in tags)
            {
                code = tag.Key == "code" ? tag.Value?.ToString() : code;
            }

            measured.AddOrUpdate((instrument.Name, code), 1, (_, n) => n + 1);
        }
    }

    [Fact]
    public async Task A_collector_that_is_named_is_called()
    {
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        await using var silo = await SiloProcess.StartAsync(
            null, ("Telemetry__Otlp", $"http://127.0.0.1:{((IPEndPoint)collector.LocalEndpoint).Port}"), ("OTEL_BSP_SCHEDULE_DELAY", "100"));
        using var http = await silo.BrowserAsync();
        await http.GetStringAsync(new Uri("/api/session", UriKind.Relative));
        using var caller = await collector.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromSeconds(30));
        caller.Connected.ShouldBeTrue();
    }

    private static async Task<WireClient> TeachAsync(InProcessSilo factory)
    {
        factory.UseKestrel(0);
        factory.StartServer();
        var url = factory.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(url) };
        http.DefaultRequestHeaders.Add("X-Ortaq", "1");
        using var scope = factory.Services.CreateScope();
        var link = await scope.ServiceProvider.GetRequiredService<OneTimeLinks>().MakeAsync(await TeacherAsync(factory), LinkPurpose.Enter);
        using var entered = await http.GetAsync(new Uri("/enter/" + link, UriKind.Relative));
        var cookie = entered.Headers.GetValues("Set-Cookie").First().Split(';')[0];
        http.DefaultRequestHeaders.Add("Cookie", cookie);
        var kits = (await http.GetFromJsonAsync<JsonArray>("/api/kits"))!;
        var lesson = (string?)kits.First(k => (string?)k!["id"] == "photosynthesis")!["lessons"]![0]!["id"];
        using var opened = await http.PostAsJsonAsync("/api/classrooms", new { kitId = "photosynthesis", lessonId = lesson, className = "7Б", language = "kk" });
        opened.EnsureSuccessStatusCode();
        var teacher = await WireClient.ConnectAsync(url, cookie: cookie);
        await teacher.SyncAsync((await opened.Content.ReadFromJsonAsync<JsonNode>())!["classroomId"]!.GetValue<Guid>());
        return teacher;
    }

    // The program makes its demo teacher once it listens.
    private static async Task<Guid> TeacherAsync(InProcessSilo factory)
    {
        while (true)
        {
            using var scope = factory.Services.CreateScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
            if (await users.FindByNameAsync("teacher") is { } account && await users.IsInRoleAsync(account, nameof(Role.Teacher)))
            {
                return account.Id;
            }
        }
    }
}
