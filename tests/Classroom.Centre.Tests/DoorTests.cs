using System.Net;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using Ortaq.Centre.V1;

namespace Classroom.Centre.Tests;

/// <summary>Who is let in, by which port, and what is open to everybody.</summary>
public sealed class DoorTests
{
    [Fact]
    public async Task Without_a_token_in_force_that_has_the_scope_nobody_gets_an_answer()
    {
        await using var host = await FeedHost.StartAsync();
        var (watch, report) = (await host.TokenAsync("watch"), await host.TokenAsync("report,export,kits", name: "rest"));
        (await TryAllAsync(host, null)).ShouldAllBe(s => s == StatusCode.Unauthenticated);
        (await TryAllAsync(host, "ortaq_guessed")).ShouldAllBe(s => s == StatusCode.Unauthenticated);
        (await TryAllAsync(host, watch)).ShouldBe([StatusCode.DeadlineExceeded, StatusCode.PermissionDenied, StatusCode.PermissionDenied, StatusCode.PermissionDenied]);
        (await TryAllAsync(host, report)).ShouldBe([StatusCode.PermissionDenied, StatusCode.InvalidArgument, StatusCode.OK, StatusCode.InvalidArgument]);
        (await host.Silo.RunAsync("token", "revoke", "rest")).Code.ShouldBe(0);
        (await TryAllAsync(host, report)).ShouldAllBe(s => s == StatusCode.Unauthenticated);
    }

    [Fact]
    public async Task Health_and_reflection_are_open_and_each_port_serves_its_own_only()
    {
        await using var host = await FeedHost.StartAsync();
        foreach (var service in new[] { "", "ortaq.centre.v1.CentreFeed" })
        {
            var health = await new Health.HealthClient(host.Channel).CheckAsync(new HealthCheckRequest { Service = service });
            health.Status.ShouldBe(HealthCheckResponse.Types.ServingStatus.Serving);
        }

        using var reflection = new ServerReflection.ServerReflectionClient(host.Channel).ServerReflectionInfo();
        await reflection.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" });
        await reflection.RequestStream.CompleteAsync();
        (await reflection.ResponseStream.MoveNext(default)).ShouldBeTrue();
        reflection.ResponseStream.Current.ListServicesResponse.Service.Select(s => s.Name).ShouldContain("ortaq.centre.v1.CentreFeed");

        using var http = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        foreach (var path in new[] { "/", "/health/live", "/api/session", "/openapi/v1.json" })
        {
            using var page = await http.GetAsync(new Uri(host.Address + path));
            page.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }

        // What the browsers' port has no endpoint for it answers so; a call that it knew would carry a status of gRPC.
        using var browser = await host.Silo.BrowserAsync(host.Silo.TeachLink);
        using var call = new HttpRequestMessage(HttpMethod.Post, "/ortaq.centre.v1.CentreFeed/GetReport") { Content = new ByteArrayContent([0, 0, 0, 0, 0]) };
        call.Content.Headers.ContentType = new("application/grpc");
        using var answer = await browser.SendAsync(call);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Headers.Contains("grpc-status").ShouldBeFalse();
    }

    private static async Task<List<StatusCode>> TryAllAsync(FeedHost host, string? token)
    {
        var headers = token is null ? [] : FeedHost.With(token);
        using var wall = host.Feed.WatchSessions(new WatchSessionsRequest(), headers, DateTime.UtcNow.AddSeconds(2));
        using var facts = host.Feed.ExportFacts(new ExportFactsRequest(), headers);
        return
        [
            await StatusAsync(() => FeedHost.UntilAsync(wall, _ => false)),
            await StatusAsync(() => host.Feed.GetReportAsync(new GetReportRequest(), headers).ResponseAsync),
            await StatusAsync(() => facts.ResponseStream.MoveNext(default)),
            await StatusAsync(() => host.Feed.ImportKitAsync(new ImportKitRequest(), headers).ResponseAsync),
        ];
    }

    private static async Task<StatusCode> StatusAsync(Func<Task> call)
    {
        try
        {
            await call();
            return StatusCode.OK;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }
}
