using System.Text;

namespace Classroom.Faults.Tests;

/// <summary>HTTP requests that no browser makes, as bytes: one connection each.</summary>
public sealed class HttpFuzz(Random random, Guid classroomId, string authority)
{
    private static readonly string[] Methods = ["GET", "POST", "POST", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "BREW", "get"];

    private static readonly string[] Bodies =
    [
        "", "{", "null", "[]", "7", "\"x\"", "{\"code\":7}", "{\"code\":{\"a\":1}}", "{\"code\":\"\\ud800\"}", "{\"nickname\":\"\\u0000\"}", "{\"code\":null,\"nickname\":null}",
        "{\"userName\":[],\"password\":{}}", "{\"pairing\":9999999999999999999999}", "\u0000\u0000", "<xml/>", "a=b&c=d", "{\"userName\":\"teacher\",\"password\":\"' or 1=1 --\"}",
    ];

    private static readonly string[] Types = ["application/json", "application/json; charset=utf-7", "text/plain", "multipart/form-data", "application/x-www-form-urlencoded", "nonsense", "", ";;;", "application/json; charset=\u0001"];

    private string[] Paths =>
    [
        "/api/join", "/api/join/check", "/api/address", "/api/login", "/api/logout", "/api/session", "/api/kits", "/api/images/0", "/api/classrooms", $"/api/classrooms/{classroomId}/reopen", "/api/classrooms/nope/reopen",
        "/api/classrooms/00000000-0000-0000-0000-000000000000/board", $"/api/classrooms/{classroomId}/export", "/api/incidents?days=99999999999", "/api/incidents?days=x",
        "/api/board/pair", "/api/board/pair/nope", "/api/board/pair/%00", "/api/nicknames?language=%ff", "/api/qr?text=" + new string('%', 20), "/api/qr", "/api/qr?text=%F0%9F%90%A6",
        "/api/qr?text=" + new string('x', 299), "/enter/nope", "/enter/" + new string('a', 4000), "/j/../../../etc/passwd", "/j/%2e%2e%2f", "/assets/..%5c..%5cwin.ini", "//", "/%", "/%00", "/\u00ff",
        "/hubs/classroom", "/hubs/classroom?id=nope", "/hubs/classroom?id=", "/hubs/classroom/negotiate", "/hubs/classroom/negotiate?negotiateVersion=99",
        "/hubs/classroom?access_token=" + new string('A', 3000), "/hubs/classroom?access_token=%ff%fe", "/HUBS/CLASSROOM", "/health/ready", "*", "http://evil.example/", "/" + new string('x', 9000),
    ];

    /// <summary>A request, and whether all of it is there: the server waits for the rest of one that says it is longer.</summary>
    public (byte[] Bytes, bool IsWhole) Request()
    {
        var body = Encoding.UTF8.GetBytes(random.Next(20) switch
        {
            0 => new string('[', random.Next(100, 20_000)),
            1 => "{\"code\":\"" + new string('x', random.Next(60_000, 300_000)) + "\"}",
            _ => Pick(Bodies),
        });
        if (random.Next(10) == 0)
        {
            body = new byte[random.Next(1, 500)];
            random.NextBytes(body);
        }

        List<string> lines = [$"{Pick(Methods)} {Pick(Paths)} HTTP/{(random.Next(15) == 0 ? Pick(["1.0", "2.0", "9", "1.1 x"]) : "1.1")}"];
        lines.Add(random.Next(15) == 0 ? Pick(["Host: ", "Host: evil.example", "Host: a b", "X: y", "Host: x\r\nHost: y"]) : "Host: " + authority);
        if (random.Next(6) != 0)
        {
            lines.Add("X-Ortaq: 1");
        }

        lines.Add("Content-Type: " + Pick(Types));
        lines.Add(random.Next(12) switch
        {
            0 => "Content-Length: -1",
            1 => "Content-Length: 99999999999999999999",
            2 => "Content-Length: " + (body.Length + 50),
            3 => "Transfer-Encoding: chunked",
            4 => "Transfer-Encoding: nonsense",
            5 => "Content-Length: 30000000000",
            _ => "Content-Length: " + body.Length,
        });
        switch (random.Next(10))
        {
            case 0: lines.Add("Cookie: ortaq=" + Convert.ToBase64String(BitConverter.GetBytes(random.NextInt64()))); break;
            case 1: lines.Add("Cookie: ortaq=" + new string('C', 4000) + "; ortaq=; =; ;;"); break;
            case 2: lines.Add("Authorization: Bearer " + Pick(["", "x", "%%%", new string('t', 2500), "CfDJ8" + new string('A', 200)])); break;
            case 3: lines.Add("Origin: " + Pick(["null", "http://evil.example", "::::", ""])); break;
            case 4: lines.Add("X-Long: " + new string('x', random.Next(1000, 60_000))); break;
            case 5: lines.AddRange(Enumerable.Range(0, random.Next(50, 300)).Select(i => $"X-{i}: {i}")); break;
            case 6: lines.AddRange(["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: " + random.Next(20), "Sec-WebSocket-Key: " + new string('k', random.Next(30))]); break;
            case 7: lines.Add("Bad header without colon"); break;
            case 8: lines.Add("Expect: 100-continue"); break;
            default: break;
        }

        return ([.. Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\nConnection: close\r\n\r\n"), .. body], lines.Contains("Content-Length: " + body.Length));
    }

    private T Pick<T>(T[] of) => of[random.Next(of.Length)];
}
