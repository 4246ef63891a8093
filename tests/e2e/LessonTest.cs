using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>One lesson of the photosynthesis kit, from the bell to the bell, in real browsers.</summary>
public sealed class LessonTest
{
    private const string Work =
        "Ауладағы терек жапырағы күнге бұрылады, себебі оған жарық керек. Мен үш күн бақыладым және суретін салдым, жапырақ санын санадым, "
        + "топырақты өлшедім, су құйдым, көлеңкедегі бұтақпен салыстырдым және оттегі туралы ойымды жаздым. Жарық көп жерде жапырақ қалың екенін байқадым. Мұны досыма да көрсетіп, түсіндіріп бердім.";

    [Fact]
    public Task A_whole_lesson_with_a_board_five_students_and_a_mentor_on_SQLite() => TellAsync(null);

    [Fact]
    public async Task A_whole_lesson_with_a_board_five_students_and_a_mentor_on_Postgres()
    {
        await using var database = await TestPostgres.CreateAsync();
        await TellAsync(database.ConnectionString);
    }

    private static async Task TellAsync(string? postgres)
    {
        Directory.CreateDirectory(Screens.Folder);
        await using var silo = await SiloProcess.StartAsync(postgres, ("Tutor__Prepared__WordDelay", "00:00:00.04"));
        await using var browsers = await Browsers.StartAsync();

        // Before the bell the teacher opens a classroom; the board is paired; a mentor looks at the wall.
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: true);
        var board = await browsers.OpenAsync(silo.Url + "/board", 1920, 1080);
        await board.ShootAsync("board-pairing");
        await Expect(board.Locator(".pairing .digits")).ToHaveTextAsync(new Regex("[0-9]{3}"));
        var pairing = string.Concat((await board.Locator(".pairing .digits").InnerTextAsync()).Where(char.IsDigit));
        await teacher.Page.EvaluateAsync(
            "([id, pairing]) => fetch(`/api/classrooms/${id}/board`, { method: 'POST', headers: { 'content-type': 'application/json', 'X-Ortaq': '1' }, body: JSON.stringify({ pairing }) })",
            new[] { teacher.ClassroomId, pairing });
        await Expect(board.GetByText(new Regex(string.Join(".?", teacher.Code.AsEnumerable()))).First).ToBeVisibleAsync();
        var mentor = await browsers.OpenAsync(silo.MentorLink, 1440, 900, "ru");

        // Five students join by code: two in Kazakh, two in Russian, one in English; three levels.
        var aigerim = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Айгерім", "kk", "simple");
        var yernar = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Ернар", "kk", "standard");
        var ivan = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Иван", "ru", "standard");
        var amina = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Амина", "ru", "simple");
        var tom = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Tom", "en", "advanced");
        Student[] students = [aigerim, yernar, ivan, amina, tom];
        foreach (var student in students)
        {
            (await student.HtmlLanguageAsync()).ShouldBe(student.Language);
        }

        await Expect(board.GetByText(new Regex("(?<!\\d)5(?!\\d)")).First).ToBeVisibleAsync();
        (await board.ContentAsync()).ShouldNotContain("Айгерім", Case.Sensitive, "the board names no child");
        await board.ShootAsync("board-lobby");
        await teacher.Page.ShootAsync("teacher-lobby");
        await ivan.Page.ShootAsync("student-lobby-ru");

        // The bell. An explanation is streamed to all, each in their own language and level.
        await teacher.ClickAsync("start-lesson");
        // Before the lesson is live a press on a step only shows it.
        await Expect(teacher.Control("end-lesson")).ToBeVisibleAsync();
        await teacher.GoToAsync("explain");
        await teacher.Starting("explain-topic-").First.ClickAsync();
        foreach (var student in students)
        {
            await Expect(student.Told).ToContainTextAsync(new Regex("\\S{3,}"));
        }

        await board.ShootAsync("board-explaining");
        await Expect(aigerim.Page.Locator(".reading .tell .s[role=button]").Nth(2)).ToBeVisibleAsync();
        var texts = await Task.WhenAll(students.Select(s => s.Told.InnerTextAsync()));
        texts.Distinct().Count().ShouldBe(5, "five students, five texts");
        texts[0].ShouldMatch("[әғқңөұүһі]");
        texts[2].ShouldNotMatch("[әғқңөұүһ]");
        texts[4].ShouldMatch("[a-z]{4}");

        // Two do not understand the same sentence; the teacher sees it, with names; the board only glows.
        await aigerim.PressSentenceAsync(1);
        await ivan.PressSentenceAsync(1);
        await Expect(aigerim.Page.Locator(".reading .s.mine")).ToHaveCountAsync(1);
        await Expect(teacher.Page.GetByText("Айгерім").First).ToBeVisibleAsync();
        await aigerim.Page.ShootAsync("student-confusion-kk");
        await teacher.Page.ShootAsync("teacher-explaining");

        // A phone falls asleep: reloaded, it is exactly where it was.
        await aigerim.Page.ReloadAsync();
        await Expect(aigerim.Page.Locator(".reading .s.mine")).ToHaveCountAsync(1);
        // Another goes to airplane mode and presses meanwhile; back again, nothing is lost.
        await tom.OfflineAsync(true);
        await tom.PressSentenceAsync(0);
        await tom.Page.ShootAsync("student-offline-en");
        await tom.OfflineAsync(false);
        await Expect(tom.Page.Locator(".reading .s.mine")).ToHaveCountAsync(1, new() { Timeout = 30_000 });

        // A question: answered, hidden until revealed.
        await teacher.GoToAsync("ask");
        await teacher.Starting("ask-").First.ClickAsync();
        foreach (var student in students.SkipLast(1))
        {
            await student.AnswerFirstAsync();
        }

        await Expect(teacher.Page.GetByText("Tom").First).ToBeVisibleAsync();
        await teacher.Page.ShootAsync("teacher-question");
        await yernar.Page.ShootAsync("student-answered-kk");
        await tom.AnswerFirstAsync();
        await teacher.ClickAsync("show-counts");
        await Expect(board.Locator(".options .bar").First).ToBeVisibleAsync();
        await Expect(board.Locator(".options .right")).ToHaveCountAsync(0);
        await board.ShootAsync("board-counts");
        await tom.Page.ShootAsync("student-counts-en");
        await teacher.ClickAsync("reveal");
        await Expect(tom.Page.Locator(".question form")).ToHaveCountAsync(0);
        await board.ShootAsync("board-results");
        await tom.Page.ShootAsync("student-results-en");

        // The power goes: the server is killed and started again. Every screen comes back by itself, and goes on below.
        await silo.KillAsync();
        await Expect(tom.Page.Locator(".question")).ToBeVisibleAsync();
        await silo.StartAgainAsync();

        // A discussion prompt is picked and worked on in teams.
        await teacher.GoToAsync("discuss");
        await teacher.ClickAsync("request-prompts");
        await Expect(teacher.Starting("pick-prompt-").First).ToBeVisibleAsync();
        await teacher.Page.ShootAsync("teacher-prompts");
        await teacher.Starting("pick-prompt-").First.ClickAsync();
        await teacher.Control("team-count").FillAsync("2");
        await teacher.ClickAsync("form-teams");
        await Expect(amina.Page.Locator("form.card textarea").First).ToBeVisibleAsync();
        await amina.AddIdeaAsync("Тополь у школы даёт тень");
        await Expect(teacher.Page.GetByText("Тополь у школы даёт тень").First).ToBeVisibleAsync();
        await amina.Page.ShootAsync("student-talk-ru");
        await board.ShootAsync("board-discussion");

        // Work: handed in, feedback drafted, read, released; the student revises; the teacher gives a mark.
        await teacher.GoToAsync("make");
        await aigerim.WriteAndHandInAsync(Work);
        await teacher.Starting("request-feedback-").First.ClickAsync();
        await teacher.Starting("open-feedback-").First.ClickAsync();
        await Expect(teacher.Starting("release-").First).ToBeVisibleAsync();
        (await aigerim.Page.Locator(".feedback").CountAsync()).ShouldBe(0, "a draft never reaches a child");
        await teacher.Page.ShootAsync("teacher-feedback");
        await teacher.Starting("edit-").First.ClickAsync();
        await teacher.Starting("note-").First.FillAsync("Бақылауыңыз мұқият екен");
        await teacher.Starting("save-").First.ClickAsync();
        await teacher.Starting("release-").First.ClickAsync();
        await Expect(aigerim.Page.Locator(".feedback .item").First).ToBeVisibleAsync();
        await Expect(aigerim.Page.Locator(".feedback .note")).ToHaveTextAsync("Бақылауыңыз мұқият екен");
        await aigerim.Page.ShootAsync("student-feedback-kk");
        await aigerim.Page.Locator("section.feedback ~ button").First.ClickAsync();
        await aigerim.Page.Locator("[role=group] button").First.ClickAsync();
        await aigerim.WriteAndHandInAsync(Work + " Қосымша мысал: көлеңкедегі гүл солды.");
        var work = teacher.Starting("open-work-").First;
        if (await work.GetAttributeAsync("aria-expanded") == "false")
        {
            await work.ClickAsync();
        }

        await teacher.ClickAsync("mark-5");
        await Expect(aigerim.Page.Locator(".mark")).ToHaveTextAsync("5");
        await aigerim.Page.ShootAsync("student-mark-kk");

        // A hand is raised; the mentor sees it on the wall and goes.
        await amina.Page.Locator("nav.tools .tool").Nth(1).ClickAsync();
        await amina.Page.Locator("form button[type=submit]").Last.ClickAsync();
        await Expect(mentor.Locator("[data-testid^='claim-']").First).ToBeVisibleAsync();
        await mentor.ShootAsync("mentor-wall-ru");
        await mentor.Locator("[data-testid^='claim-']").First.ClickAsync();
        await Expect(amina.Page.Locator("nav.tools .tool").Nth(1)).ToHaveTextAsync("Идут");

        // The bell again: ended by mistake, and reopened.
        await teacher.ClickAsync("end-lesson");
        await teacher.ClickAsync("end-lesson-yes");
        await Expect(teacher.Control("reopen-lesson")).ToBeVisibleAsync();
        await ivan.Page.ShootAsync("student-ended-ru");
        await board.ShootAsync("board-ended");
        await teacher.ClickAsync("reopen-lesson");
        await Expect(teacher.Control("end-lesson")).ToBeVisibleAsync();
        await teacher.Page.ShootAsync("teacher-reopened");

        browsers.Complaints.ShouldBeEmpty();
        silo.Failures.ShouldBeEmpty();
    }
}
