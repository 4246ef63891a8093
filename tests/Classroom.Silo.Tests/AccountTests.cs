using System.Net;
using System.Text.Json.Nodes;

namespace Classroom.Silo.Tests;

/// <summary>Accounts by an admin's hand: made, given a password by a link, moved, disabled; and that none of it can shut the last admin out.</summary>
public sealed class AccountTests
{
    private const string Password = "jolbarys-jaz-9";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_mentor_is_made_chooses_a_password_by_a_link_that_works_once_and_is_disabled(bool onPostgres)
    {
        await using var postgres = onPostgres ? await TestPostgres.CreateAsync() : null;
        await using var silo = await SiloProcess.StartAsync(postgres?.ConnectionString, ("Accounts__Admin", "boss:" + Password));
        using var boss = await AccountClient.SignInAsync(silo.Url, "boss", Password);
        var centre = (await boss.GetAsync("/api/accounts"))["centres"]![0]!["id"]!.GetValue<Guid>();
        var (refusal, made) = await boss.PostAsync("/api/accounts", new { login = "aliya", name = "Әлия", role = "mentor", centreId = centre });
        refusal.ShouldBeNull();
        var (id, token) = (made!["id"]!.GetValue<Guid>(), made["token"]!.GetValue<string>());

        (await AccountClient.ChooseAsync(silo.Url, token, "short")).ShouldBe("weak-password");
        (await AccountClient.ChooseAsync(silo.Url, token, Password)).ShouldBeNull("a bad password did not use the link up");
        (await AccountClient.ChooseAsync(silo.Url, token, "tagy-basqa-qus-5")).ShouldBe("link-used");
        (await AccountClient.ChooseAsync(silo.Url, new string('0', 32), Password)).ShouldBe("link-unknown");

        using var aliya = await AccountClient.SignInAsync(silo.Url, "aliya", Password);
        (await aliya.RoleAsync()).ShouldBe("mentor");
        var row = (await boss.GetAsync("/api/accounts"))["accounts"]!.AsArray().First(a => a!["id"]!.GetValue<Guid>() == id)!;
        row["lastSignInAt"].ShouldNotBeNull();
        row["centreId"]!.GetValue<Guid>().ShouldBe(centre);
        row["hasPassword"]!.GetValue<bool>().ShouldBeTrue();
        await using var wall = await WireClient.ConnectAsync(silo.Url, cookie: aliya.Cookie);
        (await wall.CallAsync("WatchCentre"))!["refusal"].ShouldBeNull();

        (await boss.PostAsync($"/api/accounts/{id}/disable")).Code.ShouldBeNull();
        await wall.OverAsync();
        await aliya.OutAsync();
        (await AccountClient.LoginAsync(silo.Url, "aliya", Password)).ShouldBe("account-disabled");
        (await boss.PostAsync($"/api/accounts/{id}/link")).Code.ShouldBe("account-disabled");

        (await boss.PostAsync($"/api/accounts/{id}/enable")).Code.ShouldBeNull();
        (await AccountClient.LoginAsync(silo.Url, "aliya", Password)).ShouldBeNull();
        (await aliya.RoleAsync()).ShouldBe("anonymous", "what was signed out stays out");
        silo.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_wrong_is_refused_by_a_code()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Accounts__Admin", "boss:" + Password), ("Accounts__First", "tom:" + Password));
        using var boss = await AccountClient.SignInAsync(silo.Url, "boss", Password);
        var (me, tom) = (await boss.IdOfAsync("boss"), await boss.IdOfAsync("tom"));
        foreach (var (body, code) in new (object, string)[]
                 {
                     (new { login = "", name = "A", role = "teacher" }, "bad-user-name"), (new { login = "айгүл", name = "A", role = "teacher" }, "bad-user-name"),
                     (new { login = "tom", name = "A", role = "teacher" }, "account-exists"), (new { login = "TOM", name = "A", role = "teacher" }, "account-exists"),
                     (new { login = "a", name = " ", role = "teacher" }, "bad-name"), (new { login = "a", name = new string('a', 101), role = "teacher" }, "bad-name"),
                     (new { login = "a", name = "A\u0000", role = "teacher" }, "bad-name"), (new { login = "a", name = "A", role = "student" }, "bad-role"),
                     (new { login = "a", name = "A", role = "system" }, "bad-role"), (new { login = "a", name = "A", role = "1" }, "bad-role"), (new { login = "a", name = "A" }, "bad-role"),
                     (new { login = "a", name = "A", role = "teacher", centreId = Guid.CreateVersion7() }, "no-such-centre"), (new { }, "bad-name"),
                 })
        {
            (await boss.PostAsync("/api/accounts", body)).Code.ShouldBe(code, body.ToString());
        }

        (await boss.PostAsync($"/api/accounts/{Guid.CreateVersion7()}/disable")).Code.ShouldBe("no-such-account");
        (await boss.PostAsync($"/api/accounts/{tom}/centre", new { centreId = Guid.CreateVersion7() })).Code.ShouldBe("no-such-centre");
        (await boss.PostAsync($"/api/accounts/{me}/disable")).Code.ShouldBe("own-account");
        (await boss.PostAsync($"/api/accounts/{me}/role", new { role = "teacher" })).Code.ShouldBe("own-account");
        (await boss.PostAsync("/api/centres", new { name = "Ortaq" })).Code.ShouldBe("centre-exists");
        (await boss.PostAsync("/api/centres", new { name = "" })).Code.ShouldBe("bad-name");
        (await boss.RoleAsync()).ShouldBe("admin", "what was refused ended no session");

        using var teacher = await AccountClient.SignInAsync(silo.Url, "tom", Password);
        (await teacher.StatusOfAsync("/api/accounts")).ShouldBe(HttpStatusCode.Forbidden);
        (await teacher.PostAsync($"/api/accounts/{tom}/role", new { role = "admin" })).Code.ShouldBe("wrong-role");
        silo.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_admins_who_disable_each_other_at_one_moment_leave_one_and_the_command_line_leaves_the_last()
    {
        await using var postgres = await TestPostgres.CreateAsync();
        await using var silo = await SiloProcess.StartAsync(postgres.ConnectionString, ("Accounts__Admin", "boss:" + Password));
        using var boss = await AccountClient.SignInAsync(silo.Url, "boss", Password);
        var (_, made) = await boss.PostAsync("/api/accounts", new { login = "second", name = "Екінші", role = "admin" });
        (await AccountClient.ChooseAsync(silo.Url, made!["token"]!.GetValue<string>(), Password)).ShouldBeNull();
        using var second = await AccountClient.SignInAsync(silo.Url, "second", Password);
        var (one, other) = (await boss.IdOfAsync("boss"), await boss.IdOfAsync("second"));

        var codes = await Task.WhenAll(
            Task.Run(async () => (await boss.PostAsync($"/api/accounts/{other}/disable")).Code),
            Task.Run(async () => (await second.PostAsync($"/api/accounts/{one}/disable")).Code));
        codes.Count(c => c is null).ShouldBe(1, string.Join(", ", codes));
        var left = codes[0] is null ? "boss" : "second";
        var (code, printed) = await silo.RunAsync("account", "disable", left);
        (code, printed.Trim()).ShouldBe((1, $"{left} is the last admin who can sign in: make another one first."));
        (await silo.RunAsync("account", "role", left, "teacher")).Code.ShouldBe(1);
        (await AccountClient.LoginAsync(silo.Url, left, Password)).ShouldBeNull();
    }

    [Fact]
    public async Task A_link_that_signs_in_says_that_it_was_used_or_is_none()
    {
        await using var silo = await SiloProcess.StartAsync();
        (await WhereAsync(silo.TeachLink)).ShouldBe("/teach");
        (await WhereAsync(silo.TeachLink)).ShouldBe("/teach?refused=link-used");
        (await WhereAsync(silo.Url + "/enter/" + new string('a', 32))).ShouldBe("/teach?refused=link-unknown");
        (await WhereAsync(silo.Url + "/enter/x")).ShouldBe("/teach?refused=link-unknown");

        static async Task<string> WhereAsync(string link)
        {
            using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
            using var answer = await http.GetAsync(new Uri(link));
            return answer.Headers.Location!.ToString();
        }
    }

    [Fact]
    public async Task An_account_of_the_settings_that_is_there_already_is_left_as_it_is_and_that_is_said()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Accounts__First", "known:" + Password));
        silo.Output.ShouldNotContain("Accounts:First");
        await silo.KillAsync();
        silo.Settings["Accounts__First"] = "known:basqa-tulpar-4";
        await silo.StartAgainAsync();
        silo.Output.ShouldContain("Accounts:First: known is there already with another password, which stays.");
        silo.Output.ShouldNotContain("basqa-tulpar-4");
        (await AccountClient.LoginAsync(silo.Url, "known", Password)).ShouldBeNull();
        (await AccountClient.LoginAsync(silo.Url, "known", "basqa-tulpar-4")).ShouldBe("bad-login");
        await silo.KillAsync();
        (silo.Settings["Accounts__First"], silo.Settings["Accounts__Admin"]) = (null, "known:" + Password);
        await silo.StartAgainAsync();
        silo.Output.ShouldContain("Accounts:Admin: known is there already in another role, which stays.");
        using var known = await AccountClient.SignInAsync(silo.Url, "known", Password);
        (await known.RoleAsync()).ShouldBe("teacher");
    }
}
