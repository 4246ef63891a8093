using System.Net;
using System.Web;
using Microsoft.Data.Sqlite;

namespace Classroom.Silo.Tests;

/// <summary>The organisation's sign-in against a provider over HTTP: who comes in, as whom, and for how long.</summary>
public sealed class OrganisationTests(OrganisationSilo shared) : IClassFixture<OrganisationSilo>
{
    private readonly OidcServer _provider = shared.Start();

    [Fact]
    public async Task A_teacher_comes_back_from_the_organisation_signed_in_by_a_small_cookie_of_ours()
    {
        using var visitor = new Visitor(shared.Silo.Url);
        (await visitor.AskAsync())["organisation"]!.GetValue<string>().ShouldBe("Bilim");
        (await visitor.SignInAsync()).ShouldBe("/teach");
        var session = await visitor.AskAsync();
        session["role"]!.GetValue<string>().ShouldBe("teacher");
        session["name"]!.GetValue<string>().ShouldBe("Айгүл Маратқызы");
        (await visitor.Http.GetAsync(new Uri(shared.Silo.Url + "/api/kits"))).StatusCode.ShouldBe(HttpStatusCode.OK);

        // The handler's cookies are gone, ours is short of what a proxy takes and ends by itself.
        visitor.Cookies.GetAllCookies().Select(c => c.Name).ShouldBe(["ortaq"]);
        visitor.Session!.HttpOnly.ShouldBeTrue();
        visitor.Session.Value.Length.ShouldBeLessThan(3000);
        visitor.Session.Expires.ToUniversalTime().ShouldBeLessThanOrEqualTo(DateTime.UtcNow.AddHours(12));

        var asked = _provider.Asked.Last(a => a.Path == "/authorize").Values;
        asked["redirect_uri"].ShouldBe(shared.Silo.Url + "/oidc/callback");
        asked["scope"].ShouldBe("openid profile");
        shared.Silo.Output.ShouldNotContain(OidcServer.ClientSecret);
    }

    [Theory]
    [InlineData("mentors", "mentor", "/mentor")]
    [InlineData("it-staff", "admin", "/mentor")]
    [InlineData("substitutes", "teacher", "/teach")]
    [InlineData("teachers,it-staff", "admin", "/mentor")]
    public async Task The_organisations_word_is_the_role_here_and_the_strongest_counts(string groups, string role, string page)
    {
        _provider.Person = new OidcPerson("role-" + groups, "Данияр", [.. groups.Split(',')]);
        using var visitor = new Visitor(shared.Silo.Url);
        (await visitor.SignInAsync()).ShouldBe(page);
        (await visitor.RoleAsync()).ShouldBe(role);
    }

    [Theory]
    [InlineData("it-staff", "/operator")]
    [InlineData("mentors", "/mentor")]
    [InlineData("teachers", "/teach")]
    public async Task An_admin_who_came_from_the_operators_page_is_back_on_it_and_others_on_their_own(string group, string page)
    {
        _provider.Person = new OidcPerson("operator-" + group, "Данияр", [group]);
        using var visitor = new Visitor(shared.Silo.Url);
        (await visitor.SignInAsync("/operator")).ShouldBe(page);
    }

    [Theory]
    [InlineData("no-cors", "image")]
    [InlineData("cors", "empty")]
    [InlineData("navigate", "iframe")]
    public async Task A_page_of_another_site_begins_no_sign_in_and_uses_up_nobodys(string mode, string destination)
    {
        using var page = new Visitor(shared.Silo.Url);
        page.Http.DefaultRequestHeaders.Add("Sec-Fetch-Mode", mode);
        page.Http.DefaultRequestHeaders.Add("Sec-Fetch-Dest", destination);
        // More than an address may in a minute.
        for (var i = 0; i < 320; i++)
        {
            using var refused = await page.Http.GetAsync(new Uri(shared.Silo.Url + "/oidc/sign-in"));
            refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        page.Cookies.GetAllCookies().ShouldBeEmpty();
        using var person = new Visitor(shared.Silo.Url);
        person.Http.DefaultRequestHeaders.Add("Sec-Fetch-Mode", "navigate");
        person.Http.DefaultRequestHeaders.Add("Sec-Fetch-Dest", "document");
        (await person.SignInAsync()).ShouldBe("/teach");
        (await person.LoginAsync("aigul", "Toqsan-9-jyl")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Role_and_name_are_what_the_organisation_says_today()
    {
        _provider.Person = new OidcPerson("2002", "Жанна", ["teachers"]);
        var teacher = await EnterAsync();
        _provider.Person = _provider.Person with { Name = "Жанна Сапарова", Groups = ["mentors"] };
        var mentor = await EnterAsync();
        mentor.ShouldBe((teacher.Id, "mentor", "Жанна Сапарова"), "the same account, another role and name");
        RolesOf(teacher.Id).ShouldBe(["Mentor"]);

        // Who lost every role is not let in, and keeps none here.
        _provider.Person = _provider.Person with { Groups = ["pupils"] };
        using var visitor = new Visitor(shared.Silo.Url);
        (await visitor.SignInAsync("/mentor")).ShouldBe("/mentor?refused=no-role");
        (await visitor.RoleAsync()).ShouldBe("anonymous");
        RolesOf(teacher.Id).ShouldBeEmpty();

        _provider.Person = _provider.Person with { Groups = ["teachers"] };
        (await EnterAsync()).ShouldBe((teacher.Id, "teacher", "Жанна Сапарова"));
    }

    [Fact]
    public async Task Who_has_no_role_here_gets_no_account()
    {
        var before = shared.Count("accounts");
        foreach (var groups in new string[][] { [], ["pupils"], ["Teachers"], ["teachers;substitutes"] })
        {
            _provider.Person = new OidcPerson("3003", "Ерлан", groups);
            using var visitor = new Visitor(shared.Silo.Url);
            (await visitor.SignInAsync()).ShouldBe("/teach?refused=no-role");
            visitor.Session.ShouldBeNull();
        }

        shared.Count("accounts").ShouldBe(before);
    }

    [Fact]
    public async Task A_name_or_an_address_of_a_local_account_opens_it_to_nobody()
    {
        using var local = new Visitor(shared.Silo.Url);
        (await local.LoginAsync("aigul", "Toqsan-9-jyl")).ShouldBe(HttpStatusCode.OK);
        var account = (await local.AskAsync())["id"]!.GetValue<Guid>();
        _provider.Person = new OidcPerson("aigul", "aigul", ["teachers"]) { More = { ["preferred_username"] = "aigul", ["email"] = "aigul", ["email_verified"] = true } };
        (await EnterAsync()).Id.ShouldNotBe(account);

        // Nor does the organisation's account open to a password.
        var login = shared.Texts("select \"UserName\" from accounts where \"UserName\" like 'oidc-%'")[0];
        (await local.LoginAsync(login, "")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_subject_is_the_issuers_and_whole()
    {
        _provider.Person = new OidcPerson(new string('s', 255), new string('ш', 5000) + "\0", ["teachers"]);
        var (id, _, name) = await EnterAsync();
        name.ShouldBe(new string('ш', 100));
        _provider.Person = _provider.Person with { Subject = new string('s', 254) };
        (await EnterAsync()).Id.ShouldNotBe(id);
        foreach (var subject in new[] { "", new string('s', 256), "1\0" })
        {
            _provider.Person = _provider.Person with { Subject = subject };
            using var visitor = new Visitor(shared.Silo.Url);
            (await visitor.SignInAsync()).ShouldBe("/teach?refused=organisation-failed");
        }
    }

    [Fact]
    public async Task One_who_comes_twice_at_one_moment_has_one_account()
    {
        _provider.Person = new OidcPerson("4004", "Сәуле", ["teachers"]);
        var ids = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ => (await EnterAsync()).Id));
        ids.Distinct().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("//evil.example")]
    [InlineData("/mentor@evil.example")]
    [InlineData("/board")]
    [InlineData("")]
    public async Task A_link_leads_to_no_page_but_its_own(string to)
    {
        using var visitor = new Visitor(shared.Silo.Url);
        (await visitor.SignInAsync(to)).ShouldBe("/teach");
        _provider.Fault = OidcFault.Denied;
        (await visitor.SignInAsync(to)).ShouldBe("/teach?refused=organisation-refused");
    }

    [Fact]
    public async Task Signing_out_ends_both_ours_first()
    {
        using var visitor = new Visitor(shared.Silo.Url);
        await visitor.SignInAsync();
        var next = (await visitor.SignOutAsync())!;
        visitor.Session.ShouldBeNull();
        (await visitor.RoleAsync()).ShouldBe("anonymous");

        next.ShouldStartWith(_provider.Url + "/bye?");
        var query = HttpUtility.ParseQueryString(new Uri(next).Query);
        query["client_id"].ShouldBe(OidcServer.ClientId);
        query["post_logout_redirect_uri"].ShouldBe(shared.Silo.Url + "/oidc/signed-out");
        query["id_token_hint"]!.Split('.').Length.ShouldBe(3);
        (await visitor.WalkAsync(next)).ShouldBe("/teach");
    }

    [Fact]
    public async Task A_token_too_large_for_a_cookie_is_not_kept_and_signing_out_goes_on_without_it()
    {
        _provider.Person = new OidcPerson("5005", "Бекзат", ["mentors", .. Enumerable.Range(0, 400).Select(i => $"group-{i:0000}")]);
        using var visitor = new Visitor(shared.Silo.Url);
        (await visitor.SignInAsync()).ShouldBe("/mentor");
        visitor.Session!.Value.Length.ShouldBeLessThan(3000);
        var next = (await visitor.SignOutAsync())!;
        next.ShouldNotContain("id_token_hint");
        (await visitor.WalkAsync(next)).ShouldBe("/mentor");
    }

    [Fact]
    public async Task However_large_the_token_the_answer_fits_into_what_nginx_takes()
    {
        var (kept, dropped) = (0, 0);
        for (var filler = 0; filler <= 1500; filler += 100)
        {
            _provider.Person = new OidcPerson("6006", "Мадина Қасымқызы", ["teachers"]) { More = { ["filler"] = new string('a', filler) } };
            using var visitor = new Visitor(shared.Silo.Url);
            (await visitor.SignInAsync()).ShouldBe("/teach");
            visitor.LargestHeaders.ShouldBeLessThan(4096, $"{filler}");
            if ((await visitor.SignOutAsync())!.Contains("id_token_hint", StringComparison.Ordinal))
            {
                kept++;
            }
            else
            {
                dropped++;
            }
        }

        kept.ShouldBeGreaterThan(0);
        dropped.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_local_account_signs_out_of_nothing_else()
    {
        using var local = new Visitor(shared.Silo.Url);
        await local.LoginAsync("aigul", "Toqsan-9-jyl");
        (await local.SignOutAsync()).ShouldBeNull();
        local.Session.ShouldBeNull();
    }

    [Fact]
    public async Task A_page_of_another_site_signs_nobody_out()
    {
        using var visitor = new Visitor(shared.Silo.Url);
        await visitor.SignInAsync();
        foreach (var path in new[] { "/signout-oidc", "/signout-oidc?iss=x&sid=y", "/oidc/signed-out" })
        {
            using var answer = await visitor.Http.GetAsync(new Uri(shared.Silo.Url + path));
            ((int)answer.StatusCode).ShouldBeLessThan(500);
        }

        (await visitor.RoleAsync()).ShouldBe("teacher");
    }

    [Fact]
    public async Task A_key_that_the_provider_changes_is_fetched_by_the_press_that_lacks_it()
    {
        (await EnterAsync()).Role.ShouldBe("teacher");
        _provider.RotateKey();
        using var visitor = new Visitor(shared.Silo.Url);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await visitor.SignInAsync() is var end && end != "/teach")
        {
            // The handler fetches in the background; the person is asked to press again.
            end.ShouldBe("/teach?refused=organisation-failed");
            patience.Token.ThrowIfCancellationRequested();
        }

        (await visitor.RoleAsync()).ShouldBe("teacher");
    }

    private async Task<(Guid Id, string Role, string Name)> EnterAsync()
    {
        using var visitor = new Visitor(shared.Silo.Url);
        await visitor.SignInAsync();
        var session = await visitor.AskAsync();
        return (session["id"]!.GetValue<Guid>(), session["role"]!.GetValue<string>(), session["name"]!.GetValue<string>());
    }

    private IReadOnlyList<string> RolesOf(Guid account) => shared.Texts(
        $"select r.\"Name\" from account_roles a join roles r on r.\"Id\" = a.\"RoleId\" where lower(a.\"UserId\") = '{account:D}'");
}

/// <summary>One silo and one provider for the tests of a class; each test begins with a provider without faults.</summary>
public sealed class OrganisationSilo : IAsyncLifetime
{
    private OidcServer _provider = null!;

    public SiloProcess Silo { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _provider = await OidcServer.StartAsync();
        Silo = await SiloProcess.StartAsync(null, [.. _provider.Settings, ("Accounts__First", "aigul:Toqsan-9-jyl")]);
    }

    public OidcServer Start()
    {
        (_provider.Fault, _provider.ClockOffset, _provider.BackDated, _provider.Person) = (OidcFault.None, TimeSpan.Zero, TimeSpan.Zero, new OidcPerson("1001", "Айгүл Маратқызы", ["teachers"]));
        return _provider;
    }

    public long Count(string table) => long.Parse(Texts($"select count(*) from {table}").Single(), System.Globalization.CultureInfo.InvariantCulture);

    public IReadOnlyList<string> Texts(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Silo.SqliteFile};Mode=ReadOnly");
        connection.Open();
#pragma warning disable CA2100 // The tests make it.
        using var command = new SqliteCommand(sql, connection);
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var all = new List<string>();
        while (reader.Read())
        {
            all.Add(reader.GetValue(0).ToString()!);
        }

        return all;
    }

    public async Task DisposeAsync()
    {
        await Silo.DisposeAsync();
        await _provider.DisposeAsync();
    }
}
