namespace Classroom.Silo.Cli;

/// <summary>What is said when a command is not known or lacks its arguments.</summary>
public static class Usage
{
    public const int Wrong = 2;

    /// <summary>Whether these are options with their values, of those known or settings of the server (<c>--Section:Setting value</c>).</summary>
    public static bool AreOptions(ReadOnlySpan<string> words, params string[] known)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var name = words[i].Split('=')[0];
            if (!name.StartsWith("--", StringComparison.Ordinal) || !(known.Contains(name[2..], StringComparer.Ordinal) || name.Contains(':', StringComparison.Ordinal)))
            {
                return false;
            }

            if (!words[i].Contains('=', StringComparison.Ordinal) && (++i == words.Length || words[i].StartsWith("--", StringComparison.Ordinal)))
            {
                return false;
            }
        }

        return true;
    }

    public const string Text = """
        Classroom.Silo [--Section:Setting value ...]   runs the server
        Classroom.Silo verify                          is the log as it was written?
        Classroom.Silo accept-database                 the database that is there is the right one from now on (after a restore on purpose)
        Classroom.Silo token make|list|revoke ...      service tokens of the centre's feed
        Classroom.Silo account add|disable|enable|password|role|centre|sign-out|list ...
        Classroom.Silo centre add|list ...             accounts and centres, beside a running server too
        Classroom.Silo certificate NAME ...            the box's own authority and certificate for https
        Classroom.Silo student list|export|forget|access|lost ...
                                                       what is held about a child, forgetting it, who looked, lost keys
        Classroom.Silo check-kit FILE                  what is wrong with a kit; how long its sentences are, by level and language
        Classroom.Silo audit [--out FOLDER] [--sets A,B]
                                                       asks the tutor attacks, questions and the rest, and writes a signed dossier
        Classroom.Silo audit verify FOLDER|ZIP [--fingerprint F]
                                                       is a dossier as it was signed?
        Classroom.Silo copy-database FROM TO           a consistent copy of the SQLite file
        """;
}
