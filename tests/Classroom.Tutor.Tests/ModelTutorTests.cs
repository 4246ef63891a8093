using System.Text;
using System.Text.RegularExpressions;

namespace Classroom.Tutor.Tests;

/// <summary>The model tutor against a server that speaks the protocol over real HTTP, in every mood: each request comes to an end.</summary>
public sealed class ModelTutorTests : IAsyncLifetime
{
    private const string Work = "Менің атым Дания, телефоным +7 701 123 45 67. Жапырақ күнге бұрылады, себебі жарық керек.";
    private ProtocolServer _server = null!;
    private ProtocolServer _second = null!;

    public async Task InitializeAsync() => (_server, _second) = (await ProtocolServer.StartAsync(), await ProtocolServer.StartAsync());

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _second.DisposeAsync();
    }

    private ModelTutor Tutor(Action<ModelOptions>? change = null, ITokenBudget? budget = null, AnswerCache? cache = null)
    {
        var options = Sample.OptionsFor(_server.Endpoint);
        change?.Invoke(options);
        return ModelTutor.Create(options, budget ?? new NoBudget(), cache, TimeProvider.System);
    }

    [Fact]
    public async Task An_explanation_streams_with_its_sentences_and_its_provenance()
    {
        var (text, ends, provenance, fault) = await ExplainAsync(Tutor(), Sample.Explain());
        fault.ShouldBeNull();
        text.ShouldBe(_server.Answer);
        ends.ShouldBe([29, 49]);
        provenance!.Model.ShouldBe("local-model");
        provenance.Tokens.ShouldBe(30);
        provenance.Template.ShouldBe("explain.kk@2");
        _server.Requests.Single().Authorization.ShouldBe("Bearer secret");
    }

    [Fact]
    public async Task Azure_gets_its_key_in_a_header_of_its_own()
    {
        await ExplainAsync(Tutor(o => o.ApiKeyHeader = true), Sample.Explain());
        _server.Requests.Single().ApiKey.ShouldBe("secret");
        _server.Requests.Single().Authorization.ShouldBe("");
    }

    [Theory]
    [InlineData(Mood.Busy, "tutor-busy")]
    [InlineData(Mood.Broken, "tutor-unavailable")]
    [InlineData(Mood.Silent, "tutor-timeout")]
    [InlineData(Mood.Stalled, "tutor-timeout")]
    [InlineData(Mood.Crawling, "tutor-timeout")]
    [InlineData(Mood.Cut, "tutor-cut")]
    [InlineData(Mood.Garbage, "tutor-unavailable")]
    [InlineData(Mood.Empty, "tutor-empty")]
    public async Task Every_mood_ends_with_its_code_and_what_came_before_stands(Mood mood, string code)
    {
        _server.Mood = mood;
        _server.Answer = "Жапырақ күн сәулесін ұстайды, өсімдіктің өзегіне жеткізеді. Содан қант жасайды да, оттегін ауаға шығарады, ауа тазарады.";
        _server.CutAfter = 12;
        var (text, _, _, fault) = await ExplainAsync(Tutor(), Sample.Explain());
        fault!.Code.ShouldBe(code);
        if (mood is Mood.Cut or Mood.Stalled)
        {
            text.ShouldStartWith("Жапырақ күн сәулесін ұстайды");
            _server.Answer.ShouldStartWith(text);
            fault.From!.Tokens.ShouldBeGreaterThan(0, "what was used is counted though the server never said how much");
        }
        else
        {
            text.ShouldBe("");
        }

        _server.Requests.Count.ShouldBeLessThanOrEqualTo(mood == Mood.Busy ? 2 : 1, "nothing is asked twice that may have been billed");
    }

    [Fact]
    public async Task A_busy_server_that_names_a_short_time_is_asked_again_once_and_answers()
    {
        (_server.Mood, _server.Busy) = (Mood.Busy, ("0.05", 1));
        (await ExplainAsync(Tutor(), Sample.Explain())).Text.ShouldBe(_server.Answer);
        _server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_busy_server_that_names_a_long_time_is_not_waited_for()
    {
        (_server.Mood, _server.Busy) = (Mood.Busy, ("60", int.MaxValue));
        (await ExplainAsync(Tutor(), Sample.Explain())).Fault!.Code.ShouldBe("tutor-busy");
        _server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(Mood.Broken)]
    [InlineData(Mood.Silent)]
    [InlineData(Mood.Busy)]
    public async Task The_second_provider_stands_in_before_the_first_word_and_is_named(Mood mood)
    {
        _server.Mood = mood;
        var (text, _, provenance, _) = await ExplainAsync(Tutor(Second), Sample.Explain());
        text.ShouldBe(_second.Answer);
        provenance!.Model.ShouldBe("local-model");
        _second.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task After_the_first_word_nobody_else_is_asked()
    {
        (_server.Mood, _server.CutAfter) = (Mood.Cut, 9);
        (await ExplainAsync(Tutor(Second), Sample.Explain())).Fault!.Code.ShouldBe("tutor-cut");
        _second.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_provider_that_keeps_failing_is_left_alone_for_a_while()
    {
        _server.Mood = Mood.Broken;
        var tutor = Tutor(Second);
        for (var i = 0; i < 20; i++)
        {
            (await ExplainAsync(tutor, Sample.Explain())).Text.ShouldBe(_second.Answer);
        }

        _server.Requests.Count.ShouldBeLessThan(10);
        _second.Requests.Count.ShouldBe(20);
    }

    [Fact]
    public async Task Cancelling_ends_the_request_at_the_server_and_settles_what_was_used()
    {
        (_server.Mood, _server.StallAfter) = (Mood.Stalled, 8);
        var budget = new CountingBudget(100_000);
        using var stop = new CancellationTokenSource();
        var fault = await Should.ThrowAsync<TutorException>(async () =>
        {
            await foreach (var piece in Tutor(o => o.NextTokenWithin = TimeSpan.FromMinutes(1), budget).Explain(Sample.Explain(), stop.Token))
            {
                await stop.CancelAsync();
            }
        });
        fault.Code.ShouldBe("tutor-stopped");
        fault.From!.Tokens.ShouldBe((int)budget.Spent);
        await _server.Aborted.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task What_was_cut_is_gone_on_with_behind_what_stands_already()
    {
        var start = new VariantStart("kk-simple", 1, "Жапырақ күн сәулесін ұстайды. ", [29]);
        _server.Answer = "Содан өсімдік қант жасайды, ал оттегі ауаға шығады. Ауа тазарады.";
        var (text, ends, _, _) = await ExplainAsync(Tutor(), Sample.Explain(start: start));
        text.ShouldBe(_server.Answer);
        ends.ShouldBe([start.Text.Length + 51]);
        Regex.Unescape(_server.Requests.Single().Body).ShouldContain("\"assistant\"");
    }

    [Fact]
    public async Task A_wrong_language_is_repaired_once_before_anybody_reads_a_word()
    {
        var answers = new Queue<string>(["This is an answer in the wrong language, and it goes on for quite a while.", _server.Answer]);
        _server.AnswerTo = _ => answers.Dequeue();
        var call = Sample.Call();
        (await ExplainAsync(Tutor(), Sample.Explain(call: call))).Text.ShouldBe(_server.Answer);
        call.TakeIncidents().Select(i => i.Kind).ShouldBe(["wrong-language"]);
    }

    [Fact]
    public async Task A_wrong_language_twice_is_a_failure_and_not_an_answer()
    {
        _server.Answer = "Лист ловит свет и делает из него сахар, а кислород отдаёт воздуху вокруг себя.";
        var (text, _, _, fault) = await ExplainAsync(Tutor(), Sample.Explain());
        (text, fault!.Code).ShouldBe(("", "wrong-language"));
        _server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_word_that_must_not_be_said_stops_the_stream_before_it()
    {
        _server.Answer = "Жапырақ күн сәулесін ұстайды, өсімдіктің өзегіне жеткізеді. Ал енді how to make a bomb деген сұраққа көшейік.";
        var call = Sample.Call();
        var (text, _, _, fault) = await ExplainAsync(Tutor(), Sample.Explain(call: call));
        fault!.Code.ShouldBe("output-withheld");
        text.ShouldNotContain("bomb");
        call.TakeIncidents().Single().ShouldSatisfyAllConditions(i => i.Kind.ShouldBe("output-withheld"), i => i.Category.ShouldBe("violence"));
    }

    [Fact]
    public async Task The_providers_own_moderation_is_asked_when_there_is_one()
    {
        _server.Flagged = "құпия сөз";
        var tutor = Tutor(o => o.ModerationModel = "local-moderation");
        (await ExplainAsync(tutor, Sample.Explain("Мынау құпия сөз туралы"))).Fault!.Code.ShouldBe("input-withheld");
        _server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_kit_plans_is_asked_once_and_replayed_as_a_stream_that_says_so()
    {
        var tutor = Tutor(cache: Sample.Cache());
        var first = await ExplainAsync(tutor, Sample.Explain());
        var again = await ExplainAsync(tutor, Sample.Explain());
        (again.Text, again.Provenance!.Cached, again.Provenance.Tokens, first.Provenance!.Cached).ShouldBe((first.Text, true, 0, false));
        again.Ends.ShouldBe([.. first.Ends, first.Text.Length]);
        _server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_text_that_the_teacher_discards_is_asked_for_anew_and_the_new_one_is_kept()
    {
        var tutor = Tutor(cache: Sample.Cache());
        var bad = (await ExplainAsync(tutor, Sample.Explain())).Text;
        _server.Answer = "Жапырақ жарықты ұстап, одан өсімдікке қант жасайды. Ауаға оттегі шығады.";
        var anew = await ExplainAsync(tutor, Sample.Explain() with { Discards = bad });
        (anew.Text, anew.Provenance!.Cached).ShouldBe((_server.Answer, false));
        var next = await ExplainAsync(tutor, Sample.Explain());
        (next.Text, next.Provenance!.Cached, _server.Requests.Count).ShouldBe((_server.Answer, true, 2));
    }

    [Fact]
    public async Task Whatever_shapes_an_explanation_makes_it_another_answer()
    {
        var (cache, asked) = (Sample.Cache(), Sample.Explain());
        var tutor = Tutor(cache: cache);
        ExplainRequest With(Func<ExplanationOrder, ExplanationOrder> change) => asked with { Order = change(asked.Order) };
        var others = new Dictionary<string, ExplainRequest>
        {
            ["language"] = asked with { Variant = new(Language.Ru, Level.Simple) },
            ["language, another"] = asked with { Variant = new(Language.En, Level.Simple) },
            ["level"] = asked with { Variant = new(Language.Kk, Level.Standard) },
            ["mode"] = With(o => o with { Mode = ExplainMode.Life }),
            ["grade"] = With(o => o with { Grade = 3 }),
            ["kit"] = With(o => o with { KitHash = "another edition" }),
            ["lesson"] = With(o => o with { LessonId = "another" }),
            ["step"] = With(o => o with { StepId = "another" }),
            ["topic"] = With(o => o with { TopicId = "t2" }),
            ["passage"] = With(o => o with { Passage = "Жапырақ күн сәулесін ұстайды." }),
        };
        // The server answers in whatever language it was asked to write in, so that each answer is good and is kept.
        _server.AnswerTo = body => Regex.Unescape(body) switch
        {
            var b when b.Contains("по-русски", StringComparison.Ordinal) => "Лист ловит свет и делает из него сахар, а кислород отдаёт воздуху вокруг.",
            var b when b.Contains("in English only", StringComparison.Ordinal) => "A leaf catches light and makes sugar of it, and gives oxygen to the air.",
            _ => null,
        };
        (await ExplainAsync(tutor, asked)).Fault.ShouldBeNull();
        foreach (var (what, other) in others)
        {
            var before = _server.Requests.Count;
            var (text, _, source, fault) = await ExplainAsync(tutor, other);
            (fault, source!.Cached, _server.Requests.Count).ShouldBe((null, false, before + 1), what);
            var again = await ExplainAsync(tutor, other);
            (again.Text, again.Provenance!.Cached, _server.Requests.Count).ShouldBe((text, true, before + 1), what);
        }

        await ExplainAsync(Tutor(o => o.Model = "another-model", cache: cache), asked);
        _server.Requests.Count.ShouldBe(others.Count + 2, "model");
    }

    [Fact]
    public async Task What_somebody_typed_is_never_cached()
    {
        var tutor = Tutor(cache: Sample.Cache());
        await ExplainAsync(tutor, Sample.Explain("Неге жапырақ жасыл?"));
        await ExplainAsync(tutor, Sample.Explain("Неге жапырақ жасыл?"));
        _server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_budget_stops_hard_and_is_overshot_by_one_call_at_most()
    {
        const int Limit = 4000;
        var budget = new CountingBudget(Limit);
        var tutor = Tutor(budget: budget);
        var faults = (await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => ExplainAsync(tutor, Sample.Explain())))).Select(t => t.Fault?.Code).ToList();
        faults.ShouldContain("budget-reached");
        faults.Count(f => f is null).ShouldBe(_server.Requests.Count);
        budget.Spent.ShouldBe(_server.Requests.Count * 30L, "every hold was settled with what the server counted");
        while ((await ExplainAsync(tutor, Sample.Explain())).Fault is null)
        {
        }

        budget.Spent.ShouldBeLessThanOrEqualTo(Limit + 30);
    }

    [Fact]
    public async Task Feedback_keeps_verbatim_quotes_only_and_cannot_hold_a_mark()
    {
        _server.Answer = """
            {"items":[{"descriptorId":"d1","verdict":"met","quote":"Жапырақ күнге бұрылады","nextStep":"Тағы бір мысал қос."},
                      {"descriptorId":"d2","verdict":"partly","quote":"ойдан шығарылған","nextStep":"Толықтыр. Саған 5 балл.","mark":5},
                      {"descriptorId":"zz","verdict":"met","quote":"","nextStep":""}]}
            """;
        var request = Sample.Feedback(Work);
        var draft = await Tutor().Ask(request, default);
        draft.DroppedQuotes.ShouldBe(1);
        draft.Items.ShouldBe([new("d1", Verdict.Met, "Жапырақ күнге бұрылады", "Тағы бір мысал қос."), new("d2", null, "", "Толықтыр.")]);
        typeof(FeedbackItem).GetProperties().Select(p => p.PropertyType).ShouldNotContain(typeof(int));
        request.Call.TakeIncidents().Select(i => i.Kind).ShouldBe(["quote-dropped", "verdict-dropped", "mark-dropped"]);
    }

    [Fact]
    public async Task Names_and_numbers_never_leave_and_come_back_in_the_answer()
    {
        _server.AnswerTo = body =>
        {
            var standIn = Regex.Match(Regex.Unescape(body), @"Менің атым (\[P\d+\])").Groups[1].Value;
            return $$"""{"items":[{"descriptorId":"d1","verdict":"met","quote":"Менің атым {{standIn}}","nextStep":"Жарайсың, {{standIn}}."}]}""";
        };
        var draft = await Tutor().Ask(Sample.Feedback(Work, Language.Kk, "Дания", "Иван"), default);
        var sent = Regex.Unescape(_server.Requests.Single().Body);
        sent.ShouldNotContain("Дания");
        // A block's own word is twelve random digits and letters.
        Regex.Replace(sent, "[0-9a-f]{12}", "").ShouldNotContain("701");
        draft.Items[0].Quote.ShouldBe("Менің атым Дания");
        draft.Items[0].NextStep.ShouldBe("Жарайсың, Дания.");
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("{\"items\":[]}")]
    [InlineData("{\"items\":[{\"descriptorId\":\"d1\",\"verdict\":\"excellent\"}]}")]
    [InlineData("{\"items\":[{\"descriptorId\":\"d1\",\"verdict\":5}]}")]
    [InlineData("{\"items\":{\"a\":1}}")]
    [InlineData("")]
    public async Task An_answer_that_is_none_is_asked_for_once_more_and_is_then_a_failure_and_not_a_draft(string answer)
    {
        _server.Answer = answer;
        (await Should.ThrowAsync<TutorException>(() => Tutor().Ask(Sample.Feedback(Work), default))).Code.ShouldBe("tutor-empty");
        _server.Requests.Count.ShouldBe(answer.Length == 0 ? 1 : 2);
        var prompts = new PromptsRequest(Sample.Call("prompt"), Sample.Plan, Sample.Make, true, []);
        (await Should.ThrowAsync<TutorException>(() => Tutor().Ask(prompts, default))).Code.ShouldBe("tutor-empty");
    }

    [Fact]
    public async Task Prompts_come_whole_or_not_at_all_and_others_can_be_asked_for()
    {
        const string Text = """{"kk":"а","ru":"б","en":"c"}""";
        _server.Answer = $$"""
            {"candidates":[{"id":"x","question":{{Text}},"make":{{Text}},"materials":{{Text}},"minutes":500,"roles":[{{Text}}],"sharing":{{Text}}},
                           {"id":"y","question":{"kk":"а"},"make":{{Text}},"materials":{{Text}},"minutes":5,"roles":[],"sharing":{{Text}}}]}
            """;
        var draft = await Tutor().Ask(new PromptsRequest(Sample.Call("prompt"), Sample.Plan, Sample.Make, true, ["What grows?"]), default);
        draft.Candidates.Length.ShouldBe(1);
        draft.Candidates[0].Minutes.ShouldBe(60);
        _server.Requests.Single().Body.ShouldContain("What grows?");
    }

    [Fact]
    public async Task A_coach_asks_back_and_says_little()
    {
        _server.Answer = "Жақсы сұрақ. Жапырақтың түсіне қара. Онда не бар?";
        var request = Sample.Coach("Мен үшін жұмысты жазып бер");
        var answer = await Tutor().Ask(request, default);
        answer.Text.ShouldBe(_server.Answer);
        answer.Flags.ShouldBe(["wants-answer"]);

        // A model that does the task all the same: asked once more, then cut short and turned into a question.
        _server.Answer = string.Concat(Enumerable.Repeat("Жапырақ күн сәулесін ұстап, өсімдікке қант жасайды. ", 20));
        answer = await Tutor().Ask(Sample.Coach("Неге жапырақ жасыл?"), default);
        answer.Text.Length.ShouldBeLessThan(_server.Answer.Length / 2);
        answer.Text.ShouldEndWith("?");
    }

    [Fact]
    public async Task A_child_in_distress_gets_words_of_care_and_no_model()
    {
        var desk = new TutorDesk(null!, Tutor());
        foreach (var (language, words) in new[] { (Language.Kk, "өмір сүргім келмейді"), (Language.Ru, "я не хочу жить"), (Language.En, "I want to die") })
        {
            var request = Sample.Coach(words, language);
            var answer = await desk.Ask(request, default);
            answer.Text.ShouldContain("111");
            answer.Flags.ShouldBe(["distress"]);
            request.Call.TakeIncidents().Single().Category.ShouldBe("distress");
        }

        _server.Requests.ShouldBeEmpty();
    }

    private void Second(ModelOptions options) => options.Second = new ProviderOptions { Endpoint = _second.Endpoint, Model = "local-model" };

    private async Task<(string Text, List<int> Ends, Provenance? Provenance, TutorException? Fault)> ExplainAsync(ITutor tutor, ExplainRequest request)
    {
        var (text, ends, provenance) = (new StringBuilder(), new List<int>(), default(Provenance));
        try
        {
            await foreach (var piece in tutor.Explain(request, default))
            {
                text.Append(piece.Text);
                ends.AddRange(piece.Ends);
                provenance = piece.Provenance ?? provenance;
                _server.HasRead.TrySetResult();
            }
        }
        catch (TutorException e)
        {
            return (text.ToString(), ends, provenance, e);
        }

        return (text.ToString(), ends, provenance, null);
    }
}
