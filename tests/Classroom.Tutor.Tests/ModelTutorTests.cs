using System.Text.RegularExpressions;

namespace Classroom.Tutor.Tests;

/// <summary>Explanations of a model against a server that speaks the protocol over real HTTP, in every mood: each request comes to an end.</summary>
public sealed class ModelTutorTests : ModelServers
{
    [Fact]
    public async Task An_explanation_streams_with_its_sentences_and_its_provenance()
    {
        var (text, ends, provenance, fault) = await ExplainAsync(Tutor(), Sample.Explain());
        fault.ShouldBeNull();
        text.ShouldBe(Server.Answer);
        ends.ShouldBe([29, 49, 70]);
        provenance!.Model.ShouldBe("local-model");
        provenance.Tokens.ShouldBe(30);
        provenance.Template.ShouldBe("explain.kk@3");
        Server.Requests.Single().Authorization.ShouldBe("Bearer secret");
    }

    [Fact]
    public async Task Azure_gets_its_key_in_a_header_of_its_own()
    {
        await ExplainAsync(Tutor(o => o.ApiKeyHeader = true), Sample.Explain());
        Server.Requests.Single().ApiKey.ShouldBe("secret");
        Server.Requests.Single().Authorization.ShouldBe("");
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
        Server.Mood = mood;
        Server.Answer = "Жапырақ күн сәулесін ұстайды, өсімдіктің өзегіне жеткізеді. Содан қант жасайды да, оттегін ауаға шығарады, ауа тазарады.";
        Server.CutAfter = 12;
        var (text, _, _, fault) = await ExplainAsync(Tutor(), Sample.Explain());
        fault!.Code.ShouldBe(code);
        if (mood is Mood.Cut or Mood.Stalled)
        {
            text.ShouldStartWith("Жапырақ күн сәулесін ұстайды");
            Server.Answer.ShouldStartWith(text);
            fault.From!.Tokens.ShouldBeGreaterThan(0, "what was used is counted though the server never said how much");
        }
        else
        {
            text.ShouldBe("");
        }

        Server.Requests.Count.ShouldBeLessThanOrEqualTo(mood == Mood.Busy ? 2 : 1, "nothing is asked twice that may have been billed");
    }

    [Fact]
    public async Task A_busyServer_that_names_a_short_time_is_asked_again_once_and_answers()
    {
        (Server.Mood, Server.Busy) = (Mood.Busy, ("0.05", 1));
        (await ExplainAsync(Tutor(), Sample.Explain())).Text.ShouldBe(Server.Answer);
        Server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_busyServer_that_names_a_long_time_is_not_waited_for()
    {
        (Server.Mood, Server.Busy) = (Mood.Busy, ("60", int.MaxValue));
        (await ExplainAsync(Tutor(), Sample.Explain())).Fault!.Code.ShouldBe("tutor-busy");
        Server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(Mood.Broken)]
    [InlineData(Mood.Silent)]
    [InlineData(Mood.Busy)]
    public async Task TheSecond_provider_stands_in_before_the_first_word_and_is_named(Mood mood)
    {
        Server.Mood = mood;
        var (text, _, provenance, _) = await ExplainAsync(Tutor(WithSecond), Sample.Explain());
        text.ShouldBe(Second.Answer);
        provenance!.Model.ShouldBe("local-model");
        Second.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task After_the_first_word_nobody_else_is_asked()
    {
        (Server.Mood, Server.CutAfter) = (Mood.Cut, 9);
        (await ExplainAsync(Tutor(WithSecond), Sample.Explain())).Fault!.Code.ShouldBe("tutor-cut");
        Second.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_provider_that_keeps_failing_is_left_alone_for_a_while()
    {
        Server.Mood = Mood.Broken;
        var tutor = Tutor(WithSecond);
        for (var i = 0; i < 20; i++)
        {
            (await ExplainAsync(tutor, Sample.Explain())).Text.ShouldBe(Second.Answer);
        }

        Server.Requests.Count.ShouldBeLessThan(10);
        Second.Requests.Count.ShouldBe(20);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancelling_ends_the_request_at_theServer_and_settles_what_was_used(bool somethingWasDiscarded)
    {
        var cache = Sample.Cache();
        if (somethingWasDiscarded)
        {
            // What is told is compared with it, and looked up with the token that was cancelled.
            await cache.DiscardAsync("Жапырақ көк болады, ал түнде ол ұйықтайды.", default);
        }

        (Server.Mood, Server.StallAfter) = (Mood.Stalled, 8);
        var budget = new CountingBudget(100_000);
        using var stop = new CancellationTokenSource();
        var fault = await Should.ThrowAsync<TutorException>(async () =>
        {
            await foreach (var piece in Tutor(o => o.NextTokenWithin = TimeSpan.FromMinutes(1), budget, cache).Explain(Sample.Explain(), stop.Token))
            {
                await stop.CancelAsync();
            }
        });
        fault.Code.ShouldBe("tutor-stopped");
        fault.From!.Tokens.ShouldBe((int)budget.Spent);
        await Server.Aborted.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task What_was_cut_is_gone_on_with_behind_what_stands_already()
    {
        var start = new VariantStart("kk-simple", 1, "Жапырақ күн сәулесін ұстайды. ", [29]);
        Server.Answer = "Содан өсімдік қант жасайды, ал оттегі ауаға шығады. Ауа тазарады.";
        var (text, ends, _, _) = await ExplainAsync(Tutor(), Sample.Explain(start: start));
        text.ShouldBe(Server.Answer);
        ends.ShouldBe([start.Text.Length + 51, start.Text.Length + Server.Answer.Length]);
        Regex.Unescape(Server.Requests.Single().Body).ShouldContain("\"assistant\"");
    }

    [Fact]
    public async Task A_wrong_language_is_repaired_once_before_anybody_reads_a_word()
    {
        var answers = new Queue<string>(["This is an answer in the wrong language, and it goes on for quite a while.", Server.Answer]);
        Server.AnswerTo = _ => answers.Dequeue();
        var call = Sample.Call();
        (await ExplainAsync(Tutor(), Sample.Explain(call: call))).Text.ShouldBe(Server.Answer);
        call.TakeIncidents().Select(i => i.Kind).ShouldBe(["wrong-language"]);
    }

    [Fact]
    public async Task A_wrong_language_twice_is_a_failure_and_not_an_answer()
    {
        Server.Answer = "Лист ловит свет и делает из него сахар, а кислород отдаёт воздуху вокруг себя.";
        var (text, _, _, fault) = await ExplainAsync(Tutor(), Sample.Explain());
        (text, fault!.Code).ShouldBe(("", "wrong-language"));
        Server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_word_that_must_not_be_said_stops_the_stream_before_it()
    {
        Server.Answer = "Жапырақ күн сәулесін ұстайды, өсімдіктің өзегіне жеткізеді. Ал енді how to make a bomb деген сұраққа көшейік.";
        var call = Sample.Call();
        var (text, _, _, fault) = await ExplainAsync(Tutor(), Sample.Explain(call: call));
        fault!.Code.ShouldBe("output-withheld");
        text.ShouldNotContain("bomb");
        call.TakeIncidents().Single().ShouldSatisfyAllConditions(i => i.Kind.ShouldBe("output-withheld"), i => i.Category.ShouldBe("violence"));
    }

    [Fact]
    public async Task The_providers_own_moderation_is_asked_when_there_is_one()
    {
        Server.Flagged = "құпия сөз";
        var tutor = Tutor(o => o.ModerationModel = "local-moderation");
        (await ExplainAsync(tutor, Sample.Explain("Мынау құпия сөз туралы"))).Fault!.Code.ShouldBe("input-withheld");
        Server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_budget_stops_hard_and_is_overshot_by_one_call_at_most()
    {
        const int Limit = 4000;
        var budget = new CountingBudget(Limit);
        var tutor = Tutor(budget: budget);
        var faults = (await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => ExplainAsync(tutor, Sample.Explain())))).Select(t => t.Fault?.Code).ToList();
        faults.ShouldContain("budget-reached");
        faults.Count(f => f is null).ShouldBe(Server.Requests.Count);
        budget.Spent.ShouldBe(Server.Requests.Count * 30L, "every hold was settled with what the server counted");
        while ((await ExplainAsync(tutor, Sample.Explain())).Fault is null)
        {
        }

        budget.Spent.ShouldBeLessThanOrEqualTo(Limit + 30);
    }
}
