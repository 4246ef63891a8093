using System.Collections.Immutable;
using System.Text;

namespace Classroom.Tutor.Tests;

/// <summary>The model tutor against a server that speaks the protocol over real HTTP, in every mood.</summary>
public sealed class ModelTutorTests : IAsyncLifetime
{
    private const string Work = "Менің атым Дания, телефоным +7 701 123 45 67. Жапырақ күнге бұрылады, себебі жарық керек.";
    private static readonly Trilingual T = Trilingual.Same("x");
    private static readonly StepPlan Make = new("s4", StepKind.Make, 10, true, T, T, T, T, [], [], false, new TaskPlan(
        T, T, AiPolicy.Ask, 5, false, false, [new("c1", T, [new("d1", T), new("d2", T)])]));

    private static readonly LessonPlan Plan = new("kit", "1", "h", "l", T, T, 7, 7, 40, [Make]);
    private ProtocolServer _server = null!;

    public async Task InitializeAsync() => _server = await ProtocolServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    private ModelTutor Tutor(bool apiKeyHeader = false)
    {
        var options = new ModelOptions
        {
            Endpoint = _server.Endpoint, Model = "local-model", ApiKey = "secret", ApiKeyHeader = apiKeyHeader,
            FirstTokenWithin = TimeSpan.FromSeconds(2), NextTokenWithin = TimeSpan.FromSeconds(2),
        };
        return new ModelTutor(OpenAIChat.Create(options), options, TimeProvider.System);
    }

    private static ExplainRequest Request(string topic = "Фотосинтез", Language language = Language.Kk, ExplainMode mode = ExplainMode.Plain) => new(
        new ExplanationOrder(
            Guid.Empty, Guid.Empty, "kit", "h", "l", "s", null, Trilingual.Same(topic), mode, null, [], default, 7, true),
        new Variant(language, Level.Simple));

    private static FeedbackRequest Feedback(params string[] names) => new(Plan, Make, Language.Kk, Work, "", [.. names], true);

    [Fact]
    public async Task An_explanation_streams_with_its_sentences_and_its_provenance()
    {
        var (text, ends, provenance) = await TellAsync(Tutor());
        text.ShouldBe(_server.Answer);
        ends.ShouldBe([29, 49]);
        provenance!.Model.ShouldBe("local-model");
        provenance.Tokens.ShouldBe(30);
        provenance.Template.ShouldBe("explain@1");
        _server.Requests.TryPeek(out var request).ShouldBeTrue();
        request.Authorization.ShouldBe("Bearer secret");
    }

    [Fact]
    public async Task Azure_gets_its_key_in_a_header_of_its_own()
    {
        await TellAsync(Tutor(apiKeyHeader: true));
        _server.Requests.TryPeek(out var request).ShouldBeTrue();
        request.ApiKey.ShouldBe("secret");
        request.Authorization.ShouldBe("");
    }

    [Theory]
    [InlineData(Mood.Busy, "tutor-busy")]
    [InlineData(Mood.Broken, "tutor-unavailable")]
    [InlineData(Mood.Silent, "tutor-timeout")]
    [InlineData(Mood.Stalled, "tutor-timeout")]
    [InlineData(Mood.Cut, "tutor-cut")]
    [InlineData(Mood.Garbage, "tutor-unavailable")]
    public async Task Every_mood_ends_with_its_code_and_what_came_before_stands(Mood mood, string code)
    {
        _server.Mood = mood;
        var text = new StringBuilder();
        var error = await Should.ThrowAsync<TutorException>(async () =>
        {
            await foreach (var piece in Tutor().Explain(Request(), default))
            {
                text.Append(piece.Text);
                if (text.ToString().EndsWith("сәулесін", StringComparison.Ordinal))
                {
                    _server.HasRead.TrySetResult();
                }
            }
        });
        error.Code.ShouldBe(code);
        text.ToString().ShouldBe(mood is Mood.Cut or Mood.Stalled ? "Жапырақ күн сәулесін" : "");
    }

    [Fact]
    public async Task Cancelling_ends_the_request_at_the_server()
    {
        _server.Mood = Mood.Stalled;
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var piece in Tutor().Explain(Request(), stop.Token))
            {
                await stop.CancelAsync();
            }
        });
        await _server.Aborted.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Feedback_keeps_verbatim_quotes_only_and_cannot_hold_a_mark()
    {
        _server.Answer = """
            {"items":[{"descriptorId":"d1","verdict":"met","quote":"Жапырақ күнге бұрылады","nextStep":"Мысал қос."},
                      {"descriptorId":"d2","verdict":"partly","quote":"ойдан шығарылған","nextStep":"Толықтыр.","mark":5},
                      {"descriptorId":"zz","verdict":"met","quote":"","nextStep":""}]}
            """;
        var draft = await Tutor().DraftFeedback(Feedback(), default);
        draft.DroppedQuotes.ShouldBe(1);
        draft.Items.ShouldBe([new("d1", Verdict.Met, "Жапырақ күнге бұрылады", "Мысал қос."), new("d2", Verdict.Partly, "", "Толықтыр.")]);
        typeof(FeedbackItem).GetProperties().Select(p => p.PropertyType).ShouldNotContain(typeof(int));
    }

    [Fact]
    public async Task Names_and_numbers_never_leave_and_come_back_in_the_answer()
    {
        _server.Answer = """{"items":[{"descriptorId":"d1","verdict":"met","quote":"Менің атым [P2]","nextStep":"Жарайсың, [P2]."}]}""";
        var draft = await Tutor().DraftFeedback(Feedback("Дания", "Иван"), default);
        _server.Requests.TryPeek(out var request).ShouldBeTrue();
        var sent = System.Text.RegularExpressions.Regex.Unescape(request.Body);
        sent.ShouldNotContain("Дания");
        sent.ShouldNotContain("701");
        draft.Items[0].Quote.ShouldBe("Менің атым Дания");
        draft.Items[0].NextStep.ShouldBe("Жарайсың, Дания.");
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("{\"items\":[]}")]
    [InlineData("{\"items\":[{\"descriptorId\":\"d1\",\"verdict\":\"excellent\"}]}")]
    [InlineData("{\"items\":[{\"descriptorId\":\"d1\",\"verdict\":5}]}")]
    [InlineData("")]
    public async Task An_answer_that_is_none_is_a_failure_and_not_a_draft(string answer)
    {
        _server.Answer = answer;
        (await Should.ThrowAsync<TutorException>(() => Tutor().DraftFeedback(Feedback(), default))).Code.ShouldBe("tutor-empty");
        (await Should.ThrowAsync<TutorException>(() => Tutor().ProposePrompts(new PromptsRequest(Plan, Make, true), default))).Code.ShouldBe("tutor-empty");
    }

    [Fact]
    public async Task Prompts_come_whole_or_not_at_all()
    {
        const string Text = """{"kk":"а","ru":"б","en":"c"}""";
        _server.Answer = $$"""
            {"candidates":[{"id":"x","question":{{Text}},"make":{{Text}},"materials":{{Text}},"minutes":500,"roles":[{{Text}}],"sharing":{{Text}}},
                           {"id":"y","question":{"kk":"а"},"make":{{Text}},"materials":{{Text}},"minutes":5,"roles":[],"sharing":{{Text}}}]}
            """;
        var draft = await Tutor().ProposePrompts(new PromptsRequest(Plan, Make, true), default);
        draft.Candidates.Length.ShouldBe(1);
        draft.Candidates[0].Minutes.ShouldBe(60);
    }

    [Fact]
    public void Every_template_renders_whole()
    {
        foreach (var language in Enum.GetValues<Language>())
        {
            foreach (var level in Enum.GetValues<Level>())
            {
                foreach (var mode in Enum.GetValues<ExplainMode>())
                {
                    var text = Template.Explain(new Variant(language, level), mode, 7);
                    text.ShouldNotContain("{");
                    text.Length.ShouldBeGreaterThan(300);
                }
            }
        }

        Template.Fill("prompt", ("grade", "7"), ("minutes", "12")).ShouldContain("12");
        Template.Fill("feedback", ("grade", "7"), ("language", "Kazakh")).ShouldContain("Kazakh");
    }

    private static async Task<(string Text, List<int> Ends, Provenance? Provenance)> TellAsync(ModelTutor tutor)
    {
        var (text, ends, provenance) = (new StringBuilder(), new List<int>(), default(Provenance));
        await foreach (var piece in tutor.Explain(Request(), default))
        {
            text.Append(piece.Text);
            ends.AddRange(piece.Ends);
            provenance = piece.Provenance ?? provenance;
        }

        return (text.ToString(), ends, provenance);
    }
}
