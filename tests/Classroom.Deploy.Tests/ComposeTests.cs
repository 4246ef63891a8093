using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Classroom.Deploy.Tests;

/// <summary>Whether the parts of <c>deploy/compose.yaml</c> fit each other; docker itself is not here.</summary>
public sealed partial class ComposeTests
{
    private readonly JsonNode _file = Files.Yaml("compose.yaml");

    private Dictionary<string, JsonNode> Services => _file["services"]!.AsObject().ToDictionary(s => s.Key, s => s.Value!, StringComparer.Ordinal);

    private IEnumerable<JsonNode> SilosOnly => Services.Where(s => s.Key.StartsWith("silo-", StringComparison.Ordinal)).Select(s => s.Value);

    [Fact]
    public void Every_image_is_pinned() => Services.Values.ToList().ForEach(s => s["image"].String().ShouldBePinned());

    [Fact]
    public void Every_setting_of_a_silo_exists()
    {
        SilosOnly.Count().ShouldBe(3);
        SilosOnly.SelectMany(s => s["environment"].Map().Keys).ToList().ForEach(Files.ShouldBeASetting);
    }

    [Fact]
    public void What_is_left_to_the_operator_is_what_the_example_names()
    {
        var asked = Variable().Matches(Files.Text("compose.yaml")).Select(m => m.Groups["it"].Value).Distinct();
        var named = Files.Text("env.example").Split('\n').Where(l => l.Contains('=') && l[0] != '#').Select(l => l.Split('=')[0]);
        asked.Order(StringComparer.Ordinal).ShouldBe(named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_silo_is_where_the_others_and_nginx_look_for_it()
    {
        var inside = _file["networks"]!["inside"]!["ipam"]!["config"]![0]!;
        var (all, handedOut) = (IPNetwork.Parse(inside["subnet"].String()), IPNetwork.Parse(inside["ip_range"].String()));
        var addresses = SilosOnly.Select(s => s["environment"]!["Orleans__Address"].String()).ToList();
        addresses.ShouldBe(SilosOnly.Select(s => s["networks"]!["inside"]!["ipv4_address"].String()));
        addresses.Distinct().Count().ShouldBe(3);
        addresses.Select(IPAddress.Parse).ShouldAllBe(a => all.Contains(a) && !handedOut.Contains(a));
        Server().Matches(Files.Text("nginx/compose-silos.conf")).Select(m => m.Groups["it"].Value)
            .ShouldBe(addresses.Select(a => $"{a}:{DockerfileText.HttpPort}"));
    }

    [Fact]
    public void What_a_service_names_is_there()
    {
        foreach (var (name, service) in Services)
        {
            foreach (var mount in service["volumes"].Strings().Select(v => v.Split(':')[0]))
            {
                if (mount.StartsWith('.'))
                {
                    File.Exists(Path.Combine(Files.Folder, mount)).ShouldBeTrue($"{name}: {mount}");
                }
                else
                {
                    _file["volumes"]!.AsObject().ShouldContainKey(mount);
                }
            }

            service["secrets"].Strings().ShouldAllBe(s => _file["secrets"]!.AsObject().ContainsKey(s));
            service["networks"]!.AsObject().Select(n => n.Key).ShouldAllBe(n => _file["networks"]!.AsObject().ContainsKey(n));
            foreach (var (needed, how) in service["depends_on"]?.AsObject() ?? [])
            {
                how!["condition"].String().ShouldBe("service_healthy");
                Services[needed]["healthcheck"].ShouldNotBeNull(needed);
            }
        }

        var build = SilosOnly.First()["build"]!;
        File.Exists(Path.Combine(Files.Folder, build["context"].String(), build["dockerfile"].String())).ShouldBeTrue();
    }

    [Fact]
    public void Ports_agree()
    {
        var nginx = Files.Text("nginx/compose.conf");
        Services["nginx"]["ports"].Strings().Select(p => p.Split(':')[1]).ShouldBe(Listen().Matches(nginx).Select(m => m.Groups["it"].Value));
        Secret().Matches(nginx).Select(m => m.Groups["it"].Value).ShouldBe(Services["nginx"]["secrets"].Strings());
        var collector = Files.Yaml("telemetry/collector.yaml");
        var listens = collector["receivers"]!["otlp"]!["protocols"]!["grpc"]!["endpoint"].String().Split(':')[1];
        SilosOnly.ShouldAllBe(s => s["environment"]!["Telemetry__Otlp"].String() == $"http://collector:{listens}");
        Services.Keys.ShouldContain(new Uri(collector["exporters"]!["otlphttp"]!["endpoint"].String()).Host);
        foreach (var (name, pipeline) in collector["service"]!["pipelines"]!.AsObject())
        {
            foreach (var part in new[] { "receivers", "processors", "exporters" })
            {
                pipeline![part].Strings().ShouldAllBe(p => collector[part]!.AsObject().ContainsKey(p), name);
            }
        }
    }

    [Fact]
    public void Nothing_but_nginx_and_the_operators_screen_is_open_and_a_silo_cannot_change_itself()
    {
        Services.Where(s => s.Value["ports"] is not null).Select(s => s.Key).ShouldBe(["nginx", "grafana"]);
        Services["grafana"]["ports"].Strings().ShouldAllBe(p => p.StartsWith("127.0.0.1:", StringComparison.Ordinal));
        _file["networks"]!["inside"]!["internal"].String().ShouldBe("true");
        foreach (var silo in SilosOnly)
        {
            silo["read_only"].String().ShouldBe("true");
            silo["cap_drop"].Strings().ShouldBe(["ALL"]);
            // Both folders that the image writes to are writable.
            var writable = silo["tmpfs"].Strings().Select(t => t.Split(':')[0]).Concat(silo["volumes"].Strings().Select(v => v.Split(':')[1])).ToList();
            writable.ShouldContain(DockerfileText.Environment["Data__Folder"]);
            writable.ShouldContain(DockerfileText.Environment["Integrity__Folder"]);
        }
    }

    [GeneratedRegex("(?<!\\$)\\$\\{(?<it>[A-Z_]+)[:}]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex("^server (?<it>[0-9.:]+) ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Server();

    [GeneratedRegex("listen (?<it>[0-9]+) ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listen();

    [GeneratedRegex("/run/secrets/(?<it>[a-z_]+);", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Secret();
}
