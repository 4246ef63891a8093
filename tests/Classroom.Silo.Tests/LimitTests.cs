using Classroom.Silo.Realtime;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Classroom.Silo.Tests;

/// <summary>Calls and connections are limited by person; whoever keeps within the limits notices nothing. Guesses: <see cref="GuessingTests"/>.</summary>
public sealed class LimitTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Subscriptions_are_renewed_by_the_service_that_sends()
    {
        await using var silo = new InProcessSilo();
        silo.Services.GetServices<IHostedService>().OfType<Audiences>().ShouldHaveSingleItem("subscriptions are renewed")
            .ShouldBeSameAs(silo.Services.GetRequiredService<Audiences>());
    }

    [Fact]
    public async Task Sign_ins_of_the_organisation_take_nothing_from_passwords()
    {
        await using var silo = new InProcessSilo();
        (PolicyOf("/oidc/sign-in"), PolicyOf("/api/login")).ShouldBe((Api.Limits.Organisation, null), "who guesses passwords is asked for work instead");
        (PolicyOf("/enter/{token}"), PolicyOf("/api/password")).ShouldBe((null, null), "a link of one's own is let in whatever others of the address ask for");

        string? PolicyOf(string route) => silo.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Single(e => e.RoutePattern.RawText == route).Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName;
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

    [Theory]
    [InlineData(Role.Student, Allowances.MaxOfASeat)]
    [InlineData(Role.Board, Allowances.MaxOfASeat)]
    [InlineData(Role.Helper, Allowances.MaxOfASeat)]
    [InlineData(Role.Teacher, Allowances.MaxOfAnAccount)]
    [InlineData(Role.Mentor, Allowances.MaxOfAnAccount)]
    public void A_person_has_one_allowance_for_so_many_connections_and_none_for_one_more(Role role, int most)
    {
        var (allowances, id) = (new Allowances(_time), Guid.NewGuid());
        var all = Enumerable.Range(0, most).Select(_ => allowances.Enter(role, id)).ToList();
        all.ShouldAllBe(rate => rate != null && rate == all[0]);
        allowances.Enter(role, id).ShouldBeNull();
        var other = allowances.Enter(role, Guid.NewGuid());
        other.ShouldNotBeNull();
        other.ShouldNotBe(all[0]);
        allowances.Enter(Role.Admin, id).ShouldNotBeNull("another role is another person");
        allowances.Leave(role, id);
        allowances.Enter(role, id).ShouldBe(all[0]);
        for (var i = 0; i < most; i++)
        {
            allowances.Leave(role, id);
        }

        allowances.Enter(role, id).ShouldBe(all[0], "who comes back at once has what was left");
        allowances.Leave(role, id);
        _time.Advance(CallRate.WholeAfter);
        allowances.Enter(role, Guid.NewGuid()).ShouldNotBeNull();
        allowances.Count.ShouldBe(3, "nothing is kept of who has gone for long");
        allowances.Enter(role, id).ShouldNotBe(all[0]);
    }

    [Fact]
    public async Task The_hubs_guard_lets_sixty_calls_at_once_go_for_each_person()
    {
        var allowances = new Allowances(_time);
        var guard = new HubGuard(allowances, _time, Answering.With<IHostApplicationLifetime>((_, _) => CancellationToken.None), NullLogger<HubGuard>.Instance);
        var seat = Guid.NewGuid();
        var (busy, tab, other) = (new Speaker(seat), new Speaker(seat), new Speaker(Guid.NewGuid()));
        foreach (var speaker in new[] { busy, tab, other })
        {
            await guard.OnConnectedAsync(Lifetime(speaker), _ => Task.CompletedTask);
        }

        var answers = new List<object?>();
        for (var i = 0; i < 61; i++)
        {
            answers.Add(await CallAsync(i % 2 == 0 ? busy : tab));
        }

        answers.Take(60).ShouldAllBe(a => Equals(a, "done"));
        answers[60].ShouldBeOfType<Reply>().Refusal!.Code.ShouldBe("too-fast");
        (await CallAsync(other)).ShouldBe("done");
        foreach (var speaker in new[] { busy, tab, other })
        {
            await guard.OnDisconnectedAsync(Lifetime(speaker), null, (_, _) => Task.CompletedTask);
        }

        _time.Advance(CallRate.WholeAfter);
        allowances.Enter(Role.Board, seat).ShouldNotBeNull();
        allowances.Count.ShouldBe(1);

        Task<object?> CallAsync(Speaker speaker) => ExecuteAsync(guard, speaker, static () => ValueTask.FromResult<object?>("done"));
    }

    [Fact]
    public async Task Of_a_childs_commands_two_are_under_way_by_all_its_connections_and_the_next_waits_its_turn()
    {
        var guard = new HubGuard(new Allowances(_time), _time, Answering.With<IHostApplicationLifetime>((_, _) => CancellationToken.None), NullLogger<HubGuard>.Instance);
        var seat = Guid.NewGuid();
        var (tab, another, neighbour) = (new Speaker(seat), new Speaker(seat), new Speaker(Guid.NewGuid()));
        foreach (var speaker in new[] { tab, another, neighbour })
        {
            await guard.OnConnectedAsync(Lifetime(speaker), _ => Task.CompletedTask);
        }

        var stored = new TaskCompletionSource<object?>();
        var begun = 0;
        var calls = new[] { tab, another, tab, another }.Select(s => ExecuteAsync(guard, s, () =>
        {
            begun++;
            return new ValueTask<object?>(stored.Task);
        })).ToList();
        begun.ShouldBe(CallRate.CommandsAtOnce);
        (await ExecuteAsync(guard, neighbour, static () => ValueTask.FromResult<object?>("done"))).ShouldBe("done");
        stored.SetResult("done");
        (await Task.WhenAll(calls)).ShouldAllBe(a => Equals(a, "done"));
        begun.ShouldBe(4);
    }

    private static async Task<object?> ExecuteAsync(HubGuard guard, Speaker speaker, Func<ValueTask<object?>> answer)
    {
        using var hub = new NoHub();
        return await guard.InvokeMethodAsync(
            new HubInvocationContext(speaker, new ServiceCollection().BuildServiceProvider(), hub, typeof(ClassroomHub).GetMethod(nameof(ClassroomHub.Execute))!, []),
            _ => answer());
    }

    private static HubLifetimeContext Lifetime(Speaker speaker) => new(speaker, new ServiceCollection().BuildServiceProvider(), new NoHub());

    private int Gone(CallRate rate, int calls) => Enumerable.Range(0, calls).Count(_ => rate.TryTake(_time.GetTimestamp(), _time.TimestampFrequency));

    private sealed class NoHub : Hub;

    /// <summary>A student's connection, as a hub filter sees it.</summary>
    private sealed class Speaker(Guid seat) : HubCallerContext
    {
        public override string ConnectionId { get; } = Guid.NewGuid().ToString();

        public override string? UserIdentifier => null;

        public override System.Security.Claims.ClaimsPrincipal User { get; } = new(new System.Security.Claims.ClaimsIdentity(
            [
                new(System.Security.Claims.ClaimTypes.Role, nameof(Role.Student)),
                new(System.Security.Claims.ClaimTypes.NameIdentifier, seat.ToString()),
            ], "test"));

        public override IDictionary<object, object?> Items { get; } = new Dictionary<object, object?>();

        public override Microsoft.AspNetCore.Http.Features.IFeatureCollection Features { get; } = new Microsoft.AspNetCore.Http.Features.FeatureCollection();

        public override CancellationToken ConnectionAborted => CancellationToken.None;

        public override void Abort() => throw new InvalidOperationException("It was to be refused, not closed.");
    }
}
