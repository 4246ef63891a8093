using System.Net;
using System.Net.WebSockets;
using Classroom.Silo.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Tests;

/// <summary>What section <c>Oidc</c> may say, and what its values do.</summary>
public sealed class OrganisationSettingTests
{
    private const string Right = "Authority=https://id.example;ClientId=ortaq;Roles:Teacher=teachers";

    [Theory]
    [InlineData("", null)]
    [InlineData("Authority=;ClientId=;ClientSecret=", null)]
    [InlineData(Right, null)]
    [InlineData("Authority=http://127.0.0.1:8080/realms/a;ClientId=ortaq;Roles:Admin=it", null)]
    [InlineData(Right + ";CentreClaim=centre;Centres:0:Value=astana;Centres:0:Centre=0197c000-0000-7000-8000-000000000001", null)]
    [InlineData("ClientId=ortaq", "Oidc:Authority is missing beside other settings of Oidc.")]
    [InlineData("Roles:Admin=it", "Oidc:Authority is missing beside other settings of Oidc.")]
    [InlineData("Authority=id.example;ClientId=ortaq;Roles:Teacher=t", "Oidc:Authority is not an http or https address.")]
    [InlineData("Authority=http://id.example;ClientId=ortaq;Roles:Teacher=t", "Oidc:Authority must be https")]
    [InlineData("Authority=https://id.example;Roles:Teacher=t", "Oidc:ClientId is missing beside Oidc:Authority.")]
    [InlineData("Authority=https://id.example;ClientId=ortaq", "Oidc:Roles names no value")]
    [InlineData("Authority=https://id.example;ClientId=ortaq;Roles:Teacher= ; ", "Oidc:Roles names no value")]
    [InlineData(Right + ";Roles:Admin=teachers", "Oidc:Roles gives one value to two roles.")]
    [InlineData(Right + ";Roles:Director=d", "Oidc:Roles:Director is not a setting of this program")]
    [InlineData(Right + ";RoleClaim= ", "Oidc:RoleClaim is empty.")]
    [InlineData(Right + ";ClientSecret=a;ClientSecretFile=/dev/null", "Oidc:ClientSecretFile and Oidc:ClientSecret are one too many.")]
    [InlineData(Right + ";ClientSecretFile=/nowhere", "Oidc:ClientSecretFile is not a file")]
    [InlineData(Right + ";ClientSecretFile=/dev/null", "Oidc:ClientSecretFile is not a file")]
    [InlineData(Right + ";Centres:0:Value=a;Centres:0:Centre=0197c000-0000-7000-8000-000000000001", "Oidc:CentreClaim is missing beside Oidc:Centres.")]
    [InlineData(Right + ";CentreClaim=c;Centres:0:Value=a", "Oidc:Centres needs a Value and a Centre")]
    [InlineData(Right + ";CentreClaim=c;Centres:0:Value=a;Centres:0:Centre=astana", "Oidc:Centres needs a Value and a Centre, which is a GUID")]
    [InlineData(Right + ";SessionHours=0", "Oidc:SessionHours must be more than 0")]
    [InlineData(Right + ";SessionHours=1000", "Oidc:SessionHours must be more than 0 and at most 336.")]
    [InlineData(Right + ";DisplayName=A name that is so long that no button could ever hold it all, really", "Oidc:DisplayName is longer")]
    public void A_wrong_value_is_said_in_a_sentence_that_names_it(string given, string? sentence)
    {
        // A semicolon stands between settings here; a list of values is tried over HTTP.
        var settings = given.Split(';', StringSplitOptions.RemoveEmptyEntries).Where(s => s.Contains('=', StringComparison.Ordinal))
            .Select(s => s.Split('=', 2)).Select(s => KeyValuePair.Create("Oidc:" + s[0], (string?)s[1]));
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddSingleton<IHostEnvironment>(new Production());
        services.AddSettings<OidcOptions>("Oidc").ValidateOidc();
        using var provider = services.BuildServiceProvider();
        var fault = Record.Exception(() => provider.GetRequiredService<IOptions<OidcOptions>>().Value);
        if (sentence is null)
        {
            fault.ShouldBeNull();
        }
        else
        {
            StartFault.Sentence(fault.ShouldNotBeNull())!.ShouldStartWith(sentence);
        }
    }

    [Fact]
    public async Task Without_the_section_there_is_no_button_and_no_callback()
    {
        await using var silo = await SiloProcess.StartAsync();
        using var visitor = new Visitor(silo.Url);
        (await visitor.AskAsync())["organisation"].ShouldBeNull();
        (await visitor.SignInAsync("/mentor")).ShouldBe("/mentor");
        (await visitor.Http.GetAsync(new Uri(silo.Url + "/oidc/callback?code=a&state=b"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_centre_is_what_the_organisation_says_and_the_secret_may_be_in_a_file()
    {
        using var folder = new TempFolder();
        var secret = Path.Combine(folder.Path, "secret");
        await File.WriteAllTextAsync(secret, OidcServer.ClientSecret + "\n");
        await using var provider = await OidcServer.StartAsync();
        const string Astana = "0197c000-0000-7000-8000-00000000000a", Almaty = "0197c000-0000-7000-8000-00000000000b";
        await using var silo = await SiloProcess.StartAsync(null,
        [
            .. provider.Settings.Where(s => s.Name != "Oidc__ClientSecret"), ("Oidc__ClientSecretFile", secret), ("Oidc__Scopes", "groups centres"),
            ("Oidc__CentreClaim", "centre"), ("Oidc__Centres__0__Value", "TUMO: Astana"), ("Oidc__Centres__0__Centre", Astana),
        ]);
        using var visitor = new Visitor(silo.Url);
        (await visitor.RoleAsync()).ShouldBe("anonymous");
        (await silo.RunAsync("centre", "list")).Printed.ShouldContain($"{Astana}\tTUMO: Astana", Case.Sensitive, "what the settings name is a centre like any other");
        foreach (var (said, centre) in new (string?, string)[] { ("TUMO: Astana", Astana), (Almaty, Almaty), ("elsewhere", ""), (null, "") })
        {
            provider.Person = new OidcPerson("1", "Жанна", ["mentors"]) { Centre = said };
            (await visitor.SignInAsync()).ShouldBe("/mentor");
            CentreIn(silo).ShouldBe(centre, said);
        }

        provider.Asked.Last(a => a.Path == "/authorize").Values["scope"].ShouldBe("openid profile groups centres");
    }

    [Fact]
    public async Task The_address_that_browsers_use_is_the_one_that_the_organisation_sends_them_back_to()
    {
        await using var provider = await OidcServer.StartAsync();
        await using var named = await SiloProcess.StartAsync(null, [.. provider.Settings, ("Ortaq__PublicUrl", "https://ortaq.example/")]);
        (await CallbackOfAsync(named, provider)).ShouldBe("https://ortaq.example/oidc/callback");

        // Behind a proxy that says how it was asked.
        await using var behind = await SiloProcess.StartAsync(null, [.. provider.Settings, ("Ortaq__Proxies", "127.0.0.1")]);
        using var request = new HttpRequestMessage(HttpMethod.Get, behind.Url + "/oidc/sign-in") { Headers = { Host = "ortaq.example" } };
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var http = await behind.BrowserAsync();
        using var answer = await http.SendAsync(request);
        answer.Headers.Location!.Query.ShouldContain("redirect_uri=https%3A%2F%2Fortaq.example%2Foidc%2Fcallback");
        answer.Headers.GetValues("Set-Cookie").ShouldAllBe(c => c.Contains("; secure", StringComparison.Ordinal) && c.Contains("; httponly", StringComparison.Ordinal) && c.Contains("; samesite=lax", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_session_ends_when_its_hours_are_over_however_much_it_is_used()
    {
        await using var provider = await OidcServer.StartAsync();
        await using var silo = await SiloProcess.StartAsync(null, [.. provider.Settings, ("Oidc__SessionHours", "0.002")]);
        using var visitor = new Visitor(silo.Url);
        (await visitor.SignInAsync()).ShouldBe("/teach");
        var open = await ConnectAsync(silo, visitor);
        // Each look would prolong a session that slides.
        using var turns = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await visitor.RoleAsync() != "anonymous")
        {
            await turns.WaitForNextTickAsync(patience.Token);
        }

        // A lesson that stands open in a tab ends with it.
        while (open?.IsOpen == true)
        {
            await turns.WaitForNextTickAsync(patience.Token);
        }

        await (open?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    // Null when the machine was so slow that the session was over before.
    private static async Task<WireClient?> ConnectAsync(SiloProcess silo, Visitor visitor)
    {
        try
        {
            return await WireClient.ConnectAsync(silo.Url, cookie: $"ortaq={visitor.Session?.Value}");
        }
        catch (WebSocketException)
        {
            return null;
        }
    }

    private static async Task<string?> CallbackOfAsync(SiloProcess silo, OidcServer provider)
    {
        using var http = await silo.BrowserAsync();
        using var answer = await http.GetAsync(new Uri("/oidc/sign-in", UriKind.Relative));
        answer.Headers.Location!.GetLeftPart(UriPartial.Authority).ShouldBe(provider.Url);
        return System.Web.HttpUtility.ParseQueryString(answer.Headers.Location.Query)["redirect_uri"];
    }

    private static string CentreIn(SiloProcess silo)
    {
        using var connection = new SqliteConnection($"Data Source={silo.SqliteFile};Mode=ReadOnly");
        connection.Open();
        using var command = new SqliteCommand("select coalesce(lower(\"CentreId\"), '') from accounts where \"UserName\" like 'oidc-%'", connection);
        return (string)command.ExecuteScalar()!;
    }

    private sealed class Production : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Production;

        public string ApplicationName { get; set; } = "";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
