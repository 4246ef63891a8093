namespace Classroom.Silo.Cli;

/// <summary>What is said when a command is not known or lacks its arguments.</summary>
public static class Usage
{
    public const int Wrong = 2;

    public const string Text = """
        Classroom.Silo [--Section:Setting value ...]   runs the server
        Classroom.Silo verify                          is the log as it was written?
        Classroom.Silo token make|list|revoke ...      service tokens of the centre's feed
        Classroom.Silo copy-database FROM TO           a consistent copy of the SQLite file
        """;
}
