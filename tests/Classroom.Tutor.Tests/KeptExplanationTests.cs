using System.Text.RegularExpressions;

namespace Classroom.Tutor.Tests;

/// <summary>Which explanations are given again without asking, and which never are.</summary>
public sealed class KeptExplanationTests : ModelServers
{
    [Fact]
    public async Task What_a_kit_plans_is_asked_once_and_replayed_as_a_stream_that_says_so()
    {
        var tutor = Tutor(cache: Sample.Cache());
        var first = await ExplainAsync(tutor, Sample.Explain());
        var again = await ExplainAsync(tutor, Sample.Explain());
        (again.Text, again.Provenance!.Cached, again.Provenance.Tokens, first.Provenance!.Cached).ShouldBe((first.Text, true, 0, false));
        again.Ends.ShouldBe([.. first.Ends, first.Text.Length]);
        await foreach (var piece in tutor.Explain(Sample.Explain(), default))
        {
            piece.From.ShouldNotBeNull("who wrote it stands at its first word, not at its last").Cached.ShouldBeTrue();
            break;
        }

        Server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_text_that_the_teacher_discards_is_asked_for_anew_and_the_new_one_is_kept()
    {
        var tutor = Tutor(cache: Sample.Cache());
        var bad = (await ExplainAsync(tutor, Sample.Explain())).Text;
        Server.Answer = "Жапырақ жарықты ұстап, одан өсімдікке қант жасайды. Ауаға оттегі шығады.";
        var anew = await ExplainAsync(tutor, Sample.Explain() with { Discards = bad });
        (anew.Text, anew.Provenance!.Cached).ShouldBe((Server.Answer, false));
        var next = await ExplainAsync(tutor, Sample.Explain());
        (next.Text, next.Provenance!.Cached, Server.Requests.Count).ShouldBe((Server.Answer, true, 2));
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
        Server.AnswerTo = body => Regex.Unescape(body) switch
        {
            var b when b.Contains("по-русски", StringComparison.Ordinal) => "Лист ловит свет и делает из него сахар, а кислород отдаёт воздуху вокруг.",
            var b when b.Contains("in English only", StringComparison.Ordinal) => "A leaf catches light and makes sugar of it, and gives oxygen to the air.",
            _ => null,
        };
        (await ExplainAsync(tutor, asked)).Fault.ShouldBeNull();
        foreach (var (what, other) in others)
        {
            var before = Server.Requests.Count;
            var (text, _, source, fault) = await ExplainAsync(tutor, other);
            (fault, source!.Cached, Server.Requests.Count).ShouldBe((null, false, before + 1), what);
            var again = await ExplainAsync(tutor, other);
            (again.Text, again.Provenance!.Cached, Server.Requests.Count).ShouldBe((text, true, before + 1), what);
        }

        await ExplainAsync(Tutor(o => o.Model = "another-model", cache: cache), asked);
        Server.Requests.Count.ShouldBe(others.Count + 2, "model");
    }

    [Fact]
    public async Task What_somebody_typed_is_never_cached()
    {
        var tutor = Tutor(cache: Sample.Cache());
        await ExplainAsync(tutor, Sample.Explain("Неге жапырақ жасыл?"));
        await ExplainAsync(tutor, Sample.Explain("Неге жапырақ жасыл?"));
        Server.Requests.Count.ShouldBe(2);
    }
}
