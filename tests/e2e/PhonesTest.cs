using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>
/// Phones at the door, in each language and 320 px wide: two children share one, two phones ask for one seat and the teacher says yes to the number that
/// stands on the child's screen, and where the teacher lets in, who has the code waits.
/// </summary>
public sealed class PhonesTest
{
    private const int Narrow = 320;

    [Fact]
    public async Task Two_children_share_a_phone_a_seat_moves_to_the_phone_that_was_seen_and_the_teacher_lets_in()
    {
        Directory.CreateDirectory(Screens.Folder);
        await using var silo = await SiloProcess.StartAsync(null, ("Tutor__Prepared__WordDelay", "00:00:00"));
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync(["Дана", "Ерлан", "Тимур", "Асель"]);
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        foreach (var language in Inspector.Languages)
        {
            var (dana, yerlan, late) = ($"Дана {language}", $"Ерлан {language}", $"Асель {language}");
            var shared = await PhoneAsync(language);
            await JoinAsync(shared, dana);
            await ShareAsync(shared, language, dana, yerlan);
            await MoveAsync(shared, language, dana);
            await LetInAsync(language, late);
            await shared.Context.CloseAsync();
        }

        await teacher.Page.SetViewportSizeAsync(Narrow, 720);
        await Row(teacher, "Ерлан kk").Locator("[data-testid^='remove-']").ClickAsync();
        // Behind the sheet no language can be chosen: it is the last of the walk.
        await eye.LookAsync(teacher.Page, "phones-remove", "en", Narrow);
        await teacher.Control("bar").CheckAsync();
        await teacher.Page.Locator(".sheet [data-testid$='-yes']").ClickAsync();
        await Expect(teacher.Control("lift-bars")).ToBeVisibleAsync();

        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();

        Task<IPage> PhoneAsync(string language) => browsers.OpenAsync($"{silo.Url}/j/{teacher.Code}", Narrow, 640, language);

        // A second child takes a seat of its own, and each comes back to theirs with a press: after leaving, too.
        async Task ShareAsync(IPage phone, string language, string first, string second)
        {
            await OpenSettingsAsync(phone);
            await eye.LookAsync(phone, "phones-seats", language, Narrow);
            await phone.GetByTestId("add-student").ClickAsync();
            await Expect(Seat(phone, first)).ToBeVisibleAsync();
            await eye.LookAsync(phone, "phones-add", language, Narrow);
            await JoinAsync(phone, second);
            await Expect(phone.GetByTestId("own-pill")).ToContainTextAsync(second);
            await OpenSettingsAsync(phone);
            await eye.LookAsync(phone, "phones-switch", language, Narrow);
            await Seat(phone, first).ClickAsync();
            await Expect(phone.GetByTestId("own-pill")).ToContainTextAsync(first);
            await phone.ReloadAsync();
            await Expect(phone.GetByTestId("own-pill")).ToContainTextAsync(first);
        }

        // Whoever asks loses nothing of their own by it, and the one who is not seen is told so.
        async Task MoveAsync(IPage old, string language, string name)
        {
            var (hers, strangers) = (await PhoneAsync(language), await PhoneAsync(language));
            await JoinAsync(strangers, "Тимур " + language);
            await OpenSettingsAsync(strangers);
            await strangers.GetByTestId("add-student").ClickAsync();
            await AskAsync(hers, name);
            await AskAsync(strangers, name);
            var number = await NumberAsync(hers);
            var other = await NumberAsync(strangers);
            other.ShouldNotBe(number);
            await eye.LookAsync(hers, "phones-waiting", language, Narrow);
            await hers.ReloadAsync();
            (await NumberAsync(hers)).ShouldBe(number, "a reload goes on waiting");
            await Expect(teacher.Control("card-devices")).ToContainTextAsync(number);
            await Expect(teacher.Control("card-devices")).ToContainTextAsync(other);
            if (language == "kk")
            {
                await eye.WalkAsync(teacher.Page, "phones-requests", (Narrow, 720), (1280, 800));
            }

            await teacher.ClickAsync("approve-device-" + number);
            await Expect(hers.GetByTestId("own-pill")).ToBeVisibleAsync();
            await Expect(strangers.GetByTestId("device-code")).ToHaveCountAsync(0);
            await eye.LookAsync(strangers, "phones-refused", language, Narrow);
            await strangers.Locator("main button").ClickAsync();
            await Expect(Seat(strangers, "Тимур " + language)).ToBeVisibleAsync();
            await Seat(strangers, "Тимур " + language).ClickAsync();
            await Expect(strangers.GetByTestId("own-pill")).ToBeVisibleAsync();
            await Expect(old.GetByTestId("own-pill")).ToHaveCountAsync(0);
            await eye.LookAsync(old, "phones-replaced", language, Narrow);
            await hers.Context.CloseAsync();
            await strangers.Context.CloseAsync();
        }

        async Task LetInAsync(string language, string name)
        {
            await teacher.ClickAsync("entrance");
            await Expect(teacher.Control("entrance")).ToHaveAttributeAsync("aria-checked", "true");
            var phone = await PhoneAsync(language);
            await FillAsync(phone, name);
            await Expect(teacher.Control("card-door")).ToContainTextAsync(name);
            await Expect(phone.Locator("main.loading h1")).ToBeVisibleAsync();
            await eye.LookAsync(phone, "phones-door", language, Narrow);
            if (language == "kk")
            {
                await eye.WalkAsync(teacher.Page, "phones-entrance", (Narrow, 720), (1280, 800));
            }

            await teacher.Starting("admit-").First.ClickAsync();
            await Expect(phone.GetByTestId("own-pill")).ToBeVisibleAsync();
            await teacher.ClickAsync("entrance");
            await Expect(teacher.Control("entrance")).ToHaveAttributeAsync("aria-checked", "false");
            await phone.Context.CloseAsync();
        }
    }

    private static ILocator Seat(IPage phone, string name) => phone.Locator("[data-testid^='sit-']").Filter(new LocatorFilterOptions { HasText = name });

    private static ILocator Row(Teacher teacher, string name) => teacher.Page.Locator("li.seat").Filter(new LocatorFilterOptions { HasText = name });

    private static async Task OpenSettingsAsync(IPage phone) => await phone.GetByTestId("own-pill").ClickAsync();

    private static async Task JoinAsync(IPage phone, string name)
    {
        await FillAsync(phone, name);
        await Expect(phone.GetByTestId("own-pill")).ToBeVisibleAsync();
    }

    private static async Task FillAsync(IPage phone, string name)
    {
        await phone.Locator("input[type=text]").Last.FillAsync(name);
        await phone.Locator("button[type=submit]").ClickAsync();
    }

    // The name is somebody's: "my seat, from another device".
    private static async Task AskAsync(IPage phone, string name)
    {
        await FillAsync(phone, name);
        await phone.Locator("[role=alert] button").ClickAsync();
        await Expect(phone.GetByTestId("device-code")).ToBeVisibleAsync();
    }

    private static async Task<string> NumberAsync(IPage phone)
    {
        await Expect(phone.GetByTestId("device-code")).ToBeVisibleAsync();
        return (await phone.GetByTestId("device-code").InnerTextAsync()).Trim();
    }
}
