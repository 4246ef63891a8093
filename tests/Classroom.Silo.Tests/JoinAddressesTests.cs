using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Classroom.Silo.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Tests;

/// <summary>A board on the box itself shows an address that a phone can open, or says why there is none.</summary>
public sealed class JoinAddressesTests : IDisposable
{
    private static readonly MachineAddress Wire = new(IPAddress.Parse("192.168.1.10"), "eth0");
    private static readonly MachineAddress Air = new(IPAddress.Parse("10.0.0.3"), "wlan0");
    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly Machine _machine = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_the_machines_own_in_the_network_by_http_where_there_is_that()
    {
        _machine.Addresses = [Wire];
        Look("https://0.0.0.0:5443", "http://0.0.0.0:5080").ShouldBe((Reach.Network, "http://192.168.1.10:5080"));
        Look("https://[::]:5443").ShouldBe((Reach.Network, "https://192.168.1.10:5443"));
        Look("http://*:80").ShouldBe((Reach.Network, "http://192.168.1.10"));
        Look("http://school-pc:5080").ShouldBe((Reach.Network, "http://192.168.1.10:5080"), "the web server takes any name for every address");
        _machine.Addresses = [new(IPAddress.Parse("fd00::2"), "eth0")];
        Look("http://[::]:5080").ShouldBe((Reach.Network, "http://[fd00::2]:5080"));
    }

    [Fact]
    public void Of_several_it_is_one_at_which_the_program_listens()
    {
        _machine.Addresses = [Wire, Air];
        Look("http://10.0.0.3:5080").ShouldBe((Reach.Network, "http://10.0.0.3:5080"));
        Look("http://127.0.0.1:5080", "http://10.0.0.3:5080").ShouldBe((Reach.Network, "http://10.0.0.3:5080"));
        Look("http://172.16.0.9:5080").ShouldBe((Reach.NoNetwork, null), "that network has gone");
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://localhost:5080")]
    [InlineData("http://[::1]:5080")]
    public void Who_listens_for_this_machine_alone_has_none(string url)
    {
        _machine.Addresses = [Wire];
        Look(url).ShouldBe((Reach.ThisMachine, null));
    }

    [Fact]
    public void Without_a_network_there_is_none_and_the_public_address_goes_before_all_others()
    {
        Look("http://0.0.0.0:5080").ShouldBe((Reach.NoNetwork, null));
        _machine.Addresses = [Wire];
        var (reach, all) = Addresses(["http://127.0.0.1:5080"], new SiteOptions { PublicUrl = "https://Sabaq.kz:443/" }).Look();
        reach.ShouldBe(Reach.Public);
        all.ShouldHaveSingleItem().Url.ShouldBe("https://sabaq.kz");
        Addresses(["http://0.0.0.0:5080"], redis: "redis:6379").Look().Reach.ShouldBe(Reach.AsAsked, "one of several knows not where browsers come in");
        Addresses([]).Look().Reach.ShouldBe(Reach.AsAsked);
        _machine.Addresses = null;
        Look("http://0.0.0.0:5080").ShouldBe((Reach.AsAsked, null), "what cannot be looked at is not said to be absent");
    }

    [Fact]
    public void The_network_that_was_chosen_is_remembered_over_a_start_and_a_new_address()
    {
        _machine.Addresses = [Wire, Air];
        var addresses = Addresses(["http://0.0.0.0:5080"]);
        addresses.Look().Addresses.Select(a => a.Network).ShouldBe(["eth0", "wlan0"]);
        addresses.Choose("http://10.0.0.3:5080").ShouldBeTrue();
        addresses.Look().Addresses.Select(a => a.Network).ShouldBe(["wlan0", "eth0"]);

        _machine.Addresses = [Wire, Air with { Address = IPAddress.Parse("10.0.0.77") }];
        Addresses(["http://0.0.0.0:5080"]).Look().Addresses[0].Url.ShouldBe("http://10.0.0.77:5080");
        _machine.Addresses = [Wire];
        Addresses(["http://0.0.0.0:5080"]).Look().Addresses.ShouldHaveSingleItem().Network.ShouldBe("eth0", "the chosen one is unplugged");

        foreach (var none in new[] { null, "", "http://evil.example", "http://10.0.0.3:5080", "http://192.168.1.10:81" })
        {
            addresses.Choose(none).ShouldBeFalse(none);
        }
    }

    [Fact]
    public void Who_comes_from_another_machine_shows_for_five_minutes_that_phones_find_the_way()
    {
        var addresses = Addresses(["http://0.0.0.0:5080"]);
        foreach (var (remote, local) in new[] { ("127.0.0.1", "127.0.0.1"), ("::1", "::1"), ("192.168.1.10", "192.168.1.10") })
        {
            addresses.Note(Connection(remote, local));
            addresses.WasReached.ShouldBeFalse("it came from this machine");
        }

        addresses.Note(Connection("192.168.1.77", "192.168.1.10"));
        addresses.WasReached.ShouldBeTrue();
        _time.Advance(TimeSpan.FromMinutes(5));
        addresses.WasReached.ShouldBeFalse();
    }

    [Fact]
    public async Task An_address_at_which_nobody_listens_does_not_answer()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        (await JoinAddresses.AnswersAsync(new JoinAddress(url, "lo"), default)).ShouldBeTrue();
        listener.Stop();
        (await JoinAddresses.AnswersAsync(new JoinAddress(url, "lo"), default)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("docker0", true)]
    [InlineData("br-1f0a", true)]
    [InlineData("veth12", true)]
    [InlineData("vEthernet (WSL)", true)]
    [InlineData("eth0", false)]
    [InlineData("wlan0", false)]
    [InlineData("enp3s0", false)]
    [InlineData("Wi-Fi", false)]
    public void Networks_of_containers_come_last(string network, bool isVirtual) => MachineAddresses.IsVirtual(network).ShouldBe(isVirtual);

    [Theory]
    [InlineData("192.168.1.10", true)]
    [InlineData("203.0.113.5", true)]
    [InlineData("169.254.3.4", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("::1", false)]
    [InlineData("fd00::2", true)]
    public void Nobody_reaches_an_address_of_one_link(string address, bool isOfALan) => MachineAddresses.IsOfALan(IPAddress.Parse(address)).ShouldBe(isOfALan);

    [Fact]
    public async Task The_machine_itself_and_teachers_are_told_of_its_networks_and_others_are_not()
    {
        await using var silo = await SiloProcess.StartAsync();
        using var nobody = await silo.BrowserAsync();
        ((string?)(await AskAsync(nobody, null))["reach"]).ShouldBe("this-machine", "it listens at 127.0.0.1");
        ((string?)(await AskAsync(nobody, "sabaq.kz"))["reach"]).ShouldBe("as-asked");
        using var teacher = await silo.BrowserAsync(silo.TeachLink);
        ((string?)(await AskAsync(teacher, "sabaq.kz"))["reach"]).ShouldBe("this-machine");
        silo.Output.ShouldContain("(on this machine only: it listens at http://127.0.0.1:");
        using var chosen = await teacher.PostAsJsonAsync("/api/address", new { url = "http://evil.example" });
        chosen.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var refused = await nobody.PostAsJsonAsync("/api/address", new { url = "http://evil.example" });
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        static async Task<JsonNode> AskAsync(HttpClient http, string? host)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/address") { Headers = { Host = host } };
            using var answer = await http.SendAsync(request);
            return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        }
    }

    private static Microsoft.AspNetCore.Http.ConnectionInfo Connection(string remote, string local)
    {
        var connection = new Microsoft.AspNetCore.Http.DefaultHttpContext().Connection;
        (connection.RemoteIpAddress, connection.LocalIpAddress) = (IPAddress.Parse(remote), IPAddress.Parse(local));
        return connection;
    }

    private (Reach, string?) Look(params string[] urls)
    {
        var (reach, all) = Addresses(urls).Look();
        return (reach, all.Count > 0 ? all[0].Url : null);
    }

    private JoinAddresses Addresses(string[] urls, SiteOptions? site = null, string? redis = null) => new(
        new Listening(urls), _machine, Options.Create(site ?? new SiteOptions()), Options.Create(new DatabaseOptions { Redis = redis }), new DataFolder(_folder.Path), _time, NullLogger<JoinAddresses>.Instance);

    private sealed class Machine : IMachineAddresses
    {
        public IReadOnlyList<MachineAddress>? Addresses { get; set; } = [];

        public IReadOnlyList<MachineAddress>? Now() => Addresses;
    }

    private sealed class Listening : IServer
    {
        public Listening(string[] urls)
        {
            var feature = new ServerAddressesFeature();
            foreach (var url in urls)
            {
                feature.Addresses.Add(url);
            }

            Features.Set<IServerAddressesFeature>(feature);
        }

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken) where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
            // Nothing is listened on.
        }
    }
}
