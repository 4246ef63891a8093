using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>
/// Two children on one phone, in three languages: each one's answer by its name, a work that one writes alone and the other takes in, a question to the tutor
/// asked by name; and the phone goes on for the second when the first is removed.
/// </summary>
public sealed class PhoneOfManyTest
{
    [Fact]
    public async Task What_each_of_two_did_stands_by_its_name_and_the_phone_stays_when_one_of_them_goes()
    {
        Directory.CreateDirectory(Screens.Folder);
        await using var model = await ProtocolServer.StartAsync();
        await using var silo = await SiloProcess.StartAsync(null, ("Tutor__Endpoint", model.Endpoint), ("Tutor__Model", "local-model"), ("Tutor__Prepared__WordDelay", "00:00:00"));
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync(["Али", "Сәуле"]);
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var phones = new List<(IPage Page, string Language)>();
        foreach (var language in Inspector.Languages)
        {
            var phone = await browsers.OpenAsync($"{silo.Url}/j/{teacher.Code}", 320, 640, language);
            phones.Add((phone, language));
            await phone.Locator("input[type=text]").Last.FillAsync("Али " + language);
            await phone.GetByTestId("share-phone").ClickAsync();
            await phone.GetByTestId("other-0").Locator("input[type=text]").FillAsync("Сәуле " + language);
            await phone.Locator("button[type=submit]").ClickAsync();
            await Expect(phone.GetByTestId("own-pill")).ToContainTextAsync("+1");
        }

        await teacher.ClickAsync("start-lesson");
        await teacher.GoToAsync("ask");
        await teacher.Starting("ask-").First.ClickAsync();
        foreach (var (phone, language) in phones)
        {
            await phone.Locator(".question [role=radio]").Nth(1).ClickAsync();
            await phone.Locator("[data-testid^='turn-']", Text("Сәуле")).ClickAsync();
            await phone.Locator(".question form .pick").First.ClickAsync();
            await phone.Locator(".question form button[type=submit]").ClickAsync();
            await Expect(phone.GetByTestId("whose-turn")).ToContainTextAsync("Али " + language);
        }

        await Expect(teacher.Control("answered")).ToContainTextAsync("3");
        await teacher.Starting("close-").First.ClickAsync();
        foreach (var (phone, language) in phones)
        {
            await Expect(phone.GetByTestId("own-answer")).ToHaveCountAsync(2);
            await LookAsync(phone, "phone-of-many-closed", language);
        }

        await teacher.GoToAsync("make");
        await teacher.ClickAsync($"policy-{teacher.Step("make")}-ask");
        foreach (var (phone, language) in phones)
        {
            await phone.Locator("main [data-testid^='turn-']", Text("Али")).ClickAsync();
            await phone.Locator(".editor textarea").First.FillAsync("Мен үш күн бақыладым.");
            await Expect(phone.Locator("[data-testid^='take-in-']")).ToBeVisibleAsync();
            await Expect(phone.Locator("main [data-testid^='turn-']")).ToHaveCountAsync(2);
            await LookAsync(phone, "phone-of-many-alone", language);
            await phone.ReloadAsync();
            await Expect(phone.Locator("main [data-testid^='turn-']", Text("Али"))).ToHaveAttributeAsync("aria-pressed", "true");
            await phone.Locator("[data-testid^='take-in-']").ClickAsync();
            await LookAsync(phone, "phone-of-many-take-in", language);
            await phone.Locator("[data-testid^='take-in-'][data-testid$='-yes']").ClickAsync();
            await Expect(phone.Locator("main [data-testid^='turn-']")).ToHaveCountAsync(3);
            await LookAsync(phone, "phone-of-many-together", language);
            await phone.GetByTestId("tutor-door").ClickAsync();
            await Expect(phone.GetByTestId("tutor-text")).ToHaveCountAsync(0);
            await LookAsync(phone, "phone-of-many-who-asks", language);
            await phone.Locator(".sheet [data-testid^='turn-']", Text("Сәуле")).ClickAsync();
            await LookAsync(phone, "phone-of-many-asks", language);
            await phone.Keyboard.PressAsync("Escape");
        }

        await teacher.ClickAsync("tab-students");
        foreach (var (phone, language) in phones)
        {
            await teacher.Page.Locator("li.seat", Text("Али " + language)).Locator("[data-testid^='remove-']").First.ClickAsync();
            await teacher.Page.Locator(".sheet [data-testid$='-yes']").ClickAsync();
            await Expect(phone.GetByTestId("own-pill")).Not.ToContainTextAsync("+1");
            await Expect(phone.Locator(".editor textarea").First).ToHaveValueAsync("Мен үш күн бақыладым.");
            await LookAsync(phone, "phone-of-many-left", language);
        }

        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();

        async Task LookAsync(IPage phone, string name, string language)
        {
            foreach (var width in new[] { 360, 320 })
            {
                await phone.SetViewportSizeAsync(width, 640);
                await eye.LookAsync(phone, name, language, width);
            }
        }
    }

    private static PageLocatorOptions Text(string text) => new() { HasText = text };
}
