using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>The admin's page of accounts in a browser, on a phone too: who may see it, what is made there, and the link by which somebody chooses a password.</summary>
public sealed class AccountsTest
{
    private static readonly (int, int) Phone = (360, 740);
    private static readonly (int, int) Laptop = (1280, 800);
    private const string Password = "jolbarys-jaz-9";

    [Fact]
    public async Task An_admin_makes_a_mentor_who_chooses_a_password_and_is_disabled()
    {
        await using var silo = await SiloProcess.StartAsync(settings: [("Accounts__Admin", "boss:" + Password), ("Accounts__First", "aigul:" + Password)]);
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync([]);

        // A used link says so, on a page that signs in.
        using (var http = await silo.BrowserAsync(silo.TeachLink))
        {
        }

        var used = await browsers.OpenAsync(silo.TeachLink, 360, 740);
        await Expect(used.GetByTestId("sign-in-refused")).ToBeVisibleAsync();
        await eye.WalkAsync(used, "link-used", Phone, Laptop);

        var page = await browsers.OpenAsync(silo.Url + "/accounts", 360, 740);
        await page.Locator("input[name=username]").FillAsync("aigul");
        await page.Locator("input[name=password]").FillAsync(Password);
        await page.GetByTestId("sign-in").ClickAsync();
        await Expect(page.Locator("a[href='/teach']")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("add")).ToHaveCountAsync(0);
        await page.Locator(".btn.quiet").ClickAsync();

        await page.Locator("input[name=username]").FillAsync("boss");
        await page.Locator("input[name=password]").FillAsync(Password);
        await page.GetByTestId("sign-in").ClickAsync();
        await Expect(page.GetByTestId("account-aigul")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("account-boss").GetByTestId("disable")).ToHaveCountAsync(0);
        await page.GetByTestId("add").ClickAsync();
        await page.Locator("input[name=centre]").FillAsync("Алматы орталығы");
        await page.GetByTestId("add-centre").ClickAsync();
        await Expect(page.Locator("details [data-testid=centre] option:checked")).ToHaveTextAsync("Алматы орталығы");
        await page.Locator("input[name=name]").FillAsync("Жанна Сейітқызы Әбдірахманова");
        await page.Locator("input[name=login]").FillAsync("aigul");
        await page.Locator("details [data-testid=role]").SelectOptionAsync("mentor");
        await page.GetByTestId("add-account").ClickAsync();
        await Expect(page.GetByTestId("refused")).ToBeVisibleAsync();
        await eye.WalkAsync(page, "accounts-1-refused", Phone, Laptop);
        await page.Locator("input[name=login]").FillAsync("zhanna");
        await page.GetByTestId("add-account").ClickAsync();
        var link = await page.GetByTestId("link-text").InputValueAsync();
        link.ShouldStartWith(silo.Url + "/accounts#link=");
        await eye.WalkAsync(page, "accounts-2-made", Phone, Laptop);

        var theirs = await browsers.OpenAsync(link, 360, 740);
        await theirs.Locator("input[name=password]").FillAsync("tooweak");
        await theirs.Locator("input[name=again]").FillAsync("tooweak");
        await theirs.GetByTestId("choose").ClickAsync();
        await Expect(theirs.GetByTestId("choose-refused")).ToBeVisibleAsync();
        await eye.WalkAsync(theirs, "choose-password", Phone, Laptop);
        await theirs.Locator("input[name=password]").FillAsync(Password);
        await Expect(theirs.GetByTestId("choose")).ToBeDisabledAsync();
        await theirs.Locator("input[name=again]").FillAsync(Password);
        await theirs.GetByTestId("choose").ClickAsync();
        await theirs.WaitForURLAsync("**/mentor");

        // One's own account: another password, with the one that is in force.
        await theirs.Locator("a[href='/accounts#own']").ClickAsync();
        await theirs.Locator("input[name=current]").FillAsync(Password);
        await theirs.Locator("input[name=password]").FillAsync("password12345");
        await theirs.Locator("input[name=again]").FillAsync("password1234");
        await Expect(theirs.GetByTestId("change")).ToBeDisabledAsync();
        await theirs.Locator("input[name=again]").FillAsync("password12345");
        await theirs.GetByTestId("change").ClickAsync();
        await Expect(theirs.GetByTestId("change-refused")).ToBeVisibleAsync();
        await eye.WalkAsync(theirs, "own-account", Phone, Laptop);
        foreach (var name in new[] { "password", "again" })
        {
            await theirs.Locator($"input[name={name}]").FillAsync("kok-tau-tulki-kun");
        }

        await theirs.GetByTestId("change").ClickAsync();
        await Expect(theirs.GetByTestId("changed")).ToBeVisibleAsync();
        await theirs.Locator("a[href='/mentor']").ClickAsync();
        await theirs.WaitForURLAsync("**/mentor");

        // Opened a second time, it says that it was used.
        var again = await browsers.OpenAsync(link, 360, 740);
        await again.Locator("input[name=password]").FillAsync(Password);
        await again.Locator("input[name=again]").FillAsync(Password);
        await again.GetByTestId("choose").ClickAsync();
        await Expect(again.GetByTestId("choose-refused")).ToBeVisibleAsync();
        await Expect(again.GetByTestId("choose")).ToHaveCountAsync(0);
        await eye.WalkAsync(again, "choose-used", Phone, Laptop);

        // Disabled while the wall is open: the page asks for a sign-in by itself.
        var card = page.GetByTestId("account-zhanna");
        await card.GetByTestId("disable").ClickAsync();
        await card.GetByTestId("disable-yes").ClickAsync();
        await Expect(card.GetByTestId("enable")).ToBeVisibleAsync();
        await Expect(theirs.GetByTestId("sign-in")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await eye.WalkAsync(page, "accounts-3-disabled", Phone, Laptop);
        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();
    }
}
