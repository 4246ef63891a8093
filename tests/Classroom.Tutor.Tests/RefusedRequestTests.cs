using System.Text.Json.Nodes;

namespace Classroom.Tutor.Tests;

/// <summary>A server that refuses a request: what it cannot take is left out, now and later; what it will not answer is said as such; a wrong key or model is the operator's.</summary>
public sealed class RefusedRequestTests : IAsyncLifetime
{
    private ProtocolServer _server = null!;
    private ProtocolServer _second = null!;

    public async Task InitializeAsync() => (_server, _second) = (await ProtocolServer.StartAsync(), await ProtocolServer.StartAsync());

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _second.DisposeAsync();
    }

    /// <summary>Options a server does not know, how it says so, and how many requests it takes to find out.</summary>
    public static TheoryData<string[], int, string, int> Unknown => new()
    {
        { ["stream_options"], 400, """{"error":{"message":"Unrecognized request argument supplied: stream_options","param":null,"code":null}}""", 2 },
        { ["max_completion_tokens"], 400, """{"error":{"code":"unsupported_parameter","param":"max_completion_tokens","message":"Use 'max_tokens' instead."}}""", 2 },
        { ["response_format"], 422, """{"detail":[{"loc":["body","response_format"],"msg":"extra fields not permitted"}]}""", 2 },
        { ["response_format"], 400, """{"error":"json_object is not supported by this model: response_format"}""", 2 },
        { ["stream_options", "response_format", "max_completion_tokens"], 400, "Bad Request", 2 },
        { ["stream_options", "response_format", "max_completion_tokens"], 422, "", 2 },
        { ["max_completion_tokens", "max_tokens"], 400, """{"error":{"message":"unknown field FIELD"}}""", 3 },
    };

    [Theory]
    [MemberData(nameof(Unknown))]
    public async Task An_option_that_is_refused_is_left_out_now_and_later(string[] options, int status, string body, int requests)
    {
        _server.Refuse = asked => Array.Find(options, o => asked.ContainsKey(o)) is { } found ? (status, body.Replace("FIELD", found, StringComparison.Ordinal), []) : null;
        _server.Answer = Asking.Answer(Ability.Feedback, Asking.Good);
        var tutor = Tutor();
        (await Asking.AskAsync(tutor, Ability.Feedback)).Fault.ShouldBeNull();
        _server.Received.ShouldBe(requests);
        (await Asking.AskAsync(tutor, Ability.Feedback)).Fault.ShouldBeNull();
        _server.Received.ShouldBe(requests + 1, "it is known now");
        var last = JsonNode.Parse(_server.Requests.Last().Body)!.AsObject();
        (last.ContainsKey("messages"), last.ContainsKey("model"), last.ContainsKey("stream")).ShouldBe((true, true, true));
        (last.ContainsKey("max_completion_tokens") || last.ContainsKey("max_tokens")).ShouldBe(!options.Contains("max_tokens"), "its length stays limited");
        last.ContainsKey("response_format").ShouldBe(!options.Contains("response_format"), "what it takes is still asked for");
    }

    [Theory]
    [InlineData(400, """{"error":{"code":"context_length_exceeded","message":"too long"}}""")]
    [InlineData(400, """{"object":"error","message":"This model's maximum context length is 4096 tokens: max_tokens","type":"BadRequestError"}""")]
    [InlineData(413, "")]
    public async Task What_is_too_long_is_told_as_such_and_costs_the_next_question_nothing(int status, string body)
    {
        _server.Refuse = _ => (status, body, []);
        var tutor = Tutor();
        for (var i = 0; i < 8; i++)
        {
            (await Asking.AskAsync(tutor, Ability.Coach)).Fault.ShouldBe("input-too-long");
        }

        _server.Received.ShouldBe(8, "no option is left out for it");
        _server.Refuse = _ => null;
        _server.Answer = Asking.Answer(Ability.Coach, Asking.Good);
        (await Asking.AskAsync(tutor, Ability.Coach)).Fault.ShouldBeNull("no breaker was opened");
        _server.Requests.Last().Body.ShouldContain("max_");
    }

    [Theory]
    [InlineData(400, """{"error":{"code":"model_not_found","message":"no such model"}}""")]
    [InlineData(400, "")]
    [InlineData(401, """{"error":{"code":"invalid_api_key"}}""")]
    [InlineData(402, """{"error":{"code":"insufficient_balance"}}""")]
    [InlineData(403, "<html>forbidden</html>")]
    [InlineData(404, """{"error":{"code":"DeploymentNotFound"}}""")]
    [InlineData(405, "")]
    [InlineData(302, "")]
    [InlineData(429, """{"error":{"code":"insufficient_quota","type":"insufficient_quota"}}""")]
    public async Task A_wrong_key_model_or_address_is_told_as_misconfigured_and_the_second_provider_answers(int status, string body)
    {
        _server.Refuse = _ => (status, body, status == 302 ? [("Location", _second.Endpoint)] : []);
        (await Asking.AskAsync(Tutor(), Ability.Coach)).Fault.ShouldBe("tutor-misconfigured");
        _second.Received.ShouldBe(0);
        _second.Answer = Asking.Answer(Ability.Coach, Asking.Good);
        (await Asking.AskAsync(Tutor(second: true), Ability.Coach)).Fault.ShouldBeNull();
    }

    [Theory]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(529)]
    public async Task A_server_that_is_in_trouble_is_unavailable(int status)
    {
        _server.Refuse = _ => (status, "{\"error\":[1]}", []);
        (await Asking.AskAsync(Tutor(), Ability.Coach)).Fault.ShouldBe("tutor-unavailable");
        _server.Received.ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_filter_refuses_is_told_as_such_and_the_next_question_is_answered(bool azure)
    {
        var options = Sample.OptionsFor(azure ? _server.Resource : _server.Endpoint);
        options.Azure = azure;
        var tutor = ModelTutor.Create(options, new NoBudget(), null, TimeProvider.System);
        _server.Mood = Mood.Filtered;
        for (var i = 0; i < 10; i++)
        {
            (await Asking.AskAsync(tutor, Ability.Coach)).Fault.ShouldBe("input-refused");
        }

        _server.Received.ShouldBe(10, "each was asked once, and without its options it is the same question");
        (_server.Mood, _server.Answer) = (Mood.Normal, Asking.Answer(Ability.Coach, Asking.Good));
        (await Asking.AskAsync(tutor, Ability.Coach)).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task What_Azures_filter_stops_in_the_middle_is_refused_and_says_so()
    {
        var options = Sample.OptionsFor(_server.Resource);
        (options.Azure, _server.Mood, _server.CutAfter, _server.Answer) = (true, Mood.FilteredAnswer, 8, Asking.Good + " " + Asking.Good);
        var outcome = await Asking.AskAsync(ModelTutor.Create(options, new NoBudget(), null, TimeProvider.System), Ability.Explain);
        outcome.Fault.ShouldBe("answer-refused");
        outcome.Text.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task That_somebody_would_not_answer_says_more_than_that_another_was_away()
    {
        (_server.Mood, _second.Mood) = (Mood.Filtered, Mood.Broken);
        (await Asking.AskAsync(Tutor(second: true), Ability.Coach)).Fault.ShouldBe("input-refused");
    }

    private ModelTutor Tutor(bool second = false)
    {
        var options = Sample.OptionsFor(_server.Endpoint);
        options.Second = second ? new ProviderOptions { Endpoint = _second.Endpoint, Model = "local-model" } : new();
        return ModelTutor.Create(options, new NoBudget(), null, TimeProvider.System);
    }
}
