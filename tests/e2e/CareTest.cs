using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>Invariant: of a child that writes that it is in danger the teacher knows, that child has words of care, and no other screen shows anything of it.</summary>
public sealed class CareTest
{
    private const string Cry = "Менің өмір сүргім келмейді";
    private const string Idea = "Терек ауаны салқындатады";

    [Fact]
    public async Task A_child_in_danger_is_answered_with_care_the_teacher_is_told_and_the_class_sees_nothing()
    {
        await using var silo = await SiloProcess.StartAsync(settings: ("Tutor__Prepared__WordDelay", "00:00:00"));
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync(ClassOfThree.Names);
        var (teacher, board, aigerim, ivan, tom) = await ClassOfThree.OpenAsync(browsers, silo);
        await ivan.AddIdeaAsync(Idea);
        await aigerim.AddIdeaAsync(Cry);
        var care = aigerim.Page.GetByTestId("care");
        await Expect(care).ToContainTextAsync("111");
        await Expect(care).ToContainTextAsync("150");
        await Expect(teacher.Starting("noticed-").First).ToBeVisibleAsync();

        // The class gets what the teacher shares of its ideas, and that is not among them.
        await teacher.ClickAsync("share-ideas");
        await teacher.ClickAsync("share-ideas-yes");
        await Expect(board.GetByText(Idea)).ToBeVisibleAsync();
        await Expect(board.GetByText(Cry)).ToHaveCountAsync(0);
        await Expect(ivan.Page.GetByText(Cry)).ToHaveCountAsync(0);
        await Expect(ivan.Page.GetByTestId("care")).ToHaveCountAsync(0);

        // The same from a raised hand, in the other languages and on the smallest phones.
        await ivan.RaiseHandAsync("меня дома бьют каждый день");
        await tom.RaiseHandAsync("my dad hits me every day");
        foreach (var student in new[] { aigerim, ivan, tom })
        {
            await Expect(student.Page.GetByTestId("care")).ToBeInViewportAsync();
            foreach (var width in new[] { 360, 320 })
            {
                await student.Page.SetViewportSizeAsync(width, 740);
                await eye.LookAsync(student.Page, "care", student.Language, width);
            }

            await eye.AxeAsync(student.Page, "care");
        }

        await Expect(teacher.Starting("noticed-")).ToHaveCountAsync(3);
        await eye.WalkAsync(teacher.Page, "noticed", (390, 844), (1280, 800));
        await teacher.Starting("noticed-").First.ClickAsync();
        await Expect(teacher.Starting("noticed-")).ToHaveCountAsync(2);
        await care.Locator("button").ClickAsync();
        await Expect(care).ToHaveCountAsync(0);
        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();
    }
}
