using System.Text.Json;

namespace Classroom.Deploy.Tests;

/// <summary>The instructions of <c>deploy/Dockerfile</c>.</summary>
internal static class DockerfileText
{
    private static readonly (string Word, string Text)[] All =
        [.. Files.Text("Dockerfile").Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split(' ', 2)).Select(p => (p[0], p[1]))];

    public static IEnumerable<string> Of(string instruction) => All.Where(i => i.Word == instruction).Select(i => i.Text);

    /// <summary>The environment of the last stage.</summary>
    public static Dictionary<string, string> Environment => All.AsEnumerable().Reverse().TakeWhile(i => i.Word != "FROM").Where(i => i.Word == "ENV")
        .SelectMany(i => i.Text.Split(' ')).ToDictionary(e => e.Split('=', 2)[0], e => e.Split('=', 2)[1], StringComparer.Ordinal);

    public static string[] EntryPoint => JsonSerializer.Deserialize<string[]>(Of("ENTRYPOINT").Single())!;

    public static string[] HealthCheck => JsonSerializer.Deserialize<string[]>(Of("HEALTHCHECK").Single().Split(" CMD ", 2)[1])!;

    public static string HttpPort => new Uri(Environment["Urls"]).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static string SiloPort => Environment["Orleans__SiloPort"];
}
