namespace Classroom.Centre.Cli;

internal static class English
{
    public static readonly Words Words = new(
        Of: t => t.En,
        Title: "Centre",
        Sessions: (n, students) => $"{Count(n, "session")} · {Count(students, "student")}",
        Order: "those who need help first",
        None: "No lesson is on at the centre now. When one starts, it stands here.",
        Lesson: "Lesson",
        Class: "Class",
        Teacher: "Teacher",
        Step: "Step",
        Time: "Time",
        Need: "Need",
        Lobby: "students are joining",
        Waits: n => $"{n} waiting",
        Lost: n => $"{n} lost",
        Idle: n => $"{n} silent",
        Approvals: n => $"{n} to release",
        OnPlan: "on plan",
        Late: m => $"+{m} min",
        Minutes: m => $"{m} min",
        Students: n => Count(n, "student"),
        Hands: "Waiting for help",
        NoTopic: "No topic named",
        OnTheWay: "on the way",
        Away: "The server is away; connecting again…",
        Started: "Started",
        Ended: "Ended");

    private static string Count(int n, string noun) => n == 1 ? $"1 {noun}" : $"{n} {noun}s";
}
