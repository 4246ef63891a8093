namespace Classroom.Kits.Tests;

/// <summary>A small whole kit that loads. A test breaks one thing in it and says where the error must point.</summary>
internal static class Sample
{
    public const string File = "sample.yaml";

    public static readonly string Yaml = Header + Ask + Unplugged + Explain + Discuss + Make;

    private static string Tri(string indent, string kk, string ru, string en) =>
        $"{indent}kk: {kk}\n{indent}ru: {ru}\n{indent}en: {en}\n";

    private static string Texts(string tag) =>
        "        title:\n" + Tri("          ", $"Атауы {tag}", $"Название {tag}", $"Title {tag}")
        + "        board:\n" + Tri("          ", $"Тақта {tag}", $"Доска {tag}", $"Board {tag}")
        + "        student:\n" + Tri("          ", $"Оқушыға {tag}", $"Ученику {tag}", $"Student {tag}")
        + "        teacher:\n" + Tri("          ", $"Мұғалімге {tag}", $"Учителю {tag}", $"Teacher {tag}");

    private static string Header =>
        "id: sample\nversion: \"1.0\"\ntitle:\n" + Tri("  ", "Үлгі", "Образец", "Sample")
        + "lessons:\n  - id: first\n    title:\n" + Tri("      ", "Бірінші сабақ", "Первый урок", "First lesson")
        + "    subject:\n" + Tri("      ", "Биология", "Биология", "Biology")
        + "    gradeFrom: 5\n    gradeTo: 7\n    minutes: 30\n    goals:\n      - kk: Мақсат\n        ru: Цель\n        en: Goal\n"
        + "    materials:\n      - kk: Қағаз\n        ru: Бумага\n        en: Paper\n    steps:\n";

    private static string Ask =>
        "      - id: s-ask\n        kind: ask\n        minutes: 5\n        devices: true\n" + Texts("one")
        + "        questions:\n"
        + "          - id: q-single\n            kind: single\n            text:\n" + Tri("              ", "Қайсысы?", "Какой?", "Which?")
        + "            options:\n" + Option("a", "Бір", "Один", "One", true) + Option("b", "Екі", "Два", "Two", false)
        + "          - id: q-multiple\n            kind: multiple\n            text:\n" + Tri("              ", "Қайсылары?", "Какие?", "Which ones?")
        + "            options:\n" + Option("m", "Үш", "Три", "Three", true) + Option("n", "Төрт", "Четыре", "Four", false)
        + "          - id: q-scale\n            kind: scale\n            text:\n" + Tri("              ", "Қаншалықты?", "Насколько?", "How much?")
        + "            scale:\n              min: 1\n              max: 5\n              minLabel:\n" + Tri("                ", "Аз", "Мало", "Little")
        + "              maxLabel:\n" + Tri("                ", "Көп", "Много", "Much")
        + "          - id: q-open\n            kind: open\n            text:\n" + Tri("              ", "Неге?", "Почему?", "Why?")
        + "            samples:\n              - kk: Үлгі жауап\n                ru: Пример ответа\n                en: A sample answer\n";

    private static string Option(string id, string kk, string ru, string en, bool correct) =>
        $"              - id: {id}\n                text:\n" + Tri("                  ", kk, ru, en) + $"                correct: {(correct ? "true" : "false")}\n";

    private static string Unplugged =>
        "      - id: s-unplugged\n        kind: unplugged\n        minutes: 5\n        devices: false\n" + Texts("two");

    private static string Explain =>
        "      - id: s-explain\n        kind: explain\n        minutes: 5\n        devices: true\n" + Texts("three")
        + "        explanations:\n          - id: e-one\n            topic:\n" + Tri("              ", "Тақырып", "Тема", "Topic")
        + string.Concat(new[] { "simple", "standard", "advanced" }.Select(n => Passage("            ", n, 4)))
        + "            followups:\n"
        + string.Concat(new[] { "simpler", "life", "story", "steps" }.Select(n => Passage("              ", n, 3)));

    private static string Passage(string indent, string name, int sentences)
    {
        string Lines(string language, string word) =>
            $"{indent}  {language}: |\n" + string.Concat(Enumerable.Range(1, sentences).Select(i => $"{indent}    {word} {name} {language} {i}.\n"));

        return $"{indent}{name}:\n" + Lines("kk", "Бұл сөйлем өте жақсы деп айтылады") + Lines("ru", "Это предложение сказано хорошо") + Lines("en", "This sentence is said well");
    }

    private static string Discuss =>
        "      - id: s-discuss\n        kind: discuss\n        minutes: 5\n        devices: true\n" + Texts("four")
        + "        prompts:\n" + string.Concat(Enumerable.Range(1, 3).Select(Prompt));

    private static string Prompt(int n) =>
        $"          - id: p-{n}\n            question:\n" + Tri("              ", $"Сұрақ {n}", $"Вопрос {n}", $"Question {n}")
        + "            make:\n" + Tri("              ", "Жасаңыз", "Сделайте", "Make")
        + "            materials:\n" + Tri("              ", "Қағаз", "Бумага", "Paper")
        + "            minutes: 5\n            roles:\n              - kk: Суретші\n                ru: Художник\n                en: Artist\n"
        + "            sharing:\n" + Tri("              ", "Бір телефон", "Один телефон", "One phone")
        + "            ideas:\n              - kk: Үлгі ой\n                ru: Пример идеи\n                en: A sample idea\n";

    private static string Make =>
        "      - id: s-make\n        kind: make\n        minutes: 10\n        devices: true\n" + Texts("five")
        + "        task:\n          title:\n" + Tri("            ", "Жұмыс", "Работа", "Work")
        + "          text:\n" + Tri("            ", "Жұмысты жазыңыз", "Напишите работу", "Write the work")
        + "          aiPolicy: ask\n          minOwnWords: 20\n          asksReflection: true\n          asksSources: false\n          criteria:\n"
        + "            - id: c-one\n              title:\n" + Tri("                ", "Өлшем", "Критерий", "Criterion")
        + "              descriptors:\n" + Descriptor("d-one") + Descriptor("d-two")
        + "          samples:\n            - text:\n" + Tri("                ", "Үлгі жұмыс", "Пример работы", "A sample work")
        + "              reflection:\n" + Tri("                ", "Үлгі ой", "Пример мысли", "A sample thought")
        + "              source:\n" + Tri("                ", "Үлгі кітап", "Пример книги", "A sample book");

    private static string Descriptor(string id) =>
        $"                - id: {id}\n                  text:\n" + Tri("                    ", "Көрсетеді", "Показывает", "Shows")
        + "                  hints:\n" + string.Concat(new[] { "met", "partly", "notYet" }.Select(h =>
            $"                    {h}:\n" + Tri("                      ", "Енді қосыңыз", "Теперь добавьте", "Now add")));
}
