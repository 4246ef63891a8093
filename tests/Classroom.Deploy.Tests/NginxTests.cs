namespace Classroom.Deploy.Tests;

/// <summary>nginx itself reads each of its configurations. What they do is shown by the cluster's ThroughNginx.</summary>
public sealed class NginxTests
{
    [Theory]
    [InlineData("three-silos.conf")]
    [InlineData("compose.conf")]
    public async Task Nginx_takes_the_configuration(string name)
    {
        using var work = new TempFolder();
        foreach (var part in new[] { "http.conf", "locations.conf" })
        {
            File.Copy(Path.Combine(Files.Folder, "nginx", part), Path.Combine(work.Path, part));
        }

        File.Copy(Path.Combine(Files.Folder, "nginx", "compose-silos.conf"), Path.Combine(work.Path, "silos.conf"));
        await OtherProgram.RunAsync(
            "openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=ortaq", "-keyout", Path.Combine(work.Path, "tls_key"), "-out", Path.Combine(work.Path, "tls_certificate")]);
        var main = Path.Combine(work.Path, "nginx.conf");
        await File.WriteAllTextAsync(main, Files.Text("nginx/" + name)
            .Replace(" /tmp/", $" {work.Path}/", StringComparison.Ordinal).Replace("/run/secrets", work.Path, StringComparison.Ordinal)
            .Replace("@WORK@", work.Path, StringComparison.Ordinal).Replace("@PORT@", "8080", StringComparison.Ordinal));
        var (code, printed) = await OtherProgram.EndAsync(
            "nginx", ["-t", "-e", Path.Combine(work.Path, "error.log"), "-p", work.Path, "-c", main],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin" });
        code.ShouldBe(0, printed);
        printed.ShouldNotContain("[warn]");
    }
}
