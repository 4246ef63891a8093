namespace Classroom.Centre.Cli;

internal static class Kazakh
{
    public static readonly Words Words = new(
        Of: t => t.Kk,
        Title: "Орталық",
        Sessions: (n, students) => $"{n} сабақ · {students} оқушы",
        Order: "алдымен көмек қажет сабақтар",
        None: "Қазір орталықта жүріп жатқан сабақ жоқ. Басталса, осында шығады.",
        Lesson: "Сабақ",
        Class: "Сынып",
        Teacher: "Мұғалім",
        Step: "Қадам",
        Time: "Уақыт",
        Need: "Не керек",
        Lobby: "оқушылар кіріп жатыр",
        Waits: n => $"күтіп тұр: {n}",
        Lost: n => $"түсінбегені: {n}",
        Idle: n => $"үнсіз: {n}",
        Approvals: n => $"бекітуді күтеді: {n}",
        OnPlan: "жоспар бойынша",
        Late: m => $"+{m} мин",
        Minutes: m => $"{m} мин",
        Students: n => $"{n} оқушы",
        Hands: "Көмек күтіп тұр",
        NoTopic: "Тақырыбы айтылмаған",
        OnTheWay: "бара жатыр",
        Away: "Серверге қосылу үзілді, қайта қосылып жатыр…",
        Started: "Басталды",
        Ended: "Аяқталды");
}
