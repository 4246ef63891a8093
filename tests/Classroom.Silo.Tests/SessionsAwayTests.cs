using System.Net;
using Classroom.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Classroom.Silo.Tests;

/// <summary>Who is signed in while the database is away: nobody can have changed anything there, and the lesson stays on the screen.</summary>
public sealed class SessionsAwayTests
{
    private const string Password = "Password12345";

    [Fact]
    public async Task Who_has_asked_for_nothing_for_a_day_is_remembered_no_longer()
    {
        using var silo = new InProcessSilo();
        var id = Guid.CreateVersion7();
        using var http = silo.CreateClient();
        http.DefaultRequestHeaders.Add("Cookie", silo.CookieOf(Role.Teacher, id, TimeSpan.FromHours(1)));
        (await http.GetAsync(new Uri("/api/kits", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var time = new ManualTime();
        var sessions = ActivatorUtilities.CreateInstance<Auth.Sessions>(silo.Services, time);
        using var scope = silo.Services.CreateScope();
        var stamp = scope.ServiceProvider.GetRequiredService<AccountsDb>().Users.Find(id)!.SecurityStamp!;
        (await sessions.IsGoodAsync(new(id, stamp, Guid.Empty), default)).ShouldBeTrue();
        time.Advance(Auth.Sessions.Remembered);
        sessions.Prune();
        sessions.Known.ShouldBe(1, "a day is not over");
        time.Advance(TimeSpan.FromSeconds(1));
        sessions.Prune();
        sessions.Known.ShouldBe(0);
    }

    [Fact]
    public async Task Who_was_in_stays_in_while_the_accounts_cannot_be_read_and_a_stranger_does_not_come_in()
    {
        await using var postgres = await TestPostgres.CreateAsync();
        await using var silo = await SiloProcess.StartAsync(postgres.ConnectionString, ("Accounts__First", "aigul:" + Password));
        using var known = await AccountClient.SignInAsync(silo.Url, "aigul", Password);
        using var fresh = await AccountClient.SignInAsync(silo.Url, "aigul", Password);
        (await known.RoleAsync()).ShouldBe("teacher");
        await using var open = await WireClient.ConnectAsync(silo.Url, cookie: known.Cookie);

        await RunAsync("alter table accounts rename to away");
        await using var again = await WireClient.ConnectAsync(silo.Url, cookie: known.Cookie);
        (await again.CallAsync("Sync", Guid.CreateVersion7(), 0))!["refusal"]!["code"]!.GetValue<string>().ShouldBe("no-such-classroom");
        (await fresh.StatusOfAsync("/api/session")).ShouldBe(HttpStatusCode.ServiceUnavailable, "not known yet: asked again, not signed out");
        await RunAsync("alter table away rename to accounts");

        (await fresh.RoleAsync()).ShouldBe("teacher");
        (await open.CallAsync("Sync", Guid.CreateVersion7(), 0))!["refusal"]!["code"]!.GetValue<string>().ShouldBe("no-such-classroom", "the open connection was never closed");

        async Task RunAsync(string sql)
        {
            await using var connection = new NpgsqlConnection(postgres.ConnectionString);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}
