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
    private static readonly IPAddress Here = IPAddress.Parse("10.0.0.1");
    private readonly ManualTime _time = new();

    [Fact]
    public void The_31st_wrong_code_of_a_minute_is_refused_to_its_address_alone()
    {
        var attempts = new JoinAttempts(_time);
        for (var i = 1; i <= 30; i++)
        {
            attempts.MayTry(Here).ShouldBeTrue($"the {i}. code");
            attempts.Wrong(Here);
        }

        attempts.MayTry(Here).ShouldBeFalse();
        attempts.MayTry(IPAddress.Parse("10.0.0.2")).ShouldBeTrue();
        attempts.MayTry(null).ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(59));
        attempts.MayTry(Here).ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));
        attempts.MayTry(Here).ShouldBeTrue();
    }

    [Fact]
    public void The_601st_wrong_code_of_a_minute_is_refused_to_everybody()
    {
        var attempts = new JoinAttempts(_time);
        for (var i = 0; i < 600; i++)
        {
            attempts.MayTry(Address(i)).ShouldBeTrue();
            attempts.Wrong(Address(i));
        }

        attempts.MayTry(Address(600)).ShouldBeFalse();
        _time.Advance(TimeSpan.FromMinutes(1));
        attempts.MayTry(Address(600)).ShouldBeTrue();

        static IPAddress Address(int i) => new([10, 1, (byte)(i / 256), (byte)i]);
    }

    [Fact]
    public async Task The_31st_wrong_code_is_answered_with_429_and_a_minute_later_codes_are_tried_again()
    {
        await using var silo = new InProcessSilo();
        await using var program = silo.WithWebHostBuilder(b => b.ConfigureTestServices(s => s.AddSingleton(new JoinAttempts(_time))));
        using var http = program.CreateClient();
        http.DefaultRequestHeaders.Add("X-Ortaq", "1");
        (await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => JoinAsync()))).Distinct().ShouldBe([(HttpStatusCode.NotFound, "code-not-found")]);
        (await JoinAsync()).ShouldBe((HttpStatusCode.TooManyRequests, "too-fast"));
        _time.Advance(TimeSpan.FromMinutes(1));
        (await JoinAsync()).ShouldBe((HttpStatusCode.NotFound, "code-not-found"));

        program.Services.GetServices<IHostedService>().OfType<Audiences>().ShouldHaveSingleItem("subscriptions are renewed")
            .ShouldBeSameAs(program.Services.GetRequiredService<Audiences>());

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
