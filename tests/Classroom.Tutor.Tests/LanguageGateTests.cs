namespace Classroom.Tutor.Tests;

/// <summary>The language of an explanation while it streams: sentence by sentence, and nothing of a wrong one is shown.</summary>
public sealed class LanguageGateTests : IAsyncLifetime
{
    private const string Kk = "Жапырақ күн сәулесін ұстайды, одан өзіне қорек жасайды. ";
    private const string Asked = "Жапырақ күн сәулесін ұстайды. Ал сенің бағаң қандай?";
    private const string Begun = "Жапырақ күн сәулесін ұстайды. Оған су мен ауа керек.";
    private const string Ru = "Потом вода поднимается по стеблю к каждому листу. ";
    private ProtocolServer _server = null!;

    public async Task InitializeAsync() => _server = await ProtocolServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData(Ru)]
    [InlineData("Then the water climbs through the stem to every single leaf. ")]
    [InlineData("Андан кийин суу сабак аркылуу жалбыракка көтөрүлөт. ")]
    [InlineData("Sodan kejin su sabaq arqyly japyraqqa koteriledi. ")]
    public async Task A_sentence_of_another_language_amid_a_right_answer_is_held_back_and_ends_it(string foreign)
    {
        _server.Answer = Kk + foreign + Kk;
        var (text, fault, call) = await TellAsync();
        text.Trim().ShouldBe(Kk.Trim());
        fault!.Code.ShouldBe("wrong-language");
        (fault.From!.Provider.Length > 0, fault.Tokens > 0).ShouldBe((true, true), "what was shown keeps where it is from, and its tokens");
        call.TakeIncidents().Select(i => (i.Kind, i.Category)).ShouldBe([("wrong-language", "kk")]);
        _server.Requests.Count.ShouldBe(1, "nothing is asked again after its first word");
    }

    [Fact]
    public async Task What_begins_in_another_language_is_asked_for_once_more_before_a_word_is_shown()
    {
        _server.AnswerTo = _ => _server.Requests.Count == 1 ? Ru + Kk : Kk;
        var (text, fault, call) = await TellAsync();
        (text.Trim(), fault).ShouldBe((Kk.Trim(), null));
        call.TakeIncidents().Select(i => i.Kind).ShouldBe(["wrong-language"]);
        _server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Twice_in_another_language_leaves_room_for_prepared_text_and_counts_both()
    {
        _server.Answer = Ru;
        var (text, fault, _) = await TellAsync();
        (text, fault!.Code, fault.From).ShouldBe(("", "wrong-language", null));
        fault.Tokens.ShouldBe(60);
    }

    [Theory]
    [InlineData("Су (H2O мен CO2 қосылып, қант түзіледі, бұл жарықта өтеді. ")]
    [InlineData("Аралық [0; 1) сандарының бәрін қамтиды, бірақ бір саны оған кірмейді. ")]
    [InlineData("Ол «фотосинтез деген сөзді алғаш рет естіп, дәптеріне жазып алды. ")]
    [InlineData("Мына [ жақша ешқашан жабылмайды, сонда да сөйлем жалғаса береді. ")]
    [InlineData("Ағылшынша leaf, орысша «лист», латынша folium деген сөз жапырақты білдіреді. ")]
    [InlineData("Python, Scratch, JavaScript — бағдарламалау тілдері. ")]
    [InlineData("Ньютон (Isaac Newton) 1687 жылы кітабын жариялады, оның бірлігі N болып белгіленеді. ")]
    [InlineData("«Тише едешь, дальше будешь» деген орыс мақалын да білеміз. ")]
    [InlineData("Формула: $v = s / t$, мұнда v жылдамдықты білдіреді. ")]
    public async Task A_term_a_name_a_formula_a_quotation_and_an_open_bracket_hold_nothing(string sentence)
    {
        _server.Answer = Kk + sentence + Kk;
        var pieces = new List<string>();
        var (text, fault, _) = await TellAsync(pieces.Add);
        fault.ShouldBeNull();
        text.Trim().ShouldBe(_server.Answer.Trim());
        pieces.Count(p => p.Length > 0).ShouldBeGreaterThanOrEqualTo(3, "it runs on sentence by sentence while it comes");
    }

    // A list of sums has nothing to be judged by; the class does not wait for its end.
    [Fact]
    public async Task What_has_no_end_passes_clause_by_clause()
    {
        _server.Answer = Kk + string.Concat(Enumerable.Range(1, 60).Select(i => $"{i} + {i} = {i + i}, "));
        var pieces = new List<string>();
        (await TellAsync(pieces.Add)).Fault.ShouldBeNull();
        var parts = pieces.Where(p => p.Contains('=', StringComparison.Ordinal)).ToList();
        parts.Count.ShouldBeGreaterThanOrEqualTo(3);
        parts.SkipLast(1).ShouldAllBe(p => p.EndsWith(", ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_part_ends_within_a_formula()
    {
        _server.Answer = Kk + string.Concat(Enumerable.Range(1, 40).Select(i => $"$\\text{{алма, алмұрт; өрік. нан}} = {i}$, "));
        var pieces = new List<string>();
        (await TellAsync(pieces.Add)).Fault.ShouldBeNull();
        var parts = pieces.Where(p => p.Contains('$', StringComparison.Ordinal)).ToList();
        parts.Count.ShouldBeGreaterThanOrEqualTo(3);
        parts.ShouldAllBe(p => p.Count(c => c == '$') % 2 == 0);
    }

    [Theory]
    [InlineData("сөз ")]
    [InlineData("ж")]
    public async Task What_has_neither_an_end_nor_a_clause_is_lost_nowhere(string word)
    {
        _server.Answer = string.Concat(Enumerable.Repeat(word, 600));
        (await TellAsync()).Text.Trim().ShouldBe(_server.Answer.Trim());
    }

    [Theory]
    [InlineData("[ P1 ]")]
    [InlineData("［ P1 ］")]
    [InlineData("[ **P1** ]")]
    public async Task Half_a_stand_in_waits_for_its_other_half(string standIn)
    {
        _server.Answer = Kk + $"Сондықтан бүгін бәріміз {standIn} досымыздың сұрағын талқылаймыз. " + Kk;
        var call = Sample.Call("explain", "Айгерім");
        var (text, fault, _) = await TellAsync(call: call, words: "Айгерім жапырақ неге жасыл деп сұрады");
        fault.ShouldBeNull();
        text.ShouldContain("бәріміз Айгерім досымыздың");
        text.ShouldNotContain("P1");
    }

    // Word by word a P1 comes before what says that it is a power.
    [Theory]
    [InlineData("Тізбекте P1 = 3 Вт болсын, ал P2 = 5 Вт болсын, екеуін қосып көрейік. ")]
    [InlineData("Сызықтағы P3 нүктесі екі жақтан бірдей қашықтықта жатыр, соны өлшейміз. ")]
    [InlineData("Енді осы жердегі қуатты P1 + P2 деп жазып, жауабын бірге табайық. ")]
    public async Task A_label_of_a_lesson_stays_as_it_is_while_it_streams_though_a_child_has_that_number(string sentence)
    {
        _server.Answer = Kk + sentence + Kk;
        var (text, fault, call) = await TellAsync(call: Sample.Call("explain", "Нұрлан"), words: "Нұрланға тақтадағы қуатты түсіндіріңіз");
        (text.Trim(), fault).ShouldBe(((Kk + sentence + Kk).Trim(), null));
        call.TakeIncidents().ShouldBeEmpty();
    }

    // The last sentence may have no end, one may be longer than any look back, and one may lean on the one before it.
    [Theory]
    [InlineData("Ал сенің бұл жауабың толық бес балл алады")]
    [InlineData("Осы жерде біз жапырақтың қалай қорек жасайтынын, оған неге су мен жарық керек екенін, ол жарықтың қайдан келетінін, түнде не болатынын бірге қарап шықтық, енді сенің бағаң бес болады.")]
    [InlineData("Ал сенің бағаң қандай? Бес.")]
    [InlineData("Керемет жұмыс, сондықтан саған бес балл.")]
    public async Task A_mark_is_seen_at_the_end_and_in_any_length_and_no_word_of_it_is_shown(string mark)
    {
        _server.Answer = Kk + mark;
        var (text, fault, call) = await TellAsync();
        (fault?.Code, call.TakeIncidents().Select(i => i.Category).SingleOrDefault()).ShouldBe(("output-withheld", "mark"));
        text.ShouldStartWith(Kk.Trim());
        text.ShouldNotContain("бес б");
        text.ShouldNotContain("Бес");
        text.ShouldNotContain("саған");
    }

    // What the class has already is leant on, and told no second time.
    [Theory]
    [InlineData(Asked, "Бес.", "output-withheld", "")]
    [InlineData(Begun, "Содан соң су сабақпен жоғары көтеріледі.", null, " Содан соң су сабақпен жоғары көтеріледі.")]
    [InlineData(Begun, Begun + " Содан соң су сабақпен жоғары көтеріледі.", null, " Содан соң су сабақпен жоғары көтеріледі.")]
    [InlineData(Begun, "Оған су мен ауа керек. Содан соң су сабақпен жоғары көтеріледі.", null, " Содан соң су сабақпен жоғары көтеріледі.")]
    [InlineData(Begun, Begun, null, "")]
    [InlineData("Жапырақ күн сәулесін ұстайды, өсімдіктің өзегіне жеткізеді.", "Одан кейін су мен көмірқышқыл газы қантқа айналады, оттегі ауаға шығады.", null, " Одан кейін су мен көмірқышқыл газы қантқа айналады, оттегі ауаға шығады.")]
    public async Task What_goes_on_leans_on_what_was_told_and_does_not_begin_anew(string start, string more, string? code, string told)
    {
        _server.Answer = more;
        var (text, fault, _) = await TellAsync(start: start);
        (fault?.Code, text.TrimEnd()).ShouldBe((code, told));
    }

    // Shown sentences lend nothing of themselves: what excused one is not cut off for the next.
    [Fact]
    public async Task What_was_shown_ends_nothing_that_comes_later()
    {
        _server.Answer = "In the story that we have read today, a girl grows a bean on the window sill of a cold room, she draws its leaves every morning with a soft pencil, and in spring the teacher told this to all. Draw such a leaf.";
        var (text, fault, _) = await TellAsync(variant: new Variant(Language.En, Level.Simple));
        (fault, text).ShouldBe((null, _server.Answer));
    }

    // Two points of a list that was cut stay two lines.
    [Fact]
    public async Task A_list_goes_on_on_a_line_of_its_own()
    {
        _server.Answer = "2. Сабақ оны жоғары көтереді.";
        (await TellAsync(start: "1. Тамыр суды топырақтан алады.")).Text.ShouldBe("\n2. Сабақ оны жоғары көтереді.");
    }

    // Of two lines that differ in a sign the second is new; of what is told anew names are names.
    [Theory]
    [InlineData("Теңдеудің екі түбірі бар.\nx = 3", "x = -3\nЕкеуі де дұрыс болады.", "\nx = -3\nЕкеуі де дұрыс болады.")]
    [InlineData("Мысалы:\nсу мұзға айналады.\nОдан соң ол қайта ериді де, су болады.", "Мысалы:\nмұз қайта ериді.", " Мысалы:\nмұз қайта ериді.")]
    [InlineData("1. Жапырақ су ішеді.\n2. Тамыр оны топырақтан алады.\n", "1. Жапырақ су ішеді.\n2. Тамыр оны топырақтан алады.\n3. Сабақ оны жоғары көтереді.", "3. Сабақ оны жоғары көтереді.")]
    [InlineData("Нұрлан жақсы сұрақ қойды, соған жауап берейік. Жапырақ жасыл.", "[P1] жақсы сұрақ қойды, соған жауап берейік. Жапырақ жасыл. Ол жарықты ұстайды.", " Ол жарықты ұстайды.")]
    [InlineData("Жапырақ жасыл. Ол күн жарығын ұстап тұрады.", "Ол күн жарығын ұстап тұрады. Содан қант жасайды.", " Содан қант жасайды.")]
    public async Task What_is_gone_on_with_is_told_once_and_what_is_new_is_told(string start, string more, string told)
    {
        _server.Answer = more;
        var (text, fault, _) = await TellAsync(start: start, call: Sample.Call("explain", "Нұрлан"));
        (fault, text.TrimStart('\n', ' ')).ShouldBe((null, told.TrimStart('\n', ' ')));
        (start + text).ShouldNotContain(start.Trim() + told.Trim());
    }

    // A long quotation is another language, until it is shut.
    [Theory]
    [InlineData("Ағылшынша бұл ережені былай айтады: «The plant takes water from the soil and light from the sun every day». ")]
    [InlineData("Ережесі мынау: \"Plants take their water from the soil and catch the light of the sun\", соны есте сақтаңдар. ")]
    public async Task A_quotation_is_waited_for(string sentence)
    {
        _server.Answer = Kk + sentence + Kk;
        var (text, fault, _) = await TellAsync();
        (fault, text.Trim()).ShouldBe((null, _server.Answer.Trim()));
    }

    // The class presses on a sentence that is lost on it: it can as soon as it reads it.
    [Fact]
    public async Task A_sentence_comes_with_its_end()
    {
        _server.Answer = "Су буға айналады.\n\n- бірінші сатысы осы.\nБіз т.б. нәрсені де көрдік! Ол 3.5 литр болды.";
        var (said, ends) = ("", new List<int>());
        var pieces = new List<(string Text, int Ended)>();
        await foreach (var piece in ModelTutor.Create(Sample.OptionsFor(_server.Endpoint), new CountingBudget(1_000_000), null, TimeProvider.System).Explain(Sample.Explain("Неге?"), default))
        {
            said += piece.Text;
            ends.AddRange(piece.Ends);
            pieces.Add((said, ends.LastOrDefault()));
        }

        said.ShouldBe(_server.Answer);
        pieces.Where(p => p.Text.Length < said.Length).ShouldAllBe(p => p.Ended == p.Text.Length);
        ends.ShouldBe([17, 40, 68, 87]);
    }

    // An answer that is withheld leaves no sign of itself.
    [Theory]
    [InlineData("(")]
    [InlineData("**")]
    [InlineData("…\n\n— ")]
    public async Task Signs_wait_for_their_word(string sign)
    {
        _server.Answer = sign + "Ал сенің бағаң бес.";
        var (text, fault, _) = await TellAsync();
        (text, fault!.Code, fault.From).ShouldBe(("", "output-withheld", null));
    }

    [Fact]
    public async Task A_bare_stand_in_is_the_child_again_while_it_streams()
    {
        _server.Answer = Kk + "Ал P1 осы сұрақты өзі қойып, жауабын дәптеріне жазып алды. ";
        var (text, fault, _) = await TellAsync(call: Sample.Call("explain", "Нұрлан"), words: "Нұрланға тақтадағы қуатты түсіндіріңіз");
        fault.ShouldBeNull();
        text.ShouldContain("Ал Нұрлан осы сұрақты");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n\n  ")]
    [InlineData("…")]
    [InlineData("3 + 4 = 7; 2/5 < 1/2.")]
    public void Nothing_to_judge_is_not_judged(string text) => LanguageCheck.IsIn(text, Language.Kk).ShouldBeNull();

    [Fact]
    public void A_page_without_an_end_and_a_word_without_an_end_are_judged_in_time()
    {
        LanguageCheck.IsIn(new string('ж', 200_000), Language.Kk).ShouldBeNull();
        LanguageCheck.IsIn(string.Concat(Enumerable.Repeat("лист ловит свет ", 5_000)), Language.Kk).ShouldBe(false);
        LanguageCheck.IsIn(string.Concat(Enumerable.Repeat("((«[", 20_000)), Language.Kk).ShouldBeNull();
    }

    private async Task<(string Text, TutorException? Fault, TutorCall Call)> TellAsync(
        Action<string>? onPiece = null, TutorCall? call = null, string words = "Неге жапырақ жасыл?", string? start = null, Variant? variant = null)
    {
        var options = Sample.OptionsFor(_server.Endpoint);
        call ??= Sample.Call();
        var tutor = ModelTutor.Create(options, new CountingBudget(1_000_000), null, TimeProvider.System);
        var text = "";
        try
        {
            await foreach (var piece in tutor.Explain(Sample.Explain(words, variant?.Language ?? Language.Kk, call: call) with { Start = start is null ? null : new VariantStart("kk-simple", 1, start, []) }, default))
            {
                text += piece.Text;
                onPiece?.Invoke(piece.Text);
            }
        }
        catch (TutorException e)
        {
            return (text, e, call);
        }

        return (text, null, call);
    }
}
