using Classroom.Lessons;

namespace Classroom.Tutor;

/// <summary>What stands between a model and a class, as a whole.</summary>
public static class Guards
{
    // One sentence a language: long enough that each guard reads what it learned.
    private static readonly (Language Language, string Sentence)[] Sentences =
    [
        (Language.Kk, "Жапырақ күн сәулесін ұстап алады және одан күш жинайды."),
        (Language.Ru, "Лист ловит солнечный свет и берёт из него силу."),
        (Language.En, "A leaf catches the light of the sun and takes its energy from it."),
    ];

    /// <summary>Reads what the guards learned and compiles their rules, about a second of a processor: else the first explanation of a process would wait for it.</summary>
    /// <returns>Whether each of them let its sentence pass, as they must.</returns>
    public static bool Warm() => Sentences.All(static s =>
        LanguageCheck.IsSentenceIn(s.Sentence, s.Language) == true && LocalRules.Find(s.Sentence, isAnswer: true) is null && !Distress.IsIn(s.Sentence)
        && !MarkTalk.IsIn(s.Sentence) && !Claims.AreIn(s.Sentence) && !PrivateLife.Asks(s.Sentence) && !Markup.HasLink(s.Sentence));
}
