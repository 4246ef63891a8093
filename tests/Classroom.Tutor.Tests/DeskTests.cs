using Classroom.Kits;

namespace Classroom.Tutor.Tests;

/// <summary>Who answers: the model, or the kit's author; and when the author's text stands in for the model, and says why.</summary>
public sealed class DeskTests : IAsyncLifetime
{
    private static readonly KitLibrary Library = KitLibrary.LoadAll(KitLibrary.ShippedFolder);
    private static readonly KitLesson Lesson = Library.Find("photosynthesis")!.Lessons[0];
    private static readonly PreparedTutor Prepared = new(Library, new PreparedTutorOptions { WordDelay = TimeSpan.Zero }, TimeProvider.System);
    private ProtocolServer _server = null!;

    public async Task InitializeAsync() => _server = await ProtocolServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public static TheoryData<Ability> Abilities => [.. Asking.All];

    public static TheoryData<Ability, Mood, string> NothingCame
    {
        get
        {
            var all = new TheoryData<Ability, Mood, string>();
            foreach (var ability in Asking.All)
            {
                all.Add(ability, Mood.Broken, "tutor-unavailable");
                all.Add(ability, Mood.Busy, "tutor-busy");
                all.Add(ability, Mood.Empty, "tutor-empty");
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(NothingCame))]
    public async Task Where_the_model_says_nothing_the_authors_text_stands_in_and_says_why(Ability ability, Mood mood, string cause)
    {
        _server.Mood = mood;
        ShouldBePrepared(await Ask(ability, Model()), cause, mood == Mood.Empty ? 30 : 0);
    }

    [Theory]
    [MemberData(nameof(Abilities))]
    public async Task Where_nothing_is_left_of_the_budget_the_authors_text_stands_in(Ability ability)
    {
        ShouldBePrepared(await Ask(ability, Model(budget: new CountingBudget(0))), "budget-reached");
        _server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Abilities))]
    public async Task What_was_cut_after_words_were_told_is_the_teachers_to_retry_and_of_an_answer_that_is_given_whole_nobody_saw_any(Ability ability)
    {
        (_server.Mood, _server.StallAfter) = (Mood.Stalled, 8);
        _server.Answer = Asking.Answer(ability, Asking.Good, Asking.Good);
        var outcome = await Ask(ability, Model(o => (o.FirstTokenWithin, o.NextTokenWithin) = (TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(500))));
        if (ability != Ability.Explain)
        {
            (outcome.Fault, outcome.Source!.IsPrepared, outcome.Source.Cause).ShouldBe((null, true, "tutor-timeout"));
            return;
        }

        outcome.Fault.ShouldBe("tutor-timeout");
        outcome.Source!.Provider.ShouldNotBe(Provenance.PreparedProvider);
    }

    [Theory]
    [MemberData(nameof(Abilities))]
    public async Task Without_a_model_or_with_AI_off_only_the_author_speaks(Ability ability)
    {
        ShouldBePrepared(await Ask(ability, null), null);
        ShouldBePrepared(await Ask(ability, Model(), aiOn: false), null);
        _server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Abilities))]
    public async Task Where_nothing_is_prepared_the_models_own_failure_is_the_answer(Ability ability)
    {
        _server.Mood = Mood.Broken;
        var desk = new TutorDesk(new PreparedTutor(KitLibrary.LoadAll(), new PreparedTutorOptions(), TimeProvider.System), Model());
        var outcome = await Asking.AskAsync(desk, ability, lesson: Lesson);
        // The coach's prepared words are the tutor's own and are always there.
        outcome.Fault.ShouldBe(ability == Ability.Coach ? null : "tutor-unavailable");
    }

    [Theory]
    [InlineData(Place.Topic)]
    [InlineData(Place.Work)]
    public async Task What_was_withheld_is_not_worked_around(Place place)
    {
        var outcome = await Ask(Asking.Of(place), Model(), place, "Мен өмір сүргім келмейді.");
        (outcome.Fault, outcome.Text).ShouldBe(("input-withheld", ""));
        _server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_child_in_distress_gets_words_of_care_with_a_model_or_without(bool hasModel, bool aiOn)
    {
        var outcome = await Ask(Ability.Coach, hasModel ? Model() : null, Place.Question, "Мен өмір сүргім келмейді.", aiOn);
        outcome.Fault.ShouldBeNull();
        outcome.Text.ShouldContain("111");
        outcome.Flags.ShouldBe(["distress"]);
        outcome.Incidents.Select(i => (i.Kind, i.Category)).ShouldBe([("input-withheld", "distress")]);
        _server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_only_the_providers_moderation_withholds_gets_a_kind_refusal()
    {
        _server.Flagged = "құпия сөз";
        var outcome = await Ask(Ability.Coach, Model(o => o.ModerationModel = "local-moderation"), Place.Question, "Мынау құпия сөз.");
        outcome.Fault.ShouldBeNull();
        outcome.Text.ShouldBe(Template.Line("coach", Language.Kk, "withheld"));
        outcome.Flags.ShouldBe(["unsafe"]);
        _server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Abilities))]
    public async Task Prepared_text_that_stands_in_names_what_the_model_used(Ability ability)
    {
        _server.Answer = Asking.Answer(ability, Asking.Wrong);
        var outcome = await Ask(ability, Model());
        if (outcome.Source is { IsPrepared: true } source)
        {
            source.Cause.ShouldNotBeNull();
            source.Tokens.ShouldBeGreaterThanOrEqualTo(_server.Requests.Count * 30, "all attempts");
        }
    }

    [Fact]
    public async Task A_text_has_one_label_whoever_began_it_goes_on()
    {
        var whole = (await Tell(Prepared, null)).Text;
        var prepared = new Provenance(Provenance.PreparedProvider, "photosynthesis", "explain@kit", 0, 1, false);
        var started = new VariantStart("kk-simple", 2, whole[..50], [], prepared);
        var desk = new TutorDesk(Prepared, Model());
        var (text, _, _) = await Tell(desk, started);
        (started.Text + text).ShouldBe(whole);
        _server.Requests.ShouldBeEmpty();

        _server.Answer = Asking.Good;
        var model = started with { Text = "Модель айтты. ", From = prepared with { Provider = "local" } };
        (await Tell(desk, model)).Text.ShouldBe(Asking.Good);
        (await Should.ThrowAsync<TutorException>(() => Tell(desk, model, aiOn: false))).Code.ShouldBe("no-ai");
        (await Should.ThrowAsync<TutorException>(() => Tell(new TutorDesk(Prepared, null), model))).Code.ShouldBe("no-ai");
        // Nobody knows who began it, and it is not the author's: nothing is put behind it.
        (await Should.ThrowAsync<TutorException>(() => Tell(Prepared, model with { From = null }))).Code.ShouldBe("no-prepared-text");
    }

    [Fact]
    public async Task Prepared_text_goes_on_from_wherever_it_was_stopped_in_every_variant_and_mode()
    {
        foreach (var (language, level, mode) in Enum.GetValues<Language>().SelectMany(l => Enum.GetValues<Level>().SelectMany(v => Enum.GetValues<ExplainMode>().Select(m => (l, v, m)))))
        {
            var variant = new Variant(language, level);
            var (whole, ends, from) = await Tell(Prepared, null, variant, mode);
            from!.IsPrepared.ShouldBeTrue("known from the first words on");
            ends[^1].ShouldBe(whole.Length);
            for (var at = 1; at <= whole.Length; at += 13)
            {
                var start = new VariantStart(variant.ToString(), 2, whole[..at], [.. ends.Where(e => e < at)], from);
                var (rest, more, _) = await Tell(Prepared, start, variant, mode);
                (whole[..at] + rest).ShouldBe(whole);
                start.SentenceEnds.Concat(more).ShouldBe(ends, $"{variant} {mode} stopped at {at}");
            }
        }
    }

    private static async Task<(string Text, List<int> Ends, Provenance? From)> Tell(
        ITutor tutor, VariantStart? start, Variant? variant = null, ExplainMode mode = ExplainMode.Plain, bool aiOn = true)
    {
        var step = Lesson.Plan.Steps.First(s => !s.Topics.IsEmpty);
        var request = Sample.Explain(start: start);
        request = request with
        {
            Variant = variant ?? request.Variant,
            Order = request.Order with { KitId = Lesson.Plan.KitId, LessonId = Lesson.Plan.LessonId, StepId = step.Id, TopicId = step.Topics[0].Id, Mode = mode, AiOn = aiOn },
        };
        var (text, ends, from) = ("", new List<int>(), default(Provenance));
        await foreach (var piece in tutor.Explain(request, default))
        {
            text += piece.Text;
            ends.AddRange(piece.Ends);
            from ??= piece.From;
        }

        return (text, ends, from);
    }

    private static void ShouldBePrepared(Outcome outcome, string? cause, int tokens = 0)
    {
        outcome.Fault.ShouldBeNull();
        outcome.Text.ShouldNotBe("");
        (outcome.Source!.Provider, outcome.Source.Cause, outcome.Source.Tokens).ShouldBe((Provenance.PreparedProvider, cause, tokens));
    }

    private static Task<Outcome> Ask(Ability ability, ModelTutor? model, Place? place = null, string written = Asking.Good, bool aiOn = true) =>
        Asking.AskAsync(new TutorDesk(Prepared, model), ability, place, written, lesson: Lesson, aiOn: aiOn);

    private ModelTutor Model(Action<ModelOptions>? change = null, ITokenBudget? budget = null)
    {
        var options = Sample.OptionsFor(_server.Endpoint);
        change?.Invoke(options);
        return ModelTutor.Create(options, budget ?? new NoBudget(), null, TimeProvider.System);
    }
}
