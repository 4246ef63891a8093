using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Classroom.Tutor.Tests;

/// <summary>Nothing that identifies a child leaves the process. Read at the far end of a real HTTP connection.</summary>
public sealed class PseudonymTests
{
    private const int Prompts = 10_000;
    private const int Workers = 8;

    // None that is a word too (Қуаныш, Ғалым, Арлан): such a one goes by its capital letter and by what is near it.
    private static readonly string[] Names =
    [
        "Айгерім", "Дания", "Ернар", "Арнұр", "Жансая", "Бекзат", "Нұрсұлтан", "Қуанбек", "Өмірбек", "Гүлнәр", "Иван", "Амина", "Сергей", "Анастасия", "Дмитрий",
        "Мария", "Ұлжан", "Ілияс", "Ғалия", "Һадиша", "Tom", "Emily", "Alexander", "Айгерім Серікқызы", "Петрова Анна", "Ёлка", "Юлия", "Аня", "Олег",
    ];

    private static readonly string[] Frames =
    [
        "{0} кеше бақшада жапырақты санады, ал мен суретін салдым.", "Мен {0} екеуіміз үш күн бақыладық.", "Жобаны {0} бастады, {1} аяқтады.",
        "Вчера {0} принесла листья, а мы их считали.", "Мы с {0} измеряли почву три дня.", "Спросите у {0}, если не верите.",
        "{0} and I watched the leaves for three days.", "Ask {0} about it.", "Хабарласу үшін: {1}", "Мой контакт {1}, звоните.", "Write to {1} please.", "{0}: {1}",
    ];

    [Fact]
    public async Task Of_ten_thousand_prompts_with_planted_names_and_numbers_none_leaves_the_process()
    {
        var leaked = new ConcurrentQueue<string>();
        var received = 0;
        // A server for each worker: what it was sent since the last prompt is this prompt.
        await Parallel.ForEachAsync(Enumerable.Range(0, Workers), async (worker, cancellationToken) =>
        {
            await using var server = await ProtocolServer.StartAsync();
            server.Answer = "Өзің қалай ойлайсың, жапырақ неге күнге қарай бұрылады екен?";
            var tutor = ModelTutor.Create(Sample.OptionsFor(server.Endpoint), new NoBudget(), null, TimeProvider.System);
            for (var seed = worker; seed < Prompts; seed += Workers)
            {
                var (text, language, names, secrets) = Plant(seed);
                try
                {
                    await tutor.Ask(Sample.Coach(text, language, names), cancellationToken);
                }
                catch (TutorException)
                {
                    // Withheld or in the wrong language: what counts is what was sent.
                }

                foreach (var secret in Leaks(server, secrets))
                {
                    leaked.Enqueue($"{seed}: {secret} in {text}");
                }
            }

            Interlocked.Add(ref received, server.Received);
        });

        received.ShouldBeGreaterThanOrEqualTo(Prompts * 9 / 10);
        leaked.ShouldBeEmpty();
    }

    private static IEnumerable<string> Leaks(ProtocolServer server, IEnumerable<string> secrets)
    {
        var sent = new StringBuilder();
        while (server.Requests.TryDequeue(out var request))
        {
            sent.Append(Regex.Unescape(request.Body));
        }

        var body = sent.ToString();
        // At a word's beginning: "дани" within "задание" is nobody's name.
        return secrets.Where(s => Regex.IsMatch(body, @"(?<![\p{L}\d])" + Regex.Escape(s), RegexOptions.IgnoreCase));
    }

    // What a child writes: a frame, a name in some ending or disguise, a number written in some way.
    private static (string Text, Language Language, string[] Names, List<string> Secrets) Plant(int seed)
    {
        var random = new Random(seed);
        var name = Names[random.Next(Names.Length)];
        var (written, secret) = Disguise(name, random);
        var number = Number(random);
        var text = string.Format(System.Globalization.CultureInfo.InvariantCulture, Frames[random.Next(Frames.Length)], written, number.Written);
        var secrets = new List<string>();
        if (text.Contains(written, StringComparison.Ordinal))
        {
            secrets.Add(secret);
        }

        if (text.Contains(number.Written, StringComparison.Ordinal))
        {
            secrets.Add(number.Secret);
        }

        return (text, (Language)random.Next(3), [name, Names[random.Next(Names.Length)]], secrets);
    }

    private static (string Written, string Secret) Disguise(string name, Random random)
    {
        string[] endings = ["", "", "ға", "ның", "дан", "мен", "у", "ом", "е", "ой", "'s"];
        var bare = name.Length > 4 && random.Next(2) == 0 ? name.TrimEnd('я', 'а', 'й') : name;
        var written = (bare + endings[random.Next(endings.Length)]) switch
        {
            var w => random.Next(6) switch
            {
                0 => w.ToUpperInvariant(),
                1 => w.ToLowerInvariant(),
                2 => w.Replace('е', 'e').Replace('а', 'a').Replace('о', 'o'),
                3 => w.Insert(Math.Min(2, w.Length), "\u200b"),
                4 => w.Replace('ә', 'а').Replace('і', 'и').Replace('ғ', 'г').Replace('ұ', 'у').Replace('ү', 'у').Replace('қ', 'к').Replace('ө', 'о'),
                _ => w,
            },
        };
        return (written, written);
    }

    // A day of birth, a century and sex, a number, and the check digit that goes with them.
    private static string Iin(Random random)
    {
        while (true)
        {
            var digits = $"{random.Next(100):00}{random.Next(1, 13):00}{random.Next(1, 29):00}{random.Next(3, 7)}{random.Next(10_000):0000}";
            int Sum(int first) => digits.Select((d, i) => (d - '0') * (((i + first - 1) % 11) + 1)).Sum() % 11;
            if ((Sum(1) == 10 ? Sum(3) : Sum(1)) is < 10 and var check)
            {
                return digits + check;
            }
        }
    }

    private static (string Written, string Secret) Number(Random random)
    {
        var phone = $"+7 7{random.Next(10, 99)} {random.Next(100, 999)} {random.Next(10, 99)} {random.Next(10, 99)}";
        var iin = Iin(random);
        var mail = $"oqushy{random.Next(1000)}@mail.kz";
        return random.Next(10) switch
        {
            0 => (phone, phone),
            1 => (phone.Replace(" ", "", StringComparison.Ordinal), phone.Replace(" ", "", StringComparison.Ordinal)),
            2 => (phone.Replace("+7 ", "8 (", StringComparison.Ordinal).Replace(' ', '-'), phone[^5..].Replace(' ', '-')),
            3 => (phone.Replace(' ', '.'), phone[^9..].Replace(' ', '.')),
            4 => (iin, iin),
            5 => (iin.Insert(6, " "), iin[6..]),
            6 => (mail, mail),
            7 => (mail.Replace("@", " (at) ", StringComparison.Ordinal), mail[..mail.IndexOf('@', StringComparison.Ordinal)]),
            8 => ($"ул. Абая {random.Next(1, 99)}, кв. {random.Next(100, 999)}", "Абая"),
            _ => ($"@insta_{random.Next(1000)}x", "insta_"),
        };
    }

    [Theory]
    [InlineData("Менің атым Жомарт, мен жапырақты санадым.", "Жомарт")]
    [InlineData("Меня зовут Тимур Исаев. Я считал листья.", "Тимур")]
    [InlineData("My name is Oliver and I counted leaves.", "Oliver")]
    [InlineData("Абай көшесі 15-үйде тұрамын, жапырақ сол жерде.", "Абай көшесі 15")]
    [InlineData("Мен Сәтбаев көшесінде тұрамын.", "Сәтбаев")]
    [InlineData("Живу: проспект Республики, дом 12, квартира 45", "Республики")]
    [InlineData("Пиши мне t.me/dana_2012 или звони 8 777 111 22 33", "dana_2012")]
    [InlineData("Позвони: восемь 8.7.0.1.1.2.3.4.5.6.7", "8.7.0.1")]
    public void What_a_child_says_of_itself_is_hidden_without_a_list(string text, string secret)
    {
        var pseudonyms = new Pseudonyms();
        var hidden = pseudonyms.Hide(text, []);
        hidden.ShouldNotContain(secret);
        hidden.ShouldContain("[P1]");
        pseudonyms.Restore(hidden).ShouldBe(text);
    }

    [Theory]
    [InlineData("Жапырақ күніне 12 сағат жарық алады, 2026 жылы 345 жапырақ санадым.")]
    [InlineData("Она сказала, что 3/4 больше 0,5, а число 1 000 000 большое.")]
    [InlineData("Тақырып: өсімдік. Ұзындығы 15 см, салмағы 200 г.")]
    [InlineData("We cut 12 pieces of paper, 24 frames per second.")]
    public void A_lessons_own_numbers_stay(string text) => new Pseudonyms().Hide(text, ["Ернар"]).ShouldBe(text);

    [Fact]
    public void Whoever_writes_a_stand_in_of_ours_gets_nobodys_name_back()
    {
        var pseudonyms = new Pseudonyms();
        var hidden = pseudonyms.Hide("[P1] дегенім кім? Дания білмейді.", ["Дания"]);
        pseudonyms.Restore("Жауап: [P1].").ShouldBe("Жауап: Дания.");
        hidden.ShouldStartWith("(P1]");
    }
}
