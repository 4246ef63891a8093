using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>The organisation's button in a browser: there and back as a teacher, out of both, and what is said when it fails. An admin then opens Orleans' dashboard.</summary>
public sealed class OrganisationTest
{
    private static readonly (int, int) Phone = (360, 740);
    private static readonly (int, int) Laptop = (1280, 800);

    [Fact]
    public async Task A_teacher_signs_in_through_the_organisation_and_out_of_it()
    {
        await using var provider = await OidcServer.StartAsync();
        await using var silo = await SiloProcess.StartAsync(null, [.. provider.Settings, ("Accounts__First", "aigul:Toqsan-9-jyl")]);
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync([]);
        var page = await browsers.OpenAsync(silo.Url + "/teach", 1280, 800);
        var button = page.GetByTestId("organisation");
        await Expect(button).ToHaveTextAsync("Bilim арқылы кіру");
        await eye.WalkAsync(page, "organisation-door", Phone, Laptop);

        await button.ClickAsync();
        await Expect(page.GetByTestId("new-classroom")).ToBeVisibleAsync();
        await Expect(page.Locator("header .hello")).ToContainTextAsync("Айгүл Маратқызы");
        page.Url.ShouldBe(silo.Url + "/teach");
        await page.Locator("header button").Last.ClickAsync();
        await Expect(page.GetByTestId("organisation")).ToBeVisibleAsync();
        await page.WaitForURLAsync(silo.Url + "/teach");
        provider.Asked.ShouldContain(a => a.Path == "/bye", "the organisation was left too");

        // Closed the organisation's window, or pressed back: a sentence, and both ways in still stand there.
        provider.Fault = OidcFault.Denied;
        await page.GetByTestId("organisation").ClickAsync();
        await Expect(page.GetByTestId("sign-in-refused")).ToBeVisibleAsync();
        await page.WaitForURLAsync(silo.Url + "/teach");
        await eye.WalkAsync(page, "organisation-refused", Phone, Laptop);
        await page.ReloadAsync();
        await Expect(page.GetByTestId("organisation")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("sign-in-refused")).ToHaveCountAsync(0);

        // While the organisation is away the form is the way in.
        await provider.StopAsync();
        await page.Locator("input[name=username]").FillAsync("aigul");
        await page.Locator("input[name=password]").FillAsync("Toqsan-9-jyl");
        await page.GetByTestId("sign-in").ClickAsync();
        await Expect(page.GetByTestId("new-classroom")).ToBeVisibleAsync();
        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();
        silo.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_admin_of_the_organisation_opens_orleans_dashboard()
    {
        await using var provider = await OidcServer.StartAsync();
        await using var silo = await SiloProcess.StartAsync(null, [.. provider.Settings, ("Orleans__Dashboard", "true")]);
        await using var browsers = await Browsers.StartAsync();
        provider.Person = new OidcPerson("9", "Данияр", ["it-staff"]);
        var page = await browsers.OpenAsync(silo.Url + "/mentor", 1280, 800);
        List<string> said = [];
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                said.Add(message.Text);
            }
        };
        await page.GetByTestId("organisation").ClickAsync();
        await Expect(page.GetByTestId("no-sessions")).ToBeVisibleAsync();

        await page.GotoAsync(silo.Url + "/operator/orleans/");
        await Expect(page.GetByText(new Regex("Activations", RegexOptions.IgnoreCase)).First).ToBeVisibleAsync();
        await page.ShootAsync("orleans-dashboard");
        await page.GetByText("Grains", new() { Exact = true }).First.ClickAsync();
        await Expect(page.GetByText(new Regex("CentreGrain")).First).ToBeVisibleAsync();
        await page.ShootAsync("orleans-dashboard-grains");
        said.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();
    }
}
