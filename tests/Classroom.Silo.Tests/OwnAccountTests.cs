using System.Net;
using Classroom.Silo.Auth;
using Classroom.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Classroom.Silo.Tests;

/// <summary>What somebody does with their own account, and which passwords are taken.</summary>
public sealed class OwnAccountTests
{
    private const string Password = "jolbarys-jaz-9";
    private const string New = "kok-tau-tulki-kun";

    [Fact]
    public async Task A_new_password_wants_the_old_one_and_ends_all_other_sessions()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Accounts__First", "aigul:" + Password));
        using var here = await AccountClient.SignInAsync(silo.Url, "aigul", Password);
        using var there = await AccountClient.SignInAsync(silo.Url, "aigul", Password);
        await using var open = await WireClient.ConnectAsync(silo.Url, cookie: there.Cookie);

        foreach (var (body, code) in new (object, string)[]
                 {
                     (new { current = "wrong", password = New }, "wrong-password"), (new { current = "", password = New }, "wrong-password"), (new { password = New }, "wrong-password"),
                     (new { current = Password, password = "short" }, "weak-password"), (new { current = Password, password = "Password12345" }, "weak-password"),
                     (new { current = Password }, "weak-password"), (new { current = Password, password = new string('a', 300) }, "weak-password"),
                     (new { current = new string('a', 10_000), password = New }, "wrong-password"),
                 })
        {
            (await here.PostAsync("/api/session/password", body)).Code.ShouldBe(code, body.ToString());
        }

        (await there.RoleAsync()).ShouldBe("teacher", "what was refused ended no session");
        var (refused, cookie) = await here.ChangePasswordAsync(Password, New);
        refused.ShouldBeNull();
        await open.OverAsync();
        await there.OutAsync();
        using var after = AccountClient.With(silo.Url, cookie!);
        (await after.RoleAsync()).ShouldBe("teacher", "this browser came in anew");
        (await here.RoleAsync()).ShouldBe("anonymous", "its cookie of before is over too");
        (await AccountClient.LoginAsync(silo.Url, "aigul", Password)).ShouldBe("bad-login");
        (await AccountClient.LoginAsync(silo.Url, "aigul", New)).ShouldBeNull();
        silo.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_all_sessions_of_this_account_and_of_no_other()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Accounts__First", "aigul:" + Password), ("Accounts__Mentor", "zhanna:" + Password));
        using var here = await AccountClient.SignInAsync(silo.Url, "aigul", Password);
        using var there = await AccountClient.SignInAsync(silo.Url, "aigul", Password);
        using var other = await AccountClient.SignInAsync(silo.Url, "zhanna", Password);
        (await here.PostAsync("/api/session/sign-out-everywhere")).Code.ShouldBeNull();
        await here.OutAsync();
        await there.OutAsync();
        (await other.RoleAsync()).ShouldBe("mentor");
        (await here.PostAsync("/api/session/sign-out-everywhere")).Code.ShouldBe("not-signed-in");
    }

    [Fact]
    public async Task Guessing_the_old_password_costs_what_guessing_at_the_door_costs()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Accounts__First", "aigul:" + Password));
        using var found = await AccountClient.SignInAsync(silo.Url, "aigul", Password);
        string? code = null;
        for (var i = 0; i < 40 && code != "proof-needed"; i++)
        {
            code = (await found.PostAsync("/api/session/password", new { current = "wrong" + i, password = New })).Code;
        }

        code.ShouldBe("proof-needed");
    }

    [Fact]
    public async Task Who_signed_in_when_and_from_where_stands_in_the_log_and_no_login_that_was_typed()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Accounts__First", "aigul:" + Password), ("Accounts__Admin", "boss:" + Password));
        (await AccountClient.LoginAsync(silo.Url, "typed-as-login-7", Password)).ShouldBe("bad-login");
        using var aigul = await AccountClient.SignInAsync(silo.Url, "aigul", Password);
        using var boss = await AccountClient.SignInAsync(silo.Url, "boss", Password);
        var (id, admin) = (await boss.IdOfAsync("aigul"), await boss.IdOfAsync("boss"));
        (await aigul.StatusOfAsync("/api/accounts")).ShouldBe(HttpStatusCode.Forbidden);
        (await aigul.ChangePasswordAsync(Password, New)).Refusal.ShouldBeNull();
        (await boss.PostAsync($"/api/accounts/{id}/disable")).Code.ShouldBeNull();
        (await AccountClient.LoginAsync(silo.Url, "aigul", New)).ShouldBe("account-disabled");
        (await boss.PostAsync("/api/logout")).Code.ShouldBeNull();

        foreach (var line in new[]
                 {
                     "Signing in to account (null) by password from 127.0.0.1 failed", $"Account {id} signed in by cookie from 127.0.0.1", $"is not for account {id}, which asked from 127.0.0.1",
                     $"Account {id} has a new password by {id}", $"Account {id} was changed by {admin}: disabled", $"Signing in to account {id} by disabled from 127.0.0.1 failed",
                     $"Account {admin} signed out",
                 })
        {
            await silo.SaysAsync(line);
        }

        silo.Output.ShouldNotContain("typed-as-login-7");
        silo.Output.ShouldNotContain(New);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("short-1A", false)]
    [InlineData("password123", false)]
    [InlineData("Password12345", false)]
    [InlineData("qwertyuiop", false)]
    [InlineData("1234567890", false)]
    [InlineData("aaaaaaaaaaaaaaaa", false)]
    [InlineData("aigul12345", false)]
    [InlineData("Maratqyzy1", false)]
    [InlineData("ortaqortaq", false)]
    [InlineData("01012026aigul", false)]
    [InlineData("құпиясөз12", false)]
    [InlineData("Qazaqstan2026", false)]
    [InlineData("kok-tau-tulki-kun", true)]
    [InlineData("көктау түлкі күн", true)]
    [InlineData("jolbarys-jaz-9", true)]
    [InlineData("                 кенгуру на арбузе", true)]
    [InlineData("Toqsan-9-jyl", true)]
    public async Task A_password_is_refused_for_being_guessed_early_and_for_nothing_else(string password, bool isGood)
    {
        var account = new Account { UserName = "aigul", DisplayName = "Айгүл Maratqyzy" };
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddDbContext<AccountsDb>();
        services.AddSingleton(TimeProvider.System);
        services.AddAccounts();
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<Microsoft.AspNetCore.Identity.UserManager<Account>>();
        var all = true;
        foreach (var validator in users.PasswordValidators)
        {
            all &= (await validator.ValidateAsync(users, account, password)).Succeeded;
        }

        all.ShouldBe(isGood);
    }
}
