using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Classroom.Storage;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Classroom.Silo.Tests;

/// <summary>Opening and reopening over HTTP while the log does not take a fact: what the browser is told, and that each lesson has one code.</summary>
public sealed class StaleTests : IDisposable
{
    private readonly InProcessSilo _shared = new();
    private readonly ConcurrentQueue<(string Stream, string Name)> _appended = new();
    private readonly ConcurrentDictionary<string, Func<Func<Task<AppendResult>>, Task<AppendResult>>> _next = new();
    private readonly Actor _teacher = new(Role.Teacher, Guid.CreateVersion7(), "Айгүл");
    private readonly WebApplicationFactory<Program> _silo;
    private readonly HttpClient _http;
    private string? _first;

    public StaleTests()
    {
        _silo = _shared.WithWebHostBuilder(b => b.ConfigureTestServices(s => s.AddSingleton(p => Watched(p.GetRequiredService<SqliteFactLog>()))));
        _http = _silo.CreateClient(new WebApplicationFactoryClientOptions { HandleCookies = false });
        _http.DefaultRequestHeaders.Add("X-Ortaq", "1");
        _http.DefaultRequestHeaders.Add("Cookie", InProcessSilo.CookieOf(_silo.Services, _teacher.Role, _teacher.Id, TimeSpan.FromHours(1)));
    }

    private IGrainFactory Grains => _silo.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Codes that are leased and were not given back.</summary>
    private IEnumerable<string> Leased => _appended.Where(a => a.Stream.StartsWith("joincode/", StringComparison.Ordinal)).GroupBy(a => a.Stream)
        .Where(g => g.Last().Name == "code-leased.1").Select(g => g.Key["joincode/".Length..]);

    public void Dispose()
    {
        _http.Dispose();
        _silo.Dispose();
        _shared.Dispose();
    }

    [Fact]
    public async Task A_teacher_written_elsewhere_is_503_with_a_code_and_a_hint_and_the_next_try_opens_one_lesson_with_one_code()
    {
        _next["teacher/"] = _ => Task.FromResult(new AppendResult(AppendStatus.Conflict, 7));
        using var refused = await OpenAsync();
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await refused.Content.ReadFromJsonAsync<JsonNode>())!["code"]!.GetValue<string>().ShouldBe("try-again");
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        Leased.ShouldBeEmpty("nobody can come to a lesson that its teacher does not see");

        using var opened = await OpenAsync();
        var id = await IdAsync(opened);
        Leased.ShouldBe([await Grains.GetGrain<IClassroomGrain>(id).JoinCode()]);
        (await Grains.GetGrain<ITeacherGrain>(_teacher.Id).Classrooms()).ShouldHaveSingleItem().ClassroomId.ShouldBe(id);
    }

    [Fact]
    public async Task A_card_that_was_stored_without_an_answer_keeps_its_lessons_code()
    {
        _next["teacher/"] = Unheard;
        using var refused = await OpenAsync();
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var card = (await Grains.GetGrain<ITeacherGrain>(_teacher.Id).Classrooms()).ShouldHaveSingleItem();
        Leased.ShouldBe([await Grains.GetGrain<IClassroomGrain>(card.ClassroomId).JoinCode()]);
    }

    [Fact]
    public async Task A_lesson_that_could_not_be_stored_is_503_with_a_hint_and_leaves_no_code()
    {
        _next["classroom/"] = _ => throw new StorageUnavailableException("Away.");
        using var refused = await OpenAsync();
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        Leased.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_repeated_reopening_is_one_with_one_code()
    {
        var (id, command) = (await EndedAsync(), Guid.CreateVersion7());
        var first = await ReopenAsync(id, command);
        var code = await Grains.GetGrain<IClassroomGrain>(id).JoinCode();
        (await ReopenAsync(id, command)).ShouldBe(first);
        first.Status.ShouldBe(HttpStatusCode.OK);
        (await Grains.GetGrain<IClassroomGrain>(id).JoinCode()).ShouldBe(code);
        await OnlyAsync(id, code!);
    }

    [Fact]
    public async Task A_reopening_that_was_stored_without_an_answer_is_led_to_by_its_code_after_the_retry()
    {
        var (id, command) = (await EndedAsync(), Guid.CreateVersion7());
        _next["classroom/"] = Unheard;
        (await ReopenAsync(id, command)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ReopenAsync(id, command)).Status.ShouldBe(HttpStatusCode.OK);
        await OnlyAsync(id, (await Grains.GetGrain<IClassroomGrain>(id).JoinCode())!);
    }

    [Fact]
    public async Task A_reopened_lesson_keeps_its_code()
    {
        var id = await EndedAsync();
        var (status, body) = await ReopenAsync(id, Guid.CreateVersion7());
        status.ShouldBe(HttpStatusCode.OK);
        ((bool)JsonNode.Parse(body)!["isNewCode"]!).ShouldBeFalse();
        (await Grains.GetGrain<IClassroomGrain>(id).JoinCode()).ShouldBe(_first);
        await OnlyAsync(id, _first!);
    }

    [Fact]
    public async Task Where_another_lesson_has_its_code_by_now_a_reopened_lesson_gets_a_new_one_and_the_teacher_is_told()
    {
        var id = await EndedAsync();
        var codes = _silo.Services.GetRequiredService<Auth.JoinCodes>();
        var other = Guid.CreateVersion7();
        (await codes.LeaseAsync(_first!, other)).ShouldBeTrue();
        var (status, body) = await ReopenAsync(id, Guid.CreateVersion7());
        status.ShouldBe(HttpStatusCode.OK);
        ((bool)JsonNode.Parse(body)!["isNewCode"]!).ShouldBeTrue();
        var code = (await Grains.GetGrain<IClassroomGrain>(id).JoinCode())!;
        code.ShouldNotBe(_first);
        (await codes.ResolveAsync(code)).ShouldBe(id);
        (await codes.ResolveAsync(_first!)).ShouldBe(other);
    }

    [Fact]
    public async Task A_lesson_that_is_open_while_another_one_has_its_code_is_said_and_gets_a_new_one_once_it_was_ended()
    {
        var (id, command) = (await EndedAsync(), Guid.CreateVersion7());
        (await ReopenAsync(id, command)).Status.ShouldBe(HttpStatusCode.OK);
        // As a try whose answer was lost may leave it.
        var codes = _silo.Services.GetRequiredService<Auth.JoinCodes>();
        await codes.ReleaseAsync(_first!, id);
        (await codes.LeaseAsync(_first!, Guid.CreateVersion7())).ShouldBeTrue();
        var (status, body) = await ReopenAsync(id, command);
        status.ShouldBe(HttpStatusCode.Conflict);
        ((string?)JsonNode.Parse(body)!["code"]).ShouldBe("code-taken");

        (await Grains.GetGrain<IClassroomGrain>(id).Execute(new Envelope(Guid.CreateVersion7(), _teacher, new EndLesson()), default)).Refusal.ShouldBeNull();
        (await ReopenAsync(id, Guid.CreateVersion7())).Status.ShouldBe(HttpStatusCode.OK);
        var code = (await Grains.GetGrain<IClassroomGrain>(id).JoinCode())!;
        code.ShouldNotBe(_first);
        (await codes.ResolveAsync(code)).ShouldBe(id);
    }

    private static async Task<AppendResult> Unheard(Func<Task<AppendResult>> append)
    {
        await append();
        throw new StorageUnavailableException("Unheard.");
    }

    private static async Task<Guid> IdAsync(HttpResponseMessage opened) =>
        (await opened.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!["classroomId"]!.GetValue<Guid>();

    private async Task OnlyAsync(Guid id, string code)
    {
        Leased.ShouldBe([code]);
        (await _silo.Services.GetRequiredService<Auth.JoinCodes>().ResolveAsync(code)).ShouldBe(id);
    }

    private async Task<Guid> EndedAsync()
    {
        using var opened = await OpenAsync();
        var id = await IdAsync(opened);
        var lesson = Grains.GetGrain<IClassroomGrain>(id);
        _first = await lesson.JoinCode();
        foreach (var command in new Command[] { new StartLesson(), new EndLesson() })
        {
            (await lesson.Execute(new Envelope(Guid.CreateVersion7(), _teacher, command), default)).Refusal.ShouldBeNull();
        }

        // The end gives the code back, a moment later.
        while (Leased.Any())
        {
            await Task.Yield();
        }

        return id;
    }

    private async Task<HttpResponseMessage> OpenAsync()
    {
        var kits = await _http.GetFromJsonAsync<JsonArray>("/api/kits");
        var lesson = kits!.First(k => k!["id"]!.GetValue<string>() == "photosynthesis")!["lessons"]![0]!["id"]!.GetValue<string>();
        return await _http.PostAsJsonAsync("/api/classrooms", new { kitId = "photosynthesis", lessonId = lesson, className = "7Б", language = "kk", atCentre = false });
    }

    private async Task<(HttpStatusCode Status, string Body)> ReopenAsync(Guid id, Guid commandId)
    {
        using var answer = await _http.PostAsJsonAsync($"/api/classrooms/{id}/reopen", new { commandId });
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private IFactLog Watched(IFactLog real) => Answering.With<IFactLog>((method, args) =>
    {
        if (method != nameof(IFactLog.AppendAsync))
        {
            return typeof(IFactLog).GetMethod(method)!.Invoke(real, args);
        }

        var (stream, facts) = ((string)args![0]!, (IReadOnlyList<NewFact>)args[3]!);
        return _next.TryRemove(stream[..(stream.IndexOf('/', StringComparison.Ordinal) + 1)], out var fault) ? fault(AppendAsync) : AppendAsync();

        async Task<AppendResult> AppendAsync()
        {
            var result = await real.AppendAsync(stream, (long)args[1]!, (Guid)args[2]!, facts, CancellationToken.None);
            if (result.Status == AppendStatus.Appended)
            {
                _appended.Enqueue((stream, facts[^1].Name));
            }

            return result;
        }
    });
}
