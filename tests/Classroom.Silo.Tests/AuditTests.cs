using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;

namespace Classroom.Silo.Tests;

/// <summary>The audit on the operator's page and from the command line: for admins alone, one at a time, over when its silo is.</summary>
public sealed class AuditTests
{
    private const string Admin = "boss:jolbarys-jaz-9";
    private static readonly Uri Path = new("/api/operator/audit", UriKind.Relative);
    private static readonly Uri Start = new("/api/operator/audit/start", UriKind.Relative);
    private static readonly Uri Stop = new("/api/operator/audit/stop", UriKind.Relative);

    [Fact]
    public async Task Without_a_model_an_admin_gets_a_signed_dossier_that_is_read_in_three_languages_and_verified()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Accounts__Admin", Admin));
        using var nobody = await silo.BrowserAsync();
        using var teacher = await silo.BrowserAsync(silo.TeachLink);
        foreach (var (http, status) in new[] { (nobody, HttpStatusCode.Unauthorized), (teacher, HttpStatusCode.Forbidden) })
        {
            (await http.GetAsync(Path)).StatusCode.ShouldBe(status);
            (await http.PostAsync(Start, null)).StatusCode.ShouldBe(status);
            (await http.PostAsync(Stop, null)).StatusCode.ShouldBe(status);
        }

        using var admin = await silo.AdminAsync();
        (await RefusalAsync(await admin.PostAsync(Stop, null))).ShouldBe((HttpStatusCode.Conflict, "no-audit"));
        var before = JsonNode.Parse(await admin.GetStringAsync(Path))!;
        ((bool)before["hasModel"]!, (int)before["calls"]!, before["run"], before["dossiers"]!.AsArray().Count).ShouldBe((false, 0, null, 0));
        (await admin.PostAsync(Start, null)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var done = await UntilAsync(admin, a => (string?)a["run"]?["state"] == "done");
        var dossier = done["dossiers"]!.AsArray().ShouldHaveSingleItem()!;
        var checks = dossier["checks"]!.AsArray();
        Of("egress")["holds"]!.GetValue<bool>().ShouldBeTrue();
        Of("names-roster")["holds"]!.GetValue<bool>().ShouldBeTrue();
        Of("attacks-seen")["holds"].ShouldBeNull("it was not asked");

        var id = (string)dossier["id"]!;
        foreach (var (language, words) in new[] { ("kk", "жүргізілмеді"), ("ru", "не проводилось"), ("en", "not asked") })
        {
            var page = await admin.GetAsync(new Uri($"/api/operator/audit/{id}/{language}.html", UriKind.Relative));
            page.StatusCode.ShouldBe(HttpStatusCode.OK);
            page.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
            page.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldStartWith("default-src 'none'; style-src 'sha256-");
            page.Headers.GetValues("X-Content-Type-Options").ShouldHaveSingleItem().ShouldBe("nosniff");
            (await page.Content.ReadAsStringAsync()).ShouldContain(words);
        }

        foreach (var bad in new[] { $"{id}/de.html", $"{Guid.NewGuid()}/kk.html", $"{Guid.NewGuid()}/dossier.zip", "x/kk.html", $"{id}/..%2fkk.html" })
        {
            (await admin.GetAsync(new Uri("/api/operator/audit/" + bad, UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound, bad);
        }

        var zipPath = new Uri($"/api/operator/audit/{id}/dossier.zip", UriKind.Relative);
        (await nobody.GetAsync(zipPath)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await teacher.GetAsync(zipPath)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var folder = new TempFolder();
        var zip = System.IO.Path.Combine(folder.Path, "dossier.zip");
        await File.WriteAllBytesAsync(zip, await admin.GetByteArrayAsync(zipPath));
        var (code, said) = await silo.RunAsync("audit", "verify", zip, "--fingerprint", (string)done["fingerprint"]!);
        (code, said).ShouldBe((0, said));
        (code, said) = await silo.RunAsync("audit", "verify", zip, "--fingerprint", "AA:BB");
        (code, said).ShouldBe((1, said));
        said.ShouldContain("signed by another key");
        await File.WriteAllBytesAsync(zip, (await File.ReadAllBytesAsync(zip))[..2000]);
        (await silo.RunAsync("audit", "verify", zip)).Code.ShouldBe(2);

        var acts = JsonNode.Parse(await admin.GetStringAsync(new Uri("/api/access", UriKind.Relative)))!.AsArray().Select(a => (string)a!["act"]!).ToList();
        acts.ShouldBe(["audit-started.1", "audit-taken.1"]);
        silo.Failures.ShouldBeEmpty();

        JsonNode Of(string check) => checks.Single(c => (string)c!["id"]! == check)!;
    }

    [Fact]
    public async Task With_a_model_it_counts_its_tokens_is_one_at_a_time_and_is_stopped()
    {
        await using var model = await ProtocolServer.StartAsync();
        var gate = new TaskCompletionSource();
        await using var silo = await SiloProcess.StartAsync(
            null, ("Accounts__Admin", Admin), ("Tutor__Endpoint", model.Endpoint), ("Tutor__Model", "local-model"), ("Tutor__Budget__Day", "100000000"), ("Tutor__Budget__Lesson", "1"),
            ("Tutor__FirstTokenWithin", "00:02:00"));
        using var admin = await silo.AdminAsync();
        var before = JsonNode.Parse(await admin.GetStringAsync(Path))!;
        ((int)before["calls"]!).ShouldBeGreaterThan(1400);
        ((long)before["tokens"]!).ShouldBeGreaterThan(1_000_000);
        model.Gate = gate.Task;
        var starts = await Task.WhenAll(admin.PostAsync(Start, null), admin.PostAsync(Start, null));
        starts.Select(s => s.StatusCode).ShouldBe([HttpStatusCode.Accepted, HttpStatusCode.Conflict], ignoreOrder: true);
        await UntilAsync(admin, a => model.Received >= 4);
        model.Received.ShouldBe(4, "as many at once as is set");
        (await RefusalAsync(await admin.PostAsync(Start, null))).ShouldBe((HttpStatusCode.Conflict, "audit-runs"));
        gate.SetResult();
        // Reading anew, as a reload of the page does, tells the same run.
        var running = await UntilAsync(admin, a => (int?)a["run"]?["done"] > 5);
        ((string)running["run"]!["state"]!, (int)running["run"]!["total"]! > 1400).ShouldBe(("running", true));
        ((long)running["spent"]!).ShouldBeGreaterThan(0, "its tokens are tokens of the day");
        (await admin.PostAsync(Stop, null)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var stopped = await UntilAsync(admin, a => (string?)a["run"]?["state"] == "stopped");
        stopped["dossiers"]!.AsArray().ShouldBeEmpty("what was stopped leaves none");
        (await RefusalAsync(await admin.PostAsync(Stop, null))).ShouldBe((HttpStatusCode.Conflict, "no-audit"));
        (await admin.PostAsync(Start, null)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task When_its_silo_is_killed_it_is_said_to_have_been_broken_off_and_is_started_again()
    {
        await using var model = await ProtocolServer.StartAsync();
        await using var silo = await SiloProcess.StartAsync(null, ("Accounts__Admin", Admin), ("Tutor__Endpoint", model.Endpoint), ("Tutor__Model", "local-model"));
        model.Gate = new TaskCompletionSource().Task;
        using (var admin = await silo.AdminAsync())
        {
            (await admin.PostAsync(Start, null)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
            await UntilAsync(admin, a => model.Received > 0);
        }

        await silo.KillAsync();
        await silo.StartAgainAsync();
        using var again = await silo.AdminAsync();
        await UntilAsync(again, a => (string?)a["run"]?["state"] == "broken");
        model.Gate = Task.CompletedTask;
        (await again.PostAsync(Start, null)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await UntilAsync(again, a => (string?)a["run"]?["state"] == "running");
    }

    [Fact]
    public async Task The_command_writes_a_dossier_that_the_other_one_verifies_and_wrong_words_start_no_server()
    {
        using var folder = new TempFolder();
        var (data, to) = (System.IO.Path.Combine(folder.Path, "data"), System.IO.Path.Combine(folder.Path, "dossier"));
        // Of the sets that need no model: one does not reach its limit.
        var (code, said, error) = await SiloProcess.RefusedAsync(["audit", "--out", to, "--sets", "marks,languages,prepared"], ("Data__Folder", data));
        (code, error).ShouldBe((1, ""), said);
        said.ShouldContain("DOES NOT HOLD marks-seen");
        (code, said, error) = await SiloProcess.RefusedAsync(["audit", "verify", to], ("Data__Folder", data));
        (code, error).ShouldBe((0, ""), said);
        ZipFile.OpenRead(to + ".zip").Entries.Count.ShouldBe(7);
        foreach (string[] words in new string[][] { ["audit", "verify"], ["audit", "now"], ["audit", "verify", to, "--loud"], ["audit", "--out"] })
        {
            (code, _, error) = await SiloProcess.RefusedAsync(words, ("Data__Folder", data));
            code.ShouldBe(2, string.Join(' ', words));
            error.ShouldContain("Classroom.Silo audit");
        }

        (code, _, error) = await SiloProcess.RefusedAsync(["audit", "--Audit:AtOnce", "0"], ("Data__Folder", data));
        (code, error.Contains("Audit:AtOnce", StringComparison.Ordinal)).ShouldBe((2, true));
    }

    private static async Task<(HttpStatusCode, string?)> RefusalAsync(HttpResponseMessage answer) =>
        (answer.StatusCode, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]);

    private static async Task<JsonNode> UntilAsync(HttpClient admin, Func<JsonNode, bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (true)
        {
            var said = JsonNode.Parse(await admin.GetStringAsync(Path, patience.Token))!;
            if (holds(said))
            {
                return said;
            }

            await Task.Delay(100, patience.Token);
        }
    }
}
