namespace Classroom.Centre.Cli;

internal static class Russian
{
    public static readonly Words Words = new(
        Of: t => t.Ru,
        Title: "Центр",
        Sessions: (n, students) => $"{n} {Form(n, "урок", "урока", "уроков")} · {students} {Form(students, "ученик", "ученика", "учеников")}",
        Order: "сначала те, кому нужна помощь",
        None: "Сейчас в центре нет уроков. Когда начнутся, появятся здесь.",
        Lesson: "Урок",
        Class: "Класс",
        Teacher: "Учитель",
        Step: "Шаг",
        Time: "Время",
        Need: "Что нужно",
        Lobby: "ученики входят",
        Waits: n => $"ждут: {n}",
        Lost: n => $"не поняли: {n}",
        Idle: n => $"молчат: {n}",
        Approvals: n => $"ждут утверждения: {n}",
        OnPlan: "по плану",
        Late: m => $"+{m} мин",
        Minutes: m => $"{m} мин",
        Students: n => $"{n} {Form(n, "ученик", "ученика", "учеников")}",
        Hands: "Ждут помощи",
        NoTopic: "Тема не названа",
        OnTheWay: "уже идут",
        Away: "Связь с сервером прервалась, восстанавливаем…",
        Started: "Начало",
        Ended: "Конец");

    // 1 ученик, 2 ученика, 5 учеников, 11 учеников, 21 ученик.
    private static string Form(int n, string one, string few, string many) =>
        n % 100 is >= 11 and <= 14 ? many : (n % 10) switch { 1 => one, 2 or 3 or 4 => few, _ => many };
}
