using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>A child's whole lesson in Debian's Firefox: from the code on the board to feedback on its work; the teacher has Chromium.</summary>
public sealed class FirefoxTest
{
    private const string Work =
        "Ауладағы терек жапырағы күнге бұрылады, себебі оған жарық керек. Мен үш күн бақыладым және суретін салдым, жапырақ санын санадым, "
        + "топырақты өлшедім, су құйдым, көлеңкедегі бұтақпен салыстырдым және оттегі туралы ойымды жаздым. Жарық көп жерде жапырақ қалың екенін байқадым. Мұны досыма да көрсетіп, түсіндіріп бердім.";

    [Fact]
    public async Task A_whole_lesson_of_a_child_in_Firefox()
    {
        await using var silo = await SiloProcess.StartAsync(settings: ("Tutor__Prepared__WordDelay", "00:00:00"));
        await using var browsers = await Browsers.StartAsync();
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        await using var child = await Firefox.StartAsync("kk");

        await child.GoAsync(silo.Url + "/");
        (await child.LookAsync("document.documentElement.lang"))!.GetValue<string>().ShouldBe("kk");
        await child.TypeAsync("input.code", teacher.Code);
        await child.ClickAsync("button[type=submit]");
        await child.SeesAsync(".names .pick");
        await child.TypeAsync(".names ~ label input, label input[type=text]", "Айгерім");
        await child.ClickAsync("fieldset button.pick", 0);
        await child.ClickAsync("button[type=submit]");
        await child.SeesAsync(".lobby");
        await child.ShootAsync("firefox-lobby");

        // The language is changed and changed back: the words of the others have come.
        await child.ClickAsync("[data-testid=language-ru]");
        await child.UntilAsync("document.documentElement.lang === 'ru'");
        await child.ClickAsync("[data-testid=language-kk]");
        await child.UntilAsync("document.documentElement.lang === 'kk'");

        await teacher.ClickAsync("start-lesson");
        await Expect(teacher.Control("end-lesson")).ToBeVisibleAsync();
        await teacher.GoToAsync("explain");
        await teacher.Starting("explain-topic-").First.ClickAsync();
        await child.SeesAsync(".reading .tell .s[role=button]");
        await child.ClickAsync(".reading .tell .s[role=button]", 1);
        await child.SeesAsync(".reading .s.mine");
        await child.ShootAsync("firefox-reading");
        await child.ReloadAsync();
        await child.SeesAsync(".reading .s.mine");

        await teacher.GoToAsync("ask");
        await teacher.Starting("ask-").First.ClickAsync();
        await child.ClickAsync(".question .pick");
        await child.ClickAsync(".question button[type=submit]");
        await child.SeesAsync(".question .own");
        await teacher.ClickAsync("show-counts");
        await teacher.ClickAsync("reveal");
        await child.UntilAsync("!document.querySelector('.question form')");

        await child.ClickAsync("nav button");
        await child.ClickAsync("[role=dialog] button[type=submit]");
        await Expect(teacher.Starting("claim-").First).ToBeVisibleAsync();
        await child.UntilAsync("!document.querySelector('[role=dialog]')");

        await teacher.GoToAsync("discuss");
        await teacher.ClickAsync("request-prompts");
        await teacher.Starting("pick-prompt-").First.ClickAsync();
        await teacher.Control("team-count").FillAsync("1");
        await teacher.ClickAsync("form-teams");
        await child.TypeAsync("form.card textarea", "Терек көлеңке береді");
        await child.ClickAsync("form.card button[type=submit]");
        await Expect(teacher.Page.GetByText("Терек көлеңке береді").First).ToBeVisibleAsync();
        await child.ShootAsync("firefox-talk");

        await teacher.GoToAsync("make");
        await child.SeesAsync(".editor textarea");
        for (var i = (await child.LookAsync("document.querySelectorAll('.editor textarea').length"))!.GetValue<int>() - 1; i > 0; i--)
        {
            await child.TypeAsync(".editor textarea", "Өзім бақыладым, оқулықтан қарадым", i);
        }

        await child.TypeAsync(".editor textarea", Work);
        await child.ClickAsync(".editor > button");
        await child.ClickAsync(".editor [role=group] button");
        await child.UntilAsync("!document.querySelector('.editor')");
        await Expect(teacher.Page.GetByText("Айгерім").First).ToBeVisibleAsync();
        await child.ShootAsync("firefox-work");

        await teacher.ClickAsync("end-lesson");
        await teacher.ClickAsync("end-lesson-yes");
        await child.SeesAsync("main.page .card.ok");
        await child.ShootAsync("firefox-ended");
        child.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();
    }
}
