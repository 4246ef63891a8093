using System.Net;
using System.Net.Sockets;
using Classroom.Kits;
using Classroom.Tutor.Audit;

namespace Classroom.Tutor.Tests;

/// <summary>What the process connects to is seen process-wide, so no other test runs beside these.</summary>
[CollectionDefinition(nameof(EgressTests), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(EgressTests))]
public sealed class EgressTests
{
    [Fact]
    public async Task During_an_audit_only_the_provider_is_connected_to_and_a_connection_elsewhere_is_seen()
    {
        await using var server = await ProtocolServer.StartAsync();
        server.AnswerTo = AuditModel.Good;
        var options = Sample.OptionsFor(server.Endpoint);
        using (var watch = new EgressWatch(AllowedPlace.Of(options)))
        {
            var cases = await new AuditRun(options, KitLibrary.LoadAll(KitLibrary.ShippedFolder), new NoBudget(), new AuditOptions(), TimeProvider.System, watch).RunAsync(["sent"], _ => { }, default);
            var seen = cases.Where(c => c.Kind == "address").ShouldHaveSingleItem();
            (seen.Text, seen.By, seen.Tallies["egress"]).ShouldBe((new Uri(server.Endpoint).Authority, "provider", Tally.Good));
            Figures.Of(cases).Single(c => c.Id == "egress").Holds.ShouldBe(true);
        }

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var elsewhere = (IPEndPoint)listener.LocalEndpoint;
        using (var watch = new EgressWatch([.. AllowedPlace.Of(options), new AllowedPlace("server", "localhost", 1)]))
        {
            await watch.LookAsync(default);
            // Whichever way: a socket as such, and a client of HTTP that looks a name up.
            using var socket = new TcpClient();
            await socket.ConnectAsync(elsewhere);
            using var http = new HttpClient();
            await Should.ThrowAsync<HttpRequestException>(() => http.GetAsync(new Uri("http://collector.example.invalid/")));
            var cases = await watch.FoundAsync(default);
            cases.Single(c => c.Text == elsewhere.ToString()).By.ShouldBeNull();
            cases.Single(c => c.Text == "collector.example.invalid").By.ShouldBeNull();
            cases.Where(c => c.Kind == "name").Select(c => c.Text).ShouldBe(["collector.example.invalid"], "what the watch looks up itself is no doing of the program");
            (Figures.Of(cases).Single(c => c.Id == "egress") is { Figure: 2, Holds: false }).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("InterNetwork:16:{31,144,10,0,0,5,0,0,0,0,0,0,0,0}", "10.0.0.5:8080")]
    [InlineData("InterNetworkV6:28:{31,144,0,0,0,0,0,0,0,0,0,0,0,0,0,0,255,255,10,0,0,5,0,0,0,0}", "10.0.0.5:8080")]
    [InlineData("InterNetworkV6:28:{1,187,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0,0,0,0}", "[::1]:443")]
    [InlineData("Unix:12:{47,116,109,112}", null)]
    [InlineData("", null)]
    public void An_address_is_read_as_the_runtime_tells_it(string told, string? address) => (EgressWatch.ParseAddress(told)?.ToString()).ShouldBe(address);
}
