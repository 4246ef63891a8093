using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Classroom.Tutor.Tests;

/// <summary>When a provider is asked: never before the time that it named, whichever class asks; after an outage by everybody together. Thinking is waited for.</summary>
public sealed class ProviderPaceTests : IAsyncLifetime
{
    private static readonly ChatMessage[] Asked = [new(ChatRole.User, "?")];
    private readonly ManualTime _time = new();
    private ProtocolServer _server = null!;

    public async Task InitializeAsync() => _server = await ProtocolServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("Retry-After", "30", 429)]
    [InlineData("Retry-After", " 30.0 ", 429)]
    [InlineData("retry-after-ms", "30000", 429)]
    [InlineData("Retry-After", "Tue, 01 Sep 2026 08:00:30 GMT", 429)]
    [InlineData("Retry-After", "30", 503)]
    public async Task Nobody_asks_before_the_time_that_a_server_named_and_all_are_told_how_long(string name, string value, int status)
    {
        var tutor = Tutor();
        _server.Refuse = _ => (status, "", [(name, value)]);
        (await FaultAsync(tutor)).RetryAfter.ShouldBe(TimeSpan.FromSeconds(30));
        _server.Refuse = _ => null;
        _time.Advance(TimeSpan.FromSeconds(20));
        var fault = await FaultAsync(tutor);
        (fault.Code, fault.RetryAfter).ShouldBe(("tutor-busy", TimeSpan.FromSeconds(10)));
        _time.Advance(TimeSpan.FromSeconds(9.99));
        // What is left now is short enough to wait for: whoever does is first.
        var waits = tutor.Ask(Sample.Coach("Неге?"), default);
        _server.Received.ShouldBe(1);
        _time.Advance(TimeSpan.FromSeconds(0.01));
        await waits;
        _server.Received.ShouldBe(2);
    }

    [Theory]
    [InlineData("-5", 0)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    [InlineData("NaN", null)]
    [InlineData("1e300", 3600)]
    [InlineData("99999999999999999999", 3600)]
    [InlineData("Mon, 01 Sep 2025 08:00:00 GMT", 0)]
    [InlineData("Tue, 01 Sep 9998 08:00:00 GMT", 3600)]
    [InlineData("120, 60", null)]
    public async Task An_odd_time_is_no_time_or_an_hour_at_most(string value, int? seconds)
    {
        _server.Refuse = _ => (429, "slow down", [("Retry-After", value)]);
        var fault = await FaultAsync(Tutor());
        (fault.Code, fault.RetryAfter?.TotalSeconds).ShouldBe(("tutor-busy", seconds));
        _server.Received.ShouldBe(seconds == 0 ? 2 : 1);
    }

    [Theory]
    [InlineData(500, "tutor-unavailable")]
    [InlineData(401, "tutor-misconfigured")]
    public async Task Who_is_left_alone_is_told_of_with_the_cause_and_the_time(int status, string code)
    {
        var tutor = Tutor();
        await BreakAsync(tutor, status);
        var received = _server.Received;
        _time.Advance(TimeSpan.FromSeconds(5));
        var fault = await FaultAsync(tutor);
        (fault.Code, fault.RetryAfter, _server.Received).ShouldBe((code, TimeSpan.FromSeconds(10), received));
    }

    [Fact]
    public async Task After_an_outage_all_come_back_together_behind_one_try()
    {
        var tutor = Tutor();
        await BreakAsync(tutor, 500);
        var received = _server.Received;
        var gate = new TaskCompletionSource();
        (_server.Refuse, _server.Gate) = (_ => null, gate.Task);
        _time.Advance(TimeSpan.FromSeconds(15.01));
        var all = Enumerable.Range(0, 8).Select(_ => tutor.Ask(Sample.Coach("Неге?"), default)).ToList();
        await UntilAsync(() => _server.Received > received);
        gate.SetResult();
        await Task.WhenAll(all);
        _server.Received.ShouldBe(received + 8);
    }

    [Fact]
    public async Task After_an_outage_that_goes_on_one_try_is_enough()
    {
        var tutor = Tutor();
        await BreakAsync(tutor, 500);
        var received = _server.Received;
        var gate = new TaskCompletionSource();
        _server.Gate = gate.Task;
        _time.Advance(TimeSpan.FromSeconds(15.01));
        var all = Enumerable.Range(0, 8).Select(_ => FaultAsync(tutor)).ToList();
        await UntilAsync(() => _server.Received > received);
        gate.SetResult();
        (await Task.WhenAll(all)).ShouldAllBe(f => f.Code == "tutor-unavailable");
        _server.Received.ShouldBe(received + 1);
    }

    [Fact]
    public async Task Thinking_is_waited_for_within_the_time_of_the_whole_answer()
    {
        (await SayAsync(new Thinker(_time, 12, TimeSpan.FromSeconds(6), thinks: true))).ShouldBe("Жапырақ.");
        (await Should.ThrowAsync<TutorException>(() => SayAsync(new Thinker(_time, 12, TimeSpan.FromSeconds(6), thinks: false)))).Code.ShouldBe("tutor-timeout");
        (await Should.ThrowAsync<TutorException>(() => SayAsync(new Thinker(_time, 30, TimeSpan.FromSeconds(6), thinks: true)))).Code.ShouldBe("tutor-timeout");
        (await Should.ThrowAsync<TutorException>(() => SayAsync(new Thinker(_time, 1, TimeSpan.FromSeconds(9), thinks: true)))).Code.ShouldBe("tutor-timeout");
    }

    [Fact]
    public async Task Whatever_a_client_throws_is_the_providers_failure_and_only_our_own_stop_is_none()
    {
        foreach (var e in new Exception[] { new FormatException(), new NotSupportedException(), new OperationCanceledException(), new KeyNotFoundException(), new TypeLoadException() })
        {
            (await Should.ThrowAsync<TutorException>(() => SayAsync(new Thrower(e, 0)))).Code.ShouldBe("tutor-unavailable");
            (await Should.ThrowAsync<TutorException>(() => SayAsync(new Thrower(e, 1)))).Code.ShouldBe("tutor-cut");
        }

        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => SayAsync(new Thrower(new FormatException(), 0, stop), stop.Token));
    }

    private async Task BreakAsync(ModelTutor tutor, int status)
    {
        _server.Refuse = _ => (status, "", []);
        for (var i = 0; i < 6; i++)
        {
            await FaultAsync(tutor);
        }

        _server.Received.ShouldBe(5, "it is left alone");
    }

    private static async Task<TutorException> FaultAsync(ModelTutor tutor) =>
        await Should.ThrowAsync<TutorException>(() => tutor.Ask(Sample.Coach("Неге?"), default));

    private async Task<string> SayAsync(IChatClient chat, CancellationToken stop = default)
    {
        var options = new ModelOptions { Endpoint = "http://model/", Model = "m" };
        return string.Concat(await new Providers(options, _time, (options, chat)).StreamAsync(Asked, new ChatOptions(), new Answering(), stop).ToListAsync(stop));
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            await Task.Yield();
        }
    }

    private ModelTutor Tutor()
    {
        _server.Answer = Asking.Answer(Ability.Coach, Asking.Good);
        return ModelTutor.Create(Sample.OptionsFor(_server.Endpoint), new NoBudget(), null, _time);
    }

    private abstract class Chat : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public abstract IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default);

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose() { }
    }

    private sealed class Thinker(ManualTime time, int times, TimeSpan each, bool thinks) : Chat
    {
        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            for (var i = 0; i < times; i++)
            {
                await UntilAsync(() => time.NextDue != DateTimeOffset.MaxValue || cancellationToken.IsCancellationRequested);
                time.Advance(each);
                cancellationToken.ThrowIfCancellationRequested();
                yield return new ChatResponseUpdate(ChatRole.Assistant, thinks ? [new TextReasoningContent("hm")] : []);
            }

            yield return new ChatResponseUpdate(ChatRole.Assistant, "Жапырақ.") { FinishReason = ChatFinishReason.Stop };
        }
    }

    private sealed class Thrower(Exception e, int words, CancellationTokenSource? stop = null) : Chat
    {
        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            for (var i = 0; i < words; i++)
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, "Жапырақ ");
            }

            await (stop?.CancelAsync() ?? Task.CompletedTask);
            throw e;
        }
    }
}
