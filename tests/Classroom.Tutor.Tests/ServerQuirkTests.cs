using System.Text.Json;
using System.Text.Json.Nodes;
using Classroom.Kits;

namespace Classroom.Tutor.Tests;

/// <summary>
/// Whatever a server sends, a whole good answer is told and kept, and everything else ends as what it is: with the second provider behind it
/// before the first word, with nothing kept for the next class, and with the breaker shut where the provider is not at fault.
/// </summary>
public sealed class ServerQuirkTests : IAsyncLifetime
{
    private const string Text = "Жапырақ күн сәулесін ұстайды, содан өсімдік қант жасайды. Оттегі ауаға шығады.";
    private const string Start = "Жапырақ күн сәулесін ұстайды, содан өсімдік ";
    private const string Rest = "қант жасайды. Оттегі ауаға шығады.";
    private static readonly KitLesson Lesson = KitLibrary.LoadAll(KitLibrary.ShippedFolder).Find("photosynthesis")!.Lessons[0];
    private const string Done = "data: [DONE]";
    private ProtocolServer _server = null!;
    private ProtocolServer _second = null!;

    public async Task InitializeAsync() => (_server, _second) = (await ProtocolServer.StartAsync(), await ProtocolServer.StartAsync());

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _second.DisposeAsync();
    }

    /// <summary>Streams that hold the whole of <see cref="Text"/>, and its end.</summary>
    public static TheoryData<string, string[]> Whole => new()
    {
        { "as the protocol has it", [Chunk(Start), Chunk(Rest), End("stop"), Done] },
        { "the end is said with the last words", [Chunk(Start), Chunk(Rest, "stop"), Done] },
        { "no DONE behind the end", [Chunk(Start), Chunk(Rest), End("stop")] },
        { "DONE and no reason", [Chunk(Start), Chunk(Rest), Done] },
        { "an empty reason with each chunk", [Chunk(Start, ""), Chunk(Rest, ""), Done] },
        { "reasons of its own", [Chunk(Start), Chunk(Rest), End("eos"), Done] },
        { "reasons of its own, loud", [Chunk(Start), Chunk(Rest), End("END_TURN"), Done] },
        { "an unknown role", [Chunk(Start, role: "model"), Chunk(Rest, role: ""), End("stop"), Done] },
        { "no index, no id, no object", ["""{"choices":[{"delta":{"content":"T"},"finish_reason":"stop"}]}""".Replace("T", Text, StringComparison.Ordinal), Done] },
        { "other choices beside the first", [Chunk("Other.", index: 1), Chunk(Start), Chunk("Other.", index: 2), Chunk(Rest), End("stop", index: 1), End("stop"), Done] },
        { "the other choice ends first", [Chunk(Start), End("length", index: 1), Chunk(Rest), End("stop"), Done] },
        { "thinking in a field", [Thinks("reasoning_content"), Thinks("reasoning"), Chunk(Start), Chunk(Rest), End("stop"), Done] },
        { "thinking in tags", [Chunk("<think>Hmm, a leaf. x < y </think>" + Start), Chunk(Rest), End("stop"), Done] },
        { "thinking in tags, in pieces", [Chunk("<th"), Chunk("ink>Kün"), Chunk("</thi"), Chunk("nk>\n\n"), Chunk(Start), Chunk(Rest), End("stop"), Done] },
        { "thinking in the middle", [Chunk(Start + "<thinking>so"), Chunk("</thinking>" + Rest), End("stop"), Done] },
        { "thinking in brackets", [Chunk("[THINK]a[/THINK]" + Start), Chunk(Rest), End("stop"), Done] },
        { "text in parts, one of them thinking", ["""{"choices":[{"index":0,"delta":{"content":[{"type":"thinking","thinking":"hm"},{"type":"text","text":"T"}]},"finish_reason":"stop"}]}""".Replace("\"T\"", JsonSerializer.Serialize(Text), StringComparison.Ordinal), Done] },
        { "an event twice", ["id: 1\ndata: " + Chunk(Start), "id: 1\ndata: " + Chunk(Start), "id: 2\ndata: " + Chunk(Rest), End("stop"), Done] },
        { "the whole again with the end", [Chunk(Start), Chunk(Rest), Chunk(Text, "stop"), Done] },
        { "the end twice", [Chunk(Start), Chunk(Rest), End("stop"), End("stop"), Done, Done] },
        { "pings and comments", [": ping", Chunk(Start), "event: ping\ndata: {}", ": ping", Chunk(Rest), End("stop"), Done] },
        { "what it used with every chunk", [Chunk(Start, used: 20), Chunk(Rest, used: 29), End("stop", used: 30), Done] },
        { "odd numbers", ["""{"choices":[{"index":"0","delta":{"content":"T"},"finish_reason":"stop"}],"created":1.5,"usage":{"prompt_tokens":20.0,"completion_tokens":10.0,"total_tokens":"many"}}""".Replace("T", Text, StringComparison.Ordinal), Done] },
        { "null where nothing is", ["""{"id":null,"model":null,"choices":[{"index":0,"delta":{"role":null,"content":"T","tool_calls":null,"refusal":null},"finish_reason":null}],"usage":null,"error":null}""".Replace("T", Text, StringComparison.Ordinal), End("stop"), Done] },
        { "a moment's silence at the beginning", [Chunk(""), Chunk("\n"), Chunk(" "), Chunk(Start), Chunk(Rest), End("stop"), Done] },
        { "Azure's chunks", ["""{"id":"","object":"","created":0,"model":"","choices":[],"prompt_filter_results":[]}""", Chunk(Start), Chunk(Rest), End("stop"), """{"choices":[{"index":0,"delta":null,"finish_reason":null,"content_filter_offsets":{}}]}""", Done] },
        { "a word that a refusal begins with", [Chunk("Мен "), Chunk("жапырақпын. " + Start), Chunk(Rest), End("stop"), Done] },
    };

    /// <summary>Streams that are no answer, and no word was told.</summary>
    public static TheoryData<string, string[], string> None => new()
    {
        { "nothing at all", [], "tutor-cut" },
        { "only the end", [End("stop"), Done], "tutor-empty" },
        { "only space", [Chunk(" "), Chunk("\n\n \t"), End("stop"), Done], "tutor-empty" },
        { "only thinking", [Thinks("reasoning_content"), End("stop"), Done], "tutor-empty" },
        { "thinking to the limit", [Thinks("reasoning"), End("length"), Done], "tutor-empty" },
        { "thinking that does not end", [Chunk("<think>A leaf."), Chunk(Text), End("stop"), Done], "tutor-empty" },
        { "a call of a tool", ["""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t","type":"function","function":{"name":"draw","arguments":"{}"}}]},"finish_reason":null}]}""", End("tool_calls"), Done], "tutor-empty" },
        { "a call of a function that nobody knows", ["""{"choices":[{"index":0,"delta":{"function_call":7},"finish_reason":"function_call"}]}""", Done], "tutor-empty" },
        { "a refusal in its field", ["""{"choices":[{"index":0,"delta":{"refusal":"I can't."},"finish_reason":null}]}""", End("stop"), Done], "answer-refused" },
        { "a filter at once", [End("content_filter"), Done], "answer-refused" },
        { "a filter by another name", [End("SAFETY"), Done], "answer-refused" },
        { "a refusal in words, en", [Chunk("I'm sorry, but I can't "), Chunk("help with that."), End("stop"), Done], "answer-refused" },
        { "a refusal in words, en, two sentences", [Chunk("I’m sorry. I cannot assist with this request. Is there anything else?"), End("stop"), Done], "answer-refused" },
        { "a refusal in words, ru", [Chunk("К сожалению, я не могу ответить на этот вопрос."), End("stop"), Done], "answer-refused" },
        { "a refusal in words, kk", [Chunk("Кешіріңіз, мен бұл "), Chunk("сұраққа жауап бере алмаймын."), End("stop"), Done], "answer-refused" },
        { "a refusal in words, kk, another", [Chunk("Өкінішке орай, бұл өтінішті орындау мүмкін емес."), End("stop"), Done], "answer-refused" },
        { "an error among the chunks", ["""{"error":{"message":"overloaded","type":"server_error","code":503}}"""], "tutor-unavailable" },
        { "an error that is a word", ["""{"error":"model crashed"}"""], "tutor-unavailable" },
        { "an error event", ["event: error\ndata: {\"message\":\"no\"}"], "tutor-unavailable" },
        { "an error of the filter", ["""{"error":{"code":"content_filter","message":"filtered"}}"""], "input-refused" },
        { "an error of the rate", ["""{"error":{"code":429,"type":"rate_limit_exceeded"}}"""], "tutor-busy" },
        { "no object", ["[1,2]"], "tutor-unavailable" },
        { "half an object", ["{\"choices\":["], "tutor-unavailable" },
        { "a portal's page", ["<html>sign in</html>"], "tutor-cut" },
    };

    /// <summary>Streams that break off after words came.</summary>
    public static TheoryData<string, string[], string> Cut => new()
    {
        { "the limit", [Chunk(Start), End("length"), Done], "tutor-cut" },
        { "the limit by another name", [Chunk(Start), End("MAX_TOKENS"), Done], "tutor-cut" },
        { "a filter", [Chunk(Start), End("content_filter"), Done], "answer-refused" },
        { "an end that nobody knows", [Chunk(Text), End("insufficient_system_resource"), Done], "tutor-cut" },
        { "an end by an error", [Chunk(Text), End("error"), Done], "tutor-cut" },
        { "a tool in the middle", [Chunk(Start), End("tool_calls"), Done], "tutor-cut" },
        { "a clean cut", [Chunk(Start)], "tutor-cut" },
        { "a clean cut behind a whole sentence", [Chunk(Text)], "tutor-cut" },
        { "an error among the chunks", [Chunk(Start), """{"error":{"message":"overloaded"}}"""], "tutor-cut" },
        { "no protocol any more", [Chunk(Start), "{\"choices\":["], "tutor-cut" },
        { "a refusal behind words", [Chunk(Start), """{"choices":[{"index":0,"delta":{"refusal":"no"}}]}"""], "answer-refused" },
        { "thinking ends that nobody began", [Chunk(Start), Chunk("</think>" + Text), End("stop"), Done], "tutor-cut" },
    };

    [Theory]
    [MemberData(nameof(Whole))]
    public async Task A_whole_answer_is_told_and_kept_however_it_is_sent(string how, string[] events)
    {
        (_server.Events, var tutor) = (events, Tutor());
        var first = await AskAsync(tutor);
        (first.Fault, first.Text.Replace("Мен жапырақпын. ", "", StringComparison.Ordinal)).ShouldBe((null, Text), how);
        if (how.Contains("used", StringComparison.Ordinal))
        {
            first.Tokens.ShouldBe(30);
        }

        (await AskAsync(tutor)).Source!.Cached.ShouldBeTrue(how);
        _server.Received.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(None))]
    public async Task What_is_no_answer_ends_as_what_it_is_and_nothing_is_kept(string how, string[] events, string code)
    {
        (_server.Events, var tutor) = (events, Tutor());
        var outcome = await AskAsync(tutor);
        (outcome.Fault, outcome.Text).ShouldBe((code, ""), how);
        outcome.Source.ShouldBeNull("prepared text may stand in");
        _server.Events = null;
        (await AskAsync(tutor)).Source!.Cached.ShouldBeFalse(how);
    }

    [Theory]
    [MemberData(nameof(None))]
    public async Task Before_the_first_word_the_second_provider_answers(string how, string[] events, string code)
    {
        (_server.Events, _second.Answer) = (events, Text);
        var outcome = await AskAsync(Tutor(second: true));
        (outcome.Fault, outcome.Text).ShouldBe((null, Text), $"{how} is {code}");
    }

    [Theory]
    [MemberData(nameof(Cut))]
    public async Task What_broke_off_is_cut_nobody_else_is_asked_and_nothing_is_kept(string how, string[] events, string code)
    {
        (_server.Events, var tutor) = (events, Tutor(second: true));
        var outcome = await AskAsync(tutor);
        outcome.Fault.ShouldBe(code, how);
        Text.ShouldStartWith(outcome.Text);
        (_server.Received, _second.Received).ShouldBe((1, 0));
        _server.Events = null;
        (await AskAsync(tutor)).Source!.Cached.ShouldBeFalse(how);
    }

    [Theory]
    [InlineData(Ability.Prompts)]
    [InlineData(Ability.Feedback)]
    [InlineData(Ability.Coach)]
    public async Task Thinking_is_no_part_of_a_whole_answer(Ability ability)
    {
        _server.Answer = "<think>The child asks {\"items\":[]} of me.</think>\n" + Asking.Answer(ability, Asking.Good);
        var outcome = await Asking.AskAsync(Tutor(), ability);
        outcome.Fault.ShouldBeNull();
        outcome.Text.ShouldContain(Asking.Good);
        outcome.Text.ShouldNotContain("child asks");
    }

    [Fact]
    public async Task A_model_that_thinks_first_without_saying_so_is_known_after_once()
    {
        (_server.Events, var tutor) = ([Chunk(Start + Start), Chunk("</think>" + Text), End("stop"), Done], Tutor());
        (await AskAsync(tutor)).Fault.ShouldBe("tutor-cut");
        var again = await AskAsync(tutor);
        (again.Fault, again.Text).ShouldBe((null, Text));
        _server.Events = [Chunk(Start), Chunk(Rest), End("stop"), Done];
        (await Asking.AskAsync(tutor, Ability.Explain, Place.Passage)).Text.ShouldBe(Text, "it did not think this time");
    }

    [Fact]
    public async Task A_whole_answer_that_comes_where_a_stream_was_asked_for_is_one()
    {
        _server.Refuse = _ => (200, "{\"model\":\"m\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":" + JsonSerializer.Serialize(Text)
            + "}}],\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":10}}", [("Content-Type", "application/json; charset=utf-8")]);
        var outcome = await AskAsync(Tutor());
        (outcome.Fault, outcome.Text, outcome.Tokens).ShouldBe((null, Text, 30));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_end_counts_when_it_is_said_and_not_when_the_line_closes(bool done)
    {
        (_server.Events, _server.StaysOpen) = (done ? [Chunk(Text), End("stop"), Done] : [Chunk(Text), End("stop")], true);
        // Were the line waited for, this would be a time-out.
        var outcome = await AskAsync(Tutor(o => o.NextTokenWithin = TimeSpan.FromMinutes(5)));
        (outcome.Fault, outcome.Text).ShouldBe((null, Text));
        await _server.Aborted.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    // A topic of a kit: what may be kept for the next class.
    private static Task<Outcome> AskAsync(ITutor tutor) => Asking.AskAsync(tutor, Ability.Explain, lesson: Lesson);

    private ModelTutor Tutor(Action<ModelOptions>? change = null, bool second = false)
    {
        var options = Sample.OptionsFor(_server.Endpoint);
        options.Second = second ? new ProviderOptions { Endpoint = _second.Endpoint, Model = "local-model" } : new();
        change?.Invoke(options);
        return ModelTutor.Create(options, new NoBudget(), Sample.Cache(), TimeProvider.System);
    }

    private static string Chunk(string content, string? reason = null, string role = "assistant", int index = 0, int? used = null) =>
        Event(new JsonObject { ["role"] = role, ["content"] = content }, reason, index, used);

    private static string Thinks(string field) => Event(new JsonObject { [field] = "Ойланып отырмын..." }, null, 0, null);

    private static string End(string reason, int index = 0, int? used = null) => Event([], reason, index, used);

    private static string Event(JsonObject delta, string? reason, int index, int? used) => new JsonObject
    {
        ["id"] = "c1", ["object"] = "chat.completion.chunk", ["created"] = 1, ["model"] = "local-model",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = index, ["delta"] = delta, ["finish_reason"] = reason }),
        ["usage"] = used is null ? null : new JsonObject { ["prompt_tokens"] = 20, ["completion_tokens"] = used - 20, ["total_tokens"] = used },
    }.ToJsonString();
}
