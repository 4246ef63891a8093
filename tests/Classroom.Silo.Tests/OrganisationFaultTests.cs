using System.Net;

namespace Classroom.Silo.Tests;

/// <summary>
/// Invariant: whatever the provider, the clock or the browser does wrong, nobody is signed in, and a person stands on the sign-in page with a sentence.
/// </summary>
public sealed class OrganisationFaultTests(OrganisationSilo shared) : IClassFixture<OrganisationSilo>
{
    private readonly OidcServer _provider = shared.Start();

    [Theory]
    [InlineData(OidcFault.Denied, "organisation-refused")]
    [InlineData(OidcFault.ServerError, "organisation-away")]
    [InlineData(OidcFault.GarbageToken, "organisation-failed")]
    [InlineData(OidcFault.BrokenToken, "organisation-failed")]
    [InlineData(OidcFault.CutToken, "organisation-away")]
    [InlineData(OidcFault.NoIdToken, "organisation-failed")]
    [InlineData(OidcFault.WrongIssuer, "organisation-failed")]
    [InlineData(OidcFault.WrongAudience, "organisation-failed")]
    [InlineData(OidcFault.AlgNone, "organisation-failed")]
    [InlineData(OidcFault.Forged, "organisation-failed")]
    [InlineData(OidcFault.SignedWithSecret, "organisation-failed")]
    [InlineData(OidcFault.NoNonce, "organisation-failed")]
    [InlineData(OidcFault.WrongNonce, "organisation-failed")]
    [InlineData(OidcFault.NoSubject, "organisation-failed")]
    public async Task A_faulty_provider_signs_nobody_in(OidcFault fault, string code)
    {
        _provider.Fault = fault;
        foreach (var page in new[] { "/teach", "/mentor", "/operator" })
        {
            using var visitor = new Visitor(shared.Silo.Url);
            (await visitor.SignInAsync(page)).ShouldBe($"{page}?refused={code}");
            await NobodyAsync(visitor);
        }

        _provider.Fault = OidcFault.None;
        using var next = new Visitor(shared.Silo.Url);
        (await next.SignInAsync()).ShouldBe("/teach", "the fault is over");
        shared.Silo.Failures.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(-3, null)]
    [InlineData(3, null)]
    [InlineData(-16, "clock-differs")]
    [InlineData(6, "clock-differs")]
    [InlineData(10, "clock-differs")]
    [InlineData(600, "clock-differs")]
    [InlineData(-600, "clock-differs")]
    public async Task Clocks_may_differ_by_minutes_and_more_is_said(int minutes, string? code)
    {
        _provider.ClockOffset = TimeSpan.FromMinutes(minutes);
        using var visitor = new Visitor(shared.Silo.Url);
        (await visitor.SignInAsync()).ShouldBe(code is null ? "/teach" : "/teach?refused=" + code);
        (await visitor.RoleAsync()).ShouldBe(code is null ? "teacher" : "anonymous");
    }

    [Theory]
    [InlineData(5, null)]
    [InlineData(10, null)]
    [InlineData(16, "clock-differs")]
    public async Task A_provider_may_date_its_token_back(int minutes, string? code)
    {
        // Good for an hour all the same; Entra ID says five minutes ago.
        _provider.BackDated = TimeSpan.FromMinutes(minutes);
        using var visitor = new Visitor(shared.Silo.Url);
        (await visitor.SignInAsync()).ShouldBe(code is null ? "/teach" : "/teach?refused=" + code);
        (await visitor.RoleAsync()).ShouldBe(code is null ? "teacher" : "anonymous");
    }

    [Theory]
    [InlineData("")]
    [InlineData("?code=abc")]
    [InlineData("?code=abc&state=abc")]
    [InlineData("?error=access_denied")]
    [InlineData("?error=access_denied&state=CfDJ8")]
    [InlineData("?id_token=a.b.c&state=abc")]
    [InlineData("?state=%00&code=%00")]
    public async Task A_callback_that_nobody_began_ends_on_the_page(string query)
    {
        using var visitor = new Visitor(shared.Silo.Url);
        (await visitor.WalkAsync(shared.Silo.Url + "/oidc/callback" + query)).ShouldBe("/teach?refused=organisation-failed");
        await NobodyAsync(visitor);
        shared.Silo.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_callback_is_good_once_and_in_the_browser_that_began_it()
    {
        // Somebody sends his own callback to another person, who would then work in his account.
        using var attacker = new Visitor(shared.Silo.Url);
        Uri? callback = null;
        await Should.ThrowAsync<InvalidOperationException>(() => attacker.SignInAsync(change: uri => uri.AbsolutePath == "/oidc/callback" ? Caught(callback = uri) : uri));
        using var victim = new Visitor(shared.Silo.Url);
        (await victim.WalkAsync(callback!.ToString())).ShouldBe("/teach?refused=organisation-failed");
        await NobodyAsync(victim);

        (await attacker.WalkAsync(callback.ToString())).ShouldBe("/teach");
        (await attacker.RoleAsync()).ShouldBe("teacher");
        // Back, in the same browser: the session that is there stays as it is.
        (await attacker.WalkAsync(callback.ToString())).ShouldBe("/teach?refused=organisation-failed");
        (await attacker.RoleAsync()).ShouldBe("teacher");
        await attacker.SignOutAsync();
        (await attacker.WalkAsync(callback.ToString())).ShouldBe("/teach?refused=organisation-failed");
        await NobodyAsync(attacker);

        static Uri Caught(Uri uri) => throw new InvalidOperationException(uri.ToString());
    }

    [Fact]
    public async Task A_code_or_state_that_somebody_changed_is_refused()
    {
        foreach (var part in new[] { "code=", "state=" })
        {
            using var visitor = new Visitor(shared.Silo.Url);
            var end = await visitor.SignInAsync(change: uri => uri.AbsolutePath != "/oidc/callback" ? uri
                : new Uri(uri.ToString().Replace(part, part + "x", StringComparison.Ordinal)));
            end.ShouldBe("/teach?refused=organisation-failed");
            await NobodyAsync(visitor);
        }
    }

    [Fact]
    public async Task A_callback_that_comes_as_a_form_of_another_site_is_refused()
    {
        using var visitor = new Visitor(shared.Silo.Url);
        visitor.Http.DefaultRequestHeaders.Add("Origin", _provider.Url);
        using var form = new FormUrlEncodedContent([new("code", "a"), new("state", "b")]);
        using var answer = await visitor.Http.PostAsync(new Uri(shared.Silo.Url + "/oidc/callback"), form);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task While_the_provider_is_away_local_accounts_are_the_way_in_and_it_comes_back_without_a_restart()
    {
        await using var provider = OidcServer.Away();
        await using var silo = await SiloProcess.StartAsync(null, [.. provider.Settings, ("Accounts__First", "aigul:Toqsan-9-jyl")]);
        using var visitor = new Visitor(silo.Url);
        (await visitor.SignInAsync("/mentor")).ShouldBe("/mentor?refused=organisation-away");
        (await visitor.LoginAsync("aigul", "Toqsan-9-jyl")).ShouldBe(HttpStatusCode.OK);
        (await visitor.RoleAsync()).ShouldBe("teacher");
        await visitor.SignOutAsync();

        foreach (var fault in new[] { OidcFault.GarbageDiscovery, OidcFault.ForeignDiscovery })
        {
            provider.Fault = fault;
            await provider.StartAgainAsync();
            (await visitor.SignInAsync()).ShouldBe("/teach?refused=organisation-away", fault.ToString());
            await provider.StopAsync();
        }

        provider.Fault = OidcFault.None;
        await provider.StartAgainAsync();
        (await visitor.SignInAsync()).ShouldBe("/teach");
        (await visitor.RoleAsync()).ShouldBe("teacher");

        // It goes while somebody is on the way, and while somebody is signed in.
        using var late = new Visitor(silo.Url);
        await Should.ThrowAsync<HttpRequestException>(() => late.SignInAsync(change: uri =>
        {
            if (uri.AbsolutePath == "/authorize")
            {
                provider.StopAsync().GetAwaiter().GetResult();
            }

            return uri;
        }));
        (await visitor.RoleAsync()).ShouldBe("teacher");
        await visitor.SignOutAsync();
        visitor.Session.ShouldBeNull();
        silo.Failures.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("database", "try-again")]
    [InlineData("update", "try-again")]
    [InlineData("away", "organisation-away")]
    [InlineData("unknown", "organisation-failed")]
    public void A_fault_of_our_own_asks_to_press_again(string fault, string code) => Auth.OidcEvents.CodeOf(fault switch
    {
        "database" => new Npgsql.NpgsqlException("away"),
        "update" => new Microsoft.EntityFrameworkCore.DbUpdateException("away"),
        "away" => new HttpRequestException("away"),
        _ => new InvalidOperationException(),
    }).ShouldBe(code);

    private async Task NobodyAsync(Visitor visitor)
    {
        visitor.Session.ShouldBeNull();
        (await visitor.RoleAsync()).ShouldBe("anonymous");
        visitor.Url.ShouldBe(shared.Silo.Url);
    }
}
