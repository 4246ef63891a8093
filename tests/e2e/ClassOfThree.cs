using Microsoft.Playwright;

namespace Classroom.E2e.Tests;

/// <summary>A teacher, a board, and a child of each language, in two teams at the discussion of a task that was picked.</summary>
internal sealed record ClassOfThree(Teacher Teacher, IPage Board, Student Aigerim, Student Ivan, Student Tom)
{
    /// <summary>What the children are called: words that no screen translates.</summary>
    public static readonly string[] Names = ["Айгерім", "Иван", "Tom"];

    public static async Task<ClassOfThree> OpenAsync(Browsers browsers, SiloProcess silo)
    {
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var all = new ClassOfThree(
            teacher, await teacher.OpenBoardAsync(browsers, silo.Url), await JoinAsync("Айгерім", "kk"), await JoinAsync("Иван", "ru"), await JoinAsync("Tom", "en"));
        await teacher.ClickAsync("start-lesson");
        await teacher.GoToAsync("discuss");
        await teacher.ClickAsync("request-prompts");
        await teacher.Starting("pick-prompt-").First.ClickAsync();
        await teacher.Control("team-count").FillAsync("2");
        await teacher.ClickAsync("form-teams");
        return all;

        Task<Student> JoinAsync(string name, string language) => Student.JoinAsync(browsers, silo.Url, teacher.Code, name, language, "standard");
    }
}
