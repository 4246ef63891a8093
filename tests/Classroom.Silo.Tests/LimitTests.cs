using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Classroom.Silo.Auth;
using Classroom.Silo.Realtime;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Classroom.Silo.Tests;

/// <summary>Wrong codes are limited by address and over all, calls by connection; whoever keeps within them notices nothing.</summary>
public sealed class LimitTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task The_31st_wrong_code_of_a_minute_is_answered_with_429()
    {
        await using var silo = new InProcessSilo();
        using var http = silo.CreateClient();
        http.DefaultRequestHeaders.Add("X-Ortaq", "1");
        (await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => JoinAsync()))).Distinct().ShouldBe([(HttpStatusCode.NotFound, "code-not-found")]);
        (await JoinAsync()).ShouldBe((HttpStatusCode.TooManyRequests, "too-fast"));

        silo.Services.GetServices<IHostedService>().OfType<Audiences>().ShouldHaveSingleItem("subscriptions are renewed")
            .ShouldBeSameAs(silo.Services.GetRequiredService<Audiences>());

        async Task<(HttpStatusCode, string?)> JoinAsync()
        {
            using var answer = await http.PostAsJsonAsync("/api/join", new { code = "ZZZZZZ", nickname = "Үкі", language = "kk", level = "simple" });
            return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonNode>())!["code"]!.GetValue<string>());
        }
    }

    [Fact]
    public void The_61st_call_at_once_is_refused_and_a_second_later_twenty_more_may_go()
    {
        var pace = new CallRate(_time.GetTimestamp());
        Gone(pace, 200).ShouldBe(60);
        _time.Advance(TimeSpan.FromSeconds(1));
        Gone(pace, 200).ShouldBe(20);
        _time.Advance(TimeSpan.FromMinutes(10));
        Gone(pace, 200).ShouldBe(60, "what was not used is not saved up");
        pace.IsExceededForGood.ShouldBeFalse();
    }

    [Fact]
    public void Six_hundred_refusals_within_ten_seconds_end_a_connection_and_as_many_over_a_longer_time_do_not()
    {
        var patient = new CallRate(_time.GetTimestamp());
        for (var i = 0; i < 20; i++)
        {
            Gone(patient, 100);
            patient.IsExceededForGood.ShouldBeFalse();
            _time.Advance(TimeSpan.FromSeconds(5));
        }

        var deaf = new CallRate(_time.GetTimestamp());
        Gone(deaf, CallRate.AtOnce + CallRate.RefusedForGood - 1);
        deaf.IsExceededForGood.ShouldBeFalse();
        Gone(deaf, 1);
        deaf.IsExceededForGood.ShouldBeTrue();
    }

    [Fact]
    public async Task The_hubs_guard_lets_sixty_calls_at_once_go_on_each_connection()
    {
        var guard = new HubGuard(_time, Answering.With<IHostApplicationLifetime>((_, _) => CancellationToken.None), NullLogger<HubGuard>.Instance);
        var (busy, other) = (new Speaker(), new Speaker());
        foreach (var speaker in new[] { busy, other })
        {
            using var hub = new NoHub();
            await guard.OnConnectedAsync(new HubLifetimeContext(speaker, new ServiceCollection().BuildServiceProvider(), hub), _ => Task.CompletedTask);
        }

        var answers = new List<object?>();
        for (var i = 0; i < 61; i++)
        {
            answers.Add(await CallAsync(busy));
        }

        answers.Take(60).ShouldAllBe(a => Equals(a, "done"));
        answers[60].ShouldBeOfType<Reply>().Refusal!.Code.ShouldBe("too-fast");
        (await CallAsync(other)).ShouldBe("done");

        async Task<object?> CallAsync(Speaker speaker)
        {
            using var hub = new NoHub();
            return await guard.InvokeMethodAsync(
                new HubInvocationContext(speaker, new ServiceCollection().BuildServiceProvider(), hub, typeof(ClassroomHub).GetMethod(nameof(ClassroomHub.Execute))!, []),
                _ => ValueTask.FromResult<object?>("done"));
        }
    }

    private int Gone(CallRate rate, int calls) => Enumerable.Range(0, calls).Count(_ => rate.TryTake(_time.GetTimestamp(), _time.TimestampFrequency));

    private sealed class NoHub : Hub;

    /// <summary>A student's connection, as a hub filter sees it.</summary>
    private sealed class Speaker : HubCallerContext
    {
        public override string ConnectionId { get; } = Guid.NewGuid().ToString();

        public override string? UserIdentifier => null;

        public override System.Security.Claims.ClaimsPrincipal User { get; } = new(new System.Security.Claims.ClaimsIdentity(
            [new(System.Security.Claims.ClaimTypes.Role, nameof(Role.Student))], "test"));

        public override IDictionary<object, object?> Items { get; } = new Dictionary<object, object?>();

        public override Microsoft.AspNetCore.Http.Features.IFeatureCollection Features { get; } = new Microsoft.AspNetCore.Http.Features.FeatureCollection();

        public override CancellationToken ConnectionAborted => CancellationToken.None;

        public override void Abort() => throw new InvalidOperationException("It was to be refused, not closed.");
    }
}
