using System.Text.Json.Nodes;

namespace Classroom.Deploy.Tests;

/// <summary>Whether the parts of <c>deploy/kubernetes</c> fit each other and the program; a cluster is not here.</summary>
public sealed class KubernetesTests
{
    private const string Secret = "ortaq-secrets";
    private static readonly JsonNode Kustomization = Files.Yaml("kubernetes/kustomization.yaml");
    private static readonly Dictionary<string, JsonNode> All = Kustomization["resources"].Strings().Select(f => Files.Yaml("kubernetes/" + f))
        .ToDictionary(r => r["kind"].String(), StringComparer.Ordinal);

    private static readonly JsonNode Pod = All["Deployment"]["spec"]!["template"]!;
    private static readonly JsonNode Container = Pod["spec"]!["containers"]!.AsArray().Single()!;

    /// <summary>What the kubelet asks.</summary>
    public static IEnumerable<string> ProbePaths => Probes.Select(p => Container[p]!["httpGet"]!["path"].String());

    private static string[] Probes => ["startupProbe", "readinessProbe", "livenessProbe"];

    private static Dictionary<string, string> Ports => Container["ports"]!.AsArray().ToDictionary(p => p!["name"].String(), p => p!["containerPort"].String(), StringComparer.Ordinal);

    [Fact]
    public void Every_file_is_applied_and_no_other()
    {
        var files = Directory.GetFiles(Path.Combine(Files.Folder, "kubernetes"), "*.yaml").Select(Path.GetFileName).Where(f => f != "kustomization.yaml");
        Kustomization["resources"].Strings().Order(StringComparer.Ordinal).ShouldBe(files.Order(StringComparer.Ordinal)!);
        All.Keys.Order(StringComparer.Ordinal).ShouldBe(
            ["Deployment", "HorizontalPodAutoscaler", "Ingress", "Namespace", "NetworkPolicy", "PersistentVolumeClaim", "PodDisruptionBudget", "Service"]);
        Kustomization["namespace"].String().ShouldBe(All["Namespace"]["metadata"]!["name"].String());
    }

    [Fact]
    public void Every_setting_exists_and_every_secret_is_named_to_the_operator()
    {
        var readme = Files.Text("README.md");
        var settings = Kustomization["configMapGenerator"]!.AsArray().Single()!;
        Container["envFrom"]!.AsArray().Select(e => e!["configMapRef"]!["name"].String()).ShouldBe([settings["name"].String()]);
        settings["literals"].Strings().Select(l => l.Split('=')[0]).ToList().ForEach(Files.ShouldBeASetting);
        foreach (var variable in Container["env"]!.AsArray())
        {
            variable!["name"].String().ShouldBeASetting();
            if (variable["valueFrom"]?["secretKeyRef"] is { } secret)
            {
                secret["name"].String().ShouldBe(Secret);
                readme.ShouldContain($"--from-file={secret["key"].String()}=");
            }
        }

        readme.ShouldContain($"secret generic {Secret} ");
        readme.ShouldContain($"secret tls {All["Ingress"]["spec"]!["tls"]![0]!["secretName"].String()} ");
    }

    [Fact]
    public void Ports_and_names_agree()
    {
        Ports.ShouldBe(new Dictionary<string, string>(StringComparer.Ordinal) { ["http"] = DockerfileText.HttpPort, ["orleans"] = DockerfileText.SiloPort }, ignoreOrder: true);
        Probes.ShouldAllBe(p => Container[p]!["httpGet"]!["port"].String() == "http");
        var service = All["Service"];
        var port = service["spec"]!["ports"]!.AsArray().Single()!;
        Ports.ShouldContainKey(port["targetPort"].String());
        var backend = All["Ingress"]["spec"]!["rules"]![0]!["http"]!["paths"]![0]!["backend"]!["service"]!;
        (backend["name"].String(), backend["port"]!["name"].String()).ShouldBe((service["metadata"]!["name"].String(), port["name"].String()));
        All["HorizontalPodAutoscaler"]["spec"]!["scaleTargetRef"]!["name"].String().ShouldBe(All["Deployment"]["metadata"]!["name"].String());

        var labels = Pod["metadata"]!["labels"].Map();
        JsonNode?[] selectors =
        [
            All["Deployment"]["spec"]!["selector"]!["matchLabels"], service["spec"]!["selector"], All["PodDisruptionBudget"]["spec"]!["selector"]!["matchLabels"],
            All["NetworkPolicy"]["spec"]!["podSelector"]!["matchLabels"],
            .. Pod["spec"]!["topologySpreadConstraints"]!.AsArray().Select(t => t!["labelSelector"]!["matchLabels"]),
        ];
        selectors.ShouldAllBe(s => s.Map().SequenceEqual(labels));

        var volumes = Pod["spec"]!["volumes"]!.AsArray();
        Container["volumeMounts"]!.AsArray().Select(m => m!["name"].String()).ShouldBe(volumes.Select(v => v!["name"].String()));
        volumes.Select(v => v!["persistentVolumeClaim"]?["claimName"].String()).OfType<string>().ShouldBe([All["PersistentVolumeClaim"]["metadata"]!["name"].String()]);
        var mounted = Container["volumeMounts"]!.AsArray().Select(m => m!["mountPath"].String()).ToList();
        mounted.ShouldContain(DockerfileText.Environment["Data__Folder"]);
        mounted.ShouldContain(DockerfileText.Environment["Integrity__Folder"]);
    }

    [Fact]
    public void The_pod_keeps_the_restricted_profile_that_its_namespace_enforces()
    {
        All["Namespace"]["metadata"]!["labels"]!["pod-security.kubernetes.io/enforce"].String().ShouldBe("restricted");
        var (pod, container) = (Pod["spec"]!["securityContext"]!, Container["securityContext"]!);
        pod["runAsNonRoot"].String().ShouldBe("true");
        $"{pod["runAsUser"].String()}:{pod["runAsGroup"].String()}".ShouldBe(DockerfileText.Of("USER").Single());
        pod["seccompProfile"]!["type"].String().ShouldBe("RuntimeDefault");
        container["allowPrivilegeEscalation"].String().ShouldBe("false");
        container["readOnlyRootFilesystem"].String().ShouldBe("true");
        container["capabilities"]!["drop"].Strings().ShouldBe(["ALL"]);
        Pod["spec"]!["automountServiceAccountToken"].String().ShouldBe("false");
        Kustomization["images"]!.AsArray().Select(i => $"{i!["name"].String()}:{i["newTag"].String()}").Single(i => i.StartsWith(Container["image"].String() + ":", StringComparison.Ordinal)).ShouldBePinned();
    }

    [Fact]
    public void A_silo_reaches_what_it_needs_and_nobody_else()
    {
        var policy = All["NetworkPolicy"]["spec"]!;
        policy["policyTypes"].Strings().ShouldBe(["Ingress", "Egress"]);
        var rules = policy["egress"]!.AsArray();
        rules.ShouldAllBe(r => r!["to"]!.AsArray().Count == 1 && r["ports"]!.AsArray().Count > 0);
        var collector = new Uri(Kustomization["configMapGenerator"]![0]!["literals"].Strings().Single(l => l.StartsWith("Telemetry__Otlp=", StringComparison.Ordinal)).Split('=', 2)[1]);
        rules.Select(r => (Who(r!["to"]![0]!), r["ports"]![0]!["port"].String())).ShouldBe(
        [
            ("silo", DockerfileText.SiloPort), ("postgres", "5432"), ("keys", "5432"), ("redis", "6379"), ("model", "8000"), ("identity", "8443"), (collector.Host.Split('.')[1], $"{collector.Port}"), ("kube-system", "53"),
        ]);
        policy["ingress"]!.AsArray().Select(r => r!["ports"]![0]!["port"].String()).ShouldBe([DockerfileText.HttpPort, DockerfileText.SiloPort]);

        static string Who(JsonNode peer) => (peer["podSelector"] ?? peer["namespaceSelector"])!["matchLabels"].Map().Single().Value;
    }

    [Fact]
    public void A_silo_has_the_time_to_finish_and_three_are_never_fewer_than_two()
    {
        // Orleans and the drain need up to 30 seconds, as the box's unit has it.
        var (grace, pause) = (int.Parse(Pod["spec"]!["terminationGracePeriodSeconds"].String()), int.Parse(Container["lifecycle"]!["preStop"]!["sleep"]!["seconds"].String()));
        (grace - pause).ShouldBeGreaterThanOrEqualTo(30);
        All["Deployment"]["spec"]!["strategy"]!["rollingUpdate"]!["maxUnavailable"].String().ShouldBe("0");
        All["PodDisruptionBudget"]["spec"]!["maxUnavailable"].String().ShouldBe("1");
        All["HorizontalPodAutoscaler"]["spec"]!["minReplicas"].String().ShouldBe("3");
    }
}
