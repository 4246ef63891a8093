using System.Net;
using Microsoft.Data.Sqlite;

namespace Classroom.Silo.Tests;

/// <summary>A cookie is good for as long as its session is, wherever a copy of it lies; what is open when it ends is closed.</summary>
public sealed class SessionTests
{
    private const string Password = "jolbarys-jaz-9";

    [Fact]
    public async Task Signing_out_ends_this_session_and_its_copies_and_not_the_accounts_others()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Accounts__First", "aigul:" + Password));
        using var board = await AccountClient.SignInAsync(silo.Url, "aigul", Password);
        using var phone = await AccountClient.SignInAsync(silo.Url, "aigul", Password);
        using var copy = AccountClient.With(silo.Url, board.Cookie);
        await using var open = await WireClient.ConnectAsync(silo.Url, cookie: board.Cookie);
        await using var other = await WireClient.ConnectAsync(silo.Url, cookie: phone.Cookie);

        (await board.PostAsync("/api/logout")).Code.ShouldBeNull();
        (await copy.StatusOfAsync("/api/classrooms")).ShouldBe(HttpStatusCode.Unauthorized);
        await open.OverAsync();
        (await phone.RoleAsync()).ShouldBe("teacher", "the phone goes on");
        (await other.CallAsync("Sync", Guid.CreateVersion7(), 0))!["refusal"]!["code"]!.GetValue<string>().ShouldBe("no-such-classroom");
        await Should.ThrowAsync<Exception>(() => WireClient.ConnectAsync(silo.Url, cookie: board.Cookie));
    }

    [Fact]
    public async Task Who_signs_in_again_in_the_same_browser_has_one_session()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Accounts__First", "aigul:" + Password));
        using var before = await AccountClient.SignInAsync(silo.Url, "aigul", Password);
        (await before.PostAsync("/api/login", new { userName = "aigul", password = Password })).Code.ShouldBeNull();
        await before.OutAsync();
    }

    [Theory]
    [InlineData("password")]
    [InlineData("role")]
    [InlineData("centre")]
    [InlineData("sign-out")]
    [InlineData("deleted")]
    public async Task What_changes_the_account_ends_its_sessions(string what)
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Accounts__First", "aigul:" + Password), ("Accounts__Admin", "boss:" + Password));
        using var boss = await AccountClient.SignInAsync(silo.Url, "boss", Password);
        using var aigul = await AccountClient.SignInAsync(silo.Url, "aigul", Password);
        var id = await boss.IdOfAsync("aigul");
        await using var open = await WireClient.ConnectAsync(silo.Url, cookie: aigul.Cookie);
        (await open.CallAsync("Sync", Guid.CreateVersion7(), 0))!["refusal"]!["code"]!.GetValue<string>().ShouldBe("no-such-classroom");
        switch (what)
        {
            case "password":
                var token = (await boss.PostAsync($"/api/accounts/{id}/link")).Body!["token"]!.GetValue<string>();
                (await aigul.RoleAsync()).ShouldBe("teacher", "a link alone ends nothing");
                (await AccountClient.ChooseAsync(silo.Url, token, "tagy-basqa-qus-5")).ShouldBeNull();
                (await AccountClient.LoginAsync(silo.Url, "aigul", Password)).ShouldBe("bad-login");
                break;
            case "role":
                (await boss.PostAsync($"/api/accounts/{id}/role", new { role = "mentor" })).Code.ShouldBeNull();
                break;
            case "centre":
                (await boss.PostAsync($"/api/accounts/{id}/centre", new { centreId = (Guid?)null })).Code.ShouldBeNull();
                break;
            case "sign-out":
                (await boss.PostAsync($"/api/accounts/{id}/sign-out")).Code.ShouldBeNull();
                break;
            default:
                await using (var connection = new SqliteConnection($"Data Source={silo.SqliteFile}"))
                {
                    await connection.OpenAsync();
                    await using var delete = connection.CreateCommand();
                    delete.CommandText = "delete from accounts where \"UserName\" = 'aigul'";
                    (await delete.ExecuteNonQueryAsync()).ShouldBe(1);
                }

                break;
        }

        await open.OverAsync();
        await aigul.OutAsync();
        (await aigul.StatusOfAsync("/api/classrooms")).ShouldBe(HttpStatusCode.Unauthorized);
        (await boss.RoleAsync()).ShouldBe("admin");
        silo.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_that_makes_cookies_is_in_the_clear_in_no_file_of_the_data_nor_of_its_backup()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Accounts__First", "aigul:" + Password));
        using var aigul = await AccountClient.SignInAsync(silo.Url, "aigul", Password);
        (await aigul.RoleAsync()).ShouldBe("teacher");
        using var stick = new TempFolder();
        (await silo.RunAsync("copy-database", silo.SqliteFile, Path.Combine(stick.Path, "ortaq.db"))).Code.ShouldBe(0);
        var keys = new List<string>();
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(stick.Path, "ortaq.db")};Pooling=false"))
        {
            await connection.OpenAsync();
            await using var read = connection.CreateCommand();
            read.CommandText = "select \"Xml\" from protection_keys";
            await using var rows = await read.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                keys.Add(rows.GetString(0));
            }
        }

        await silo.StopAsync();
        var files = Directory.GetFiles(silo.Folder, "*", SearchOption.AllDirectories).Concat(Directory.GetFiles(stick.Path)).Select(f => File.ReadAllText(f, System.Text.Encoding.Latin1)).ToList();
        var secrets = ProtectionSecrets.Of(keys, silo.KeysFolder);
        secrets.ShouldNotBeEmpty();
        foreach (var (closed, secret) in secrets)
        {
            files.Count(f => f.Contains(closed, StringComparison.Ordinal)).ShouldBe(2, "the database and its copy: they are looked through at all");
            files.ShouldAllBe(f => !f.Contains(secret, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_cookie_that_a_copied_database_made_is_nobodys_here()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Accounts__First", "aigul:" + Password));
        using var stolen = new TempFolder();
        (await silo.RunAsync("copy-database", silo.SqliteFile, Path.Combine(stolen.Path, "ortaq.db"))).Code.ShouldBe(0);
        var (_, _, refused) = await SiloProcess.RefusedAsync(("Data__Folder", stolen.Path));
        refused.ShouldContain("the database was written with another key store");
        // A thief takes that note away, and the keys that open for nobody.
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection("Data Source=" + Path.Combine(stolen.Path, "ortaq.db") + ";Pooling=false"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "delete from key_store; delete from protection_keys;";
            await command.ExecuteNonQueryAsync();
        }

        await using var thief = await SiloProcess.StartAsync(null, ("Data__Folder", stolen.Path), ("Accounts__Admin", "thief:" + Password));
        using var boss = await AccountClient.SignInAsync(thief.Url, "thief", Password);
        var token = (await boss.PostAsync($"/api/accounts/{await boss.IdOfAsync("aigul")}/link")).Body!["token"]!.GetValue<string>();
        (await AccountClient.ChooseAsync(thief.Url, token, "urlangan-qulyp-6")).ShouldBeNull();
        using var there = await AccountClient.SignInAsync(thief.Url, "aigul", "urlangan-qulyp-6");
        (await there.RoleAsync()).ShouldBe("teacher");

        using var asTeacher = AccountClient.With(silo.Url, there.Cookie);
        using var asAdmin = AccountClient.With(silo.Url, boss.Cookie);
        (await asTeacher.RoleAsync()).ShouldBe("anonymous");
        (await asAdmin.StatusOfAsync("/api/accounts")).ShouldBe(HttpStatusCode.Unauthorized);
        (await AccountClient.ChooseAsync(silo.Url, token, Password)).ShouldBe("link-unknown");
    }
}
