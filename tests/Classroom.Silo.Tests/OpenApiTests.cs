using System.Text.Json.Nodes;

namespace Classroom.Silo.Tests;

/// <summary>The document that the web client's types can be generated from.</summary>
public sealed class OpenApiTests
{
    [Fact]
    public async Task It_is_written_without_a_server_or_a_database_and_is_the_one_that_is_served()
    {
        using var folder = new TempFolder();
        await using var silo = await SiloProcess.StartAsync();
        var file = Path.Combine(folder.Path, "openapi.json");
        // The running server has the data folder: writing the document does not want it.
        var (code, printed) = await silo.RunAsync("openapi", file);
        code.ShouldBe(0, printed);
        var written = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        var paths = written["paths"]!.AsObject();
        paths.Select(p => p.Key).ShouldBe(
            [
                "/api/session", "/api/session/password", "/api/session/sign-out-everywhere", "/api/login", "/enter/{token}", "/api/logout", "/api/kits", "/api/images/{hash}", "/api/classrooms", "/api/classrooms/{id}/group", "/api/classrooms/{id}/reopen",
                "/api/classrooms/{id}/photos/{photo}", "/api/classrooms/{id}/explanations/{explanation}/{variant}/{sentence}/speech", "/api/classrooms/{id}/export", "/api/classrooms/{id}/students/{student}/forget", "/api/classrooms/{id}/students/{student}/export", "/api/access", "/api/incidents", "/api/operator", "/api/operator/tutor/try", "/api/operator/answers/forget", "/api/operator/audit", "/api/operator/audit/start", "/api/operator/audit/stop", "/api/operator/audit/{id}/{language}.html", "/api/operator/audit/{id}/dossier.zip", "/api/join", "/api/join/check", "/api/address", "/api/nicknames", "/api/qr", "/api/board/pair", "/api/board/pair/{secret}", "/api/board/group", "/api/classrooms/{id}/helper-link",
                "/api/password", "/api/accounts", "/api/accounts/{id}/link", "/api/accounts/{id}/disable", "/api/accounts/{id}/enable", "/api/accounts/{id}/sign-out",
                "/api/accounts/{id}/role", "/api/accounts/{id}/centre", "/api/centres", "/api/classrooms/{id}/board", "/api/classrooms/{id}/board-ticket",
            ],
            ignoreOrder: true);
        var joined = written["components"]!["schemas"]!["JoinReply"]!["properties"]!.AsObject();
        joined.Select(p => p.Key).ShouldBe(["ticket", "classroomId", "studentId", "waiting"], ignoreOrder: true);
        using var http = await silo.BrowserAsync();
        var served = JsonNode.Parse(await http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!;
        JsonNode.DeepEquals(served["paths"], paths).ShouldBeTrue("the same endpoints");
        JsonNode.DeepEquals(served["components"], written["components"]).ShouldBeTrue("the same types");
    }
}
