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
        again.Ends.ShouldBe(first.Ends);
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

    // The model says the same again, in its own spelling, or with something around it.
    [Theory]
    [InlineData("{0}")]
    [InlineData("{0}!!!")]
    [InlineData("Міне түсіндірме: {0}")]
    [InlineData("Жақсы, тағы бір рет айтып көрейік. {0} Осымен бәрі.")]
    public async Task A_discarded_text_that_the_model_says_again_is_read_by_nobody(string around)
    {
        var cache = Sample.Cache();
        var bad = (await ExplainAsync(Tutor(cache: cache), Sample.Explain())).Text;
        Server.Answer = string.Format(System.Globalization.CultureInfo.InvariantCulture, around, bad.ToUpperInvariant().Replace(", ", " - ", StringComparison.Ordinal).Replace(" ", "  ", StringComparison.Ordinal));
        var call = Sample.Call();
        var (text, _, _, fault) = await ExplainAsync(Tutor(cache: cache), Sample.Explain(call: call) with { Discards = bad });
        fault!.Code.ShouldBe("output-withheld");
        fault.Tokens.ShouldBeGreaterThan(0);
        around.Split("{0}")[0].ShouldStartWith(text.Trim(), Case.Sensitive, "of what stands before it nothing or all is read");
        call.TakeIncidents().ShouldContain(i => i.Kind == "output-withheld" && i.Category == "discarded");
        // Another class, another process, what was typed or goes on: nobody reads it.
        (await ExplainAsync(Tutor(cache: cache), Sample.Explain("Неге жапырақ жасыл?"))).Fault!.Code.ShouldBe("output-withheld");
    }

    [Fact]
    public async Task Prepared_text_stands_in_for_a_discarded_one_and_an_answer_to_a_child_never_holds_it()
    {
        var cache = Sample.Cache();
        const string Bad = "Жапырақ көк болады. Ол жарық пен суды ұстап, өзіне тамақ жасайды.";
        await cache.DiscardAsync(Bad, default);
        var library = Kits.KitLibrary.LoadAll(Kits.KitLibrary.ShippedFolder);
        var lesson = library.Find("photosynthesis")!.Lessons[0];
        var desk = new TutorDesk(new PreparedTutor(library, new PreparedTutorOptions { WordDelay = TimeSpan.Zero }, TimeProvider.System), Tutor(cache: cache));
        foreach (var ability in new[] { Ability.Explain, Ability.Coach, Ability.Feedback })
        {
            var descriptor = lesson.Plan.Steps.First(s => s.Task is not null).Task!.Criteria[0].Descriptors[0].Id;
            Server.AnswerTo = _ => Asking.Answer(ability, Bad).Replace("\"d1\"", $"\"{descriptor}\"", StringComparison.Ordinal);
            var outcome = await Asking.AskAsync(desk, ability, lesson: lesson);
            (outcome.Fault, outcome.Source!.IsPrepared, outcome.Source.Cause).ShouldBe((null, true, "output-withheld"), $"{ability}");
            outcome.Source.Tokens.ShouldBeGreaterThan(0);
            outcome.Text.ShouldNotContain("көк болады");
        }
    }

    // What was stopped behind a full stop goes on behind a space, in each variant; what ends with a space has none more.
    [Theory]
    [InlineData("Жапырақ жарықты ұстап алады.", Language.Kk, "Одан өсімдік өзіне қорек жасайды, ауаға оттегін шығарады.", " ")]
    [InlineData("Жапырақ жарықты ұстап алады. ", Language.Kk, "Одан өсімдік өзіне қорек жасайды, ауаға оттегін шығарады.", "")]
    [InlineData("Жапырақ жарықты ұстап алады.\n", Language.Kk, "\n\nОдан өсімдік өзіне қорек жасайды, ауаға оттегін шығарады.", "")]
    [InlineData("Жапырақ жарықты", Language.Kk, "ұстап алады, одан өсімдік өзіне қорек жасайды.", " ")]
    [InlineData("Жапырақ жарықты ұстап алады", Language.Kk, ", одан өсімдік өзіне қорек жасайды, ауаға оттегін шығарады.", "")]
    [InlineData("Лист ловит свет.", Language.Ru, "«Хлорофилл» помогает ему делать сахар из воды и воздуха.", " ")]
    [InlineData("A leaf catches light.", Language.En, "It makes sugar of water and air, and gives oxygen.", " ")]
    public async Task What_goes_on_is_not_glued_to_what_was_told(string told, Language language, string more, string between)
    {
        Server.Answer = more;
        foreach (var level in Enum.GetValues<Level>())
        {
            var start = new VariantStart($"{language}-{level}", 2, told, [], new Provenance("model", "m", "explain.kk@2", 1, 1, false));
            var (text, ends, _, fault) = await ExplainAsync(Tutor(), Sample.Explain(language: language, level: level, start: start));
            (told + text).ShouldBe(told + between + more.TrimStart(), fault?.Code);
            ends.ShouldAllBe(e => e <= told.Length + text.Length);
        }
    }
}
