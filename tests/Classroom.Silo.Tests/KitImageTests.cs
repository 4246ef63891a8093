using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Classroom.Silo.Tests;

/// <summary>Pictures of kits by the hash of their bytes: to anybody, unable to do anything, and still there after their kit was changed.</summary>
public sealed class KitImageTests
{
    private const string Declared =
        "images:\n  - id: leaf\n    file: leaf.svg\n    alt:\n      kk: Жасыл жапырақ\n      ru: Зелёный лист\n      en: A green leaf\n    source: Ortaq\n    licence: CC BY 4.0\n";

    [Fact]
    public async Task A_picture_of_a_lesson_is_served_by_its_hash_and_stays_when_its_kit_is_changed()
    {
        using var folder = new TempFolder();
        var images = Directory.CreateDirectory(Path.Combine(folder.Path, "mine", "images")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "mine", "kit.yaml"), Kit());
        await DrawAsync("red");
        await using var silo = await SiloProcess.StartAsync(null, ("Kits__Folder", folder.Path));
        await using var lesson = await LessonHost.OpenAsync(silo, kit: "mine");
        var image = lesson.Teacher.Get("step", FirstStep())!["image"].ShouldNotBeNull();
        var hash = image["hash"]!.GetValue<string>();
        (image["width"]!.GetValue<int>(), image["alt"]!["ru"]!.GetValue<string>()).ShouldBe((9, "Зелёный лист"));
        await ServedAsync("red");

        await silo.StopAsync();
        await DrawAsync("blue");
        await silo.StartAgainAsync();
        await ServedAsync("red");

        Task DrawAsync(string colour) => File.WriteAllTextAsync(
            Path.Combine(images, "leaf.svg"), $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><script>alert(1)</script><rect fill=\"{colour}\"/></svg>");

        async Task ServedAsync(string colour)
        {
            using var anybody = await silo.BrowserAsync();
            using var answer = await anybody.GetAsync(new Uri("/api/images/" + hash, UriKind.Relative));
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            var bytes = await answer.Content.ReadAsByteArrayAsync();
            Convert.ToHexStringLower(SHA256.HashData(bytes)).ShouldBe(hash);
            System.Text.Encoding.UTF8.GetString(bytes).ShouldSatisfyAllConditions(s => s.ShouldContain(colour), s => s.ShouldNotContain("script"));
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
            answer.Headers.GetValues("Content-Security-Policy").ShouldBe(["default-src 'none'; sandbox"]);
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            answer.Headers.CacheControl!.ToString().ShouldContain("immutable");
            using var again = new HttpRequestMessage(HttpMethod.Get, "/api/images/" + hash) { Headers = { IfNoneMatch = { new EntityTagHeaderValue($"\"{hash}\"") } } };
            (await anybody.SendAsync(again)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
            foreach (var none in new[] { new string('0', 64), hash.ToUpperInvariant(), hash[1..], hash + "0", "..%2f..%2fkit.yaml", "'; drop table kit_images; --" })
            {
                (await anybody.GetAsync(new Uri("/api/images/" + none, UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound, none);
            }
        }
    }

    private static string Kit()
    {
        var text = KitText.Of("fractions").Replace("id: fractions", "id: mine", StringComparison.Ordinal).Replace("\nlessons:\n", "\n" + Declared + "lessons:\n", StringComparison.Ordinal);
        var step = $"      - id: {FirstStep()}\n";
        return text.Replace(step, step + "        image: leaf\n", StringComparison.Ordinal);
    }

    private static string FirstStep()
    {
        var lines = KitText.Of("fractions").Split('\n');
        return lines[Array.FindIndex(lines, l => l.Trim() == "steps:") + 1].Replace("- id:", "", StringComparison.Ordinal).Trim();
    }
}
