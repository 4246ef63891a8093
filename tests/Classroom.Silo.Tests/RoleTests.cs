using System.Net.Http.Json;
using System.Reflection;
using Classroom.Silo.Realtime;
using Microsoft.AspNetCore.Authorization;

namespace Classroom.Silo.Tests;

/// <summary>Default deny: every hub method and every endpoint, walked.</summary>
public sealed class RoleTests(SharedSilo shared) : IClassFixture<SharedSilo>
{
    private static IEnumerable<MethodInfo> HubMethods => typeof(ClassroomHub)
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(m => !m.IsSpecialName && m.GetBaseDefinition() == m);

    [Fact]
    public void Every_hub_method_says_who_may_call_it() =>
        HubMethods.Where(m => m.GetCustomAttribute<AllowedForAttribute>() is not { Roles.Count: > 0 }).Select(m => m.Name).ShouldBeEmpty();

    [Fact]
    public async Task Each_command_refuses_each_caller_that_its_permission_does_not_name()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        var (_, ticket, _) = await lesson.JoinAsync("Тұлпар");
        var mentor = await shared.Silo.CookieAsync(shared.Silo.MentorLink);
        var (asHelper, _, _) = await lesson.HelperAsync(RoomsRules.Hub);
        await using var asStudent = await WireClient.ConnectAsync(shared.Silo.Url, ticket);
        await using var asMentor = await WireClient.ConnectAsync(shared.Silo.Url, cookie: mentor);
        foreach (var command in Lesson.Commands.All)
        {
            foreach (var (role, client) in new[] { (Role.Student, asStudent), (Role.Mentor, asMentor), (Role.Helper, asHelper), (Role.Teacher, lesson.Teacher) }
                .Where(c => command.ServerOnly || !command.Allows(c.Item1)))
            {
                (await AnswerAsync(() => client.RefusalAsync(command.Name, new { }))).ShouldBe("wrong-role", $"{command.Name} by {role}");
            }
        }

        (await lesson.Teacher.RefusalAsync("DropTables", new { })).ShouldBe("unknown-command");
    }

    [Fact]
    public async Task Each_method_refuses_each_role_it_is_not_for()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        var (student, _, _) = await lesson.JoinAsync("Көк бүркіт");
        var board = await lesson.BoardAsync();
        var (helper, _, _) = await lesson.HelperAsync(RoomsRules.Hub);
        await using var mentor = await WireClient.ConnectAsync(shared.Silo.Url, cookie: await shared.Silo.CookieAsync(shared.Silo.MentorLink));
        var callers = new (Role Role, WireClient Client)[]
        {
            (Role.Student, student), (Role.Board, board), (Role.Mentor, mentor), (Role.Helper, helper), (Role.Teacher, lesson.Teacher),
        };
        foreach (var method in HubMethods)
        {
            var allowed = method.GetCustomAttribute<AllowedForAttribute>()!.Roles;
            var arguments = new object?[method.GetParameters().Length];
            foreach (var (role, client) in callers.Where(c => !allowed.Contains(c.Role)))
            {
                var code = await AnswerAsync(async () => (await client.CallAsync(method.Name, arguments))?["refusal"]?["code"]?.GetValue<string>());
                code.ShouldBe("wrong-role", $"{method.Name} by {role}");
            }
        }

        shared.Silo.Failures.ShouldBeEmpty();
    }

    // A person may call sixty times at once and twenty times a second after that.
    private static async Task<string?> AnswerAsync(Func<Task<string?>> call)
    {
        while (true)
        {
            if (await call() is not "too-fast" and var code)
            {
                return code;
            }

            await Task.Delay(TimeSpan.FromSeconds(1.0 / CallRate.ASecond));
        }
    }

    [Fact]
    public async Task A_teacher_cannot_enter_nor_change_another_teachers_classroom()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        (await lesson.Teacher.CallAsync("Sync", Guid.CreateVersion7(), 0))!["refusal"]!["code"]!.GetValue<string>().ShouldBe("no-such-classroom");
        using var answer = await lesson.TeacherHttp.PostAsync(new Uri($"/api/classrooms/{Guid.CreateVersion7()}/board-ticket", UriKind.Relative), null);
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_student_cannot_enter_another_classroom()
    {
        await using var one = await LessonHost.OpenAsync(shared.Silo);
        await using var two = await LessonHost.OpenAsync(shared.Silo);
        var (student, _, _) = await one.JoinAsync("Арлан");
        (await student.CallAsync("Sync", two.ClassroomId, 0))!["refusal"]!["code"]!.GetValue<string>().ShouldBe("foreign-classroom");
    }

    [Theory]
    [InlineData("GET", "/api/kits")]
    [InlineData("GET", "/api/classrooms")]
    [InlineData("POST", "/api/classrooms")]
    [InlineData("POST", "/api/classrooms/0197c000-0000-7000-8000-000000000009/reopen")]
    [InlineData("POST", "/api/classrooms/0197c000-0000-7000-8000-000000000009/board")]
    [InlineData("POST", "/api/classrooms/0197c000-0000-7000-8000-000000000009/board-ticket")]
    [InlineData("POST", "/api/classrooms/0197c000-0000-7000-8000-000000000009/helper-link")]
    [InlineData("POST", "/api/logout")]
    [InlineData("GET", "/api/nothing-here")]
    [InlineData("POST", "/hubs/classroom/negotiate?negotiateVersion=1")]
    public async Task An_anonymous_browser_is_kept_out(string method, string path)
    {
        using var http = await shared.Silo.BrowserAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await http.SendAsync(request);
        ((int)answer.StatusCode).ShouldBeOneOf(401, 403, 404);
    }

    [Fact]
    public async Task The_first_account_signs_in_with_its_password_and_with_no_other()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Accounts__First", "aigul:Toqsan-9-jyl"));
        using var http = await silo.BrowserAsync();
        (await LoginAsync(http, "aigul", "Toqsan-9-jyl")).ShouldBe(200);
        (await LoginAsync(http, "nobody", "Toqsan-9-jyl")).ShouldBe(401);
        (await LoginAsync(http, "aigul", "wrong")).ShouldBe(401);
        (await LoginAsync(http, "aigul", "")).ShouldBe(401);
        (await LoginAsync(http, "", "")).ShouldBe(401);
    }

    private static async Task<int> LoginAsync(HttpClient http, string userName, string password)
    {
        using var answer = await http.PostAsJsonAsync("/api/login", new { userName, password });
        return (int)answer.StatusCode;
    }

    [Fact]
    public async Task A_mentor_has_no_teachers_endpoints()
    {
        using var http = await shared.Silo.BrowserAsync(shared.Silo.MentorLink);
        (await http.GetAsync(new Uri("/api/kits", UriKind.Relative))).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Another_sites_page_can_neither_post_nor_open_the_hub()
    {
        using var http = await shared.Silo.BrowserAsync();
        http.DefaultRequestHeaders.Add("Origin", "http://evil.example");
        (await http.PostAsync(new Uri("/api/board/pair", UriKind.Relative), null)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        (await http.GetAsync(new Uri("/hubs/classroom", UriKind.Relative))).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        using var plain = new HttpClient { BaseAddress = new Uri(shared.Silo.Url) };
        (await plain.PostAsync(new Uri("/api/board/pair", UriKind.Relative), null)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
    }
}

/// <summary>One silo for the tests of a class; each opens classrooms of its own.</summary>
public sealed class SharedSilo : IAsyncLifetime
{
    public SiloProcess Silo { get; private set; } = null!;

    public async Task InitializeAsync() => Silo = await SiloProcess.StartAsync(null, ("Tutor__Prepared__WordDelay", "00:00:00"));

    public async Task DisposeAsync() => await Silo.DisposeAsync();
}
