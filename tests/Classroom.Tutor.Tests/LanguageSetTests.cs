using System.Text.RegularExpressions;
using System.Text;
using Xunit.Abstractions;

namespace Classroom.Tutor.Tests;

/// <summary>
/// The languages that a model slips into, by our own sentences of a school, one a line: what is of another language is seen, and what is right is
/// not refused. The profiles were mended with these very lines in view: what they missed at first sight stands in the README of the tutor.
/// </summary>
public sealed class LanguageSetTests(ITestOutputHelper output)
{
    // Where one sentence leans a little to another language it stays: an explanation of right words must not break off, and a wrong one goes on being wrong.
    private const double Seen = 0.95;
    private const double SeenOfKarakalpak = 0.89;
    private const double Refused = 0.005;

    private static readonly (string From, string To)[] KazakhInLatin =
    [
        ("ә", "a"), ("ғ", "gh"), ("қ", "q"), ("ң", "ng"), ("ө", "o"), ("ұ", "u"), ("ү", "u"), ("һ", "h"), ("і", "i"), ("ж", "zh"), ("ш", "sh"), ("ы", "y"), ("у", "u"), ("и", "i"),
        ("й", "y"), ("я", "ya"), ("ю", "yu"), ("ч", "ch"), ("щ", "sh"), ("ц", "ts"), ("х", "h"), ("э", "e"), ("ё", "yo"), ("ъ", ""), ("ь", ""), .. Plain,
    ];

    private static readonly (string From, string To)[] KazakhInLatinOfToday =
    [
        ("ә", "ä"), ("ғ", "ğ"), ("қ", "q"), ("ң", "ñ"), ("ө", "ö"), ("ұ", "ū"), ("ү", "ü"), ("һ", "h"), ("і", "i"), ("ж", "j"), ("ш", "ş"), ("ы", "y"), ("у", "u"), ("и", "i"),
        ("й", "i"), ("я", "ia"), ("ю", "iu"), ("ч", "ch"), ("щ", "ş"), ("ц", "ts"), ("х", "h"), ("э", "e"), ("ё", "io"), ("ъ", ""), ("ь", ""), .. Plain,
    ];

    private static readonly (string From, string To)[] RussianInLatin =
    [
        ("ж", "zh"), ("ш", "sh"), ("ы", "y"), ("у", "u"), ("и", "i"), ("й", "y"), ("я", "ya"), ("ю", "yu"), ("ч", "ch"), ("щ", "shch"), ("ц", "ts"), ("х", "kh"), ("э", "e"), ("ё", "yo"),
        ("ъ", ""), ("ь", "'"), .. Plain,
    ];

    private static readonly (string From, string To)[] UzbekInLatin =
    [
        ("ў", "o‘"), ("қ", "q"), ("ғ", "g‘"), ("ҳ", "h"), ("ж", "j"), ("ш", "sh"), ("ч", "ch"), ("х", "x"), ("й", "y"), ("и", "i"), ("у", "u"), ("я", "ya"), ("ю", "yu"), ("ё", "yo"),
        ("ц", "s"), ("э", "e"), ("ъ", "’"), ("ь", ""), .. Plain,
    ];

    private static (string From, string To)[] Plain =>
    [
        ("а", "a"), ("б", "b"), ("в", "v"), ("г", "g"), ("д", "d"), ("е", "e"), ("з", "z"), ("к", "k"), ("л", "l"), ("м", "m"), ("н", "n"), ("о", "o"), ("п", "p"), ("р", "r"),
        ("с", "s"), ("т", "t"), ("ф", "f"),
    ];

    public static TheoryData<string, Language> Others
    {
        get
        {
            var all = new TheoryData<string, Language>();
            foreach (var wanted in Enum.GetValues<Language>())
            {
                foreach (var set in Sets.Keys.Where(s => !string.Equals(s, wanted.ToString(), StringComparison.OrdinalIgnoreCase)))
                {
                    all.Add(set, wanted);
                }
            }

            return all;
        }
    }

    private static readonly Dictionary<string, List<string>> Sets = Read();

    [Theory]
    [InlineData(Language.Kk)]
    [InlineData(Language.Ru)]
    [InlineData(Language.En)]
    public void What_is_right_is_not_refused(Language language)
    {
        var lines = Sets[language.ToString().ToLowerInvariant()];
        lines.Count.ShouldBeGreaterThanOrEqualTo(200);
        var refused = lines.Where(l => LanguageCheck.IsIn(l, language) == false).ToList();
        output.WriteLine($"{language}: {refused.Count} of {lines.Count} refused, {lines.Count(l => LanguageCheck.IsIn(l, language) is null)} not judged\n{string.Join('\n', refused)}");
        output.WriteLine("nearest: " + string.Join('\n', lines.Select(l => (Lead: LanguageCheck.LeadOf(l, language), l)).Where(x => x.Lead is not null).OrderBy(x => x.Lead).Take(15).Select(x => $"{x.Lead:0.0} {x.l}")));
        ((double)refused.Count / lines.Count).ShouldBeLessThanOrEqualTo(Refused);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void What_is_of_another_language_is_seen(string set, Language wanted)
    {
        var lines = Sets[set];
        lines.Count.ShouldBeGreaterThanOrEqualTo(set is "tr" or "az" or "de" or "fr" ? 40 : 60);
        var missed = lines.Where(l => LanguageCheck.IsIn(l, wanted) != false).ToList();
        output.WriteLine($"{set} as {wanted}: {missed.Count} of {lines.Count} missed\n{string.Join('\n', missed)}");
        (1 - ((double)missed.Count / lines.Count)).ShouldBeGreaterThanOrEqualTo((set, wanted) is ("kaa", Language.Kk) ? SeenOfKarakalpak : Seen);
    }

    // Sentences to children about their work, by hands that knew nothing of these profiles; lines in Latin letters or of two languages are meant so, and left out.
    [Theory]
    [InlineData("kk", Language.Kk, "[A-Za-z]{2,}")]
    [InlineData("ru", Language.Ru, "[A-Za-z]{2,}|[әғқңөұүіһӘҒҚҢӨҰҮІҺ]|молодец")]
    [InlineData("en", Language.En, "[^\\x00-\\x7f’“”–—…°×½¼¾£€²³]")]
    public void Of_right_sentences_by_other_hands_one_in_three_hundred_is_refused_at_most(string name, Language language, string other)
    {
        var lines = Directory.EnumerateFiles(Path.Combine(Checkout.Folder, "src/Classroom.Tutor/Guard/Examples"), $"nomarks-{name}*.txt").SelectMany(File.ReadLines)
            .Where(l => !Regex.IsMatch(l, other)).ToList();
        lines.Count.ShouldBeGreaterThan(500);
        var refused = lines.Where(l => LanguageCheck.IsIn(l, language) == false).ToList();
        output.WriteLine($"{name}: {refused.Count} of {lines.Count} refused\n{string.Join('\n', refused)}");
        (refused.Count / (double)lines.Count).ShouldBeLessThanOrEqualTo(1 / 300.0);
    }

    [Theory]
    [InlineData("Ол суды тамырдан алады.", Language.Kk)]
    [InlineData("Атом ядросында протон мен нейтрон болады, электрон сыртта айналады.", Language.Kk)]
    [InlineData("Болжамым мынау: 13–15 аралығы.", Language.Kk)]
    [InlineData("Класс точности прибора указан на шкале, посмотри под стеклом.", Language.Ru)]
    [InlineData("Low pressure brings rain, high pressure clear sky.", Language.En)]
    [InlineData("You've got a perfect score!!!", Language.En)]
    public void Right_sentences_that_were_refused_once_stay(string text, Language language) => LanguageCheck.IsIn(text, language).ShouldNotBe(false);

    // A quotation, what stands in brackets, and names are no words of the sentence.
    [Theory]
    [InlineData("Ол «мы все учились понемногу чему-нибудь и как-нибудь» деген жолды айтты.", Language.Kk)]
    [InlineData("Поэт сказал «адам ұрпағымен мың жасайды деген халық сөзін ұмытпаңдар», и мы запомнили.", Language.Ru)]
    [InlineData("Жапырақ (лист ловит свет и делает из него пищу для себя) қорек жасайды.", Language.Kk)]
    [InlineData("Бұл өлеңді Александр Сергеевич Пушкин, Михаил Юрьевич Лермонтов, Николай Васильевич Гоголь біледі.", Language.Kk)]
    public void What_only_stands_in_a_sentence_does_not_judge_it(string text, Language language) => LanguageCheck.IsIn(text, language).ShouldNotBe(false);

    // Nobody ends it, and what speaks for Kazakh at its beginning outweighs all that follows.
    [Fact]
    public void A_text_without_an_end_is_judged_piece_by_piece() => LanguageCheck.IsIn(
        string.Concat(Enumerable.Repeat("жапырақ күн сәулесін ұстап өзіне қорек жасайды және ", 60)) + string.Concat(Enumerable.Repeat("лист ловит солнечный свет и делает себе пищу ", 30)), Language.Kk).ShouldBe(false);

    private static Dictionary<string, List<string>> Read()
    {
        var sets = Directory.EnumerateFiles(Path.Combine(Checkout.Folder, "src/Classroom.Tutor.Audit/Sets/languages"), "*.txt")
            .ToDictionary(f => Path.GetFileNameWithoutExtension(f)!, f => File.ReadLines(f).Where(l => l.Length > 0 && l[0] != '#').ToList());
        sets["kk in Latin"] = In(sets["kk"], KazakhInLatin);
        sets["kk in Latin of today"] = In(sets["kk"], KazakhInLatinOfToday);
        sets["ru in Latin"] = In(sets["ru"], RussianInLatin);
        sets["uz in Latin"] = In(sets["uz"], UzbekInLatin);
        return sets;
    }

    private static List<string> In(List<string> lines, (string From, string To)[] table) => [.. lines.Where(l => l.Split(' ').Length > 3).Select(l =>
    {
        var all = new StringBuilder();
        foreach (var c in l)
        {
            var to = table.FirstOrDefault(t => t.From[0] == char.ToLowerInvariant(c)).To;
            all.Append(to is null ? c.ToString() : char.IsUpper(c) && to.Length > 0 ? char.ToUpperInvariant(to[0]) + to[1..] : to);
        }

        return all.ToString();
    })];
}
