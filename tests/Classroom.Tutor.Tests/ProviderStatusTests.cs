namespace Classroom.Tutor.Tests;

/// <summary>What the operator reads of a provider: what it does, what it said last, what it used; and that asking by hand goes past all pauses and ends them.</summary>
public sealed class ProviderStatusTests : ModelServers
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_provider_is_unasked_answers_fails_rests_and_answers_again()
    {
        Server.Answer = Asking.Answer(Ability.Coach, Asking.Good);
        var tutor = Tutor(time: _time);
        Doing(tutor).ShouldBe(("unasked", null));
        tutor.Status[0].ShouldSatisfyAllConditions(s => s.LastAnswered.ShouldBeNull(), s => s.LastFault.ShouldBeNull(), s => s.Id.ShouldBe("1/127.0.0.1/local-model"));
        await tutor.Ask(Sample.Coach("Неге?"), default);
        (Doing(tutor), tutor.Status[0].LastAnswered).ShouldBe((("answers", null), _time.GetUtcNow()));
        var answered = _time.GetUtcNow();
        Server.Mood = Mood.Broken;
        _time.Advance(TimeSpan.FromMinutes(5));
        await FaultAsync(tutor);
        Doing(tutor).ShouldBe(("failing", null));
        (tutor.Status[0].LastAnswered, tutor.Status[0].LastFault, tutor.Status[0].LastFaultAt).ShouldBe((answered, "tutor-unavailable", _time.GetUtcNow()));
        await FailAsync(tutor);
        Doing(tutor).ShouldBe(("resting", TimeSpan.FromSeconds(15)));
        _time.Advance(TimeSpan.FromSeconds(10));
        Doing(tutor).ShouldBe(("resting", TimeSpan.FromSeconds(5)));
        Server.Mood = Mood.Normal;
        _time.Advance(TimeSpan.FromSeconds(5.01));
        Doing(tutor).ShouldBe(("resting", TimeSpan.Zero));
        await tutor.Ask(Sample.Coach("Неге?"), default);
        (Doing(tutor), tutor.Status[0].LastFault).ShouldBe((("answers", null), "tutor-unavailable"), "the last fault is told all the same");
    }

    [Fact]
    public async Task A_refusal_is_its_last_fault_and_it_answers_all_the_same()
    {
        Server.Answer = Asking.Answer(Ability.Coach, Asking.Good);
        var tutor = Tutor(time: _time);
        await tutor.Ask(Sample.Coach("Неге?"), default);
        Server.Mood = Mood.Filtered;
        await FaultAsync(tutor);
        (Doing(tutor).Doing, tutor.Status[0].LastFault).ShouldBe(("answers", "input-refused"));
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_its_last_fault()
    {
        (Server.Mood, Server.CutAfter) = (Mood.Cut, 9);
        var tutor = Tutor();
        (await ExplainAsync(tutor, Sample.Explain())).Fault!.Code.ShouldBe("tutor-cut");
        (Doing(tutor).Doing, tutor.Status[0].LastFault).ShouldBe(("failing", "tutor-cut"));
    }

    [Theory]
    [InlineData(401, "", "wrong-key")]
    [InlineData(403, "", "wrong-key")]
    [InlineData(404, "", "wrong-model")]
    [InlineData(302, "", "wrong-model")]
    [InlineData(400, "", "wrong-request")]
    [InlineData(429, """{"error":{"code":"insufficient_quota"}}""", "no-quota")]
    public async Task Which_setting_is_wrong_is_told_asked_once_or_left_alone(int status, string body, string kind)
    {
        Server.Refuse = _ => (status, body, []);
        var tutor = Tutor(time: _time);
        await FaultAsync(tutor);
        Doing(tutor).ShouldBe((kind, null));
        await FailAsync(tutor);
        Doing(tutor).ShouldBe((kind, TimeSpan.FromSeconds(15)));
        tutor.Status[0].LastFault.ShouldBe(kind);
    }

    [Fact]
    public async Task One_that_named_a_time_is_asked_by_hand_and_then_by_everybody()
    {
        Server.Answer = Asking.Answer(Ability.Coach, Asking.Good);
        var tutor = Tutor(time: _time);
        Server.Refuse = _ => (429, "", [("Retry-After", "600")]);
        await FaultAsync(tutor);
        Doing(tutor).ShouldBe(("paused", TimeSpan.FromMinutes(10)));
        Server.Refuse = _ => null;
        (await FaultAsync(tutor)).Code.ShouldBe("tutor-busy");
        (await tutor.CheckAsync(default)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(t => t.Fault.ShouldBeNull(), t => t.Id.ShouldBe("1/127.0.0.1/local-model"));
        Doing(tutor).ShouldBe(("answers", null));
        await tutor.Ask(Sample.Coach("Неге?"), default);
    }

    [Fact]
    public async Task One_that_is_left_alone_is_asked_by_hand_and_only_an_answer_ends_it()
    {
        Server.Answer = Asking.Answer(Ability.Coach, Asking.Good);
        var tutor = Tutor(time: _time);
        Server.Mood = Mood.Broken;
        await FailAsync(tutor);
        var received = Server.Received;
        Server.CheckStatus = 500;
        (await tutor.CheckAsync(default))[0].Kind.ShouldBe("tutor-unavailable");
        (Doing(tutor).Doing, Server.Checks).ShouldBe(("resting", 1));
        await FaultAsync(tutor);
        Server.Received.ShouldBe(received, "it is left alone as before");
        (Server.Mood, Server.CheckStatus) = (Mood.Normal, 200);
        (await tutor.CheckAsync(default))[0].Kind.ShouldBeNull();
        await tutor.Ask(Sample.Coach("Неге?"), default);
        (Doing(tutor).Doing, Server.Received).ShouldBe(("answers", received + 1));
    }

    [Fact]
    public async Task Both_are_asked_by_hand_at_the_same_time_and_each_is_told_of()
    {
        (Server.CheckStatus, Second.CheckStatus) = (401, 200);
        var tutor = Tutor(WithSecond);
        (await tutor.CheckAsync(default)).Select(t => (t.Id, t.Kind)).ShouldBe([("1/127.0.0.1/local-model", "wrong-key"), ("2/127.0.0.1/local-model", null)]);
        tutor.Status.Select(s => s.Doing).ShouldBe(["wrong-key", "answers"]);
    }

    [Fact]
    public async Task Tokens_are_counted_to_whoever_used_them_with_input_and_output_apart()
    {
        var meter = new Meter();
        var tutor = Tutor(WithSecond, meter: meter);
        (Server.Mood, Server.CutAfter) = (Mood.Cut, 9);
        await ExplainAsync(tutor, Sample.Explain());
        var (id, input, output) = meter.Used[0];
        (id, input > 100, output > 5).ShouldBe(("1/127.0.0.1/local-model", true, true), "who says no usage is counted by length");
        Server.Mood = Mood.Normal;
        await ExplainAsync(tutor, Sample.Explain());
        meter.Used[1].ShouldBe(("1/127.0.0.1/local-model", 20, 10));
        var call = Sample.Call();
        Server.Mood = Mood.Broken;
        await ExplainAsync(tutor, Sample.Explain(call: call));
        (meter.Used.Count, meter.Used[2].Id, call.AnsweredBy).ShouldBe((3, "2/127.0.0.1/local-model", "2/127.0.0.1/local-model"), "what failed used nothing");
        Server.Mood = Mood.Normal;
        await tutor.CheckAsync(default);
        meter.Used.Count.ShouldBe(5, "a word asked by hand is paid for too");
    }

    [Theory]
    [InlineData("""{"prompt_tokens":20,"completion_tokens":10,"total_tokens":30}""", 20, 10)]
    [InlineData("""{"prompt_tokens":20,"completion_tokens":10,"total_tokens":0}""", 20, 10)]
    [InlineData("""{"prompt_tokens":20,"completion_tokens":10,"total_tokens":45}""", 20, 25)]
    [InlineData("""{"prompt_tokens":-5,"completion_tokens":10,"total_tokens":10}""", 0, 10)]
    public async Task What_a_server_says_of_its_usage_is_read_as_it_may_be_meant(string usage, int input, int output)
    {
        Server.Events =
        [
            """{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"Жапырақ күн сәулесін ұстайды."},"finish_reason":"stop"}]}""",
            """{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":""" + usage + "}", "data: [DONE]",
        ];
        var meter = new Meter();
        var (_, _, source, _) = await ExplainAsync(Tutor(meter: meter), Sample.Explain());
        meter.Used.ShouldBe([("1/127.0.0.1/local-model", input, output)]);
        source!.Tokens.ShouldBe(input + output);
    }

    [Theory]
    [InlineData(null, null, "", true, null)]
    [InlineData("0.15", "0.6", "USD", true, "0.00075")]
    [InlineData("0", "0", "KZT", true, "0")]
    [InlineData("0.15", null, "USD", false, null)]
    [InlineData("0.15", "0.6", "", false, "0.00075")]
    [InlineData("-1", "0.6", "USD", false, "-0.0004")]
    [InlineData("0.15", "0.6", "usd", false, "0.00075")]
    [InlineData(null, null, "USD", false, null)]
    public void A_price_is_two_numbers_and_a_currency_or_none(string? input, string? output, string currency, bool valid, string? cost)
    {
        decimal? Of(string? text) => text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        var price = new PriceOptions { Input = Of(input), Output = Of(output), Currency = currency };
        (price.IsValid, price.Of(1000, 1000)).ShouldBe((valid, Of(cost)));
    }

    private static (string Doing, TimeSpan? Left) Doing(ModelTutor tutor) => (tutor.Status[0].Doing, tutor.Status[0].Left);

    private static async Task FailAsync(ModelTutor tutor)
    {
        for (var i = 0; i < 6; i++)
        {
            await FaultAsync(tutor);
        }
    }

    private static async Task<TutorException> FaultAsync(ModelTutor tutor) =>
        await Should.ThrowAsync<TutorException>(() => tutor.Ask(Sample.Coach("Неге?"), default));

    private sealed class Meter : IUsageMeter
    {
        public List<(string Id, int Input, int Output)> Used { get; } = [];

        void IUsageMeter.Used(string provider, int input, int output)
        {
            lock (Used)
            {
                Used.Add((provider, input, output));
            }
        }
    }
}
