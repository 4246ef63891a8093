using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>
/// Photos of work: a phone takes one, makes it small and leaves where it was taken on the phone; it waits for a line that is away; the teacher sees it with the work, and
/// it goes with the child.
/// </summary>
public sealed class PhotosTest
{
    private const string Place = "43.2389N 76.8897E";
    private static readonly (int, int)[] Phones = [(360, 740), (320, 700)];

    [Fact]
    public async Task A_drawing_is_taken_sent_handed_in_and_looked_at()
    {
        Directory.CreateDirectory(Screens.Folder);
        await using var silo = await SiloProcess.StartAsync(null, ("Tutor__Prepared__WordDelay", "00:00:00"));
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync(["Айгерім", "Иван"]);
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var aigerim = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Айгерім", "kk", "simple");
        var ivan = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Иван", "ru", "standard");
        await teacher.ClickAsync("start-lesson");
        await teacher.GoToAsync("make");

        // A large picture with the place in it becomes a small one without.
        var taken = await TakenAsync(aigerim.Page);
        await ChooseAsync(aigerim, taken);
        await Expect(aigerim.Page.GetByTestId("photo-1").Locator("img")).ToBeVisibleAsync();
        await Expect(aigerim.Page.GetByTestId("remove-photo-1")).ToBeVisibleAsync();
        await LookAsync("photos-taken");

        // Without a line it waits, and goes by itself when there is one.
        await aigerim.OfflineAsync(true);
        await ChooseAsync(aigerim, taken);
        await Expect(aigerim.Page.Locator(".photo-item .warn")).ToBeVisibleAsync();
        await LookAsync("photos-waiting");
        await aigerim.OfflineAsync(false);
        await Expect(aigerim.Page.GetByTestId("remove-photo-2")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(aigerim.Page.Locator(".photo-item .warn")).ToHaveCountAsync(0);

        // After a reload they are there; one is taken out.
        await aigerim.Page.ReloadAsync();
        await Expect(aigerim.Page.GetByTestId("photo-2").Locator("img")).ToBeVisibleAsync();
        await aigerim.Page.GetByTestId("remove-photo-2").ClickAsync();
        await aigerim.Page.GetByTestId("remove-photo-2-yes").ClickAsync();
        await Expect(aigerim.Page.GetByTestId("photo-2")).ToHaveCountAsync(0);

        // What is no picture is said, and nothing is lost.
        await ChooseAsync(ivan, "не фото"u8.ToArray());
        await Expect(ivan.Page.Locator(".photo-item .warn")).ToBeVisibleAsync();
        await ivan.Page.ShootAsync("photos-broken-ru");

        // The teacher has it with the work: as large as the page at a press.
        await Expect(teacher.Page.GetByTestId("photo-1")).ToHaveCountAsync(0);
        var fields = aigerim.Page.Locator(".editor textarea");
        for (var i = await fields.CountAsync() - 1; i > 0; i--)
        {
            await fields.Nth(i).FillAsync("Терекке қарап салдым, жапырағы қиын болды");
        }

        await aigerim.Page.Locator(".editor > button").ClickAsync();
        await aigerim.Page.Locator(".editor [role=group] button").First.ClickAsync();
        await Expect(aigerim.Page.Locator(".editor")).ToHaveCountAsync(0);
        await Expect(aigerim.Page.GetByTestId("photo-1").Locator("img")).ToBeVisibleAsync();
        await LookAsync("photos-handed-in");
        if (await teacher.Page.GetByTestId("photo-1").CountAsync() == 0)
        {
            await teacher.Page.Locator("[data-testid^=open-work-]").First.ClickAsync();
        }

        var photo = teacher.Page.GetByTestId("photo-1");
        await Expect(photo.Locator("img")).ToBeVisibleAsync();
        await eye.WalkAsync(teacher.Page, "photos-teacher", [(1366, 768), (390, 844)]);
        await photo.ClickAsync();
        await Expect(photo).ToHaveAttributeAsync("aria-expanded", "true");
        await eye.WalkAsync(teacher.Page, "photos-teacher-large", [(1366, 768), (390, 844)]);
        var url = (await photo.Locator("img").GetAttributeAsync("src"))!;
        var bytes = Convert.FromBase64String(url[(url.IndexOf(',', StringComparison.Ordinal) + 1)..]);
        System.Text.Encoding.Latin1.GetString(bytes).ShouldNotContain(Place);
        bytes.Length.ShouldBeLessThan(300 * 1024);
        (await photo.Locator("img").EvaluateAsync<int[]>("i => [i.naturalWidth, i.naturalHeight]")).ShouldBe([1600, 1200]);
        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();
        silo.Failures.ShouldBeEmpty();

        async Task LookAsync(string name)
        {
            foreach (var (width, height) in Phones)
            {
                await aigerim.Page.SetViewportSizeAsync(width, height);
                await eye.LookAsync(aigerim.Page, name, "kk", width);
            }
        }
    }

    private static Task ChooseAsync(Student student, byte[] bytes) =>
        student.Page.GetByTestId("take-photo").Locator("input").SetInputFilesAsync(new FilePayload { Name = "IMG_1.jpg", MimeType = "image/jpeg", Buffer = bytes });

    // As a phone takes it: of 4000 pixels, with the place behind its beginning.
    private static async Task<byte[]> TakenAsync(IPage page)
    {
        var url = await page.EvaluateAsync<string>(
            """
            () => {
              const c = document.createElement("canvas");
              [c.width, c.height] = [4000, 3000];
              const p = c.getContext("2d");
              p.fillStyle = "#f4efe3"; p.fillRect(0, 0, 4000, 3000);
              p.strokeStyle = "#28704a"; p.lineWidth = 60;
              for (let i = 0; i < 12; i++) { p.beginPath(); p.moveTo(2000, 2900); p.quadraticCurveTo(400 + i * 300, 1600, 300 + i * 320, 300 + (i % 3) * 200); p.stroke(); }
              return c.toDataURL("image/jpeg", 0.9);
            }
            """);
        var bytes = Convert.FromBase64String(url[(url.IndexOf(',', StringComparison.Ordinal) + 1)..]);
        byte[] place = [.. "Exif\0\0"u8, .. System.Text.Encoding.ASCII.GetBytes(Place)];
        return [.. bytes.AsSpan(0, 2), 0xFF, 0xE1, 0, (byte)(place.Length + 2), .. place, .. bytes.AsSpan(2)];
    }
}
