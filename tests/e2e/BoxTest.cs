using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>A school's box whose own screen is the board: its browser says <c>localhost</c>, which no phone can open.</summary>
public sealed class BoxTest
{
    private static readonly string[] Languages = ["kk", "ru", "en"];

    [Fact]
    public async Task A_board_at_localhost_shows_the_address_in_the_network_and_a_phone_joins_there()
    {
        var port = SiloProcess.FreePort();
        await using var silo = await SiloProcess.StartAsync(settings: ("Urls", $"http://0.0.0.0:{port}"));
        await using var browsers = await Browsers.StartAsync();
        var here = $"http://localhost:{port}";
        var teacher = await Teacher.OpenAsync(browsers, silo.TeachLink.Replace(silo.Url, here, StringComparison.Ordinal), here, atCentre: false);
        var board = await browsers.OpenAsync("about:blank", 1920, 1080);
        await board.Clock.InstallAsync();
        await board.GotoAsync(await BoardOfAsync(teacher, here));
        if (Browsers.Lan is not { } lan)
        {
            // A machine without a network says that.
            await Expect(board.GetByTestId("address-noNetwork")).ToBeVisibleAsync();
            return;
        }

        var address = $"{lan}:{port}";
        silo.Output.ShouldContain($"join:   http://{address}/");
        await Expect(board.Locator(".how")).ToContainTextAsync(address);
        var qr = board.Locator(".invite .qr");
        await Expect(qr).ToHaveAttributeAsync("src", "/api/qr?text=" + Uri.EscapeDataString($"http://{address}/j/{teacher.Code}"));
        (await qr.EvaluateAsync<int>("picture => picture.decode().then(() => picture.naturalWidth)")).ShouldBeGreaterThan(0, "the server draws it");
        await Expect(teacher.Page.GetByTestId("join-address").First).ToHaveTextAsync(address);
        await Expect(board.Locator(".address-note")).ToHaveCountAsync(0);
        await board.ShootAsync("matrix/board-box");

        // Nobody comes: the board says what to look at.
        await board.Clock.FastForwardAsync("03:01");
        await Expect(board.GetByTestId("address-nobody")).ToContainTextAsync(address);
        await InEachLanguageAsync(board, async language =>
        {
            await Expect(board.Locator(".address-note")).ToBeInViewportAsync(new() { Ratio = 1 });
            await board.ShootAsync($"matrix/board-box-nobody-{language}");
        });

        await Student.JoinAsync(browsers, $"http://{address}", teacher.Code, "Айгерім", "kk", "simple");
        await Expect(board.GetByTestId("address-nobody")).ToHaveCountAsync(0);
        await teacher.ClickAsync("start-lesson");
        await Expect(board.Locator(".corner small")).ToContainTextAsync(address);
        browsers.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_box_that_listens_for_itself_alone_says_so_on_board_and_console()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var browsers = await Browsers.StartAsync();
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        await Expect(teacher.Page.GetByTestId("address-thisMachine").First).ToContainTextAsync("Urls=http://0.0.0.0:5080");
        var board = await browsers.OpenAsync(await BoardOfAsync(teacher, silo.Url), 1280, 720);
        await Expect(board.GetByTestId("address-thisMachine")).ToContainTextAsync("Urls=http://0.0.0.0:5080");
        await board.ShootAsync("matrix/board-box-alone");
        browsers.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_several_networks_the_teacher_chooses_the_phones_one()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var browsers = await Browsers.StartAsync();
        string? chosen = null;
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false, first: context => context.RouteAsync("**/api/address", async route =>
        {
            // As a machine with a cable and Wi-Fi answers (JoinAddressesTests); this one may have neither.
            if (route.Request.Method == "POST")
            {
                chosen = route.Request.PostData;
                await route.FulfillAsync(new() { Status = 204 });
                return;
            }

            var (first, second) = ("{\"url\":\"http://192.168.1.10:5080\",\"network\":\"enp3s0\"}", "{\"url\":\"http://10.0.0.3:5080\",\"network\":\"wlan0\"}");
            await route.FulfillAsync(new()
            {
                ContentType = "application/json",
                Body = $"{{\"reach\":\"network\",\"url\":\"http://{(chosen is null ? "192.168.1.10" : "10.0.0.3")}:5080\",\"choices\":[{(chosen is null ? first : second)},{(chosen is null ? second : first)}],\"answers\":true,\"wasReached\":true}}",
            });
        }));
        var networks = teacher.Page.GetByTestId("networks").First;
        await Expect(networks.Locator("[aria-checked=true]")).ToContainTextAsync("192.168.1.10:5080 · enp3s0");
        await InEachLanguageAsync(teacher.Page, language => teacher.Page.ShootAsync($"matrix/teacher-networks-{language}"));
        await networks.GetByText("wlan0").ClickAsync();
        await Expect(networks.Locator("[aria-checked=true]")).ToContainTextAsync("10.0.0.3:5080 · wlan0");
        await Expect(teacher.Page.GetByTestId("join-address").First).ToHaveTextAsync("10.0.0.3:5080");
        chosen.ShouldBe("{\"url\":\"http://10.0.0.3:5080\"}");
        await teacher.Page.SetViewportSizeAsync(360, 740);
        await Expect(networks).ToBeVisibleAsync();
        (await teacher.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(360);
        await teacher.Page.ShootAsync("matrix/teacher-networks-phone");
        browsers.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wrong_code_is_said_on_the_first_screen_before_a_name_is_asked_for()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var browsers = await Browsers.StartAsync();
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var page = await browsers.OpenAsync(silo.Url, 320, 568);
        await page.Locator("input.code").FillAsync("ZZZZZZZ");
        await page.Locator("button[type=submit]").ClickAsync();
        await Expect(page.Locator("#code-hint[role=alert]")).ToBeVisibleAsync();
        await InEachLanguageAsync(page, async language =>
        {
            await Expect(page.Locator("#code-hint")).ToBeInViewportAsync(new() { Ratio = 1 });
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(320);
            await page.ShootAsync($"matrix/join-wrong-code-{language}");
        });
        await Expect(page.Locator("fieldset")).ToHaveCountAsync(0);
        await page.Locator("input.code").FillAsync(teacher.Code);
        await Expect(page.Locator("[role=alert]")).ToHaveCountAsync(0);
        await page.Locator("button[type=submit]").ClickAsync();
        await Expect(page.Locator("fieldset")).ToBeVisibleAsync();

        // A link to a lesson that is no more leads there too.
        await page.GotoAsync(silo.Url + "/j/ZZZZZZZ");
        await Expect(page.Locator("#code-hint[role=alert]")).ToBeVisibleAsync();
        await Expect(page.Locator("input.code")).ToHaveValueAsync("ZZZZZZZ");
        browsers.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Over_the_boxs_own_certificate_a_phone_is_in_a_secure_context_and_takes_part()
    {
        var port = SiloProcess.FreePort();
        var url = $"https://{Browsers.Box}:{port}";
        await using var silo = await SiloProcess.StartAsync(
            settings: [("Urls", $"https://127.0.0.1:{port}"), ("Ortaq__Certificate", Browsers.Box), ("Ortaq__PublicUrl", url), ("Tutor__Prepared__WordDelay", "00:00:00")]);
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(silo.Folder, "tls", "box.pem"));
        await using var browsers = await Browsers.StartAsync(certificate);
        var teacher = await Teacher.OpenAsync(browsers, silo.TeachLink, url, atCentre: false);
        await Expect(teacher.Page.GetByTestId("join-address").First).ToHaveTextAsync($"{Browsers.Box}:{port}");
        var sockets = new List<string>();
        var student = await Student.JoinAsync(browsers, url, teacher.Code, "Айгерім", "kk", "simple", context =>
        {
            context.Page += (_, page) => page.WebSocket += (_, socket) => sockets.Add(socket.Url);
            return Task.CompletedTask;
        });
        (await student.Page.EvaluateAsync<bool>("isSecureContext && 'wakeLock' in navigator && 'mediaDevices' in navigator && 'serviceWorker' in navigator")).ShouldBeTrue();
        (await student.Page.Context.CookiesAsync()).ShouldAllBe(c => c.Secure && c.HttpOnly);
        await Expect(student.Page.Locator(".lobby")).ToBeVisibleAsync();
        sockets.ShouldHaveSingleItem().ShouldStartWith($"wss://{Browsers.Box}:{port}/hubs/");
        await teacher.ClickAsync("start-lesson");
        await teacher.GoToAsync("ask");
        await teacher.Starting("ask-").First.ClickAsync();
        await student.AnswerFirstAsync();
        browsers.Complaints.ShouldBeEmpty();

        // A browser that was not given the authority does not believe the certificate.
        await using var others = await Browsers.StartAsync();
        (await Should.ThrowAsync<PlaywrightException>(() => others.OpenAsync(url, 360, 740))).Message.ShouldContain("ERR_CERT_AUTHORITY_INVALID");
    }

    private static async Task<string> BoardOfAsync(Teacher teacher, string url)
    {
        var ticket = await teacher.Page.EvaluateAsync<string>(
            "async (id) => (await (await fetch(`/api/classrooms/${id}/board-ticket`, { method: 'POST', headers: { 'content-type': 'application/json', 'X-Ortaq': '1' }, body: '{}' })).json()).ticket",
            teacher.ClassroomId);
        return $"{url}/board#ticket={Uri.EscapeDataString(ticket)}&classroom={teacher.ClassroomId}";
    }

    private static async Task InEachLanguageAsync(IPage page, Func<string, Task> look)
    {
        foreach (var language in Languages)
        {
            // On the teacher's page the choice stands in a sheet.
            var choice = page.GetByTestId($"language-{language}").First;
            var isHidden = await choice.CountAsync() == 0;
            if (isHidden)
            {
                await page.GetByTestId("look").First.ClickAsync();
            }

            await choice.ClickAsync();
            if (isHidden)
            {
                await page.Keyboard.PressAsync("Escape");
            }

            await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", new Regex(language));
            await look(language);
        }
    }
}
