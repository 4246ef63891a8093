using Classroom.Kits;

namespace Classroom.Tutor.Tests;

/// <summary>One person is one stand-in, which comes back however a model writes it, in the case that its sentence asks for.</summary>
public sealed class StandInTests
{
    [Fact]
    public void One_child_is_one_stand_in_in_every_form_and_spelling()
    {
        var pseudonyms = new Pseudonyms();
        pseudonyms.Hide("Дарья пришла. Даши нет, Дашу ждём, Дарья Ковалёва тут, Ковалёвой дали мел, Dasha рисует, даша спит.", ["Дарья Ковалёва", "Илья"])
            .ShouldBe("[P1] пришла. [P1] нет, [P1] ждём, [P1] тут, [P1] дали мел, [P1] рисует, [P1] спит.");
        pseudonyms.Hide("Айгерімге айттым, Aigerim күлді, Илье айт.", ["Дарья Ковалёва", "Илья"]).ShouldBe("[P2] айттым, [P2] күлді, [P3] айт.");
        pseudonyms.Restore("[P1], [P2], [P3]").ShouldBe("Дарья, Айгерім, Илья");
    }

    [Fact]
    public void Who_was_once_called_by_both_names_is_the_same_by_either_without_a_roster()
    {
        var pseudonyms = new Pseudonyms();
        pseudonyms.Hide("Олег Смирнов ушёл. Олега нет. Смирнова нет.", []).ShouldBe("[P1] ушёл. [P1] нет. [P1] нет.");
    }

    [Theory]
    [InlineData("[P1] помог.")]
    [InlineData("[p1] помог.")]
    [InlineData("[ P1 ] помог.")]
    [InlineData("[Р1] помог.")]
    [InlineData("[р1] помог.")]
    [InlineData("[П1] помог.")]
    [InlineData("P1 помог.")]
    [InlineData("Р1 помог.")]
    [InlineData("\\[P1\\] помог.")]
    [InlineData("［Ｐ１］ помог.")]
    [InlineData("[P 1] помог.")]
    [InlineData("[P-1] помог.")]
    [InlineData("[*P1*] помог.")]
    [InlineData("&#91;P1&#93; помог.")]
    [InlineData("{P1} помог.")]
    [InlineData("<P1> помог.")]
    [InlineData("P-1 помог.")]
    [InlineData("[Person 1] помог.")]
    [InlineData("[Student P1] помог.")]
    [InlineData("{student_1} помог.")]
    [InlineData("student P1 помог.")]
    [InlineData("ученик P1 помог.")]
    [InlineData("participant 1 помог.")]
    [InlineData("Person 1 помог.")]
    [InlineData("\\{P1\\} помог.")]
    [InlineData("&lt;P1&gt; помог.")]
    [InlineData("П1 помог.")]
    [InlineData("P 1 помог.")]
    [InlineData("P₁ помог.")]
    [InlineData("[P₁] помог.")]
    [InlineData("Участник №1 помог.")]
    [InlineData("ученик № 1 помог.")]
    [InlineData("[Оқушы 1] помог.")]
    [InlineData("[1-оқушы] помог.")]
    [InlineData("оқушы №1 помог.")]
    public void However_a_model_writes_it_the_name_comes_back(string answer)
    {
        var pseudonyms = new Pseudonyms();
        pseudonyms.Hide("Нурлану дали мел.", ["Нурлан"]).ShouldBe("[P1] дали мел.");
        pseudonyms.Restore(answer).ShouldBe("Нурлан помог.");
    }

    [Theory]
    [InlineData("Спроси [P7].", "")]
    [InlineData("[P0] и [ Р12 ]-ға да айт.", "")]
    [InlineData("［Ｐ９９９］ знает.", "")]
    [InlineData("The leaf of [P4] takes light. It makes sugar.", "It makes sugar.")]
    [InlineData("The leaf of {P2} takes light. It makes sugar.", "It makes sugar.")]
    [InlineData("It makes sugar. The leaf of <P4> takes light.", "It makes sugar.")]
    [InlineData("It makes sugar. Ask [Person 3]!", "It makes sugar.")]
    [InlineData("Ask P-3 of it. It makes sugar.", "It makes sugar.")]
    [InlineData("Ask (P3) of it. It makes sugar.", "It makes sugar.")]
    [InlineData("Ask **P3** of it. It makes sugar.", "It makes sugar.")]
    [InlineData("Ask Р3 of it. It makes sugar.", "It makes sugar.")]
    [InlineData("Ask student P3 of it. It makes sugar.", "It makes sugar.")]
    [InlineData("Ask participant 3 of it. It makes sugar.", "It makes sugar.")]
    [InlineData("Спроси \\{P9\\}. Лист делает сахар.", "Лист делает сахар.")]
    [InlineData("&lt;P9&gt; дұрыс айтты. Жапырақ қант жасайды.", "Жапырақ қант жасайды.")]
    [InlineData("[Оқушы 4] дұрыс айтты. Жапырақ қант жасайды.", "Жапырақ қант жасайды.")]
    [InlineData("П9 знает. Лист делает сахар.", "Лист делает сахар.")]
    [InlineData("P 9 knows it. It makes sugar.", "It makes sugar.")]
    [InlineData("P₉ knows it. It makes sugar.", "It makes sugar.")]
    [InlineData("Участник №9 знает. Лист делает сахар.", "Лист делает сахар.")]
    [InlineData("[P1/P9] know it. It makes sugar.", "It makes sugar.")]
    [InlineData("[NAME] knows it. It makes sugar.", "It makes sugar.")]
    [InlineData("Hello, [Student A]! It makes sugar.", "It makes sugar.")]
    [InlineData("[Имя], молодец! Лист делает сахар.", "Лист делает сахар.")]
    [InlineData("[Оқушының аты] дұрыс айтты. Жапырақ қант жасайды.", "Жапырақ қант жасайды.")]
    [InlineData("[Child's name] knows it. It makes sugar.", "It makes sugar.")]
    public void A_stand_in_of_nobody_is_never_shown_and_takes_its_sentence_along(string answer, string shown)
    {
        var pseudonyms = new Pseudonyms();
        pseudonyms.Hide("Нурлану дали мел.", ["Нурлан"]);
        pseudonyms.SpeaksOfNobody(answer).ShouldBeTrue();
        pseudonyms.Restore(answer).ShouldBe(shown);
    }

    // Nobody is called so there: a name would be wrong, and the letter names nobody.
    [Theory]
    [InlineData("P1V1 = P2V2.")]
    [InlineData("P2 = 3 W, P3 = 5 W.")]
    [InlineData("Point P3 lies on the line.")]
    [InlineData("P3 нүктесі түзуде жатыр.")]
    [InlineData("Мощность P2 больше.")]
    [InlineData("$\\frac{P3}{P4}$ is the ratio.")]
    [InlineData("\\frac{P3}{P4} is the ratio.")]
    [InlineData("The sum P3 + P4 is 8.")]
    [InlineData("P = UI, and phosphorus is P.")]
    [InlineData("Then P1 = 2 W.")]
    [InlineData("The pressure P1 is higher.")]
    [InlineData("Resistances P1 and P2 are equal.")]
    [InlineData("Давление P1 больше.")]
    [InlineData("Точка P1 лежит на прямой.")]
    [InlineData("Мощность P1 больше, чем мощность P2.")]
    [InlineData("Қысым P1 жоғары.")]
    [InlineData("P1 нүктесі түзуде жатыр.")]
    [InlineData("P1 қысымы жоғары, P1 мен P2 қуаты тең.")]
    [InlineData("P₁ = 5 Па, P₂ = 3 Па.")]
    [InlineData("The pressure P₁ is higher.")]
    [InlineData("names[name] and d['name'] are the same in code.")]
    [InlineData("See [name](page) in the text.")]
    [InlineData("V1 and V2 belong to P3 and P4.")]
    [InlineData("Ученик 5 класса знает, оқушы 5 кітап оқыды.")]
    public void What_stands_in_a_formula_or_is_told_what_it_is_stays(string answer)
    {
        var pseudonyms = new Pseudonyms();
        pseudonyms.Hide("Нурлану дали мел.", ["Нурлан"]);
        pseudonyms.Restore(answer).ShouldBe(answer);
    }

    [Theory]
    [InlineData("He has $5 and P1 has $7.", "He has $5 and Нурлан has $7.")]
    [InlineData("Курс ($) растёт, P1 прав ($).", "Курс ($) растёт, Нурлан прав ($).")]
    public void Money_is_no_formula(string answer, string told)
    {
        var pseudonyms = new Pseudonyms();
        pseudonyms.Hide("Нурлану дали мел.", ["Нурлан"]);
        pseudonyms.Restore(answer).ShouldBe(told);
    }

    [Fact]
    public void What_the_lesson_writes_stays_where_no_child_has_that_number()
    {
        var pseudonyms = new Pseudonyms();
        pseudonyms.AddLesson("P1 — бірінші бөтелке, P2 — екінші. Participant 9 has a book.");
        pseudonyms.Hide("Нурлану дали мел.", ["Нурлан"]);
        pseudonyms.Restore("P2 is colder. Participant 9 reads. P1 helped.").ShouldBe("P2 is colder. Participant 9 reads. Нурлан helped.");
    }

    [Fact]
    public void Where_nobody_was_hidden_a_letter_with_a_number_is_nobody()
    {
        new Pseudonyms().Restore("P2 жұмсақ, person 2 қатты.").ShouldBe("P2 жұмсақ, person 2 қатты.");
        new Pseudonyms().Restore("[P2] жұмсақ. Ол жасыл.").ShouldBe("Ол жасыл.");
    }

    [Theory]
    [InlineData("{Kamila Serikova} said it")]
    [InlineData("[[Kamila Serikova]] said it")]
    [InlineData("<Kamila Serikova> said it")]
    [InlineData("{{Kamila}} {Serikova}")]
    public void A_name_in_brackets_is_hidden(string text)
    {
        new Pseudonyms().Hide(text, ["Kamila Serikova"]).ShouldNotContain("amila");
        new Pseudonyms().Hide(text, []).ShouldNotContain("amila");
    }

    [Theory]
    [InlineData("[P1]-ға айт", "Данияға айт")]
    [InlineData("[P1]ге айт", "Данияға айт")]
    [InlineData("[P2]-нің ойы", "Айгерімнің ойы")]
    [InlineData("[P2]дан сұра", "Айгерімнен сұра")]
    [InlineData("[P3]-мен бірге", "Бекзатпен бірге")]
    [InlineData("[P3]ні көр", "Бекзатты көр")]
    [InlineData("[P3]да бар", "Бекзатта бар")]
    [InlineData("[P4]ның дәптері", "Ержанның дәптері")]
    [InlineData("[P1] айтты", "Дания айтты")]
    public void An_ending_that_the_model_gave_takes_the_shape_that_the_Kazakh_name_wants(string answer, string shown)
    {
        var pseudonyms = new Pseudonyms();
        pseudonyms.Hide("Данияға, Айгерімге, Бекзатқа, Ержанға айттым.", ["Дания", "Айгерім", "Бекзат", "Ержан"]).ShouldBe("[P1], [P2], [P3], [P4] айттым.");
        pseudonyms.Restore(answer).ShouldBe(shown);
    }

    [Theory]
    [InlineData("Спроси у [P1].", "Спроси у Даши.")]
    [InlineData("Подойди к [P1].", "Подойди к Даше.")]
    [InlineData("Обсуди это с [P1].", "Обсуди это с Дашей.")]
    [InlineData("Подумай о [P1].", "Подумай о Даше.")]
    [InlineData("Спроси [P1].", "Спроси Дашу.")]
    [InlineData("Обсуди с [P2].", "Обсуди с Ильёй.")]
    [InlineData("У [P2] верно.", "У Ильи верно.")]
    [InlineData("Помоги [P3].", "Помоги Олегу.")]
    [InlineData("Обсуди с [P4].", "Обсуди с Андреем.")]
    [InlineData("Для [P5] это легко.", "Для Айгерим это легко.")]
    [InlineData("У [P6] верно.", "У Алии верно.")]
    [InlineData("[P1] молодец.", "Даша молодец.")]
    public void The_word_before_it_asks_for_the_Russian_case(string answer, string shown)
    {
        var pseudonyms = new Pseudonyms();
        pseudonyms.Hide("Даши, Ильи, Олега, Андрея, Айгерим, Алии нет.", ["Даша", "Илья", "Олег", "Андрей", "Айгерим", "Алия"]).ShouldBe("[P1], [P2], [P3], [P4], [P5], [P6] нет.");
        pseudonyms.Restore(answer).ShouldBe(shown);
    }

    [Fact]
    public void The_word_before_may_have_been_told_earlier()
    {
        var pseudonyms = new Pseudonyms();
        pseudonyms.Hide("Даши нет.", ["Даша"]);
        pseudonyms.Restore("[P1].", before: "Спроси у ").ShouldBe("Даши.");
    }

    [Theory]
    [InlineData("[P1] кім?")]
    [InlineData("[ p1 ] кім?")]
    [InlineData("［Ｐ１］ кім?")]
    [InlineData("\\[Р1\\] кім?")]
    public void Whoever_writes_a_stand_in_in_any_way_gets_nobodys_name_back(string text)
    {
        var pseudonyms = new Pseudonyms();
        var hidden = pseudonyms.Hide(text + " Дания білмейді.", ["Дания"]);
        hidden.ShouldContain("[P1] білмейді");
        pseudonyms.Restore(hidden).Split("Дания").Length.ShouldBe(2, hidden);
    }

    [Fact]
    public void Who_speaks_of_P1_and_P2_gets_pressures_back()
    {
        var pseudonyms = new Pseudonyms();
        pseudonyms.Hide("Дания P1 мен P2 қысымын салыстырды.", ["Дания"]).ShouldBe("[P1] P1 мен P2 қысымын салыстырды.");
        pseudonyms.Restore("[P1], P1 қысымы үлкен бе?").ShouldBe("Дания, P1 қысымы үлкен бе?");
    }

    [Fact]
    public void In_a_talk_about_P1_a_child_is_still_the_child()
    {
        var pseudonyms = new Pseudonyms();
        pseudonyms.Hide("Дания: P1 = 5 Вт, ал Ернар келіспейді.", ["Дания", "Ернар"]).ShouldBe("[P1]: P1 = 5 Вт, ал [P2] келіспейді.");
        foreach (var (answer, shown) in new[]
        {
            ("[P1] asked a good question.", "Дания asked a good question."),
            ("P1 asked a good question.", "Дания asked a good question."),
            ("Then ask P2.", "Then ask Ернар."),
            ("P2 айтты, ал P1 сұрады.", "Ернар айтты, ал Дания сұрады."),
            ("P1 = 5 W, and P2 is less.", "P1 = 5 W, and P2 is less."),
            ("P1 is greater.", "P1 is greater."),
            ("Мощность P1 помогает понять.", "Мощность P1 помогает понять."),
            ("[P1/P2] помогут.", "Дания/Ернар помогут."),
            ("[P1, P2] и [P1 және P2]", "Дания, Ернар и Дания және Ернар"),
        })
        {
            pseudonyms.Restore(answer).ShouldBe(shown);
        }
    }

    [Fact]
    public void The_point_of_a_child_is_the_childs()
    {
        var pseudonyms = new Pseudonyms();
        pseudonyms.Hide("Данияға айттым.", ["Дания"]);
        pseudonyms.Restore("The point of P1 is good; P1 points out the leaf.").ShouldBe("The point of Дания is good; Дания points out the leaf.");
    }

    [Fact]
    public void Whoever_writes_several_stand_ins_gets_nobodys_name_back()
    {
        var pseudonyms = new Pseudonyms();
        var hidden = pseudonyms.Hide("[P1/P2] кім? Дания білмейді.", ["Дания"]);
        pseudonyms.Restore(hidden).Split("Дания").Length.ShouldBe(2, hidden);
    }

    // As children call one another in Latin letters: with the class known, and without.
    [Theory]
    [InlineData("timurchik took my pen", "Тимур")]
    [InlineData("i like timurchik", "")]
    [InlineData("dimochka is here", "Дима Ким")]
    [InlineData("aigerimzhan will help", "Айгерім")]
    [InlineData("kamilushka", "Kamila Serikova")]
    [InlineData("Timka took it", "Тимур, Тимa")]
    [InlineData("nurlanchik keldi", "")]
    public void A_pet_form_in_Latin_letters_is_the_child(string text, string names) =>
        new Pseudonyms().Hide(text, names.Split(", ", StringSplitOptions.RemoveEmptyEntries)).ShouldContain("[P1]");

    [Theory]
    [InlineData("the kitchen has a chick and a polka")]
    [InlineData("alaska, paprika and a babushka doll")]
    [InlineData("my matryoshka and the balalaika")]
    [InlineData("a samovar, a dacha, an ochka")]
    [InlineData("ananas chipsik")]
    public void A_word_that_ends_like_a_pet_form_stays(string text) => new Pseudonyms().Hide(text, ["Тимур", "Аружан", "Камила", "Дима"]).ShouldBe(text);

    // Pet forms that no list has, by the class alone: what is broken in ClassRoster.IsPet or in the forms of small letters is seen here.
    [Theory]
    [InlineData("Қайсарқұт", "Қайсаш")]
    [InlineData("Мөлдірай", "Мөлдешка")]
    public void A_pet_form_is_made_of_the_roster_itself(string name, string pet)
    {
        // Where no word beside it tells that it is a person: only the class knows it.
        var texts = new[] { "Бұл {0} дәптері.", "Осында {0} атты кітап жатыр.", "Үстелде {0} қаламы бар.", "Біз {0} туралы айттық.", "Терезеде {0} қағазы тұр." };
        var unseen = texts.Where(t => new Pseudonyms().Hide(t.Replace("{0}", pet, StringComparison.Ordinal), []).Contains(pet, StringComparison.Ordinal)).ToList();
        unseen.ShouldNotBeEmpty();
        unseen.ShouldAllBe(t => new Pseudonyms().Hide(t.Replace("{0}", pet, StringComparison.Ordinal), new[] { name }) == t.Replace("{0}", "[P1]", StringComparison.Ordinal));
    }

    // Names that no list has: written in the other alphabet, as a pet form, or with a slip; and a short word that is only near to one.
    [Theory]
    [InlineData("Zhuldyzaiym", "Бүгін Жұлдызайым сұрады.", "Бүгін [P1] сұрады.")]
    [InlineData("Қайсарқұт", "Бүгін Қайсош сұрады.", "Бүгін [P1] сұрады.")]
    [InlineData("Қайсарқұт", "Бүгін Қайсрақұт сұрады.", "Бүгін [P1] сұрады.")]
    [InlineData("Тоят", "Олар Тоян жайында оқыды.", "Олар Тоян жайында оқыды.")]
    public void A_name_of_the_class_that_no_list_has_is_found_in_its_forms(string name, string text, string sent) => new Pseudonyms().Hide(text, [name]).ShouldBe(sent);

    [Fact]
    public void A_quote_comes_back_word_for_word()
    {
        var pseudonyms = new Pseudonyms();
        const string Work = "Мен жапырақты санадым. Данияға айттым, ол сенбеді. Телефоны 8 701 234 56 78 еді.";
        pseudonyms.Hide(Work, ["Дания"]).ShouldBe("Мен жапырақты санадым. [P1] айттым, ол сенбеді. Телефоны [P2] еді.");
        pseudonyms.RestoreQuote("[ p1 ] айттым, ол").ShouldBe("Данияға айттым, ол");
        pseudonyms.RestoreQuote("Телефоны [P2]").ShouldBe("Телефоны 8 701 234 56 78");
        pseudonyms.RestoreQuote("санадым. [P1]").ShouldBe("санадым. Данияға");
        pseudonyms.RestoreQuote("еді.").ShouldBe("еді.");
        pseudonyms.RestoreQuote("мұнда жоқ [P1]").ShouldBe("мұнда жоқ Дания");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\u0301\u200b")]
    [InlineData("[")]
    [InlineData("@@@ +++ ... 8")]
    [InlineData("\ud83d")]
    public void Text_without_words_stays(string text) => new Pseudonyms().Hide(text, ["Дания", "", " ", "Я", "🌳", "12"]).ShouldBe(text);

    [Fact]
    public void A_long_text_of_nothing_but_tricks_is_read_to_its_end()
    {
        var text = string.Concat(Enumerable.Repeat("К а р а к а т +7 701 а.б.в Айгерімммм ул. Абая 1, ", 2_000));
        new Pseudonyms().Hide(text, [.. Enumerable.Range(0, 300).Select(i => $"Айгерім{i} Серікқызы")]).ShouldNotContain("Айгерім");
    }

    [Fact]
    public void A_themed_nickname_is_a_word_of_the_lesson()
    {
        var names = Enum.GetValues<Language>().SelectMany(l => ThemedNames.In(l)).ToList();
        names.Count.ShouldBe(120);
        foreach (var name in names)
        {
            var text = $"Біз {name} туралы оқыдық, {name.ToLowerInvariant()} жақсы.";
            new Pseudonyms().Hide(text, names).ShouldBe(text);
        }
    }

    [Fact]
    public void The_shipped_kits_keep_their_words()
    {
        var lines = Directory.EnumerateFiles(Path.Combine(Checkout.Folder, "src/Classroom.Kits/kits"), "*.yaml", SearchOption.AllDirectories).SelectMany(File.ReadLines)
            .Select(l => System.Text.RegularExpressions.Regex.Replace(l, @"^\s*(?:- )?(?:[a-zA-Z]+\d*: )?", "")).ToList();
        var words = lines.Sum(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
        words.ShouldBeGreaterThan(20_000);
        var changed = lines.Select(l => (Line: l, Sent: new Pseudonyms().Hide(l, []))).Where(x => x.Line != x.Sent).Select(x => x.Sent).ToList();
        (changed.Sum(s => s.Split("[P").Length - 1) / (double)words).ShouldBeLessThanOrEqualTo(0.001, string.Join('\n', changed));
        // The lesson that is being taught is known: a child may write any of its words, and name who is in its tasks.
        var pseudonyms = new Pseudonyms();
        pseudonyms.AddLesson(string.Join('\n', lines));
        lines.Where(l => pseudonyms.Hide(l, []) != l).Select(l => pseudonyms.Hide(l, [])).ShouldBeEmpty();
    }

    [Fact]
    public void Who_is_in_a_task_stays_unless_a_child_of_the_class_is_called_so()
    {
        const string Question = "Айша гүлді неге шығарды?";
        var pseudonyms = new Pseudonyms();
        pseudonyms.AddLesson("Айша әжесінен гүлді неге шығаратынын сұрады.");
        pseudonyms.Hide(Question, []).ShouldBe(Question);
        pseudonyms.Hide(Question, ["Айша Серік"]).ShouldBe("[P1] гүлді неге шығарды?");
    }
}
