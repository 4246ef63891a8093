using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>A school without a model: what the author wrote never passes for AI's, on no screen, and nothing that only AI could do is offered.</summary>
public sealed class LabelsTest
{
    [Fact]
    public async Task Prepared_text_is_told_stopped_gone_on_with_and_printed_without_a_word_of_AI()
    {
        Directory.CreateDirectory(Screens.Folder);
        await using var silo = await SiloProcess.StartAsync(null, ("Tutor__Prepared__WordDelay", "00:00:00.25"));
        await using var browsers = await Browsers.StartAsync();
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var board = await TutorTest.OpenBoardAsync(browsers, silo, teacher);
        Student[] students =
        [
            await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Айгерім", "kk", "simple"),
            await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Иван", "ru", "standard"),
            await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Tom", "en", "advanced"),
        ];
        await teacher.ClickAsync("start-lesson");
        await Expect(teacher.Control("end-lesson")).ToBeVisibleAsync();
        (await teacher.Page.GetByTestId("ai-switch").CountAsync()).ShouldBe(0, "there is nothing to switch");
        await teacher.GoToAsync("explain");
        await teacher.ClickAsync($"policy-{teacher.Step("explain")}-ask");
        await Expect(teacher.Starting("explain-topic-").First).ToBeVisibleAsync();
        (await teacher.Page.GetByTestId("explain-words").CountAsync()).ShouldBe(0);
        await teacher.Page.ShootAsync("labels-teacher-before");

        // While it is told.
        await teacher.Starting("explain-topic-").First.ClickAsync();
        await EverywhereAsync();
        foreach (var student in students)
        {
            (await student.Page.GetByTestId("tutor-door").CountAsync()).ShouldBe(0);
        }

        // Stopped amid a sentence, in every variant; the badge says where it is from on a tap.
        await teacher.ClickAsync("stop-explanation");
        await Expect(teacher.Control("continue-explanation")).ToBeVisibleAsync();
        await EverywhereAsync();
        var stopped = await Task.WhenAll(students.Select(s => s.Told.InnerTextAsync()));
        await teacher.Page.ShootAsync("labels-teacher-stopped");
        await board.ShootAsync("labels-board-stopped");
        foreach (var student in students)
        {
            await student.Page.Locator(".reading .pill.prepared").ClickAsync();
            await Expect(student.Page.Locator(".sheet")).ToBeVisibleAsync();
            await student.Page.ShootAsync("labels-origin-" + student.Language);
            await student.Page.Keyboard.PressAsync("Escape");
            await student.Page.ShootAsync("labels-student-" + student.Language);
        }

        // Gone on with: behind its last word, for all at once.
        await teacher.ClickAsync("continue-explanation");
        foreach (var (student, before) in students.Zip(stopped))
        {
            await Expect(student.Page.Locator(".reading .tell")).ToContainTextAsync(before);
            await student.Page.WaitForFunctionAsync("length => document.querySelector('.reading .tell').innerText.length > length", before.Length);
            var text = await student.Told.InnerTextAsync();
            text.ShouldStartWith(before);
            text[before.Length..].ShouldNotContain(before[..20], Case.Sensitive, "it does not begin again");
        }

        await EverywhereAsync();
        await teacher.ClickAsync("stop-explanation");
        await Expect(teacher.Control("continue-explanation")).ToBeVisibleAsync();

        // The paper that is kept.
        await teacher.ClickAsync("end-lesson");
        await teacher.ClickAsync("end-lesson-yes");
        await Expect(teacher.Control("record-html")).ToBeVisibleAsync();
        var download = await teacher.Page.RunAndWaitForDownloadAsync(() => teacher.ClickAsync("record-html"));
        var page = await File.ReadAllTextAsync(await download.PathAsync());
        page.ShouldContain("data-ai=\"prepared\"");
        page.ShouldNotContain("data-ai=\"model\"");
        page.ShouldNotContain("class=\"ai\"");
        var kept = Path.Combine(Screens.Folder, "labels-record.html");
        await File.WriteAllTextAsync(kept, page);
        var print = await board.Context.NewPageAsync();
        await print.GotoAsync("file://" + kept);
        await print.SetViewportSizeAsync(800, 1100);
        await print.ShootAsync("labels-record");

        browsers.Complaints.Where(c => !c.Contains("file://", StringComparison.Ordinal)).ShouldBeEmpty();
        silo.Failures.ShouldBeEmpty();

        async Task EverywhereAsync()
        {
            foreach (var screen in students.Select(s => s.Page).Append(board).Append(teacher.Page))
            {
                await Expect(screen.Locator("[data-ai=prepared]").First).ToBeVisibleAsync();
                await Expect(screen.Locator(".pill.prepared").First).ToBeVisibleAsync();
                (await screen.Locator("[data-ai=model], .pill.ai").CountAsync()).ShouldBe(0);
            }
        }
    }
}
