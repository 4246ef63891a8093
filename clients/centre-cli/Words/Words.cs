using Ortaq.Centre.V1;

namespace Classroom.Centre.Cli;

/// <summary>What the wall says in one language; the same words as the mentor's screen of the web client. A language is one file beside this.</summary>
/// <param name="Of">A text of the lesson in this language.</param>
/// <param name="Sessions">Number of sessions and of students.</param>
/// <param name="Waits">Students who wait for help.</param>
public sealed record Words(
    Func<Trilingual, string> Of, string Title, Func<int, int, string> Sessions, string Order, string None, string Lesson, string Class, string Teacher,
    string Step, string Time, string Need, string Lobby, Func<int, string> Waits, Func<int, string> Lost, Func<int, string> Idle, Func<int, string> Approvals,
    string OnPlan, Func<int, string> Late, Func<int, string> Minutes, Func<int, string> Students, string Hands, string NoTopic, string OnTheWay, string Away,
    string Started, string Ended)
{
    /// <param name="language">kk, ru or en.</param>
    public static Words In(string language) => language switch
    {
        "kk" => Kazakh.Words,
        "ru" => Russian.Words,
        "en" => English.Words,
        _ => throw new FailureException($"--language: {language} is not kk, ru or en."),
    };
}
