using System.Text.RegularExpressions;

namespace Classroom.Tutor.Tests;

/// <summary>What the model tutor makes of whole answers: feedback, candidates, the coach, words of care.</summary>
public sealed class ModelAnswerTests : ModelServers
{
    private const string Work = "Менің атым Дания, телефоным +7 701 123 45 67. Жапырақ күнге бұрылады, себебі жарық керек.";

    [Fact]
    public async Task Feedback_keeps_verbatim_quotes_only_and_cannot_hold_a_mark()
    {
        Server.Answer = """
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
        Server.AnswerTo = body =>
        {
            var standIn = Regex.Match(Regex.Unescape(body), @"Менің атым (\[P\d+\])").Groups[1].Value;
            return $$"""{"items":[{"descriptorId":"d1","verdict":"met","quote":"Менің атым {{standIn}}","nextStep":"Жарайсың, {{standIn}}."}]}""";
        };
        var draft = await Tutor().Ask(Sample.Feedback(Work, Language.Kk, "Дания", "Иван"), default);
        var sent = Regex.Unescape(Server.Requests.Single().Body);
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
        Server.Answer = answer;
        (await Should.ThrowAsync<TutorException>(() => Tutor().Ask(Sample.Feedback(Work), default))).Code.ShouldBe("tutor-empty");
        Server.Requests.Count.ShouldBe(answer.Length == 0 ? 1 : 2);
        var prompts = new PromptsRequest(Sample.Call("prompt"), Sample.Plan, Sample.Make, true, []);
        (await Should.ThrowAsync<TutorException>(() => Tutor().Ask(prompts, default))).Code.ShouldBe("tutor-empty");
    }

    [Fact]
    public async Task Prompts_come_whole_or_not_at_all_and_others_can_be_asked_for()
    {
        const string Text = """{"kk":"а","ru":"б","en":"c"}""";
        Server.Answer = $$"""
            {"candidates":[{"id":"x","question":{{Text}},"make":{{Text}},"materials":{{Text}},"minutes":500,"roles":[{{Text}}],"sharing":{{Text}}},
                           {"id":"y","question":{"kk":"а"},"make":{{Text}},"materials":{{Text}},"minutes":5,"roles":[],"sharing":{{Text}}}]}
            """;
        var draft = await Tutor().Ask(new PromptsRequest(Sample.Call("prompt"), Sample.Plan, Sample.Make, true, ["What grows?"]), default);
        draft.Candidates.Length.ShouldBe(1);
        draft.Candidates[0].Minutes.ShouldBe(60);
        Server.Requests.Single().Body.ShouldContain("What grows?");
    }

    [Fact]
    public async Task A_candidate_of_which_nothing_is_left_is_left_out()
    {
        const string Text = """{"kk":"а","ru":"б","en":"c"}""";
        const string Nobody = """{"kk":"[P7] не істеді?","ru":"Что сделал [P7]?","en":"What did [P7] do?"}""";
        Server.Answer = $$"""
            {"candidates":[{"id":"x","question":{{Nobody}},"make":{{Text}},"materials":{{Text}},"minutes":5,"roles":[],"sharing":{{Text}}},
                           {"id":"y","question":{{Text}},"make":{{Text}},"materials":{{Text}},"minutes":5,"roles":[{{Nobody}},{{Text}}],"sharing":{{Text}}}]}
            """;
        var draft = await Tutor().Ask(new PromptsRequest(Sample.Call("prompt"), Sample.Plan, Sample.Make, true, []), default);
        draft.Candidates.Single().Question.Kk.ShouldBe("а");
        draft.Candidates[0].Roles.Single().Kk.ShouldBe("а", "a role of nobody goes too");
    }

    [Fact]
    public async Task A_coach_asks_back_and_says_little()
    {
        Server.Answer = "Жақсы сұрақ. Жапырақтың түсіне қара. Онда не бар?";
        var request = Sample.Coach("Мен үшін жұмысты жазып бер");
        var answer = await Tutor().Ask(request, default);
        answer.Text.ShouldBe(Server.Answer);
        answer.Flags.ShouldBe(["wants-answer"]);

        // A model that does the task all the same: asked once more, then cut short and turned into a question.
        Server.Answer = string.Concat(Enumerable.Repeat("Жапырақ күн сәулесін ұстап, өсімдікке қант жасайды. ", 20));
        answer = await Tutor().Ask(Sample.Coach("Неге жапырақ жасыл?"), default);
        answer.Text.Length.ShouldBeLessThan(Server.Answer.Length / 2);
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

        Server.Requests.ShouldBeEmpty();
    }
}
