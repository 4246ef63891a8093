using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Classroom.Faults.Tests;

/// <summary>
/// Invariant: a server that finds at its start that its database is missing, older or damaged opens no lesson and changes nothing; it says so on the
/// console, on /health/ready and to whoever opens a page, until the right one is there or an operator has accepted this one.
/// </summary>
[Collection(Alone.Name)]
public sealed class OtherDatabase : IAsyncLifetime
{
    private SiloProcess _silo = null!;
    private ClassUnderFault _room = null!;

    private string Checkpoints => Path.Combine(_silo.Folder, "checkpoints");

    public async Task InitializeAsync()
    {
        _silo = await SiloProcess.StartAsync();
        _room = await ClassUnderFault.OpenAsync(_silo, 2);
        await _room.ActAsync(3);
    }

    public async Task DisposeAsync()
    {
        await _room.DisposeAsync();
        await _silo.DisposeAsync();
    }

    [Fact]
    public async Task A_missing_one_is_said_and_not_made_anew()
    {
        await StopAsync();
        Delete();
        await HeldAsync("Data:Folder: there is no database, or nothing in it, where this server has stored fact ");
        Directory.GetFiles(_silo.Folder, "ortaq.db*").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_missing_one_is_said_though_no_lesson_was_held_in_it_yet()
    {
        await using var silo = await SiloProcess.StartAsync();
        await silo.KillAsync();
        foreach (var file in Directory.GetFiles(silo.Folder, "ortaq.db*"))
        {
            File.Delete(file);
        }

        await silo.StartAgainAsync();
        silo.IsHeld.ShouldBeTrue(silo.Output);
        await silo.SaysAsync("fact 1 of database");
    }

    [Fact]
    public async Task A_box_with_its_own_certificate_says_it_over_https_too()
    {
        var https = $"https://127.0.0.1:{SiloProcess.FreePort()}";
        await using var silo = await SiloProcess.StartAsync(null, ("Ortaq__Certificate", "ortaq.lan"), ("Urls", https));
        await silo.KillAsync();
        foreach (var file in Directory.GetFiles(silo.Folder, "ortaq.db*"))
        {
            File.Delete(file);
        }

        await silo.StartAgainAsync();
        silo.IsHeld.ShouldBeTrue(silo.Output);
        using var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(silo.Folder, "tls", "ca.pem"));
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(authority);
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = trust;
        using var http = new HttpClient(handler);
        using var ready = await http.GetAsync(new Uri(https + "/health/ready"));
        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task An_empty_file_in_its_place_is_a_missing_one()
    {
        await StopAsync();
        Delete();
        await File.WriteAllBytesAsync(_silo.SqliteFile, []);
        await HeldAsync("Data:Folder: there is no database, or nothing in it, where this server has stored fact ");
        new FileInfo(_silo.SqliteFile).Length.ShouldBe(0);
    }

    [Fact]
    public async Task Pages_that_were_overwritten_are_found_and_left_as_they_are()
    {
        await StopAsync();
        var bytes = await File.ReadAllBytesAsync(_silo.SqliteFile);
        for (var page = 3; page < bytes.Length / 4096; page += 4)
        {
            Random.Shared.NextBytes(bytes.AsSpan(page * 4096, 4096));
        }

        await File.WriteAllBytesAsync(_silo.SqliteFile, bytes);
        await HeldAsync("Data:Folder: the database is damaged");
        (await File.ReadAllBytesAsync(_silo.SqliteFile)).ShouldBe(bytes);
        await _silo.KillAsync();
        var (code, printed) = await _silo.RunAsync("accept-database");
        code.ShouldBe(1, printed);
        printed.ShouldContain("A damaged database is not accepted.");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_damaged()
    {
        await StopAsync();
        await File.WriteAllTextAsync(_silo.SqliteFile, new string('x', 8192));
        await HeldAsync("Data:Folder: the database is damaged");
    }

    [Fact]
    public async Task Half_of_its_log_damaged_while_it_was_down_is_missed_by_what_was_noted_last()
    {
        await IntoTheFileAsync();
        await _room.ActAsync(5);
        await NotedAsync();
        // Who has it open keeps the index of its log, which the next start would make anew.
        SqliteConnection.ClearAllPools();
        await _room.KillAsync();
        var log = _silo.SqliteFile + "-wal";
        using (var file = File.OpenWrite(log))
        {
            file.Seek(file.Length / 2, SeekOrigin.Begin);
            file.Write(new byte[file.Length / 2]);
        }

        var damaged = await File.ReadAllBytesAsync(log);
        await HeldAsync("Data:Folder: the database is older than what this server has stored: fact ");
        await _silo.KillAsync();
        (await File.ReadAllBytesAsync(log)).ShouldBe(damaged, "what a repair would need is left as it is");
    }

    [Fact]
    public async Task An_older_one_is_said_and_when_an_operator_accepts_it_the_log_notes_it_and_lessons_go_on()
    {
        var older = Path.Combine(_silo.Folder, "older.db");
        (await _silo.RunAsync("copy-database", _silo.SqliteFile, older)).Code.ShouldBe(0);
        await _room.ActAsync(2);
        await StopAsync();
        Delete();
        File.Move(older, _silo.SqliteFile);
        await HeldAsync("Data:Folder: the database is older than what this server has stored: fact ");
        await _silo.KillAsync();

        var (code, printed) = await _silo.RunAsync("accept-database");
        code.ShouldBe(0, printed);
        printed.ShouldContain("Accepted, and noted in the log.");
        (await _silo.RunAsync("accept-database")).Printed.ShouldContain("there is nothing to accept");
        await _silo.StartAgainAsync();
        _silo.IsHeld.ShouldBeFalse(_silo.Output);
        await using var log = new SqliteFactLog(DatabaseSettings.ForFile(_silo.SqliteFile).Sqlite);
        (await Audit.ReadAsync(log, "database")).Select(f => f.Name).ShouldBe(["database-begun.1", "database-accepted.1"]);
        Directory.GetDirectories(Checkpoints, "before-*").ShouldHaveSingleItem();
        (await _silo.RunAsync("verify")).Code.ShouldBe(0);
        await using var lesson = await LessonHost.OpenAsync(_silo);
    }

    [Fact]
    public async Task When_the_right_one_is_back_the_held_server_ends_so_that_the_real_one_can_be_started()
    {
        await StopAsync();
        var aside = Path.Combine(_silo.Folder, "aside.db");
        File.Move(_silo.SqliteFile, aside);
        await HeldAsync("Data:Folder: there is no database");
        File.Move(aside, _silo.SqliteFile);
        await _silo.EndedAsync();
        _silo.ExitCode.ShouldBe(1);
        await _silo.StartAgainAsync();
        _silo.IsHeld.ShouldBeFalse(_silo.Output);
    }

    private async Task StopAsync()
    {
        await _room.StopAsync();
        await IntoTheFileAsync();
        SqliteConnection.ClearAllPools();
    }

    // What stands in the log beside it would mend the file again.
    private async Task IntoTheFileAsync()
    {
        await using var connection = new SqliteConnection(DatabaseSettings.ForFile(_silo.SqliteFile).Sqlite + ";Pooling=False");
        await connection.OpenAsync();
        await using var checkpoint = connection.CreateCommand();
        checkpoint.CommandText = "pragma wal_checkpoint(truncate)";
        (await checkpoint.ExecuteScalarAsync()).ShouldBe(0L);
    }

    private void Delete()
    {
        foreach (var file in Directory.GetFiles(_silo.Folder, "ortaq.db*"))
        {
            File.Delete(file);
        }
    }

    // The killed server had a second for it; here it is waited for, so that the test is of what is done with it.
    private async Task NotedAsync()
    {
        await using var log = new SqliteFactLog(DatabaseSettings.ForFile(_silo.SqliteFile).Sqlite);
        var last = (await Audit.ReadAsync(log, _room.Stream))[^1].Version;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!Directory.GetFiles(Checkpoints, "newest-*.json").Any(f => File.ReadAllText(f) is var text
            && text.Contains(_room.Stream, StringComparison.Ordinal) && text.Contains($"\"version\":{last},", StringComparison.Ordinal)))
        {
            await Task.Delay(100, patience.Token);
        }
    }

    private async Task HeldAsync(string sentence)
    {
        await _silo.StartAgainAsync();
        _silo.IsHeld.ShouldBeTrue(_silo.Output);
        await _silo.SaysAsync(sentence);
        using var http = await _silo.BrowserAsync();
        using var ready = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync()).ShouldStartWith("Unhealthy\n" + sentence);
        (await http.GetAsync(new Uri("/health/live", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var page = await http.GetAsync(new Uri("/teach", UriKind.Relative));
        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html", "the page itself, which says it in words");
        foreach (var path in new[] { "/api/session", "/api/classrooms", "/hubs/classroom" })
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, path);
            (await answer.Content.ReadFromJsonAsync<JsonNode>())!["code"]!.GetValue<string>().ShouldBe("database-differs", path);
        }
    }
}
