namespace Classroom.Lessons.Tests;

/// <summary>A quote is compared as text: what typing, pasting and models change makes no difference, and other words never pass.</summary>
public sealed class QuoteTests
{
    // A work, and words that stand in it.
    private static readonly (string Work, string Part)[] Works =
    [
        ("Мен айттым: «жапырақ күнге бұрылады» – себебі оған жарық керек. Үйдегі гүл де солай.", "«жапырақ күнге бұрылады» – себебі оған жарық"),
        ("Ең бірінші мен, яғни Әлия, теректің \"ірі\" жапырағын көрдім - үлкен екен… Содан кейін түсіндім.", "Әлия, теректің \"ірі\" жапырағын көрдім - үлкен"),
        ("Йод крахмалды көк қылады, – деді апам, – ол “сынақ” деп аталады.", "Йод крахмалды көк қылады, – деді апам, – ол “сынақ”"),
        ("Мой ёжик — «колючий» — жил у нас. Он ел яблоки, а не траву!", "Мой ёжик — «колючий» — жил у нас"),
        ("Сначала лист был зелёный,\nпотом - жёлтый... Я видел это сам, а не в 'книге'.", "лист был зелёный,\nпотом - жёлтый... Я видел это"),
        ("It's the leaf – the \"green kitchen\" – that makes sugar. We don't eat it, but the tree does.", "the leaf – the \"green kitchen\" – that makes sugar"),
        ("First we cut 2/4 – that's 1/2 — and then “the rest”. It wasn't hard, was it?", "we cut 2/4 – that's 1/2 — and then “the rest”"),
    ];

    private static readonly (string Name, Func<string, string> Change)[] Harmless =
    [
        ("as it is", q => q),
        ("no-break spaces", q => q.Replace(' ', '\u00a0')),
        ("narrow, thin and doubled spaces", q => q.Replace(" ", "\u202f\u2009 ", StringComparison.Ordinal)),
        ("broken lines", q => q.Replace(" ", "\r\n\t", StringComparison.Ordinal)),
        ("curly quotes for straight ones and back", q => q.Replace('«', '"').Replace('»', '"').Replace('“', '„').Replace('”', '“').Replace('\'', '’')),
        ("plain quotes", q => q.Replace('«', '"').Replace('»', '"').Replace('“', '"').Replace('”', '"').Replace('’', '\'')),
        ("one dash for another", q => q.Replace('–', '-').Replace('—', '-')),
        ("a long dash", q => q.Replace('–', '—').Replace(" - ", " — ", StringComparison.Ordinal)),
        ("decomposed letters", Apart),
        ("soft hyphens and zero-width spaces", q => q.Insert(3, "\u00ad").Insert(6, "\u200b")),
        ("the first letter's case", q => char.IsLetter(q[0]) ? (char.IsUpper(q[0]) ? char.ToLowerInvariant(q[0]) : char.ToUpperInvariant(q[0])) + q[1..] : q),
        ("a full stop of its own", q => q + "."),
        ("dots around it", q => "…" + q + "..."),
        ("quotes around it", q => "«" + q + "»"),
        ("spaces beside signs", q => q.Replace(",", " ,", StringComparison.Ordinal).Replace(" – ", "–", StringComparison.Ordinal)),
    ];

    private static readonly (string Name, Func<string, string> Change)[] Other =
    [
        ("a word left out", q => Without(q, 2)),
        ("a word put in", q => Within(q, 2, "өте")),
        ("not", q => Within(q, 1, "не")),
        ("two words changed over", Swapped),
        ("another ending", q => q.TrimEnd('"', '”', '»') + "тың"),
        ("a letter less at the end", q => q.TrimEnd('"', '”', '»')[..^1]),
        ("a letter less at the beginning", q => q.TrimStart('«')[1..]),
        ("all in capitals", q => q.ToUpperInvariant()),
        ("another figure or word at the end", q => q + " 7"),
        ("words run together", q => q.Replace(" ", "", StringComparison.Ordinal)),
    ];

    public static IEnumerable<object[]> Matching =>
        from w in Works from h in Harmless select new object[] { w.Work, h.Change(w.Part), h.Name };

    public static IEnumerable<object[]> Foreign =>
        from w in Works from o in Other select new object[] { w.Work, o.Change(w.Part), o.Name };

    [Fact]
    public void There_are_more_than_sixty_of_each() => (Matching.Count(), Foreign.Count()).ShouldSatisfyAllConditions(
        n => n.Item1.ShouldBeGreaterThanOrEqualTo(60), n => n.Item2.ShouldBeGreaterThanOrEqualTo(60));

    [Theory]
    [MemberData(nameof(Matching))]
    public void A_quote_that_differs_as_bytes_only_is_found_and_shown_as_the_child_wrote_it(string work, string quote, string what)
    {
        var found = Quotes.Find(work, quote).ShouldNotBeNull(what);
        work.ShouldContain(found, Case.Sensitive);
        found.Count(char.IsLetter).ShouldBeGreaterThan(20);
        Quotes.Prove(found).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Foreign))]
    public void Words_that_are_not_in_the_work_are_never_found(string work, string quote, string what) => Quotes.Find(work, quote).ShouldBeNull(what);

    [Fact]
    public void A_work_in_letters_and_marks_is_quoted_as_it_is() =>
        Quotes.Find(Apart("Мой ёжик съел большой жёлтый лист."), "Ёжик съел большой жёлтый лист").ShouldBe(Apart("ёжик съел большой жёлтый лист"));

    [Fact]
    public void Four_parts_are_a_quote_and_five_are_gathered_words()
    {
        const string Work = "Жапырақ күнге бұрылады ертең. Су тамырдан келеді содан. Ауа жапыраққа кіреді сосын. Қант пайда болады онда. Ағаш өседі содан кейін.";
        Quotes.Find(Work, "Жапырақ күнге … Су тамырдан … Ауа жапыраққа … Қант пайда").ShouldNotBeNull();
        Quotes.Find(Work, "Жапырақ күнге … Су тамырдан … Ауа жапыраққа … Қант пайда … Ағаш өседі").ShouldBeNull();
    }

    [Theory]
    [InlineData("Жапырақ … жарық керек", "Жапырақ … жарық керек", null)]
    [InlineData("Лист поворачивается к солнцу, потому что ему нужен свет и тепло.", "Лист поворачивается ... нужен свет", "Лист поворачивается к солнцу, потому что ему нужен свет")]
    [InlineData("Лист поворачивается к солнцу, потому что ему нужен свет и тепло.", "нужен свет … Лист поворачивается", null)]
    [InlineData("Лист поворачивается к солнцу, потому что ему нужен свет и тепло.", "Лист … свет", null)]
    [InlineData("Лист поворачивается к солнцу, потому что ему нужен свет и тепло.", "Лист поворачивается … нужен дождь", null)]
    public void Left_out_words_are_shown_in_their_place(string work, string quote, string? found) => Quotes.Find(work, quote).ShouldBe(found ?? (work == quote ? work : null));

    [Fact]
    public void What_was_left_out_is_no_more_than_a_few_sentences() =>
        Quotes.Find("Лист зелёный. " + new string('а', 300) + " Нужен свет.", "Лист зелёный … Нужен свет").ShouldBeNull();

    [Theory]
    [InlineData("и", false)]
    [InlineData("и он", false)]
    [InlineData("су мен", false)]
    [InlineData("жапырақ", false)]
    [InlineData("фотосинтез", true)]
    [InlineData("жарық керек", true)]
    [InlineData("2/4 = 1/2", true)]
    [InlineData("12", false)]
    public void A_word_or_two_prove_nothing(string found, bool isProof) => Quotes.Prove(found).ShouldBe(isProof);

    [Theory]
    [InlineData("", "")]
    [InlineData("Лист", "")]
    [InlineData("", "Лист")]
    [InlineData("Лист", " … ")]
    [InlineData("Лист", "«»")]
    [InlineData("\ud83c", "\udf33")]
    [InlineData("Лист", "\u200b")]
    public void Nothing_is_found_in_nothing(string work, string quote) => Quotes.Find(work, quote).ShouldBeNull();

    [Fact]
    public void A_picture_in_a_text_and_half_of_one_do_no_harm()
    {
        Quotes.Find("Терек 🌳 жапырағы \ud83c күнге бұрылады", "жапырағы \ud83c күнге").ShouldBe("жапырағы \ud83c күнге");
        Quotes.Find(new string('̂', 8000) + "Терек жапырағы", "терек жапырағы").ShouldBe("Терек жапырағы");
    }

    // As some keyboards, files and PDFs write them.
    private static string Apart(string text) => text.Replace("й", "и\u0306", StringComparison.Ordinal).Replace("ё", "е\u0308", StringComparison.Ordinal);

    private static string Without(string quote, int word) => string.Join(' ', quote.Split(' ').Where((_, i) => i != word));

    private static string Within(string quote, int word, string more) => string.Join(' ', quote.Split(' ').Take(word).Append(more).Concat(quote.Split(' ').Skip(word)));

    private static string Swapped(string quote) => quote.Split(' ') is var w && w.Length > 3 ? string.Join(' ', [w[1], w[0], .. w[2..]]) : quote;
}
