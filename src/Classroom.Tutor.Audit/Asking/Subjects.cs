namespace Classroom.Tutor.Audit;

/// <summary>The language of a set's file, and what its lesson is called there.</summary>
internal static class Subjects
{
    public static Language Of(string name) => Enum.Parse<Language>(name, ignoreCase: true);

    public static (string Subject, Language Language) Biology(string name) => Of(name) is var language && language == Language.En ? ("biology", language) : ("биология", language);
}
