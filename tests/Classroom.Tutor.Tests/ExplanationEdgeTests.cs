namespace Classroom.Tutor.Tests;

/// <summary>Where sentences meet: what a hostile model made of the places between them.</summary>
public sealed class ExplanationEdgeTests : IAsyncLifetime
{
    private const string Kk = "Жапырақ күн сәулесін ұстайды, одан өзіне қорек жасайды. ";
    private const string Second = "Оған су мен ауа да керек екен. ";
    private const string Third = "Су тамырдан жоғары қарай көтеріледі. ";
    private ProtocolServer _server = null!;

    public async Task InitializeAsync() => _server = await ProtocolServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sentence_that_passed_in_parts_ends_wherever_its_last_part_did(bool spacesEndPieces)
    {
        _server.SpacesEndPieces = spacesEndPieces;
        for (var length = 225; length < 260; length++)
        {
            // Cut or drawn out, so that the whole is as long as is wanted.
            var sentence = "Жапырақ күн сәулесін ұстап, судан қант жасайды, сосын оны тамырға, сабаққа, гүлге және жеміске таратады, ал түнде сол қантты өзі де жей бастайды, өйткені ол да тірі, ол да тыныс алады, ол да өседі, сол үшін оған қуат керек, әр күн";
            sentence = sentence[..Math.Min(sentence.Length, length - 6)] + new string('у', Math.Max(0, length - 6 - sentence.Length)) + " бар. ";
            _server.Answer = sentence + Second;
            var (text, fault) = await TellAsync();
            fault.ShouldBeNull($"{length}");
            text.Trim().ShouldBe((sentence + Second).Trim());
        }
    }

    [Theory]
    [InlineData("Это лист. Он зелёный. Он ест. ", Language.Kk)]
    [InlineData("This is a leaf. It is green. It eats. ", Language.Ru)]
    [InlineData("Бұл жапырақ. Ол жасыл. Ол жейді. ", Language.Ru)]
    [InlineData("Лист зелёный. Корень белый. Вода чистая. ", Language.En)]
    [InlineData("Запомни: листья дышат, корни пьют, стебель держит. ", Language.Kk)]
    public async Task Short_sentences_of_another_language_are_judged_together(string foreign, Language language)
    {
        _server.Answer = foreign;
        var (text, fault) = await TellAsync(new Variant(language, Level.Simple));
        fault!.Code.ShouldBe("wrong-language");
        text.Split('.').Length.ShouldBeLessThanOrEqualTo(3, text);
    }

    [Theory]
    [InlineData("Бұл жапырақ. Ол жасыл. Ол жейді. ", Language.Kk)]
    [InlineData("Глагол to be: I am, you are, he is, we are, they are. ", Language.Ru)]
    [InlineData("Казахские слова: шаңырақ, кереге, уық, босаға. ", Language.Ru)]
    [InlineData("Фотон, электрон, протон, нейтрон, позитрон. ", Language.Kk)]
    [InlineData("Запомни: one, two, three, four, five. ", Language.Ru)]
    [InlineData("Казахские слова: шаңырақ, кереге, уық, босаға, есік, оюлы, кілем, төр, сандық, көрпе, жастық, ошақ, қазан, шелек. ", Language.Ru)]
    [InlineData("Слова:\n1. apple\n2. table\n3. window\nОни тебе знакомы по первому уроку. ", Language.Ru)]
    [InlineData("Мына сөздерді біліп алайық:\n- натрий\n- калий\n- кальций\n- магний", Language.Kk)]
    [InlineData("Етістіктің үш түрі:\ngo — went — gone\nsee — saw — seen", Language.Kk)]
    [InlineData("Бағдарлама мынадай:\n```python\ntotal = 0\nfor x in items:\n    total += x\nprint(total)\n```", Language.Kk)]
    public async Task What_is_only_listed_is_of_no_language(string said, Language language)
    {
        _server.Answer = said;
        var (text, fault) = await TellAsync(new Variant(language, Level.Simple));
        (text.Trim(), fault).ShouldBe((said.Trim(), null));
    }

    [Theory]
    [InlineData(Second + Third)]
    [InlineData("Әрине. " + Kk + Second + Third)]
    [InlineData("- " + Kk + Second + Third)]
    [InlineData("**" + "Жапырақ күн сәулесін ұстайды, одан өзіне қорек жасайды.** " + Second + Third)]
    public async Task What_is_gone_on_with_begins_anew_and_is_told_once(string goesOn)
    {
        _server.Answer = goesOn;
        var (text, fault) = await TellAsync(start: Kk + Second);
        (text.Trim(), fault).ShouldBe((Third.Trim(), null));
    }

    [Theory]
    [InlineData("Әкең қайда жұмыс істейді, айына қанша табады? ")]
    [InlineData("Үйіңде біреу арақ іше ме? ")]
    public async Task A_question_that_pries_ends_it(string asked)
    {
        _server.Answer = Kk + asked;
        var (text, fault) = await TellAsync();
        (text.Trim(), fault!.Code).ShouldBe((Kk.Trim(), "output-withheld"));
    }

    [Theory]
    [InlineData("Do your parents live together?", true)]
    [InlineData("Кем работает твой отец и хорошо ли ему платят?", true)]
    [InlineData("What does your family earn from this tree?", true)]
    [InlineData("How does a leaf drink?", false)]
    [InlineData("Какой лист ты взял для опыта?", false)]
    [InlineData("Tell me what you saw under the lens.", false)]
    [InlineData("Сколько денег осталось у Оли?", false)]
    [InlineData("How much money does Tom have left?", false)]
    [InlineData("Оның қанша ақшасы қалды?", false)]
    [InlineData("Кем был отец Абая?", false)]
    [InlineData("Who was the father of Abai?", false)]
    [InlineData("Бұл диаграмма отбасының табысын сипаттайды.", false)]
    [InlineData("Сколько лампочек у тебя дома?", false)]
    [InlineData("Үйде терезеден не көресің?", false)]
    [InlineData("What do you see at home on the window?", false)]
    [InlineData("Сколько метров от твоего дома до школы?", false)]
    public void What_a_child_is_asked(string said, bool pries) => PrivateLife.Asks(said).ShouldBe(pries);

    [Theory]
    [InlineData("P1 V1 = P2 V2 holds for a gas. When P1 rises, V1 falls. Then P1 is 3 and P2 is 6.")]
    [InlineData("Let P1 be 3 atm.")]
    [InlineData("P1, V1 and P2 are known.")]
    [InlineData("Жарыста 1-қатысушы 5 км жүгірді.")]
    [InlineData("P2мм қағаз.")]
    public void A_pressure_is_no_childs_name(string said)
    {
        var pseudonyms = new Pseudonyms();
        pseudonyms.Hide("Алия мен Тимур есеп шығарды", ["Алия", "Тимур"]).ShouldContain("[P2]");
        pseudonyms.Restore(said).ShouldBe(said);
    }

    [Theory]
    [InlineData("P1мен бірге қара.")]
    [InlineData("P1, соны қара. Кестеде B2 ұяшығы бар.")]
    [InlineData("№1 қатысушы көмектесті.")]
    public void A_stand_in_with_an_ending_or_a_number_before_it_comes_back(string said)
    {
        var pseudonyms = new Pseudonyms();
        pseudonyms.Hide("Алия есеп шығарды", ["Алия"]);
        pseudonyms.Restore(said).ShouldStartWith("Алия");
    }

    private async Task<(string Text, TutorException? Fault)> TellAsync(Variant? variant = null, string? start = null)
    {
        var tutor = ModelTutor.Create(Sample.OptionsFor(_server.Endpoint), new CountingBudget(1_000_000), null, TimeProvider.System);
        var text = "";
        try
        {
            var language = variant?.Language ?? Language.Kk;
            await foreach (var piece in tutor.Explain(Sample.Explain("Неге жапырақ жасыл?", language, call: Sample.Call()) with { Start = start is null ? null : new VariantStart($"{variant ?? new(Language.Kk, Level.Simple)}", 1, start, []) }, default))
            {
                text += piece.Text;
            }
        }
        catch (TutorException e)
        {
            return (text, e);
        }

        return (text, null);
    }
}
