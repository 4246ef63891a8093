using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Classroom.Silo.Tests;

/// <summary>The built client is sent packed to who accepts it, plain to who does not, and nothing else is ever packed.</summary>
public sealed partial class PackedTests(SharedSilo shared) : IClassFixture<SharedSilo>, IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, AllowAutoRedirect = false })
    {
        BaseAddress = new Uri(shared.Silo.Url),
    };

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("GZip", "gzip")]
    [InlineData("gzip;q=1.0, br;q=0.5", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("br;q=0.000, gzip;q=0", null)]
    [InlineData("*", "br")]
    [InlineData("br;q=0, *;q=0.1", "gzip")]
    [InlineData("*;q=0", null)]
    [InlineData("identity", null)]
    [InlineData("identity;q=1, br;q=0.5", null)]
    [InlineData("identity;q=0.5, br", "br")]
    [InlineData("identity;q=0, gzip", "gzip")]
    [InlineData("identity;q=0", null)]
    [InlineData("zstd, deflate", null)]
    [InlineData("brotli, gzipped", null)]
    [InlineData(";;q=", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public async Task Each_browser_gets_what_it_accepts_and_it_is_the_same_file(string? accepts, string? coding)
    {
        foreach (var (path, type) in await ClientAsync())
        {
            using var plain = await GetAsync(path, null);
            using var answer = await GetAsync(path, accepts);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            answer.Content.Headers.ContentEncoding.SingleOrDefault().ShouldBe(coding, path);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe(type, path);
            answer.Headers.Vary.ShouldHaveSingleItem(path).ShouldBe("Accept-Encoding");
            answer.Headers.CacheControl!.ToString().ShouldBe(path.StartsWith("/assets/", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache", path);
            answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
            var expected = await plain.Content.ReadAsByteArrayAsync();
            expected.ShouldNotBeEmpty();
            (await UnpackAsync(answer)).ShouldBe(expected, path);
            if (coding is not null && expected.Length > 1000)
            {
                answer.Content.Headers.ContentLength!.Value.ShouldBeLessThan(expected.Length * 6 / 10, path);
            }
        }
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData("identity")]
    public async Task What_a_browser_has_is_not_sent_again(string accepts)
    {
        foreach (var (path, _) in await ClientAsync())
        {
            using var first = await GetAsync(path, accepts);
            using var second = await GetAsync(path, accepts, r => r.Headers.IfNoneMatch.Add(first.Headers.ETag!));
            second.StatusCode.ShouldBe(HttpStatusCode.NotModified, path);
            second.Headers.ETag.ShouldBe(first.Headers.ETag);
            second.Headers.Vary.ShouldHaveSingleItem(path).ShouldBe("Accept-Encoding");
            (await second.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
            using var dated = await GetAsync(path, accepts, r => r.Headers.IfModifiedSince = first.Content.Headers.LastModified);
            dated.StatusCode.ShouldBe(HttpStatusCode.NotModified, path);
        }
    }

    [Fact]
    public async Task The_packed_and_the_plain_file_are_told_apart()
    {
        foreach (var (path, _) in await ClientAsync())
        {
            var tags = new List<EntityTagHeaderValue>();
            foreach (var accepts in new[] { "br", "gzip", "identity" })
            {
                using var answer = await GetAsync(path, accepts);
                tags.Add(answer.Headers.ETag!);
            }

            tags.ShouldBeUnique(path);
            using var other = await GetAsync(path, "identity", r => r.Headers.IfNoneMatch.Add(tags[0]));
            other.StatusCode.ShouldBe(HttpStatusCode.OK, "what another browser has is not what this one has");
        }
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("identity", null)]
    public async Task The_head_says_what_the_page_would(string accepts, string? coding)
    {
        foreach (var (path, type) in await ClientAsync())
        {
            using var page = await GetAsync(path, accepts);
            using var head = await GetAsync(path, accepts, r => r.Method = HttpMethod.Head);
            head.StatusCode.ShouldBe(HttpStatusCode.OK);
            head.Content.Headers.ContentEncoding.SingleOrDefault().ShouldBe(coding, path);
            head.Content.Headers.ContentLength.ShouldBe(page.Content.Headers.ContentLength);
            head.Content.Headers.ContentType!.MediaType.ShouldBe(type);
            head.Headers.ETag.ShouldBe(page.Headers.ETag);
            (await head.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_part_is_a_part_of_what_was_chosen()
    {
        var (script, _) = (await ClientAsync()).First(f => f.Path.EndsWith(".js", StringComparison.Ordinal));
        using var whole = await GetAsync(script, "br");
        using var part = await GetAsync(script, "br", r => r.Headers.Range = new RangeHeaderValue(10, 29));
        part.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        part.Content.Headers.ContentEncoding.ShouldBe(["br"]);
        (await part.Content.ReadAsByteArrayAsync()).ShouldBe((await whole.Content.ReadAsByteArrayAsync())[10..30]);
    }

    [Fact]
    public async Task Nothing_made_for_a_person_is_packed()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        foreach (var path in new[] { "/api/nicknames?language=kk", "/api/session", "/api/kits", "/api/classrooms", "/health/live", $"/api/qr?text={shared.Silo.Url}", "/nothing" })
        {
            foreach (var http in new[] { _http, lesson.TeacherHttp })
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                request.Headers.TryAddWithoutValidation("Accept-Encoding", "br, gzip");
                using var answer = await http.SendAsync(request);
                answer.Content.Headers.ContentEncoding.ShouldBeEmpty(path);
                answer.Headers.Vary.ShouldBeEmpty(path);
            }
        }
    }

    [Fact]
    public async Task Fonts_go_as_they_are()
    {
        using var page = await GetAsync("/teach", null);
        var styles = StyleSheet().Matches(await page.Content.ReadAsStringAsync()).Select(m => m.Groups[1].Value).ToList();
        var fonts = new List<string>();
        foreach (var style in styles)
        {
            using var css = await GetAsync(style, null);
            fonts.AddRange(Font().Matches(await css.Content.ReadAsStringAsync()).Select(m => m.Value));
        }

        fonts.ShouldNotBeEmpty();
        foreach (var font in fonts)
        {
            using var answer = await GetAsync(font, "br, gzip");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Content.Headers.ContentEncoding.ShouldBeEmpty();
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("font/woff2");
            answer.Headers.CacheControl!.ToString().ShouldContain("immutable");
        }
    }

    [Theory]
    [InlineData("/nothing.js")]
    [InlineData("/assets/nothing.js")]
    [InlineData("/assets")]
    [InlineData("/assets/")]
    [InlineData("/.built")]
    [InlineData("/index.html/")]
    [InlineData("/index.html.br")]
    [InlineData("/index.html.gz")]
    [InlineData("/index.html.br.gz")]
    [InlineData("/mark.svg.br")]
    [InlineData("/mark.svg%2ebr")]
    [InlineData("/mark.svg%00")]
    [InlineData("/../appsettings.json")]
    [InlineData("/%2e%2e/appsettings.json")]
    [InlineData("/assets/../../appsettings.json")]
    [InlineData("/assets/..%2f..%2fappsettings.json")]
    [InlineData("/assets/..%5c..%5cappsettings.json")]
    [InlineData("/..%2fwwwroot%2fmark.svg")]
    [InlineData("//etc/passwd")]
    [InlineData("/%2fetc%2fpasswd")]
    [InlineData("/assets/%252e%252e/mark.svg")]
    public async Task There_is_nothing_under_another_name(string path)
    {
        foreach (var accepts in new[] { "br", "gzip", "identity" })
        {
            var answer = await RawAsync($"GET {path} HTTP/1.1\r\nHost: {_http.BaseAddress!.Authority}\r\nAccept-Encoding: {accepts}\r\nConnection: close\r\n\r\n");
            // 401 is what a stranger is told of anything that is not there.
            answer.ShouldMatch("^HTTP/1.1 (400|401|404) ", path);
            answer.ShouldNotContain("Content-Encoding", Case.Insensitive, path);
        }
    }

    [Fact]
    public async Task Dots_within_the_client_are_only_another_way_to_write_it()
    {
        foreach (var path in new[] { "/assets/../mark.svg", "/./mark.svg", "/assets/%2e%2e/mark.svg" })
        {
            var answer = await RawAsync($"GET {path} HTTP/1.1\r\nHost: {_http.BaseAddress!.Authority}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n");
            answer.ShouldStartWith("HTTP/1.1 200 ");
            answer.ShouldContain("Content-Encoding: gzip", Case.Insensitive);
        }
    }

    [Fact]
    public async Task Only_a_question_is_answered_with_a_file()
    {
        using var answer = await GetAsync("/index.html", "br", r => r.Method = HttpMethod.Post);
        answer.StatusCode.ShouldNotBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentEncoding.ShouldBeEmpty();
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The four entries, the student's once more by a code, and every script and style that each asks for.</summary>
    private async Task<IReadOnlyList<(string Path, string Type)>> ClientAsync()
    {
        var all = new List<(string, string)> { ("/mark.svg", "image/svg+xml") };
        foreach (var entry in new[] { "/", "/j/ABC234", "/teach", "/board", "/mentor", "/operator", "/accounts", "/helper" })
        {
            all.Add((entry, "text/html"));
            using var page = await GetAsync(entry, null);
            var asked = Asset().Matches(await page.Content.ReadAsStringAsync()).Select(m => m.Groups[1].Value).ToList();
            asked.ShouldContain(a => a.EndsWith(".js", StringComparison.Ordinal));
            asked.ShouldContain(a => a.EndsWith(".css", StringComparison.Ordinal));
            all.AddRange(asked.Select(a => (a, a.EndsWith(".js", StringComparison.Ordinal) ? "text/javascript" : "text/css")));
        }

        return [.. all.Distinct()];
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? accepts, Action<HttpRequestMessage>? also = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accepts is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepts);
        }

        also?.Invoke(request);
        return await _http.SendAsync(request);
    }

    private static async Task<byte[]> UnpackAsync(HttpResponseMessage answer)
    {
        await using var body = await answer.Content.ReadAsStreamAsync();
        await using var unpacked = answer.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var bytes = new MemoryStream();
        await unpacked.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    // A client of .NET would tidy the path up before it is sent.
    private async Task<string> RawAsync(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(_http.BaseAddress!.Host, _http.BaseAddress.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }

    [GeneratedRegex("(?:src|href)=\"(/assets/[^\"]+)\"")]
    private static partial Regex Asset();

    [GeneratedRegex("href=\"(/assets/[^\"]+\\.css)\"")]
    private static partial Regex StyleSheet();

    [GeneratedRegex("/assets/[^)\"']+\\.woff2")]
    private static partial Regex Font();
}
